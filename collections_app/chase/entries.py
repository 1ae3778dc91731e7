"""An entry: one customer on the chase list of a day, with its rank and the points that make it.

Every customer with something due or agreed is evaluated; ``left_out`` names the first rule that keeps one off
the list, and is empty for those on it. Derived; replaced by every refresh, by the same statement for all or
for one.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, ClassVar

from django.db import models, transaction
from django.db.models import Count, Q

from collections_app.behaviour import positions
from collections_app.chase import weights
from collections_app.chase.rules import points
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company, collectors_of
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer
from collections_app.lib import money, planning
from collections_app.lib.kept_queries import KeptRows
from collections_app.lib.prepared import Prepared, is_few
from collections_app.lib.sql import Statement, array
from collections_app.people.users import User
from collections_app.segmentation.segments import Segment

_REFRESH = Statement(
    __file__,
    "refresh_chase_list_owed",
    "refresh_chase_list_agreed",
    "refresh_chase_list_known",
    "refresh_chase_list_points",
    "refresh_chase_list_told",
    "refresh_chase_list_places",
    "refresh_chase_list_written",
)
_REFRESH_FEW = Prepared.of(
    _REFRESH,
    {"by_ids": True, "first": None, "last": None},
    company="bigint", day="date", at="timestamptz", customers="bigint[]", workers="bigint[]",
    lately_days="int", habit_count_min="int", insurer_days="int", silence_days="int",
    silence_after_days="int", soon_days="int", forecast_age_days="int", words_kept_days="int",
    steps_we_owe="text[]",
)  # fmt: skip
_NUMBER = Statement(__file__, "number_chase_list")
_WORKERS = KeptRows(lambda company: collectors_of(Company(pk=company)).values_list("pk"), "bigint")


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


# The saved views of the list, by the number of their key.
VIEWS = ("mine", "call_backs", "broken_promises", "new_overdue", "key", "all")
KEY_SEGMENT = "key"
IN_ORDER = ("-score", "-weight", "-oldest_days", "customer_id")


def _in_view(view: str, collector: User | None) -> Q:
    """What a saved view shows. Raises ``KeyError`` for an unknown one."""
    return {
        "mine": Q(collector=collector),
        "call_backs": Q(is_call_back=True),
        "broken_promises": Q(broke_promise=True),
        "new_overdue": Q(is_new_overdue=True),
        "key": Q(segment__code=KEY_SEGMENT),
        "all": Q(),
    }[view]


class EntryQuerySet(models.QuerySet["Entry"]):
    """Words for entries."""

    def listed(self, company: Company) -> "EntryQuerySet":
        """On the list of ``company``, in its order."""
        return self.filter(company=company, left_out="").order_by(*IN_ORDER)

    def in_order(self) -> "EntryQuerySet":
        """The most urgent first."""
        return self.order_by(*IN_ORDER)

    def in_view(self, view: str, *, collector: User | None = None) -> "EntryQuerySet":
        """Those that a saved view shows; ``collector`` says whose is *mine*."""
        return self.filter(_in_view(view, collector))

    def after(self, place: "Place") -> "EntryQuerySet":
        """Below a place in the order; a page begins after the last of the one before."""
        return self.filter(score__lte=place.score).filter(
            Q(score__lt=place.score)
            | Q(score=place.score, weight__lt=place.weight)
            | Q(score=place.score, weight=place.weight, oldest_days__lt=place.oldest_days)
            | Q(
                score=place.score,
                weight=place.weight,
                oldest_days=place.oldest_days,
                customer__gt=place.customer,
            )
        )

    def before(self, place: "Place") -> "EntryQuerySet":
        """Above a place in the order."""
        return self.filter(
            Q(score__gt=place.score)
            | Q(score=place.score, weight__gt=place.weight)
            | Q(score=place.score, weight=place.weight, oldest_days__gt=place.oldest_days)
            | Q(
                score=place.score,
                weight=place.weight,
                oldest_days=place.oldest_days,
                customer__lt=place.customer,
            )
        )

    def counted_by_view(self, *, collector: User | None) -> "models.QuerySet[Entry, Any]":
        """How many each of ``VIEWS`` shows of one company's: a row of them, and none where there are none."""
        counts = {f"in_{view}": Count("pk", filter=_in_view(view, collector)) for view in VIEWS}
        return self.order_by().values("company").annotate(**counts).values_list(*counts)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an entry stands in the order of the list."""

    score: int
    weight: Decimal
    oldest_days: int
    customer: int

    def __str__(self) -> str:
        return f"{self.score}_{self.weight}_{self.oldest_days}_{self.customer}"

    @classmethod
    def parse(cls, text: str) -> "Place":
        """The place that was written with ``str``; raises ``ValueError`` for anything else."""
        score, weight, oldest_days, customer = text.split("_")
        return cls(int(score), money.parse(weight), int(oldest_days), int(customer))


class Entry(models.Model):
    """A customer's place on the chase list of ``day``."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="entry")
    day = models.DateField()
    segment = models.ForeignKey(Segment, null=True, on_delete=models.SET_NULL, related_name="+")
    # Who works it on that day: the portfolio's collector, or the stand-in while they are away.
    collector = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    currency = models.CharField(max_length=3)
    overdue = _money()
    to_collect = _money()
    disputed = _money()
    promised = _money()
    unallocated = _money()
    # What is to be collected or overdue in other currencies: [{"currency", "to_collect", "overdue"}], never
    # added up.
    other_currencies = models.JSONField(default=list)
    oldest_days = models.IntegerField()
    # to_collect in the company's currency at the day's rate; only compared, never shown or added.
    weight = models.DecimalField(max_digits=24, decimal_places=3)
    score = models.IntegerField()
    # [{"rule", "points", "measure"}], in any order; the points add up to the score. Sentences are made of it
    # on display, most points first.
    parts = models.JSONField(default=list)
    # Empty when on the list, otherwise the first rule that leaves it out, with what it saw.
    left_out = models.CharField(max_length=40, blank=True)
    left_out_facts = models.JSONField(default=dict)
    rank = models.PositiveIntegerField(null=True)
    previous_rank = models.PositiveIntegerField(null=True)  # on the newest earlier day's list
    asleep_until = models.DateField(null=True)
    call_back_at = models.DateTimeField(null=True)  # an agreed minute today
    last_contact_at = models.DateTimeField(null=True)
    next_step = models.CharField(max_length=20, blank=True)
    next_on = models.DateField(null=True)
    # What the saved views ask for; facts, whatever points they give.
    is_call_back = models.BooleanField(db_default=False)
    broke_promise = models.BooleanField(db_default=False)
    is_new_overdue = models.BooleanField(db_default=False)
    refreshed_at = models.DateTimeField()

    objects: ClassVar[EntryQuerySet] = EntryQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "chase_entry"
        indexes = [
            # Read page by page in the order of the list: all of it, or one collector's part. The few that are
            # alike are sorted by what decides between them. The days overdue stand in no index: they change
            # every night, and a row of which no index knows the change is written without touching any.
            models.Index(
                fields=["company", "-score", "-weight"], condition=Q(left_out=""), name="entry_in_order"
            ),
            models.Index(
                fields=["company", "collector", "-score", "-weight"],
                condition=Q(left_out=""),
                name="entry_in_order_by_collector",
            ),
            models.Index(fields=["company", "left_out", "collector"], name="entry_left_out_by_collector"),
        ]

    @property
    def place(self) -> Place:
        """Where it stands in the order of the list."""
        return Place(self.score, self.weight, self.oldest_days, self.customer_id)


