"""What a Prometheus server reads, as text, every few seconds: how the work in the background stands. It is
for whoever has the token of ``METRICS_TOKEN``; nobody else learns that it is there.
"""

import hmac
from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.registry import Collector
from redis.exceptions import RedisError

from collections_app.jobs import vitals
from collections_app.lib import clock

PREFIX = "workbench_"
# By what is read: a name for how many and one for how long, with what each of them means.
TOLD = {
    "messages": (
        ("outbox_messages", "Messages in a state in which they do not stay"),
        ("outbox_oldest_seconds", "How long the oldest of them is in that state"),
    ),
    "imports": (
        ("imports", "Files that wait or are worked on"),
        ("imports_oldest_seconds", "How long ago the oldest of them came"),
    ),
    "webhooks": (
        ("webhooks", "Tellings that wait"),
        ("webhooks_oldest_seconds", "How long ago the oldest of them happened"),
    ),
    "nights": (
        ("night_stages_missed", "Stages of the newest night that failed or were stopped"),
        ("night_ended_seconds", "How long ago the newest night ended, -1 when there was none"),
    ),
    "stages": (
        ("stage_rows", "Rows that a stage of the newest night touched"),
        ("stage_seconds", "How long a stage of the newest night took"),
    ),
    "parts": (
        ("stage_parts", "Parts of a stage that was divided and is not over"),
        ("stage_parts_seconds", "How long ago it was divided"),
    ),
    "unsealed": (("events_unsealed", "Activity events that wait for their seal"),),
}


@login_not_required
@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Every vital as a gauge; 404 without the token."""
    if not _is_known(request.headers.get("Authorization", "")):
        raise Http404("No such page.")
    registry = CollectorRegistry()
    registry.register(_Vitals())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def _is_known(said: str) -> bool:
    wanted = settings.METRICS_TOKEN
    return bool(wanted) and hmac.compare_digest(said.encode(), f"Bearer {wanted}".encode())


class _Vitals(Collector):
    """Read when they are asked for, so nothing is kept between processes."""

    def collect(self) -> Iterator[GaugeMetricFamily]:
        at = clock.now()
        yield from _of_the_database(vitals.read(at=at))
        try:
            queues, heard = vitals.queues(at=at), vitals.clock_seconds(at=at)
        except RedisError:
            yield _gauge("redis_up", "Whether Redis answers", 0)
            return
        yield _gauge("redis_up", "Whether Redis answers", 1)
        if heard is not None:
            yield _gauge(
                "clock_seconds", "How long ago beat, broker and a worker did something together", heard
            )
        many = GaugeMetricFamily(f"{PREFIX}queue_tasks", "Tasks that no worker has taken", labels=["queue"])
        oldest = GaugeMetricFamily(
            f"{PREFIX}queue_oldest_seconds", "How long the oldest of them waits", labels=["queue"]
        )
        for queue in queues:
            many.add_metric([queue.name], queue.waiting)
            oldest.add_metric([queue.name], queue.seconds)
        yield from (many, oldest)


def _of_the_database(found: list[vitals.Vital]) -> Iterator[GaugeMetricFamily]:
    for measure, names in TOLD.items():
        for place, (name, words) in enumerate(names):
            gauge = GaugeMetricFamily(f"{PREFIX}{name}", words, labels=["company", "part", "state"])
            for vital in found:
                if vital.measure == measure:
                    part, _, state = (
                        vital.part.rpartition(":") if measure in ("stages", "parts") else ("", "", vital.part)
                    )
                    gauge.add_metric([vital.company, part, state], (vital.number, vital.seconds)[place])
            yield gauge


def _gauge(name: str, words: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(f"{PREFIX}{name}", words, value=value)


urlpatterns = [path("metrics", metrics, name="metrics")]
