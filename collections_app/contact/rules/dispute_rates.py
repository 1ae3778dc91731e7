"""The figures about disputes: how many, how long, how often the customer was right. Pure.

* dispute rate = invoices disputed in the period / invoices raised in it, by count and by value
* cycle time = working days from lodging to closing, less those on which we waited for the customer; median
and 90th percentile, interpolated between neighbours
* age of the open ones = working days since they were lodged, pauses included: so long the customer has been
  waiting for an end
* valid rate = credited / resolved, by count and by value

What was lodged by mistake counts nowhere. Values are of one currency each.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

SHARE_PLACES = Decimal("0.0001")
DAYS_PLACES = Decimal("0.1")

# Working days that open disputes are old: the first of each, the last open-ended.
AGE_BANDS = (0, 6, 11, 21, 51)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal | None:
    """A share with four decimals; none of nothing."""
    if not whole:
        return None
    return (Decimal(part) / Decimal(whole)).quantize(SHARE_PLACES, rounding=ROUND_HALF_UP)


def percentile(counts: Mapping[int, int], part: Decimal) -> Decimal | None:
    """The value below which ``part`` of them lie, from how many there are of each; between two neighbours in
    proportion. One decimal; none of nothing.
    """
    number = sum(counts.values())
    if not number:
        return None
    place = part * (number - 1)
    below = int(place)
    low, high = _at(counts, below), _at(counts, min(below + 1, number - 1))
    return (low + (place - below) * (high - low)).quantize(DAYS_PLACES, rounding=ROUND_HALF_UP)


def median(counts: Mapping[int, int]) -> Decimal | None:
    """The 50th percentile."""
    return percentile(counts, Decimal("0.5"))


def p90(counts: Mapping[int, int]) -> Decimal | None:
    """The 90th percentile."""
    return percentile(counts, Decimal("0.9"))


def by_age(counts: Mapping[int, int]) -> list[tuple[int, int | None, int]]:
    """How many are how old: first and last working day of each band (none: open-ended), and their number."""
    lasts = [*(first - 1 for first in AGE_BANDS[1:]), None]
    return [
        (
            first,
            last,
            sum(n for days, n in counts.items() if days >= first and (last is None or days <= last)),
        )
        for first, last in zip(AGE_BANDS, lasts, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Aged:
    """Open disputes of one reason and currency that are so many working days old, and what they come to."""

    reason: str
    currency: str
    days: int
    number: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Cell:
    """Some open disputes: how many, and what they come to by currency."""

    number: int
    amounts: dict[str, Decimal]


@dataclass(frozen=True, slots=True)
class ReasonAges:
    """The open disputes of one reason by age; the cells stand in the order of ``AGE_BANDS``. ``reason`` is
    empty for all of them.
    """

    reason: str
    cells: list[Cell]
    whole: Cell
    median_days: Decimal | None


def by_reason_and_age(aged: Iterable[Aged]) -> list[ReasonAges]:
    """A row a reason, those with most disputes first, and one for all of them last; none when none is open.
    Amounts of different currencies are never added.
    """
    known = list(aged)
    reasons: dict[str, list[Aged]] = defaultdict(list)
    for each in known:
        reasons[each.reason].append(each)
    rows = [_ages_of(reason, mine) for reason, mine in reasons.items()]
    rows.sort(key=lambda row: (-row.whole.number, row.reason))
    return [*rows, _ages_of("", known)] if rows else []


def _ages_of(reason: str, aged: list[Aged]) -> ReasonAges:
    cells = [
        _cell(each for each in aged if each.days >= first and (last is None or each.days <= last))
        for first, last, _ in by_age({})
    ]
    days: Counter[int] = Counter()
    for each in aged:
        days[each.days] += each.number
    return ReasonAges(reason, cells, _cell(aged), median(days))


def _cell(aged: Iterable[Aged]) -> Cell:
    number, amounts = 0, dict[str, Decimal]()
    for each in aged:
        number += each.number
        amounts[each.currency] = amounts.get(each.currency, Decimal(0)) + each.amount
    return Cell(number, dict(sorted(amounts.items())))


def _at(counts: Mapping[int, int], place: int) -> int:
    """The value at a place, counted from nought in rising order."""
    passed = 0
    for value in sorted(counts):
        passed += counts[value]
        if place < passed:
            return value
    raise IndexError(place)
