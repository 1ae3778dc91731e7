"""What was open at the end of a day, and what came and went in a month, in one currency. Pure.

The parts of ``Standing`` add up to the ledger. *Owed* is before open credit notes and money not yet set
against invoices, which are negative: measures in days of sales and the effectiveness index stand on it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Self

from collections_app.lib import money
from collections_app.lib.money import ZERO

# The buckets of a snapshot, by their first day overdue; those of B1 of the trade's practice.
FIRSTS = (1, 31, 61, 91, 121)
BUCKET_LABELS = ("1–30 days", "31–60 days", "61–90 days", "91–120 days", "121+ days")


@dataclass(frozen=True, slots=True)
class Summable:
    """Figures that are added part by part."""

    @classmethod
    def summed(cls, parts: "Iterable[Summable]") -> Self:
        """All of them together; zeros of none."""
        found, zero = list(parts), cls()
        names = [each.name for each in fields(cls)]
        return cls(*(sum((getattr(each, name) for each in found), getattr(zero, name)) for name in names))

    def less(self, other: Self) -> Self:
        """What is left without ``other``."""
        return type(self)(*(getattr(self, f.name) - getattr(other, f.name) for f in fields(self)))

    def as_text(self) -> dict[str, str]:
        """For JSON, which has no amounts."""
        return {f.name: str(getattr(self, f.name)) for f in fields(self)}

    @classmethod
    def of_text(cls, told: Mapping[str, str]) -> Self:
        """As ``as_text`` told it, which may have been told of more."""
        zero = cls()
        return cls(*(type(getattr(zero, f.name))(told[f.name]) for f in fields(cls)))

    def converted(self, rate: Decimal, currency: str) -> Self:
        """Amounts at a rate, each rounded to ``currency``; counts stay."""
        values = (getattr(self, f.name) for f in fields(self))
        return type(self)(
            *(money.rounded(each * rate, currency) if isinstance(each, Decimal) else each for each in values)
        )


@dataclass(frozen=True, slots=True)
class Standing(Summable):
    """The ledger at the end of a day."""

    not_due: Decimal = ZERO
    overdue_1: Decimal = ZERO
    overdue_31: Decimal = ZERO
    overdue_61: Decimal = ZERO
    overdue_91: Decimal = ZERO
    overdue_121: Decimal = ZERO
    credits: Decimal = ZERO
    unallocated: Decimal = ZERO
    disputed: Decimal = ZERO
    disputed_overdue: Decimal = ZERO
    open_count: int = 0
    overdue_count: int = 0

    @property
    def aged(self) -> tuple[Decimal, ...]:
        """The buckets, in order."""
        return (self.overdue_1, self.overdue_31, self.overdue_61, self.overdue_91, self.overdue_121)

    @property
    def overdue(self) -> Decimal:
        return sum(self.aged, ZERO)

    @property
    def owed(self) -> Decimal:
        """What is not due and what is overdue."""
        return self.not_due + self.overdue

    @property
    def total(self) -> Decimal:
        """The balance of the ledger."""
        return self.owed + self.credits + self.unallocated

    @property
    def collectable_overdue(self) -> Decimal:
        """Overdue and not in dispute."""
        return self.overdue - self.disputed_overdue


@dataclass(frozen=True, slots=True)
class Flow(Summable):
    """What came and went. ``received`` is money in less money back; ``settled`` what was set against what
    is owed, of which ``settled_by_credit`` by credit notes. ``paid_days`` and ``late_days`` are amounts
    times days, of ``paid`` and of the part of it with a due date, ``paid_due``.
    """

    invoiced: Decimal = ZERO
    credited: Decimal = ZERO
    received: Decimal = ZERO
    settled: Decimal = ZERO
    settled_by_credit: Decimal = ZERO
    paid: Decimal = ZERO
    paid_due: Decimal = ZERO
    paid_days: Decimal = ZERO
    late_days: Decimal = ZERO
