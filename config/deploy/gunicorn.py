"""How gunicorn serves the web processes, in the demo and in production alike."""
import gc
import logging
import os
import sys

from gunicorn.glogging import Logger


class ServerLog(Logger):
    """gunicorn's own words through our logging, which leaves out what exceptions quote."""

    def setup(self, cfg):
        """Add no handlers: the lines go to those of config.logs."""
        self.error_log.propagate = True
        self.error_log.setLevel(logging.WARNING)
        self.access_log.disabled = True

    def reopen_files(self):
        """There are no files."""


def when_ready(server):
    """What is loaded now stays: the garbage collector of no worker looks at it again, nor copies its pages."""
    gc.collect()
    gc.freeze()


def pre_fork(server, worker):
    """Leave no connection to the database in the process that workers are copied from.

    Loading the application opens one. A pool that crosses a fork has lost the threads that let it grow, and its connection would be
    shared: two workers on one connection read each other's answers.
    """
    from django.db import connections

    for connection in connections.all(initialized_only=True):
        connection.close()
        connection.close_pool()


logger_class = ServerLog

os.environ["DATABASE_POOL"] = "on"  # web processes alone hold connections open
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "8"))
worker_class = "gthread"
preload_app = True  # Django is loaded once and shared
timeout = 60
graceful_timeout = 10
keepalive = 5
max_requests, max_requests_jitter = 20_000, 2_000
limit_request_line, limit_request_fields = 4094, 60
control_socket_disable = True
worker_tmp_dir = "/dev/shm" if sys.platform.startswith("linux") and os.access("/dev/shm", os.W_OK) else None
errorlog, loglevel, accesslog = "-", "warning", None  # config.logs writes a line a request
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
