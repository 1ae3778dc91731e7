"""Whether the product is up, and whether it is ready: for load balancers, containers and the supervisor. No
sign-in, no secrets.
"""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import InterfaceError, OperationalError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

DEGRADED = "Redis does not answer: pages work, but night runs and imports in the background wait."
NO_DATABASE = "PostgreSQL does not answer: no page can be shown until it does. What was saved is safe."
NOT_MIGRATED = "The database is not at this version yet: manage.py migrate has to run."


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when pages can be served; says what is degraded. 503 without PostgreSQL."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (OperationalError, InterfaceError):
        return JsonResponse({"ok": False, "degraded": [NO_DATABASE]}, status=503)
    try:
        known: Any = cache
        known.ping(again=True)
    except RedisError:
        return JsonResponse({"ok": True, "degraded": [DEGRADED]})
    return JsonResponse({"ok": True, "degraded": []})


@login_not_required
@require_safe
def readyz(_request: HttpRequest) -> JsonResponse:
    """200 when this version may be sent visitors: the tables are those that it knows. 503 until then. Whoever
    is up and not ready is waited for, and not started again.
    """
    try:
        executor = MigrationExecutor(connection)
    except (OperationalError, InterfaceError):
        return JsonResponse({"ok": False, "why": [NO_DATABASE]}, status=503)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return JsonResponse({"ok": False, "why": [NOT_MIGRATED]}, status=503)
    return JsonResponse({"ok": True, "why": []})


urlpatterns = [path("healthz", healthz, name="healthz"), path("readyz", readyz, name="readyz")]
