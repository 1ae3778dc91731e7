"""A year in the town: the night of every working day, rounds of the outbox to a real mail server, and what
goes wrong on the way; and who heard what, as it reached them.
"""

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from email import message_from_bytes
from zoneinfo import ZoneInfo

from django.db.models import Sum

from collections_app.behaviour import habits, positions
from collections_app.contact import endings
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromisedInvoice
from collections_app.correspondence import bounces, deliveries, messages, outbox, sending_pauses
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.message_rows import Message
from collections_app.dunning import approvals, posting, runs
from collections_app.dunning.blocks import Block
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.jobs import outbox as jobs
from collections_app.ledger.contacts import Contact
from collections_app.lib.refusals import Refused
from collections_app.lib.working_days import Calendar, usual_weekend
from collections_app.segmentation import assignments, versions
from tests.correspondence.mailserver import Drops, Hangs, Sink
from tests.dunning.town import DAY, FIRST, Town, at

DAYS = 366
NIGHT, MORNING, POST = dt.time(5), dt.time(8), dt.time(15)
# By the clock of London: no hour of theirs for the one is an hour for the other.
EARLY = dt.time(1, 30)
ROUNDS = (dt.time(10), dt.time(14), POST, dt.time(16), dt.time(20, 30), dt.time(22, 30))
# The segment and what is known of habits change slowly.
SORTED_EVERY_NIGHTS = 5
# From the first message of this day or later on the mail server is away for some days; and from the first
# morning of this day or later on which a message waits, nothing is to leave.
AWAY_FROM, AWAY = dt.date(2026, 4, 13), dt.timedelta(days=3)
PAUSED_FROM, PAUSED = dt.date(2026, 9, 7), dt.timedelta(days=2)
UNDECIDED = ("uncertain", "failed", "held_back")
# So long may an answer of the mail server take.
TIMEOUT_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Heard:
    """A message that reached a customer."""

    at: dt.datetime
    draft: ReminderDraft

    @property
    def day(self) -> dt.date:
        """By the calendar of the house."""
        return self.draft.company.today(at=self.at)


class Trouble:
    """What the mail server does beside taking messages in: it is busy, refuses, falls silent, is away."""

    def __init__(self) -> None:
        self.now = self.back_at = at(FIRST, NIGHT)
        self.has_been_away = False
        self.met: Counter[str] = Counter()
        self.named, self.ended = itertools.count(1), itertools.count(1)

    def __call__(self, step: str) -> str | None:
        if step == "MAIL" and self._is_away():
            self.met["away"] += 1
            raise Drops
        if step == "RCPT":
            return self._answer(next(self.named))
        if step == "END":
            self._end(next(self.ended))
        return None

    def _is_away(self) -> bool:
        if not self.has_been_away and self.now.date() >= AWAY_FROM:
            self.has_been_away, self.back_at = True, self.now + AWAY
        return self.now < self.back_at

    def _answer(self, number: int) -> str | None:
        if number % 19 == 0:
            self.met["busy"] += 1
            return "451 4.3.2 busy, come again"
        if number % 31 == 0:
            self.met["refused"] += 1
            return "550 5.1.1 nobody of that name"
        return None

    def _end(self, number: int) -> None:
        """It has kept the message by then."""
        if number % 23 == 0:
            self.met["lost"] += 1
            raise Hangs if number % 3 == 0 else Drops


