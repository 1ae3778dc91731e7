"""How long customers take: days to pay from the invoice date, days late from the due date. Pure.

Early is negative. Closed only tells how those pay who pay; it improves when the worst payer stops paying, so
the same with open overdue invoices to date stands beside it.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.contact.rules import dispute_rates
from collections_app.lib.money import ZERO
from collections_app.reports.rules.dividing import ratio, total


@dataclass(frozen=True, slots=True)
class Took:
    """So many documents that took so many days, and what they came to in one currency."""

    days: int
    count: int
    amount: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Spread:
    """A distribution in four figures; none of nothing."""

    count: int
    mean: Decimal | None
    median: Decimal | None
    p90: Decimal | None
    weighted: Decimal | None
    worst: int | None


def spread(found: Sequence[Took]) -> Spread:
    """Mean, median and 90th percentile by count (interpolated between neighbours, to a tenth), and the mean
    weighted by amount.
    """
    counts: Counter[int] = Counter()
    for each in found:
        counts[each.days] += each.count
    number = counts.total()
    return Spread(
        count=number,
        mean=ratio(sum(days * count for days, count in counts.items()), number),
        median=dispute_rates.median(counts),
        p90=dispute_rates.p90(counts),
        weighted=ratio(
            total(each.amount * each.days for each in found), total(each.amount for each in found)
        ),
        worst=max((each.days for each in found if each.count), default=None),
    )
