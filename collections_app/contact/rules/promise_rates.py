"""The promise-kept rates, by count and by value, as the trade defines them. Pure.

Both look at promises that have fallen due: whose day and grace have passed. One that was replaced after its
day counts as broken; one that was replaced before it, withdrawn, credited or paid before it was made counts
neither way. Kept means kept in the promise's own grace, to the company's share. A promise by instalments is
one promise, and fell due when it ended.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from collections_app.lib.money import ZERO

PLACES = Decimal("0.0001")

COUNT_FORMULA = "promises kept within their grace ÷ promises fallen due"
VALUE_FORMULA = "money received within the grace ÷ money promised that fell due"


@dataclass(frozen=True, slots=True)
class Fallen:
    """Promises in one currency that fell due: how many, how many were kept, what was promised and what came
    within the grace.
    """

    currency: str
    count: int
    kept: int
    promised: Decimal
    received: Decimal

    @property
    def count_rate(self) -> Decimal | None:
        """Kept ÷ fallen due; None while none fell due."""
        return share(Decimal(self.kept), Decimal(self.count))

    @property
    def value_rate(self) -> Decimal | None:
        """Received within the grace ÷ promised; None while nothing fell due."""
        return share(self.received, self.promised)


def share(part: Decimal, whole: Decimal) -> Decimal | None:
    """``part`` of ``whole`` to four places, half-up; None of nothing."""
    return (part / whole).quantize(PLACES, rounding=ROUND_HALF_UP) if whole else None


def overall(fallen: Iterable[Fallen]) -> Decimal | None:
    """The count rate over all currencies: promises may be counted together, money may not."""
    found = list(fallen)
    kept = sum((Decimal(each.kept) for each in found), ZERO)
    return share(kept, sum((Decimal(each.count) for each in found), ZERO))
