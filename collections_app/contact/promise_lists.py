"""Lists of promises, in views: what runs, with what is due today and not in the bank first; what broke; what
was kept. Read by the screen and by the command.

A row is the instalment that a promise stands at, so that its days are those of the moment.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict
from zoneinfo import ZoneInfo

from django.db.models import Case, Count, F, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When

from collections_app.contact.promised import Promise, PromiseInstalment
from collections_app.contact.rules import PromiseState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.working_days import Calendar
from collections_app.people.users import User

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

RUNNING = PromiseState.RUNNING
# Where a promise that runs stands: its days may be today's, over, or to come. Today's are looked for first.
TODAY, LATE, TO_COME = range(3)


class Then(TypedDict):
    """What ``as_of`` adds to a promise."""

    state_then: str


@dataclass(frozen=True, slots=True)
class View:
    """A list that can be asked for by its code."""

    code: str
    label: str
    states: tuple[PromiseState, ...]


VIEWS = (
    View("running", "Running", (RUNNING,)),
    View("today", "Due today", (RUNNING,)),
    View("late", "Late, in grace", (RUNNING,)),
    View("tomorrow", "Due tomorrow", (RUNNING,)),
    View("broken", "Broken", (PromiseState.BROKEN, PromiseState.PARTLY_KEPT)),
    View("kept", "Kept", (PromiseState.KEPT, PromiseState.KEPT_LATE)),
    View("ended", "Withdrawn or replaced", (PromiseState.WITHDRAWN, PromiseState.REPLACED)),
)
BY_CODE = {view.code: view for view in VIEWS}
# Of what ended, so much is counted and listed; older ones stand on the customer's page.
ENDED_DAYS = 90


@dataclass(frozen=True, slots=True)
class Place:
    """Where a row stands in its list, so that a page can begin below it."""

    rank: int
    on: dt.date
    promise: int

    def __str__(self) -> str:
        return f"{self.rank}_{self.on.isoformat()}_{self.promise}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """A place as ``str`` wrote it. Raises ``ValueError`` for anything else."""
        rank, on, promise = text.split("_")
        return cls(int(rank), dt.date.fromisoformat(on), int(promise))


def in_view(
    company: Company, code: str, *, visible: QuerySet[Customer] | None, today: dt.date, calendar: Calendar
) -> QuerySet[PromiseInstalment]:
    """The rows of a view in its order; ``visible`` narrows to customers, None is all of the company's."""
    view = BY_CODE[code]
    found = PromiseInstalment.objects.current().filter(
        promise__company=company, promise__state__in=[state.value for state in view.states]
    )
    if visible is not None:
        found = found.filter(promise__customer__in=visible.values("pk"))
    plan = PromiseInstalment.objects.filter(promise=OuterRef("promise")).order_by().values("promise")
    found = found.annotate(number_of=Subquery(plan.annotate(count=Count("pk")).values("count")))
    if RUNNING in view.states:
        return _running(found, code, today=today, calendar=calendar)
    since = today - dt.timedelta(days=ENDED_DAYS)
    ended = found.filter(promise__settled_on__gt=since)
    return ended.annotate(rank=Value(0, IntegerField()), on=F("promise__settled_on")).order_by(
        "-on", "-promise"
    )


def _running(
    found: QuerySet[PromiseInstalment], code: str, *, today: dt.date, calendar: Calendar
) -> QuerySet[PromiseInstalment]:
    days = _days(today, calendar.next_working_day(today)).get(code, Q())
    rank = Case(
        When(due_on=today, then=Value(TODAY)),
        When(due_on__lt=today, then=Value(LATE)),
        default=Value(TO_COME),
        output_field=IntegerField(),
    )
    return found.filter(days).annotate(rank=rank, on=F("due_on")).order_by("rank", "on", "promise")


def counts(
    company: Company, *, visible: QuerySet[Customer] | None, today: dt.date, calendar: Calendar
) -> dict[str, int]:
    """How many each view holds, by its code; one query."""
    found = PromiseInstalment.objects.current().filter(promise__company=company)
    if visible is not None:
        found = found.filter(promise__customer__in=visible.values("pk"))
    since, tomorrow = today - dt.timedelta(days=ENDED_DAYS), calendar.next_working_day(today)
    days = _days(today, tomorrow)
    words = {}
    for view in VIEWS:
        chosen = Q(promise__state__in=[state.value for state in view.states])
        is_recent = Q() if RUNNING in view.states else Q(promise__settled_on__gt=since)
        words[view.code] = Count("pk", filter=chosen & is_recent & days.get(view.code, Q()))
    recent = Q(promise__settled_on__isnull=True) | Q(promise__settled_on__gt=since)
    return found.filter(recent).aggregate(**words)


def _days(today: dt.date, tomorrow: dt.date) -> dict[str, Q]:
    return {
        "today": Q(due_on=today),
        "late": Q(due_on__lt=today),
        "tomorrow": Q(due_on__gt=today, due_on__lte=tomorrow),
    }


def to_look_for(company: Company, *, collector: User | None, today: dt.date) -> QuerySet[PromiseInstalment]:
    """What of the promises that run is due today or late: of the customers of ``collector``, or all."""
    found = PromiseInstalment.objects.current().filter(
        promise__company=company, promise__state=RUNNING.value, due_on__lte=today
    )
    return found if collector is None else found.filter(promise__customer__assignment__collector=collector)


def after(found: QuerySet[PromiseInstalment], place: Place, *, code: str) -> QuerySet[PromiseInstalment]:
    """What stands below ``place``."""
    if RUNNING in BY_CODE[code].states:
        return found.filter(
            Q(rank__gt=place.rank)
            | Q(rank=place.rank, on__gt=place.on)
            | Q(rank=place.rank, on=place.on, promise__gt=place.promise)
        )
    return found.filter(Q(on__lt=place.on) | Q(on=place.on, promise__lt=place.promise))


def place_of(row: PromiseInstalment) -> Place:
    """That of a row of ``in_view``."""
    return Place(row.rank, row.on, row.promise_id)  # type: ignore[attr-defined]


def as_of(
    company: Company, *, day: dt.date, customer: Customer | None = None
) -> "QuerySet[WithAnnotations[Promise, Then]]":
    """All promises recorded until the end of ``day``, with ``state_then``: one that ended later ran still."""
    ends_at = dt.datetime.combine(day + dt.timedelta(days=1), dt.time(), ZoneInfo(company.time_zone))
    found = Promise.objects.filter(company=company, recorded_at__lt=ends_at)
    if customer is not None:
        found = found.filter(customer=customer)
    then = Case(When(settled_on__gt=day, then=Value(RUNNING.value)), default=F("state"))
    return found.annotate(state_then=then).order_by("recorded_at", "pk")


def running_for(customer: Customer) -> Sequence[PromiseInstalment]:
    """The promises of a customer that run, the next day first, each by the instalment it stands at; for the
    call card.
    """
    running = PromiseInstalment.objects.current().filter(
        promise__customer=customer, promise__state=RUNNING.value
    )
    return list(running.select_related("promise").order_by("due_on", "promise"))
