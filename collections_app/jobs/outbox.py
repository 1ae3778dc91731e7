"""Sends what waits in the outbox: which checks are asked at the moment of sending, which link a message has,
and how a worker is told that something was released.

What waits stands in the database. A worker that is told sends it when its time has come; were it not told,
the clock would be there a few seconds later.
"""

import datetime as dt
import logging
from collections.abc import Mapping
from functools import partial

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from kombu.exceptions import OperationalError

from collections_app.celery import app
from collections_app.chase import wrong_people
from collections_app.contact import answer_links
from collections_app.correspondence import deliveries
from collections_app.correspondence.deliveries import ROUND_SECONDS, Complete, Counts, Gate
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules import MessageKind
from collections_app.correspondence.rules.sending import UNDO_SECONDS
from collections_app.dunning import draft_files, sending_gate
from collections_app.dunning.rules.asked_of import ASKED_OF
from collections_app.jobs.schedule import QUEUE_OF, SEND_OUTBOX_EVERY_SECONDS, SEND_OUTBOX_TASK
from collections_app.lib import turns

_log = logging.getLogger(__name__)

# By what a message is for: what is asked in the transaction that claims it, with its customer locked.
GATES: Mapping[MessageKind, Gate] = dict.fromkeys(ASKED_OF, sending_gate.stops_when_sending)
# What is added to a message when it is about to leave: drawn then, and not by the run that wrote it.
COMPLETES: Mapping[MessageKind, Complete] = {MessageKind.REMINDER: draft_files.complete}


def link_for(message: Message, at: dt.datetime) -> str:
    """The link with which the reader of a letter answers the request that it is about."""
    token = answer_links.token_for(message, at=at)
    return f"{settings.SITE_URL}{reverse('answer', kwargs={'token': token})}"


def below_for(message: Message) -> str:
    """The link below a message for whoever is the wrong person to get it."""
    token = wrong_people.token_of(message)
    return f"{settings.SITE_URL}{reverse('wrong_person', kwargs={'token': token})}" if token else ""


def send(*, round_seconds: float = ROUND_SECONDS, at: dt.datetime) -> Counts:
    """Send what is due; any number of workers may."""
    return deliveries.send_due(
        gates=GATES,
        completes=COMPLETES,
        link_for=link_for,
        below_for=below_for,
        round_seconds=round_seconds,
        at=at,
    )


def send_in_turn(*, at: dt.datetime) -> Counts | None:
    """Send what is due unless somebody is at it: a slow mail server keeps one worker busy, and not all."""
    with turns.held("outbox", 0, wait=False) as is_ours:
        return send(at=at) if is_ours else None


def hasten() -> None:
    """Once this transaction is committed, a worker is told to send what was released, when its time has come.

    A broker that cannot be reached is no hindrance: the clock finds what is due.
    """
    transaction.on_commit(partial(_tell, UNDO_SECONDS), robust=True)


def _tell(in_seconds: int) -> None:
    expires = in_seconds + SEND_OUTBOX_EVERY_SECONDS
    queue = QUEUE_OF[SEND_OUTBOX_TASK]
    try:
        app.send_task(SEND_OUTBOX_TASK, countdown=in_seconds, expires=expires, queue=queue)
    except OperationalError:
        _log.warning("The broker could not be told that messages are to leave.", exc_info=True)
