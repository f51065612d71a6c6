"""What the clock does for the figures of complaints."""
from celery import shared_task

from complaints.analysis import rollup


@shared_task
def rebuild_figures():
    """Every fact and sum anew; returns how many facts were mended."""
    return rollup.rebuild()
