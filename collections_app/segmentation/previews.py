"""What rules would take now, before anything goes live: customers and money by segment, and who moves."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count

from collections_app.behaviour.positions import Position
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array
from collections_app.segmentation import placements
from collections_app.segmentation.placements import Branch
from collections_app.segmentation.rules.conditions import Rule

SUM_PLACEMENTS = Statement(__file__, "sum_placements")


@dataclass(frozen=True, slots=True)
class Owed:
    """What some customers owe in one currency."""

    currency: str
    customers: int
    exposure: Decimal
    overdue: Decimal
    to_collect: Decimal


@dataclass(frozen=True, slots=True)
class Take:
    """What one rule takes in its place."""

    customers: int = 0
    owed: tuple[Owed, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """How many customers go from one segment to another; codes, None for no segment at all."""

    before: str | None
    after: str | None
    customers: int


@dataclass(frozen=True, slots=True)
class Mover:
    """One customer, by id, who goes from one segment to another."""

    customer: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packs side by side, by code of the segment."""

    before: dict[str, int]
    after: dict[str, Take]
    moves: list[Move] = field(default_factory=list)
    movers: list[Mover] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Customers whose amounts in a currency without a rate meet no condition on money."""

    currency: str
    customers: int


Pack = Sequence[tuple[str, Rule]]


def taken(*, company: Company, rules: Sequence[Rule], today: dt.date) -> list[Take]:
    """What each of ``rules`` takes when they are asked in this order. Three queries, whatever the number of
    customers.
    """
    branches = [Branch(rule, place) for place, rule in enumerate(rules)]
    rows = placements.placed(placements.customers_of(company), branches, company=company, today=today)
    return _takes([(row[0], row[1]) for row in rows], len(rules))


def taken_alone(*, company: Company, rule: Rule, today: dt.date) -> int:
    """How many customers meet ``rule``, whatever the rules above it take. Two queries."""
    rows = placements.placed(
        placements.customers_of(company), [Branch(rule, 1)], company=company, today=today
    )
    return sum(row[1] is not None for row in rows)


def compare(*, company: Company, before: Pack, after: Pack, today: dt.date) -> Comparison:
    """``after`` and what it changes against ``before``, both asked of today's facts. Three queries."""
    rows = placements.placed(
        placements.customers_of(company),
        [Branch(rule, place) for place, (_, rule) in enumerate(before)],
        [Branch(rule, place) for place, (_, rule) in enumerate(after)],
        company=company,
        today=today,
    )
    old, new = _codes(before), _codes(after)
    counts = Counter(old[row[1]] for row in rows)
    takes = _takes([(row[0], row[2]) for row in rows], len(after))
    movers = [Mover(row[0], old[row[1]], new[row[2]]) for row in rows if old[row[1]] != new[row[2]]]
    moves = Counter((mover.before, mover.after) for mover in movers)
    return Comparison(
        before={code: counts[code] for code, _ in before},
        after=dict(zip((code for code, _ in after), takes, strict=True)),
        moves=[Move(*ends, customers) for ends, customers in moves.most_common()],
        movers=movers,
    )


def unpriced(*, company: Company, today: dt.date) -> list[Unpriced]:
    """Currencies in which customers owe and for which no rate is known on the day. Two queries."""
    known = exchange_rates.rates_on(company=company, day=today)
    owed = Position.objects.filter(company=company).exclude(currency__in=known).exclude(exposure=0)
    counted = owed.values("currency").annotate(customers=Count("customer")).order_by("currency")
    return [Unpriced(row["currency"], row["customers"]) for row in counted]


def _codes(pack: Pack) -> dict[int | None, str | None]:
    return {None: None, **{place: code for place, (code, _) in enumerate(pack)}}


def _takes(placed: Sequence[tuple[int, int | None]], places: int) -> list[Take]:
    counts = Counter(place for _, place in placed)
    sums: dict[int, list[Owed]] = defaultdict(list)
    columns = {"customers": array([row[0] for row in placed]), "places": array([row[1] for row in placed])}
    for row in SUM_PLACEMENTS.rows(columns):
        sums[row.pop("place")].append(Owed(**row))
    return [Take(customers=counts[place], owed=tuple(sums[place])) for place in range(places)]
