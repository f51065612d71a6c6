"""A task that a test can watch: it leaves a line at its start and one at its end."""
import time
from pathlib import Path

from celery import shared_task


@shared_task(name="tests.faults.probe")
def probe(path, seconds):
    """Write 'started', work for so long the first time, write 'done'."""
    log = Path(path)
    first = not log.exists()
    with log.open("a") as file:
        file.write("started\n")
    if first:
        time.sleep(seconds)
    with log.open("a") as file:
        file.write("done\n")
