"""Sends what waits in the outbox: which checks are asked at the moment of sending, which link a message has,
and how a worker is told that something was released.

What waits stands in the database. A worker that is told sends it when its time has come; were it not told,
the clock would be there a few seconds later.
"""

import datetime as dt
import logging
import time
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
from collections_app.reports import report_editions

_log = logging.getLogger(__name__)

# Each company has its turn for so long; then the next one has, though there be more of the first.
TURN_SECONDS = 10.0

# By what a message is for: what is asked in the transaction that claims it, with its customer locked.
GATES: Mapping[MessageKind, Gate] = {
    **dict.fromkeys(ASKED_OF, sending_gate.stops_when_sending),
    MessageKind.REPORT: report_editions.stops_when_sending,
}
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


def send(*, company: int | None = None, round_seconds: float = TURN_SECONDS, at: dt.datetime) -> Counts:
    """Send what is due, of one company (id) or of all; any number of workers may."""
    return deliveries.send_due(
        gates=GATES,
        completes=COMPLETES,
        link_for=link_for,
        below_for=below_for,
        company=company,
        round_seconds=round_seconds,
        at=at,
    )


def send_in_turn(*, at: dt.datetime) -> None:
    """Send what is due, a turn for each company at a time, until nothing is or the round is over. One that
    another worker is at is passed over: a slow mail server keeps one worker busy, and only for so long.
    """
    began, done = time.monotonic(), set[int]()
    deliveries.give_up_lost(at=at)
    while (elapsed := time.monotonic() - began) < ROUND_SECONDS:
        now = at + dt.timedelta(seconds=elapsed)
        if not (due := [each for each in deliveries.companies_due(at=now) if each not in done]):
            return
        for company in due:
            if _send_of(company, at=at + dt.timedelta(seconds=time.monotonic() - began)):
                done.add(company)


def _send_of(company: int, *, at: dt.datetime) -> bool:
    """A turn of one company; whether it came to its end, or is somebody else's."""
    began = time.monotonic()
    with turns.held("outbox", company, wait=False) as is_ours:
        if is_ours:
            send(company=company, at=at)
    return not is_ours or time.monotonic() - began < TURN_SECONDS


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
