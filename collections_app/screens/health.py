"""Whether the product is up: for load balancers, containers and the supervisor. No sign-in, no secrets."""

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_safe
from redis.exceptions import RedisError

DEGRADED = "Redis does not answer: pages work, but night runs and imports in the background wait."


@login_not_required
@require_safe
def healthz(_request: HttpRequest) -> JsonResponse:
    """200 when pages can be served; says what is degraded. Without PostgreSQL the framework answers 500."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    try:
        cache.get("healthz")
    except RedisError:
        return JsonResponse({"ok": True, "degraded": [DEGRADED]})
    return JsonResponse({"ok": True, "degraded": []})


urlpatterns = [path("healthz", healthz, name="healthz")]
