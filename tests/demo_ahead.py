"""Fills the demo company that the tests share, beside them, so that the first that looks at it need not wait so long: python -m tests.demo_ahead"""
import os
import subprocess
import sys

NOBODYS = "gw30"  # the cache of this process is that of no worker


def start():
    """Start it; returns the process."""
    return subprocess.Popen([sys.executable, "-m", "tests.demo_ahead"], env=os.environ | {
        "DJANGO_SETTINGS_MODULE": "config.settings_test", "PYTEST_XDIST_WORKER": NOBODYS})


def main():
    """Fill it by the clock of the tests."""
    import django

    django.setup()
    from config.embedded import places
    from tests import clock, shared_demo

    clock.forenoon()
    shared_demo.there(places.current())


if __name__ == "__main__":
    main()
