"""Starts the work on a batch from a door. A broker that cannot be reached changes nothing, and is told."""

import logging
from collections.abc import Collection

from kombu.exceptions import OperationalError

from collections_app.intake import handovers
from collections_app.intake.batches import Batch
from collections_app.jobs import tasks
from collections_app.people.users import User

_log = logging.getLogger(__name__)


def start_check(batch: Batch) -> bool:
    """Have a worker check ``batch``; false when none could be told, so that it is tried again later.

    Raises ``Refused`` when the batch is being worked on or has ended. Call it outside of a
    transaction: a worker must find what it is told of.
    """
    handovers.ask_for(batch, handovers.TO_CHECK)
    try:
        tasks.check_import.delay(batch.pk)
    except OperationalError:
        return _called_off(batch)
    return True


def start_apply(batch: Batch, *, accepted: Collection[str], by: User) -> bool:
    """Have a worker apply ``batch`` with the questions ``by`` said yes to; false when none could be told.

    Raises ``Refused`` when the batch is not checked, is being worked on, or has ended.
    """
    handovers.ask_for(batch, handovers.TO_APPLY)
    try:
        tasks.apply_import.delay(batch.pk, sorted(accepted), by.pk)
    except OperationalError:
        return _called_off(batch)
    return True


def _called_off(batch: Batch) -> bool:
    _log.exception("The broker could not be told of batch %s.", batch.pk)
    handovers.call_off(batch)
    return False
