"""The parts of the ledger that a figure can be opened into, by name. Pure."""

from dataclasses import dataclass

from collections_app.reports.rules.totals import BUCKET_LABELS, FIRSTS


@dataclass(frozen=True, slots=True)
class Part:
    """Which open items: of one kind (None for all), so many days overdue (None without end)."""

    label: str
    kind: str | None = "aged"
    first: int | None = None
    last: int | None = None


# Of what is owed, by age.
AGE_PARTS = ("not_due", *(f"overdue_{first}" for first in FIRSTS))
AGE_LABELS = ("not overdue", *BUCKET_LABELS)

_LASTS = (*(first - 1 for first in FIRSTS[1:]), None)

PARTS: dict[str, Part] = {
    "total": Part("Balance", kind=None),
    "owed": Part("Owed"),
    "not_due": Part("Not overdue", last=0),
    "overdue": Part("Overdue", first=1),
    "over_90": Part("Over 90 days", first=91),
    **{
        f"overdue_{first}": Part(label, first=first, last=last)
        for first, last, label in zip(FIRSTS, _LASTS, BUCKET_LABELS, strict=True)
    },
    "credits": Part("Open credit notes", kind="credits"),
    "unallocated": Part("Not yet set against invoices", kind="unallocated"),
}
