"""Lists of disputes: how they stood at the end of a day, each with its clock; and what of them needs
somebody.
"""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.db.models import Case, CharField, Exists, F, Max, OuterRef, Q, QuerySet, Value, When

from collections_app.contact import dispute_amounts, dispute_changes
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.dispute_pauses import DisputePause
from collections_app.contact.dispute_rows import UNHEARD, Dispute, DisputeQuerySet
from collections_app.contact.rules import DisputeState, dispute_clocks
from collections_app.contact.rules.dispute_clocks import RECODE_WORKING_DAYS, Clock, Pause
from collections_app.contact.rules.disputing import Reason
from collections_app.ledger.companies import Company
from collections_app.people import desks
from collections_app.people.users import User


@dataclass(frozen=True, slots=True)
class Standing:
    """A dispute with its clock. ``words`` say the clock; what we wait for is in the dispute."""

    dispute: Dispute
    state: DisputeState
    clock: Clock
    age: int

    @property
    def amount(self) -> Decimal:
        """What was contested at the end of the day that the list is of."""
        then: Decimal = getattr(self.dispute, "amount_then", self.dispute.amount)
        return then

    @property
    def desk(self) -> str:
        return desks.label(self.dispute.desk)

    @property
    def words(self) -> str:
        waiting_for = self.dispute.asked_for if self.clock.stopped_since else ""
        return dispute_clocks.words(self.clock, waiting_for=waiting_for)


def standings(disputes: Iterable[Dispute], *, company: Company, day: dt.date) -> list[Standing]:
    """``disputes`` with their clocks at the end of ``day``; of those that are closed, when they were closed.
    No query for those that were fetched with their pauses.
    """
    return [standing_of(dispute, company=company, day=day) for dispute in disputes]


def standing_of(dispute: Dispute, *, company: Company, day: dt.date) -> Standing:
    """One dispute with its clock at the end of ``day``."""
    calendar, lodged_on = company.calendar, company.today(at=dispute.lodged_at)
    closed_on = company.today(at=dispute.closed_at) if dispute.closed_at else None
    is_closed = closed_on is not None and closed_on <= day
    until = closed_on if closed_on and is_closed else day
    pauses = [_as_of(pause, until) for pause in dispute_changes.pauses_of(dispute) if pause.since <= until]
    is_waiting = not is_closed and any(pause.until is None for pause in pauses)
    due_on = dispute_clocks.due_on(lodged_on, dispute.resolve_days, pauses, calendar=calendar)
    clock = dispute_clocks.clock_of(
        lodged_on,
        resolve_days=dispute.resolve_days,
        resolve_due_on=due_on,
        pauses=pauses,
        until=until,
        calendar=calendar,
    )
    state = DisputeState(dispute.state) if is_closed else DisputeState.LODGED
    return Standing(
        dispute,
        DisputeState.WAITING if is_waiting else state,
        clock,
        calendar.count(lodged_on, until),
    )


def known_on(
    company: Company, day: dt.date, *, states: Collection[DisputeState] | None = None
) -> QuerySet[Dispute]:
    """What was lodged by the end of ``day``, the oldest due day first; only what was then in ``states``.
    Each has ``state_then`` and ``amount_then``.
    """
    ends_at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(company.time_zone))
    waits = DisputePause.objects.filter(Q(until__isnull=True) | Q(until__gt=day), dispute=OuterRef("pk"))
    then = Case(
        When(closed_at__lt=ends_at, then=F("state")),
        When(Exists(waits.filter(since__lte=day)), then=Value(DisputeState.WAITING.value)),
        default=Value(DisputeState.LODGED.value),
        output_field=CharField(),
    )
    lodged = Dispute.objects.filter(company=company, lodged_at__lt=ends_at)
    known = lodged.annotate(state_then=then, amount_then=dispute_amounts.before(ends_at))
    if states is not None:
        known = known.filter(state_then__in=states)
    return with_names(known).order_by("resolve_due_on", "pk")


def with_names(disputes: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """With all that a list tells of each, in two queries."""
    return disputes.select_related("customer", "invoice", "owner").prefetch_related("pauses")


def heard_at(dispute: Dispute) -> dt.datetime:
    """When the customer last heard from us about it, by a line or in a conversation."""
    talk = ContactLog.objects.valid().filter(invoices=dispute.invoice_id).exclude(outcome__in=UNHEARD)
    spoken = talk.aggregate(at=Max("at"))["at"]
    return max(at for at in (dispute.lodged_at, dispute.told_at, spoken) if at is not None)


def recode_by(dispute: Dispute, terms: Reason, *, company: Company) -> dt.date | None:
    """By when a dispute needs its real reason; none when it has it, or is closed."""
    if not terms.is_provisional or not dispute.is_open:
        return None
    lodged_on = company.today(at=dispute.lodged_at)
    return dispute_clocks.first_day(lodged_on, RECODE_WORKING_DAYS, company.calendar)


def needing(user: User, *, company: Company, today: dt.date) -> DisputeQuerySet:
    """What ``user`` is to do something about: disputes with them or at their desk whose answer is due, or
    whose time is up, on ``today``.
    """
    mine = Dispute.objects.open().filter(company=company).with_somebody(user)
    ours = Q(state=DisputeState.LODGED)
    unanswered = Q(answered_at__isnull=True, told_at__isnull=True, answer_due_on__lte=today)
    return mine.filter(ours & (unanswered | Q(resolve_due_on__lte=today)))


def overdue_of(user: User, *, company: Company, today: dt.date) -> int:
    """How many disputes that are with ``user`` or their desk are past their time: a count for home."""
    return Dispute.objects.filter(company=company).with_somebody(user).overdue(today).count()


def _as_of(pause: Pause, day: dt.date) -> Pause:
    """A pause as it was known at the end of ``day``."""
    return Pause(pause.since, pause.until if pause.until and pause.until <= day else None)
