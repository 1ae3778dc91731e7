"""Has a worker try the draft of a procedure, which takes longer than a page may."""

import datetime as dt
import logging

from kombu.exceptions import OperationalError

from collections_app.dunning import procedure_trials
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.jobs import tasks

_log = logging.getLogger(__name__)


def start(version: ProcedureVersion, kind: str, *, day: dt.date, at: dt.datetime) -> bool:
    """Ask for a trial of ``version``; false when no worker could be told. Not in a transaction."""
    procedure_trials.ask(version, kind, day=day, at=at)
    try:
        tasks.try_procedure.delay(version.pk, kind, day.isoformat())
    except OperationalError:
        _log.exception("The broker could not be told of a trial of procedure %s.", version.pk)
        procedure_trials.call_off(version, kind)
        return False
    return True
