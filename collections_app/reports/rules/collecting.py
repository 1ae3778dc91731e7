"""How much of what could be collected was collected: the collection effectiveness index. Pure.

Sales must span exactly the time from the opening to the closing receivables: only then is what was there and
came in, less what is left, what was cleared. A published variant divides a quarter's sales by three and sets
them against receivables three months apart; it is not an identity, and is not offered. Opening and closing
are on the same gross basis as DSO. Can be above 1 when customers pay what is not yet due, and below 0 after
a correction.
"""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib.money import ZERO
from collections_app.reports.rules.dividing import ratio


@dataclass(frozen=True, slots=True)
class Cleared:
    """A period: what was owed before it, what was invoiced in it, what is owed and what of it is not overdue
    after it, and how much of what was cleared was cleared by credit notes rather than by money.
    """

    opening: Decimal
    sales: Decimal
    closing: Decimal
    closing_current: Decimal
    credited: Decimal = ZERO

    @property
    def cleared(self) -> Decimal:
        """All that was taken off in the period."""
        return self.opening + self.sales - self.closing

    @property
    def collectable(self) -> Decimal:
        """All that could have been: what was there and came in, less what is not yet overdue."""
        return self.opening + self.sales - self.closing_current

    @property
    def effectiveness(self) -> Decimal | None:
        """The total index: cleared ÷ collectable."""
        return ratio(self.cleared, self.collectable)

    @property
    def cash_effectiveness(self) -> Decimal | None:
        """The same without what credit notes cleared."""
        return ratio(self.cleared - self.credited, self.collectable)