def customer_above(place: Place, *, company: Company, collector: User | None) -> int | None:
    """The id of the customer above a place on the list of ``company``, or on ``collector``'s part of it."""
    at = (company.pk, place.score, place.weight, place.oldest_days, place.customer)
    found = _ABOVE_OWN.first(*at, collector.pk) if collector else _ABOVE.first(*at)
    return found[0] if found else None


def _above(company: int, *place: Any) -> "models.QuerySet[Entry, Any]":
    above = Entry.objects.listed(company).before(Place(*place)).reverse()  # type: ignore[arg-type]
    return above.values_list("customer_id")


_PLACED = ("bigint", "int", "numeric", "int", "bigint")
_ABOVE = KeptRows(lambda *place: _above(*place)[:1], *_PLACED)
_ABOVE_OWN = KeptRows(lambda *place: _above(*place[:-1]).filter(collector=place[-1])[:1], *_PLACED, "bigint")


def listed(company: Company, *, collector: User | None = None, view: str = "all") -> EntryQuerySet:
    """The chase list of ``company`` in order, or ``collector``'s part of it, with customer, segment and
    collector at hand. Raises ``KeyError`` for an unknown view.
    """
    found = Entry.objects.listed(company).in_view(view, collector=collector)
    if collector is not None:
        found = found.filter(collector=collector)
    return found.select_related("customer", "segment", "collector")


@transaction.atomic(savepoint=False)
def refresh(
    *,
    company: Company,
    today: dt.date,
    at: dt.datetime,
    customers: Sequence[int] | None = None,
    within: CustomerRange | None = None,
) -> int:
    """Derive the chase list of ``today`` again for customers (ids, or a range), or for all; the number of
    customers evaluated. After all ranges ``number`` gives the places, which for all it gives itself.

    Positions are read as last measured: measure them first. A day agreed for a rest day counts from that day
    on, so that it is on the list of the next day that is worked.
    """
    customer_ranges.take_turn("chase list", company, customers=customers, within=within)
    weights.ensure_default(company=company)
    statement = _REFRESH_FEW if is_few(customers) else _REFRESH
    with planning.joining_sets(whole=customers is None):
        return statement.execute(
            {
                "company": company.pk,
                "day": today,
                "at": at,
                "by_ids": customers is not None,
                "customers": None if customers is None else array(customers),
                **customer_ranges.params_of(within),
                "workers": array([user for (user,) in _WORKERS.of(company.pk)]),
                "lately_days": points.LATELY_DAYS,
                "habit_count_min": points.HABIT_COUNT_MIN,
                "insurer_days": points.INSURER_DAYS,
                "silence_days": points.SILENCE_DAYS,
                "silence_after_days": points.SILENCE_AFTER_DAYS,
                "soon_days": points.SOON_DAYS,
                "forecast_age_days": points.FORECAST_AGE_DAYS,
                "words_kept_days": points.WORDS_KEPT_DAYS,
                "steps_we_owe": list(points.STEPS_WE_OWE),
            }
        )


@transaction.atomic
def number(*, company: Company) -> int:
    """Give the list of ``company`` its places, once each range of it was refreshed; how many changed."""
    customer_ranges.take_turn("chase list", company)
    return _NUMBER.execute({"company": company.pk})


@transaction.atomic(savepoint=False)
def refresh_customers(*, company: Company, customers: Sequence[int], today: dt.date, at: dt.datetime) -> int:
    """Measure and list a few customers (ids) again, after something was agreed with them."""
    positions.measure(company=company, today=today, customers=customers)
    return refresh(company=company, today=today, at=at, customers=customers)


def is_stored(*, company: Company, day: dt.date) -> bool:
    """Whether the list that stands is that of ``day``, and wholly so."""
    days = Entry.objects.filter(company=company).values_list("day", flat=True).distinct()[:2]
    return list(days) == [day]
