"""What follows when a system brought in facts: orders that they free go at once, and everything derived is
derived again. Many batches that came in meanwhile are followed together.
"""

import datetime as dt
import logging

from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.holds import checks
from collections_app.intake.batches import Batch
from collections_app.jobs import nights
from collections_app.jobs.schedule import FOLLOW_LEDGER_TASK, QUEUE_OF
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib import turns

_log = logging.getLogger(__name__)


def start(batch: Batch) -> bool:
    """Tell a worker that ``batch`` was applied; false when none could be told, and the night follows it."""
    since = batch.ended_at or batch.received_at
    try:
        app.send_task(
            FOLLOW_LEDGER_TASK, [batch.company_id, since.isoformat()], queue=QUEUE_OF[FOLLOW_LEDGER_TASK]
        )
    except OperationalError:
        _log.warning("The broker could not be told of batch %s.", batch.pk, exc_info=True)
        return False
    return True


def follow(*, company: Company, since: dt.datetime, at: dt.datetime) -> bool:
    """Free what is free, and run the stages unless a run began after ``since``; whether they were run."""
    checks.free(company=company, at=at)
    with turns.held("follow ledger", company.pk):
        begun = StageRun.objects.filter(company=company, stage="free_orders", started_at__gte=since)
        if begun.exists():
            return False
        nights.run(company=company, day=company.today(at=at), at=at)
    return True
