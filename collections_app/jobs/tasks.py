"""Celery's hands: each task takes ids and ISO dates, calls one verb, and may run twice, late, or on two
workers at once.
"""

import datetime as dt

from kombu import Queue

from collections_app.celery import app
from collections_app.jobs import nights
from collections_app.jobs.schedule import BEAT, NIGHT_SECONDS_MAX, QUEUE_NIGHT, QUEUE_NOW
from collections_app.ledger.companies import Company
from collections_app.lib import clock

# A worker that is not told its queues serves all of these.
app.conf.task_queues = [Queue(QUEUE_NOW), Queue(QUEUE_NIGHT)]
app.conf.task_default_queue = QUEUE_NOW
app.conf.beat_schedule = BEAT


@app.task(name="jobs.start_due_nights", queue=QUEUE_NIGHT, time_limit=60)
def start_due_nights() -> None:
    """Hand out the night of every company whose hour has come."""
    for company, day in nights.due(at=clock.now()):
        run_night.delay(company.pk, day.isoformat())


@app.task(name="jobs.run_night", queue=QUEUE_NIGHT, time_limit=NIGHT_SECONDS_MAX)
def run_night(company_id: int, day: str) -> None:
    """One company's night, unless it was run already."""
    company = Company.objects.get(pk=company_id)
    nights.run_once(company=company, day=dt.date.fromisoformat(day), at=clock.now())
