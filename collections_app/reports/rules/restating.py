"""What of a day is told otherwise than it was kept, part by part. Pure.

A correction need not move the balance: another due date moves what is owed from one bucket to the next, and
a dispute that is closed as by mistake takes away what was in dispute.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import money
from collections_app.reports.rules.totals import BUCKET_LABELS, FIRSTS, Flow, Standing

Told = tuple[Standing, Flow]

_DISPUTED = {"disputed": "in dispute", "disputed_overdue": "overdue and in dispute"}
_STANDING = {
    "total": "balance",
    "not_due": "not overdue",
    **{f"overdue_{first}": f"{label} overdue" for first, label in zip(FIRSTS, BUCKET_LABELS, strict=True)},
    "credits": "open credit notes",
    "unallocated": "unallocated",
    **_DISPUTED,
}
_FLOW = {
    "invoiced": "invoiced in the month",
    "credited": "credit notes of the month",
    "received": "received in the month",
    "settled": "set against what is owed in the month",
    "settled_by_credit": "of it by credit notes",
}
_COUNTS = {"open_count": "open items", "overdue_count": "overdue items"}
# Amounts times days say nothing to a reader.
_DAYS = ("paid", "paid_due", "paid_days", "late_days")


@dataclass(frozen=True, slots=True)
class Change:
    """One part of one currency that is told otherwise; of days to pay only that they are."""

    label: str
    currency: str
    was: Decimal | int | None
    now: Decimal | int | None
    is_disputed: bool = False

    @property
    def instead(self) -> str:
        """Both figures: what it is, instead of what it was."""
        if self.was is None or self.now is None:
            return self.label
        return f"{self.label} {self._shown(self.now)} instead of {self._shown(self.was)}"

    @property
    def by(self) -> str:
        """By how much it moved."""
        if self.was is None or self.now is None:
            return self.label
        return f"{self.label} by {self._shown(self.now - self.was)}"

    def _shown(self, value: Decimal | int) -> str:
        return money.shown(value, self.currency) if isinstance(value, Decimal) else f"{value:,}"


def changes(was: Mapping[str, Told], now: Mapping[str, Told]) -> list[Change]:
    """All parts that differ, by currency; how many items there are only where no amount tells it."""
    nothing, found = (Standing(), Flow()), []
    for currency in sorted({*was, *now}):
        before, after = was.get(currency, nothing), now.get(currency, nothing)
        parts = [*_changed(currency, before[0], after[0], _STANDING)]
        parts += _changed(currency, before[1], after[1], _FLOW)
        parts = parts or _changed(currency, before[0], after[0], _COUNTS)
        if any(getattr(before[1], name) != getattr(after[1], name) for name in _DAYS):
            parts.append(Change("days to pay and late of what was paid", currency, None, None))
        found += parts
    return found


def why(found: Sequence[Change]) -> str:
    """Since when a day is told otherwise, as far as the parts say it."""
    if all(each.is_disputed for each in found):
        return "since what was in dispute was corrected"
    return "since its ledger was corrected"


def _changed(
    currency: str, before: Standing | Flow, after: Standing | Flow, labels: Mapping[str, str]
) -> list[Change]:
    pairs = [(name, label, getattr(before, name), getattr(after, name)) for name, label in labels.items()]
    return [
        Change(label, currency, was, now, name in _DISPUTED) for name, label, was, now in pairs if was != now
    ]
