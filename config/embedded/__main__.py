"""The foreground programs behind `./run demo` and `./run servers`."""
import argparse
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from config.embedded import places
from config.embedded.children import Child, dying_with_parent
from config.embedded.supervisor import Stop, Supervisor, alone, say

DEMO = {"DEMO": "on", "HTTPS": "off", "SECOND_FACTOR": "off", "PYTHONUNBUFFERED": "1",
        "PYTHONWARNINGS": "ignore::UserWarning:celery.platforms"}  # which warns of root, harmless here
PAGE_SECONDS = 60


def main():
    """Run what the command line names until Ctrl-C."""
    parser = argparse.ArgumentParser(prog="run")
    parser.add_argument("what", choices=["demo", "servers"])
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (127.0.0.1)")
    parser.add_argument("--port", type=int, default=8000, help="port to listen on (8000)")
    choice = parser.parse_args()
    for name in ("DATABASE_URL", "OWNER_DATABASE_URL", "DATABASE_REPLICA_URL", "REDIS_URL"):
        os.environ.pop(name, None)  # the demo never touches a real database
    instance = places.current()
    with alone(instance):
        supervisor = Supervisor(instance)
        supervisor.listen()
        try:
            if choice.what == "servers":
                serve(supervisor)
            else:
                demo(supervisor, choice.host, choice.port)
            supervisor.run()
        except Stop:
            say("Stopping …")
        finally:
            supervisor.stop()
    return 0


def serve(supervisor):
    """The two servers alone, with the schema up to date, for work on the code."""
    supervisor.servers()
    if run_setup("prepare_database"):
        say("The schema is not up to date; the lines above say why.")
    say(f"PostgreSQL and Valkey run on {supervisor.instance.sockets}. Stop them with Ctrl-C.")


def demo(supervisor, host, port):
    """The whole system with demo data."""
    refuse_taken_port(host, port)
    os.environ.update(DEMO)
    supervisor.servers()
    code = run_setup("setup", "--demo")
    if code:
        raise SystemExit(code)
    for child in programs(supervisor.instance, host, port):
        supervisor.add(child)
    wait_for_page(supervisor, f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}/login/")
    say(f"Hallkeeper runs at http://{'localhost' if host in ('127.0.0.1', '0.0.0.0') else host}:{port}/ - "
        "sign in as reception or manager, password hallkeeper-demo. Stop it with Ctrl-C.")


def programs(instance, host, port):
    """Web, worker and beat as Children."""
    python = [sys.executable, "-m"]
    celery = [*python, "celery", "--quiet", "--app", "config.celery", "--skip-checks"]
    here = {"cwd": places.CHECKOUT}
    web = ["gunicorn", "--config", "config/deploy/gunicorn.py", "--bind", f"{host}:{port}", "config.wsgi"]
    return [
        Child("web", [*python, *web], options=here),
        Child("worker", [*celery, "worker", "--queues", "desk,bulk", "--concurrency", "2", "--loglevel", "WARNING",
                         "--without-gossip", "--without-mingle"], options=here),
        Child("beat", [*celery, "beat", "--schedule", instance.folder / "beat", "--pidfile", "", "--max-interval", "5",
                       "--loglevel", "WARNING"], options=here),
    ]


def run_setup(*command):
    """One management command in a child, so that this process never holds Django in memory; returns its exit code."""
    done = subprocess.Popen([sys.executable, "manage.py", *command], cwd=places.CHECKOUT, start_new_session=True,
                            preexec_fn=dying_with_parent(signal.SIGTERM))
    try:
        return done.wait()
    except Stop:
        done.terminate()
        done.wait()
        raise


def refuse_taken_port(host, port):
    """End with a sentence when somebody else listens there already."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as taken:
            raise SystemExit(f"Port {port} cannot be used ({taken.strerror}). Choose another with --port.") from taken


def wait_for_page(supervisor, url):
    """Wait until the page answers, whatever its status: an error page is an answer too."""
    until = time.monotonic() + PAGE_SECONDS
    while time.monotonic() < until:
        supervisor.watch()
        try:
            urllib.request.urlopen(url, timeout=10).close()
        except urllib.error.HTTPError as answer:
            say(f"{url} answers {answer.code}.")
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"{url} did not answer within {PAGE_SECONDS} seconds.")


if __name__ == "__main__":
    sys.exit(main())
