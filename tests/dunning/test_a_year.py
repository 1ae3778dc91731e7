"""A year of nights, and what leaves after them, looked at as it reaches somebody.

The night of every working day in four stretches of the year, with the days of rest and the changes of clocks
that each has; in between only now and then, so that runs catch up with what was missed.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

import pytest
from django.core.mail import EmailMessage
from django.db.models import Sum

from collections_app.behaviour import habits, positions
from collections_app.contact import endings
from collections_app.contact.disputes import Dispute
from collections_app.contact.promised import PromisedInvoice
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import Delivery, Outcome
from collections_app.dunning import approvals, draft_stops, posting, runs
from collections_app.dunning.blocks import Block
from collections_app.dunning.draft_rows import ReminderDraft, ReminderDraftInvoice
from collections_app.dunning.rules.stop_codes import Then
from collections_app.jobs.outbox import GATES
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.working_days import Calendar, usual_weekend
from collections_app.segmentation import assignments, versions
from tests.correspondence.mailing import Post, send
from tests.dunning.town import CHANCES, DAY, FIRST, Town, at

DAYS = 368
# Around the New Year and the holidays after it, around Easter, in autumn, and around Christmas.
DAILY = (
    (dt.date(2026, 1, 5), dt.date(2026, 1, 30)),
    (dt.date(2026, 3, 23), dt.date(2026, 4, 17)),
    (dt.date(2026, 10, 19), dt.date(2026, 11, 13)),
    (dt.date(2026, 12, 14), dt.date(2027, 1, 7)),
)
OTHERWISE_EVERY_DAYS = 9
NIGHT = dt.time(5)
# By the clock of London: no hour of theirs for the one is an hour for the other.
ROUNDS = (dt.time(1, 30), dt.time(10), dt.time(14), dt.time(20, 30), dt.time(22, 30))
# The segment and what is known of habits change slowly.
SORTED_EVERY_NIGHTS = 4
SENT_ONE_BY_ONE_ON = 2  # each Wednesday


class Year:
    """A town, its nights, and everything that left."""

    def __init__(self) -> None:
        self.town = Town()
        self.company = self.town.company
        self.one_by_one = 0
        self.wrong: list[str] = []
        self.sent: list[tuple[dt.datetime, Customer, ReminderDraft]] = []
        self.now = at(FIRST, NIGHT)
        self.nights = 0

    def live(self) -> None:
        for number in range(DAYS):
            day = FIRST + number * DAY
            has_night = self.company.calendar.is_working_day(day) and is_chosen(day)
            if has_night:
                self.night(day, is_to_sort=self.nights % SORTED_EVERY_NIGHTS == 0)
                self.town.live(day)
            for time in ROUNDS:
                self.round(at(day, time))
            if has_night:
                self.post_letters(at(day, dt.time(15)))

    def night(self, day: dt.date, *, is_to_sort: bool) -> None:
        """The stages that reminders stand on, the run, and a person who approves all that waits."""
        now = at(day, NIGHT)
        endings.settle(company=self.company, today=day, at=now)
        positions.measure(company=self.company, today=day)
        if is_to_sort:
            habits.measure(company=self.company, today=day)
            versions.ensure_default(company=self.company, by=None, at=now)
            assignments.assign(company=self.company, today=day)
        runs.run(company=self.company, today=day, at=now)
        waiting = list(ReminderDraft.objects.filter(company=self.company, state="proposed").messages())
        approvals.approve(waiting, company=self.company, by=self.town.dana, at=now)
        self.nights += 1

    def round(self, moment: dt.datetime) -> None:
        """What is due leaves: once a week as the product sends, and otherwise in sets, asked the same."""
        self.now = moment
        due = Message.objects.filter(state="queued", next_attempt_at__lte=moment)
        if not due.exists():
            return
        heard: list[ReminderDraft] = []
        if moment.weekday() == SENT_ONE_BY_ONE_ON:
            send(Post(lambda envelope: self.taken_in(envelope, heard)), gates=GATES, at=moment)
        else:
            asked = ReminderDraft.objects.filter(message__in=due).select_related("customer", "message")
            heard += leave(list(asked), company=self.company, at=moment)
        self.told(heard)

    def taken_in(self, envelope: EmailMessage, heard: list[ReminderDraft]) -> Delivery:
        drafts = ReminderDraft.objects.select_related("customer")
        heard.append(drafts.get(message__message_id=envelope.message()["Message-ID"]))
        self.one_by_one += 1
        return Delivery(Outcome.ACCEPTED, "taken in")

    def post_letters(self, moment: dt.datetime) -> None:
        """Somebody carries to the post what was approved; what is stopped by then stays."""
        self.now = moment
        letters = ReminderDraft.objects.filter(
            company=self.company, channel="letter", state="approved", posted_at__isnull=True
        )
        asked = list(letters.select_related("customer"))
        if asked:
            kept = posting.post(asked, company=self.company, by=self.town.dana, at=moment).stopped
            self.told([draft for draft in asked if draft.pk not in kept])

    def told(self, heard: Sequence[ReminderDraft]) -> None:
        """They hear of it: is it a decent hour there, and is there anything to ask for?"""
        self.sent += [(self.now, draft.customer, draft) for draft in heard]
        self.wrong += [f"{draft.key} at {self.now}" for draft in heard if not is_decent(draft, self.now)]
        self.wrong += faults(heard, today=self.company.today(at=self.now))


def is_chosen(day: dt.date) -> bool:
    """Whether somebody sees to the night of a day."""
    is_daily = any(first <= day <= last for first, last in DAILY)
    return is_daily or (day - FIRST).days % OTHERWISE_EVERY_DAYS == 0


def leave(asked: Sequence[ReminderDraft], *, company: Company, at: dt.datetime) -> list[ReminderDraft]:
    """Messages that are due, in one go: those that nothing speaks against leave, the others wait or stay."""
    gathered = draft_stops.gather(company=company, drafts=asked, at=at)
    left = []
    for draft in asked:
        message = draft.message
        assert message
        stops = gathered.stops_of(draft, at=at)
        ends = [stop.until if stop.then == Then.WAITS else None for stop in stops]
        message.changed_at, message.next_attempt_at = at, None
        message.stops = draft_stops.written(stops)
        if not stops:
            message.state, message.sent_at, message.claimed_at, message.attempts = "sent", at, at, 1
            left.append(draft)
        elif all(ends):
            message.next_attempt_at = max(end for end in ends if end)
        else:
            message.state = "held_back"
    fields = ["state", "changed_at", "next_attempt_at", "stops", "sent_at", "claimed_at", "attempts"]
    Message.objects.bulk_update([draft.message for draft in asked if draft.message], fields)
    return left


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


@pytest.mark.django_db
def test_in_a_year_nobody_hears_at_a_bad_hour_too_often_or_about_what_is_not_to_be_asked_for() -> None:
    year = Year()

    year.live()

    assert year.nights >= 90
    assert all(count >= 8 for count in year.town.done.values()), year.town.done
    assert set(year.town.done) == set(CHANCES)
    assert len(year.sent) > 350
    assert year.one_by_one > 30
    assert {draft.channel for _, _, draft in year.sent} == {"email", "letter"}
    assert year.wrong == []
    check_one_a_run(year)
    check_budget(year)
    check_ladders(year)


def check_one_a_run(year: Year) -> None:
    """No customer hears twice from one run, and no draft is told twice."""
    runs_heard = [(customer.pk, draft.run_on) for _, customer, draft in year.sent]
    assert len(runs_heard) == len(set(runs_heard))
    keys = [draft.key for _, _, draft in year.sent]
    assert len(keys) == len(set(keys))


def check_budget(year: Year) -> None:
    """Never more than so many in so many days."""
    moments: dict[int, list[dt.datetime]] = defaultdict(list)
    for moment, customer, _ in year.sent:
        moments[customer.pk].append(moment)
    most, span = year.company.touches_max, dt.timedelta(days=year.company.touch_days)
    for heard in moments.values():
        for place, moment in enumerate(heard):
            assert sum(1 for other in heard[: place + 1] if moment - other < span) <= most


def check_ladders(year: Year) -> None:
    """On each ladder the levels rise one by one from the first; none comes again. A letter that is approved
    and waits for the post is a step that was taken.
    """
    taken = ReminderDraft.objects.messages().filter(climb__isnull=False, state__in=["approved", "done"])
    ladders: dict[int | None, list[int]] = defaultdict(list)
    for draft in taken.order_by("run_on", "pk"):
        ladders[draft.climb_id].append(draft.level)
    assert max(len(levels) for levels in ladders.values()) >= 4
    odd = [levels for levels in ladders.values() if levels != list(range(1, len(levels) + 1))]
    assert odd == []
