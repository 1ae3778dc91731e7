"""What rules would take now, before anything goes live: customers and money by segment, and who moves."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Count

from collections_app.behaviour.positions import Position
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib import money, planning
from collections_app.lib.sql import Statement, query
from collections_app.segmentation import placements
from collections_app.segmentation.placements import Branch
from collections_app.segmentation.rules.conditions import Rule

COMPARE_PLACEMENTS = Statement(__file__, "compare_placements")
MOVERS_MAX = 50


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

    @property
    def moving(self) -> int:
        """How many customers would move, also those beyond the first."""
        return sum(move.customers for move in self.moves)


@dataclass(frozen=True, slots=True)
class Unpriced:
    """Customers whose amounts in a currency without a rate meet no condition on money."""

    currency: str
    customers: int


Pack = Sequence[tuple[str, Rule]]
Row = dict[str, Any]


def taken(*, company: Company, rules: Sequence[Rule], today: dt.date) -> list[Take]:
    """What each of ``rules`` takes when they are asked in this order. Its queries and what they bring are
    few, whatever the number of customers.
    """
    branches = [Branch(rule, place) for place, rule in enumerate(rules)]
    takes = _takes(_asked(company, [], branches, today=today, movers_max=0))
    return [takes[place] for place in range(len(rules))]


def taken_alone(*, company: Company, rule: Rule, today: dt.date) -> int:
    """How many customers meet ``rule``, whatever the rules above it take."""
    return taken(company=company, rules=[rule], today=today)[0].customers


def compare(
    *, company: Company, before: Pack, after: Pack, today: dt.date, movers_max: int = MOVERS_MAX
) -> Comparison:
    """``after`` and what it changes against ``before``, both asked of today's facts; of those who would move
    the first ``movers_max`` by name.
    """
    codes = list(dict.fromkeys(code for code, _ in [*before, *after]))
    number_of = {code: number for number, code in enumerate(codes)}
    code_of: dict[int | None, str | None] = {None: None, **dict(enumerate(codes))}
    old, new = ([Branch(rule, number_of[code]) for code, rule in pack] for pack in (before, after))
    rows = _asked(company, old, new, today=today, movers_max=movers_max)
    takes, counts, moves = _takes(rows), Counter[int | None](), Counter[tuple[str | None, str | None]]()
    for row in _counted(rows):
        counts[row["was"]] += row["customers"]
        moves[code_of[row["was"]], code_of[row["becomes"]]] += row["customers"]
    return Comparison(
        before={code: counts[number_of[code]] for code, _ in before},
        after={code: takes[number_of[code]] for code, _ in after},
        moves=[Move(*ends, customers) for ends, customers in moves.most_common() if ends[0] != ends[1]],
        movers=[
            Mover(row["customer_id"], code_of[row["was"]], code_of[row["becomes"]])
            for row in rows
            if row["customer_id"] is not None
        ],
    )


def unpriced(*, company: Company, today: dt.date) -> list[Unpriced]:
    """Currencies in which customers owe and for which no rate is known on the day. Two queries."""
    known = exchange_rates.rates_on(company=company, day=today)
    owed = Position.objects.filter(company=company).exclude(currency__in=known).exclude(exposure=0)
    counted = owed.values("currency").annotate(customers=Count("customer")).order_by("currency")
    return [Unpriced(row["currency"], row["customers"]) for row in counted]


@transaction.atomic
def _asked(
    company: Company, before: Sequence[Branch], after: Sequence[Branch], *, today: dt.date, movers_max: int
) -> list[Row]:
    placed = placements.placed(placements.customers_of(company), before, after, company=company, today=today)
    with planning.joining_sets():
        return COMPARE_PLACEMENTS.rows({"placed": query(placed), "movers_max": movers_max})


def _counted(rows: Sequence[Row]) -> list[Row]:
    return [row for row in rows if row["customer_id"] is None and row["currency"] is None]


def _takes(rows: Sequence[Row]) -> dict[int | None, Take]:
    """What each place takes, wherever its customers come from."""
    counts: Counter[int | None] = Counter()
    for row in _counted(rows):
        counts[row["becomes"]] += row["customers"]
    owed: dict[int | None, dict[str, Owed]] = defaultdict(dict)
    for row in sorted((row for row in rows if row["currency"]), key=lambda row: str(row["currency"])):
        place, currency = row["becomes"], row["currency"]
        there = owed[place].get(currency, Owed(currency, 0, money.ZERO, money.ZERO, money.ZERO))
        owed[place][currency] = Owed(
            currency,
            there.customers + row["customers"],
            there.exposure + row["exposure"],
            there.overdue + row["overdue"],
            there.to_collect + row["to_collect"],
        )
    takes = {place: Take(number, tuple(owed[place].values())) for place, number in counts.items()}
    return defaultdict(Take, takes)
