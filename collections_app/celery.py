"""The Celery application: tasks are delivered at least once, and each has its effect once, in PostgreSQL."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collections_app.settings")

app = Celery("collections_app")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["collections_app.jobs"], related_name="tasks")
