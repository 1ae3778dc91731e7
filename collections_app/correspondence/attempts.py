"""One attempt to send a message, as the database sees it: claimed before, settled after.

Locks: the message first, since workers look for one that nobody else is at; then its customer, but only if
nobody holds them. Everybody else takes the customer first, so waiting here could be waiting in a circle.
Whoever works on a customer goes first, and the messages to them leave a moment later.
"""

import datetime as dt
import json
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import Error, InterfaceError, OperationalError, connection, transaction

from collections_app.activity.events import Event
from collections_app.correspondence import envelopes, mail_paces, received_messages
from collections_app.correspondence.envelopes import Sender
from collections_app.correspondence.message_rows import Message, event
from collections_app.correspondence.rules import MessageKind, MessageState, sending, writing
from collections_app.correspondence.rules.sending import Delivery, Stop
from collections_app.ledger.customers import Customer
from collections_app.lib import sql
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement

_log = logging.getLogger(__name__)

CLAIM = Statement(__file__, "claim_message")
SETTLE = Statement(__file__, "settle_message")
# While the database is away, what came of an attempt is told to it again after so many seconds.
PATIENCE_SECONDS = (0.0, 0.2, 1.0, 3.0, 10.0)
NOBODY_KNOWS = "Whoever was sending it stopped before saying what came of it."

# Asked about a message in the transaction that claims it; its customer is locked by then.
Gate = Callable[[Message, dt.datetime], Sequence[Stop]]
# The reader's own link, for a message with a slot for one. Raises ``Refused`` when there is none any more.
LinkFor = Callable[[Message, dt.datetime], str]
# Draws and keeps the files that a message promises, before it is claimed: that takes longer than anybody may
# wait for a customer. Called again it draws nothing anew.
Complete = Callable[[Message, dt.datetime], None]
# Where somebody says that they are the wrong person for a message; empty where that is not asked.
BelowFor = Callable[[Message], str]


@dataclass(slots=True)
class Counts:
    """What came of a round, and how many messages wait to leave after it."""

    sent: int = 0
    held_back: int = 0
    retried: int = 0
    failed: int = 0
    uncertain: int = 0
    waiting: int = 0

    def add(self, state: MessageState) -> None:
        """One more that came to stand so."""
        name = {MessageState.QUEUED: "retried"}.get(state, state.value)
        setattr(self, name, getattr(self, name) + 1)


