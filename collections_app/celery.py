"""The Celery application: tasks are delivered at least once, and each has its effect once, in PostgreSQL."""

import os

from celery import Celery, signals
from django_structlog.celery.steps import DjangoStructLogInitStep

from collections_app.lib import clock

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collections_app.settings")

app = Celery("collections_app")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.steps["worker"].add(DjangoStructLogInitStep)
app.autodiscover_tasks(["collections_app.jobs"], related_name="tasks")


@signals.before_task_publish.connect
def _stamp(headers: dict[str, str], **_more: object) -> None:
    """When a task was handed out stands on it, so that it can be told how long it waits."""
    headers["handed_out_at"] = clock.now().isoformat()
