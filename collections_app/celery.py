"""The Celery application: tasks are delivered at least once, and each has its effect once, in PostgreSQL."""

import os
from contextlib import suppress
from typing import Any

from celery import Celery, signals
from django.core.cache import cache
from django_structlog.celery.steps import DjangoStructLogInitStep
from kombu.exceptions import OperationalError
from redis.exceptions import ConnectionError, TimeoutError

from collections_app.lib import clock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collections_app.settings")


class Workbench(Celery):
    """Celery's, which keeps nobody waiting for a broker that hangs."""

    def send_task(self, *given: Any, **named: Any) -> Any:
        """Hand a task out. Raises ``OperationalError`` when no worker can be told: within a second where the
        broker, which is the cache's Redis, takes what it is sent and never answers.
        """
        asking: Any = cache
        try:
            with suppress(ConnectionError):  # a connection that broke is made anew below
                asking.ping()
        except TimeoutError as error:
            raise OperationalError(f"The broker does not answer: {error}") from error
        return super().send_task(*given, **named)


app = Workbench("collections_app")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks(["collections_app.jobs"], related_name="tasks")


@signals.before_task_publish.connect
def _stamp(headers: dict[str, str], **_more: object) -> None:
    """When a task was handed out stands on it, so that it can be told how long it waits."""
    headers["handed_out_at"] = clock.now().isoformat()
