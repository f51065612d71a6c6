"""What every page knows of the classes of confidentiality, read with the account."""
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models.functions import JSONObject

from config.accounts.columns import register
from config.privacy.classes import COLUMN
from config.privacy.models import KindClass

register(COLUMN, lambda: ArraySubquery(KindClass.objects.order_by("pk").values(row=JSONObject(kind="kind", to="confidentiality"))))