@dataclass(slots=True)
class Round:
    """What a worker goes by for a while, and what it leaves out until its next round."""

    gates: Mapping[MessageKind, Gate]
    link_for: LinkFor
    completes: Mapping[MessageKind, Complete] = field(default_factory=dict)
    below_for: BelowFor | None = None
    company: int | None = None
    counts: Counts = field(default_factory=Counts)
    passed: list[int] = field(default_factory=list)
    whole: set[int] = field(default_factory=set)
    companies: list[int] = field(default_factory=list)
    hosts: list[str] = field(default_factory=list)
    houses: dict[int, Sender] = field(default_factory=dict)

    def house_of(self, message: Message) -> Sender:
        """Whose message it is, looked up once a round."""
        if message.company_id not in self.houses:
            self.houses[message.company_id] = envelopes.sender_of(message.company)
        return self.houses[message.company_id]


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message that is marked as leaving, and how it goes over the wire. Nobody else sends it now."""

    message: Message
    envelope: EmailMessage


def claim(this: Round, *, at: dt.datetime) -> Claimed | None:
    """The next message that may leave, marked as leaving; None when there is none for this round.

    Those that something speaks against are held back or put off on the way. A check that fails holds its
    message back too: what cannot be checked does not leave.
    """
    picked: list[int] = []
    while True:
        picked.clear()
        try:
            with transaction.atomic():
                message = _pick(this, picked, at)
                if message is None:
                    return None
                complete = None if message.pk in this.whole else this.completes.get(_kind_of(message))
                if complete is None:
                    if envelope := _checked(this, message, at):
                        return Claimed(message, envelope)
                    continue
            # Nothing is locked here; whoever claims the message meanwhile has drawn its files before.
            complete(message, at)
            this.whole.add(message.pk)
        except Error:
            connection.close()
            raise
        except Exception as error:  # whatever it was, the others still leave
            if not picked:
                raise
            _log.exception("Message %s could not be checked.", picked)
            text = f"It could not be checked: {type(error).__name__}: {error}"
            with transaction.atomic():
                message = Message.objects.select_for_update(no_key=True).get(pk=picked[0])
                if message.state == MessageState.QUEUED:
                    _hold_back(this, message, [Stop("check_failed", text[: sending.ANSWER_LETTERS_MAX])], at)


def settle(claimed: Claimed, delivery: Delivery, *, at: dt.datetime) -> MessageState:
    """Write down what came of an attempt, also when the database was away for a moment; where it stands."""
    for seconds in PATIENCE_SECONDS:
        time.sleep(seconds)
        try:
            return _settle(claimed.message, delivery, at)
        except (OperationalError, InterfaceError):
            _log.warning("What came of message %s could not be written.", claimed.message.pk, exc_info=True)
            connection.close()
    return _settle(claimed.message, delivery, at)


def give_up_lost(*, at: dt.datetime) -> int:
    """Put before a person what was claimed so long ago that nobody can be at it any more; how many. A round
    begins with it: a connection that broke at the end of the one before is let go.
    """
    before = at - dt.timedelta(seconds=sending.LEASE_SECONDS)
    try:
        with transaction.atomic():
            lost = list(
                Message.objects.select_for_update(no_key=True, skip_locked=True)
                .filter(state=MessageState.SENDING, claimed_at__lt=before)
                .order_by("pk")
            )
            Message.objects.filter(pk__in=[message.pk for message in lost]).update(
                state=MessageState.UNCERTAIN, last_answer=NOBODY_KNOWS, changed_at=at
            )
            told = [_told(MessageState.UNCERTAIN, message, NOBODY_KNOWS, at) for message in lost]
            Event.objects.bulk_create(told)
    except Error:
        connection.close()
        raise
    return len(lost)


def _pick(this: Round, picked: list[int], at: dt.datetime) -> Message | None:
    given = {
        "at": at,
        "company": this.company,
        "passed": sql.array(this.passed),
        "companies": sql.array(this.companies),
        "hosts": this.hosts,
    }
    for message in Message.objects.raw(CLAIM.text, given):
        picked.append(message.pk)
        message.company = this.house_of(message).company
        return message
    return None


def _checked(this: Round, message: Message, at: dt.datetime) -> EmailMessage | None:
    """Its envelope when nothing speaks against it, and then it is marked as leaving."""
    gate = this.gates.get(_kind_of(message))
    has_slot = writing.LINK_SLOT in message.body
    if (gate or has_slot) and not _is_free(message):
        this.passed.append(message.pk)
        return None
    if gate and (stops := gate(message, at)):
        _stop(this, message, stops, at)
        return None
    if not _in_pace(this, message, at):
        transaction.set_rollback(True)  # what was counted is given back
        return None
    try:
        link = this.link_for(message, at) if has_slot else ""
    except Refused as refused:
        _hold_back(this, message, [Stop(one.code, one.message) for one in refused.problems], at)
        return None
    message.attempts += 1
    message.state, message.claimed_at, message.changed_at = MessageState.SENDING, at, at
    message.next_attempt_at, message.stops = None, []
    message.save(update_fields=["attempts", "state", "claimed_at", "changed_at", "next_attempt_at", "stops"])
    sender = this.house_of(message)
    below = this.below_for(message) if this.below_for else ""
    has_files: bool = message.has_attachments  # type: ignore[attr-defined]
    return envelopes.build(message, sender=sender, link=link, below=below, has_files=has_files, at=at)


def _kind_of(message: Message) -> MessageKind:
    return MessageKind(message.kind)


def _is_free(message: Message) -> bool:
    """Whether its customer is ours until the transaction ends; false when somebody works on them."""
    if message.customer_id is None:
        return True
    ours = Customer.objects.select_for_update(no_key=True, skip_locked=True).filter(pk=message.customer_id)
    return bool(ours.values_list("pk", flat=True))


def _in_pace(this: Round, message: Message, at: dt.datetime) -> bool:
    """Companies are asked before hosts, by everybody."""
    if not mail_paces.take(f"company:{message.company_id}", a_minute=settings.MAIL_PER_MINUTE, at=at):
        this.companies.append(message.company_id)
        return False
    host = sending.host_of(message.to_address)
    if not mail_paces.take(f"host:{host}", a_minute=settings.MAIL_PER_MINUTE_TO_HOST, at=at):
        this.hosts.append(host)
        return False
    return True


def _stop(this: Round, message: Message, stops: Sequence[Stop], at: dt.datetime) -> None:
    until = sending.waits_until(stops)
    if until is None or until <= at:
        _hold_back(this, message, stops, at)
        return
    message.next_attempt_at, message.stops = until, _kept(stops)
    message.save(update_fields=["next_attempt_at", "stops"])


def _hold_back(this: Round, message: Message, stops: Sequence[Stop], at: dt.datetime) -> None:
    message.state, message.changed_at, message.next_attempt_at = MessageState.HELD_BACK, at, None
    message.stops = _kept(stops)
    message.save(update_fields=["state", "changed_at", "next_attempt_at", "stops"])
    _told(MessageState.HELD_BACK, message, stops[0].sentence, at).save()
    this.counts.held_back += 1


def _kept(stops: Sequence[Stop]) -> list[dict[str, str | None]]:
    return [
        {
            "code": stop.code,
            "sentence": stop.sentence,
            "until": stop.until.isoformat() if stop.until else None,
        }
        for stop in stops
    ]


def _settle(message: Message, delivery: Delivery, at: dt.datetime) -> MessageState:
    after = sending.after(delivery.outcome, attempts=message.attempts - message.attempts_before)
    again_in = after.again_in_seconds
    said = delivery.answer[: sending.ANSWER_LETTERS_MAX]
    told = None if after.state == MessageState.QUEUED else _told(after.state, message, said, at)
    with transaction.atomic():
        if told and delivery.is_about_address:
            marked = received_messages.keep_refusal(message, said, at=at)
            told.facts["marked"] = [contact.pk for contact in marked]
        settled = SETTLE.row(
            {
                "message": message.pk,
                "attempt": message.attempts,
                "state": after.state,
                "at": at,
                "answer": said,
                "sent_at": at if after.state == MessageState.SENT else None,
                "again_at": None if again_in is None else at + dt.timedelta(seconds=again_in),
                "what": told.what if told else "",
                "summary": told.summary if told else "",
                "facts": json.dumps(told.facts if told else {}),
            }
        )
        if not settled["settled"]:
            transaction.set_rollback(True)  # somebody has decided otherwise since, and this tells nothing
    return after.state


def _told(state: MessageState, message: Message, why: str, at: dt.datetime) -> Event:
    words = {
        MessageState.SENT: "Sent",
        MessageState.HELD_BACK: f"Held back ({why})",
        MessageState.FAILED: f"Could not be sent ({why})",
        MessageState.UNCERTAIN: "May have left, and nobody knows",
    }[state]
    return event(state.value, words, message, by=None, at=at)
