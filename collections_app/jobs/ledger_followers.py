"""What follows when facts came in: orders that they free go at once, in a short task of its own
(``freeing``), and everything derived is derived again. Many batches that came in meanwhile are followed
together.

What is to follow stands with the batches. A worker that was told does it; one that was not, or that was
killed, is made good by the clock.
"""

import datetime as dt
import logging
import time

from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.intake import aftermaths
from collections_app.intake.batches import Batch
from collections_app.jobs import nights
from collections_app.jobs.schedule import FOLLOW_LEDGER_TASK, FREE_ORDERS_TASK, QUEUE_OF
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib import turns

_log = logging.getLogger(__name__)


def start(batch: Batch) -> bool:
    """Tell workers that ``batch`` was applied; false when none could be told, and the clock finds it within a
    minute or two.
    """
    if batch.freed_at and batch.followed_at:
        return True
    try:
        hand_out(batch.company_id)
    except OperationalError:
        _log.warning("The broker could not be told of batch %s.", batch.pk, exc_info=True)
        return False
    return True


def hand_out(company_id: int) -> None:
    """Have orders freed, and everything derived. Raises ``OperationalError`` when no worker can be told."""
    for task in (FREE_ORDERS_TASK, FOLLOW_LEDGER_TASK):
        app.send_task(task, [company_id], queue=QUEUE_OF[task])


def follow(*, company: Company, at: dt.datetime) -> int:
    """Derive until every batch is followed, unless another worker is at it; how often.

    Who finds another at it goes away and keeps no worker waiting; so whoever was at it looks once more after
    giving up the turn.
    """
    began, times = time.monotonic(), 0
    while aftermaths.not_followed(company):
        with turns.held("follow ledger", company.pk, wait=False) as is_ours:
            if not is_ours:
                break
            derive(company=company, at=at + dt.timedelta(seconds=time.monotonic() - began))
            times += 1
    return times


def derive(*, company: Company, at: dt.datetime) -> list[StageRun]:
    """Run all stages, after which every batch that was applied before is followed."""
    batches = aftermaths.not_followed(company)
    stages = nights.run(company=company, day=company.today(at=at), at=at)
    aftermaths.note_followed(batches, at=at)
    return stages
