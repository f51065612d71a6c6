"""Health checks of containers, with the standard library alone: `ask.py URL` or `ask.py URL PART`.

Ends with 0 when the page answers 200, and, with a part named, when /readyz says that this part is fine.
"""
import json
import sys
import urllib.request


def main(url, part=None):
    """0 when all is well, 1 otherwise."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers={"Host": "localhost"}), timeout=5) as answer:
            return 0 if part is None or json.load(answer).get(part) == "ok" else 1
    except (OSError, ValueError) as problem:
        print(f"{url}: {problem}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