class Year:
    """A town, its nights, and everything that reached somebody."""

    def __init__(self, sink: Sink) -> None:
        self.town, self.sink, self.trouble = Town(), sink, Trouble()
        self.company, self.dana = self.town.company, self.town.dana
        sink.mischief = self.trouble
        self.carrier = EmailBackend(
            host="127.0.0.1", port=sink.port, username="", password="", timeout=TIMEOUT_SECONDS
        )
        self.decided: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.heard: list[Heard] = []
        self.now = at(FIRST, NIGHT)
        self.paused_at: dt.datetime | None = None
        self.resumed_at: dt.datetime | None = None
        self.nights = self.kept_back = 0

    def live(self) -> None:
        for day in (FIRST + number * DAY for number in range(DAYS)):
            is_worked = self.company.calendar.is_working_day(day)
            self.round(at(day, EARLY))
            if is_worked:
                self.night(day)
                self.town.live(day)
                self.morning(day)
            for time in ROUNDS:
                self.round(at(day, time))
                if is_worked and time == POST:
                    self.post_letters(at(day, time))

    def night(self, day: dt.date) -> None:
        """The stages that reminders stand on, the run, and a person who approves all that waits."""
        self.now = now = at(day, NIGHT)
        endings.settle(company=self.company, today=day, at=now)
        positions.measure(company=self.company, today=day)
        if self.nights % SORTED_EVERY_NIGHTS == 0:
            habits.measure(company=self.company, today=day)
            versions.ensure_default(company=self.company, by=None, at=now)
            assignments.assign(company=self.company, today=day)
        runs.run(company=self.company, today=day, at=now)
        waiting = list(ReminderDraft.objects.filter(company=self.company, state="proposed").messages())
        if waiting:
            approvals.approve(waiting, company=self.company, by=self.dana, at=now)
        self.nights += 1

    def morning(self, day: dt.date) -> None:
        """What the clock left to a person is decided, and sends are paused or resumed."""
        self.now = now = at(day, MORNING)
        self.pause_or_resume(now)
        for contact in Contact.objects.filter(email_bounced_at__isnull=False).order_by("pk"):
            bounces.give_address(contact, email=f"new.{contact.email}", by=self.dana, at=now)
            self.decided["address"] += 1
        for message in Message.objects.filter(state__in=list(UNDECIDED)).order_by("pk"):
            decide = self.decision(message)
            decide(message, by=self.dana, at=now)
            self.decided[f"{message.state}: {decide.__name__}"] += 1

    def pause_or_resume(self, now: dt.datetime) -> None:
        """Once in the year a message that waits has to wait for longer."""
        due = Message.objects.filter(state="queued", next_attempt_at__lt=now + DAY)
        if self.paused_at is None and now.date() >= PAUSED_FROM and due.exists():
            sending_pauses.pause(company=self.company, reason="We move house", by=self.dana, at=now)
            self.paused_at = now
        if self.paused_at and not self.resumed_at and now >= self.paused_at + PAUSED:
            sending_pauses.resume(company=self.company, by=self.dana, at=now)
            self.resumed_at = now

    def decision(self, message: Message) -> Callable[..., Message]:
        """Of what may have left, the mail server's people know. What it would not take is sent again, and
        what was held back is given up.
        """
        if message.state == "uncertain" and message.message_id in self.sink.ids:
            return outbox.confirm_left
        return messages.withdraw if message.state == "held_back" else outbox.send_again

    def round(self, moment: dt.datetime) -> None:
        """What is due leaves."""
        self.now = self.trouble.now = moment
        due = Message.objects.filter(state="queued", next_attempt_at__lte=moment)
        if not due.exists():
            return
        before = len(self.sink.accepted)
        deliveries.send_due(
            gates=jobs.GATES,
            completes=jobs.COMPLETES,
            link_for=jobs.link_for,
            below_for=jobs.below_for,
            connection=self.carrier,
            at=moment,
        )
        if self.paused_at and not self.resumed_at:
            self.kept_back += due.count()
        arrived = [message_from_bytes(raw)["Message-ID"] for raw in self.sink.accepted[before:]]
        drafts = ReminderDraft.objects.select_related("customer", "company")
        self.listen([drafts.get(message__message_id=each) for each in arrived])

    def post_letters(self, moment: dt.datetime) -> None:
        """Somebody carries to the post what was approved; what is stopped by then stays."""
        self.now = moment
        letters = ReminderDraft.objects.filter(company=self.company, channel="letter", state="approved")
        asked = list(letters.filter(posted_at__isnull=True).select_related("customer", "company"))
        if asked:
            with suppress(Refused):  # nothing leaves now
                kept = posting.post(asked, company=self.company, by=self.dana, at=moment).stopped
                self.listen([draft for draft in asked if draft.pk not in kept])

    def listen(self, heard: Sequence[ReminderDraft]) -> None:
        """They hear of it: is it a decent hour there, and is there anything to ask for?"""
        if heard:
            self.heard += [Heard(self.now, draft) for draft in heard]
            self.wrong += [f"{draft.key} at {self.now}" for draft in heard if not is_decent(draft, self.now)]
            self.wrong += faults(heard, today=self.company.today(at=self.now))


def is_decent(draft: ReminderDraft, moment: dt.datetime) -> bool:
    """By their own clock and days of rest. A letter lies in the post until the morning."""
    if draft.channel == "letter":
        return True
    customer = draft.customer
    local = moment.astimezone(ZoneInfo(customer.time_zone))
    hour = local.time().replace(tzinfo=None)
    is_hour = dt.time(9) <= hour < dt.time(12) or dt.time(13, 30) <= hour < dt.time(17)
    calendar = Calendar(customer.country, "", usual_weekend(customer.country))
    return is_hour and calendar.is_working_day(local.date())


def faults(heard: Sequence[ReminderDraft], *, today: dt.date) -> Iterator[str]:
    """By plain questions to the rows, of all at once."""
    lines = list(ReminderDraftInvoice.objects.filter(draft__in=heard).select_related("invoice"))
    asked = [line.invoice_id for line in lines]
    open_ones = Dispute.objects.open().filter(invoice__in=asked).values("invoice")
    disputed = dict(open_ones.annotate(it=Sum("amount")).values_list("invoice", "it"))
    running = PromisedInvoice.objects.filter(invoice__in=asked, is_running=True)
    promised = set(running.values_list("invoice", flat=True))
    blocks = Block.objects.in_force(today).filter(customer__in=[draft.customer_id for draft in heard])
    blocked: set[tuple[int, int | None]] = set(blocks.values_list("customer", "invoice"))
    for draft in heard:
        theirs = [line.invoice for line in lines if line.draft_id == draft.pk]
        if (draft.customer_id, None) in blocked:
            yield f"{draft.key}: reminders of all they owe are blocked"
        if any((draft.customer_id, invoice.pk) in blocked for invoice in theirs):
            yield f"{draft.key}: reminders of an invoice are blocked"
        if any(not invoice.open_amount for invoice in theirs):
            yield f"{draft.key}: it asks for what is settled"
        if not any(
            invoice.pk not in promised and invoice.open_amount > disputed.get(invoice.pk, 0)
            for invoice in theirs
        ):
            yield f"{draft.key}: nothing is left to ask for"
