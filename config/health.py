"""Two answers for machines: is the process there, and can it do its work (RELIABILITY R7)."""
import time

import redis
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import Error, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from config.celery import HEARTBEAT, HEARTBEAT_SECONDS

FINE, AWAY = "ok", "away"


@require_safe
@never_cache
@login_not_required
def healthz(request):
    """200 as long as the process answers; asks nothing else."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
@never_cache
@login_not_required
def readyz(request):
    """503 only without the database; broker and worker are named as degraded when they are away, since desks work on without them."""
    parts = {"database": database(), "broker": broker(), "worker": worker()}
    degraded = [name for name in ("broker", "worker") if parts[name] != FINE]
    ready = parts["database"] == FINE
    status = "unavailable" if not ready else "degraded" if degraded else "ready"
    return JsonResponse({"status": status, "degraded": degraded, **parts}, status=200 if ready else 503)


def database():
    """Whether the database answers a query as the application's role."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return AWAY
    return FINE


def broker():
    """Whether the queue's server answers within half a second."""
    url = settings.CELERY_BROKER_URL.replace("redis+socket://", "unix://").replace("?virtual_host=", "?db=")
    client = redis.Redis.from_url(url, socket_timeout=0.5, socket_connect_timeout=0.5)
    try:
        client.ping()
    except (redis.RedisError, OSError):
        return AWAY
    finally:
        client.close()
    return FINE


def worker():
    """Whether beat, queue and worker brought a sign of life lately."""
    last = cache.get(HEARTBEAT)
    return FINE if last and time.time() - last < 4 * HEARTBEAT_SECONDS else AWAY
