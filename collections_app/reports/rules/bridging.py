"""What moved days sales outstanding from one end of a month to the next, in steps that add up. Pure.

DSO is receivables R in days of sales: R × f, where f = days of the period ÷ sales of the period is what one
unit of receivables is worth in days. Between two ends

    R₁f₁ − R₀f₀ = R₀(f₁ − f₀) + (R₁ − R₀)f₁

holds whatever the figures: first the *pace of sales*, the same receivables told in the sales of the new
period; then the change of the receivables, each unit worth the same. So any amounts that add up to R₁ − R₀
are steps that add up to the rest. It is read in three ways: by what happened in the month, by whether it can
be collected, and by age. Practice has no one order of the two factors; sales first, since nobody who
collects can change them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib.money import ZERO
from collections_app.reports.rules.dividing import ratio, rounded
from collections_app.reports.rules.totals import BUCKET_LABELS, Flow, Standing

PLACES = 1
CORRECTIONS = "Corrections"
MOVED = "Customers who moved, and corrections"


@dataclass(frozen=True, slots=True)
class End:
    """The end of a month: what is owed, and the sales and days of the period that DSO stands on."""

    standing: Standing
    sales: Decimal
    days: int

    @property
    def dso(self) -> Decimal | None:
        """Unrounded; none without sales."""
        return ratio(self.standing.owed, self.sales, times=self.days)


@dataclass(frozen=True, slots=True)
class Step:
    """One step: the change of the receivables in money (none for the pace of sales) and in days, and where
    the days stand after it. ``shown`` are days to one decimal: the difference of what is shown before and
    after, so that what is shown adds up too; each is less than a tenth off its own.
    """

    label: str
    amount: Decimal | None
    days: Decimal
    after: Decimal
    shown: Decimal


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the same movement."""

    name: str
    title: str
    about: str
    steps: list[Step]

    @property
    def amount(self) -> Decimal:
        """The change of the receivables."""
        return sum((step.amount for step in self.steps if step.amount is not None), ZERO)

    @property
    def shown(self) -> Decimal:
        """The change in days."""
        return sum((step.shown for step in self.steps), ZERO)


@dataclass(frozen=True, slots=True)
class Bridge:
    """From one end to the next."""

    opening: End
    closing: End
    opening_days: Decimal
    closing_days: Decimal
    readings: list[Reading]


def bridge(opening: End, closing: End, flow: Flow, *, is_narrowed: bool = False) -> Bridge | None:
    """What moved DSO, with what came and went in between; none where a period has no sales. Of some
    customers alone, what is left over is also what came and went with those who moved.
    """
    before, after = opening.dso, closing.dso
    if before is None or after is None:
        return None

    def reading(name: str, title: str, about: str, parts: list[tuple[str, Decimal]]) -> Reading:
        return Reading(name, title, about, _steps(opening, closing, before, after, parts))

    was, now = opening.standing, closing.standing
    change = now.owed - was.owed
    other = change - flow.invoiced + flow.settled
    happened = [
        ("Invoiced", flow.invoiced),
        ("Collected", flow.settled_by_credit - flow.settled),
        ("Credit notes", -flow.settled_by_credit),
        *([(MOVED if is_narrowed else CORRECTIONS, other)] if other else []),
    ]
    undisputed, undisputed_before = (
        each.not_due - each.disputed + each.disputed_overdue for each in (now, was)
    )
    standing = [
        ("Not overdue", undisputed - undisputed_before),
        ("In dispute", now.disputed - was.disputed),
        ("Overdue", now.collectable_overdue - was.collectable_overdue),
    ]
    ages = [("Not overdue", now.not_due - was.not_due)]
    ages += [
        (label, later - earlier)
        for label, later, earlier in zip(BUCKET_LABELS, now.aged, was.aged, strict=True)
    ]
    return Bridge(
        opening,
        closing,
        before,
        after,
        [
            reading(
                "happened",
                "By what happened",
                "invoiced, less money and credit notes set against invoices in the month",
                happened,
            ),
            reading(
                "standing",
                "By what can be collected",
                "what is in dispute stands by itself, overdue or not",
                standing,
            ),
            reading("ages", "By age", "how the buckets moved, disputed or not", ages),
        ],
    )


def _steps(
    opening: End, closing: End, before: Decimal, after: Decimal, parts: Sequence[tuple[str, Decimal]]
) -> list[Step]:
    """The pace of sales and then each part; the last ends where DSO ends, whatever was lost in dividing."""
    found: list[Step] = []
    owed, stands = opening.standing.owed, before
    for place, (label, amount) in enumerate([("Pace of sales", None), *parts]):
        owed += amount or ZERO
        ends = after if place == len(parts) else owed * closing.days / closing.sales
        shown = (rounded(ends, PLACES) or ZERO) - (rounded(stands, PLACES) or ZERO)
        found.append(Step(label, amount, ends - stands, ends, shown))
        stands = ends
    return found
