"""When the clock looks after the archive."""
from celery.schedules import crontab
from django.utils.translation import gettext_lazy as _

from config.contributions import schedules
from staff.archive import plans as archive
from staff.archive.services import requests, stocktakes
from staff.duties import plans

plans.register(key=stocktakes.INVENTORY, label=_("Archive stocktaking"), clauses=("S3 §6.2.2",), cadence=crontab(minute=25), write=archive.write_inventory,
               page="stocktakings")
plans.register(key=requests.ACCESS, label=_("Access to the archive"), clauses=("S3 §6.2.3",), cadence=crontab(minute=5), write=archive.write_expiry,
               page="archive_requests")
schedules.register(key="archive-files", task="staff.archive.tasks.check_files", cadence=crontab(minute="*/10"),
                   label=_("Check the files of the archive against their checksums"), clause="S3 §6.2.2")
