"""How calls reach people. Pure. Each share says what it is a share of, since the trade divides by two
things.
"""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.reports.rules.dividing import ratio


@dataclass(frozen=True, slots=True)
class Calls:
    """Calls made, those that somebody answered, and those that reached the person who can decide."""

    made: int
    answered: int
    decided: int

    def plus(self, other: "Calls") -> "Calls":
        """Both together."""
        return Calls(self.made + other.made, self.answered + other.answered, self.decided + other.decided)

    @property
    def contact_rate(self) -> Decimal | None:
        """Answered ÷ made."""
        return ratio(self.answered, self.made)

    @property
    def right_party_of_answered(self) -> Decimal | None:
        """Reached who can decide ÷ answered."""
        return ratio(self.decided, self.answered)

    @property
    def right_party_of_made(self) -> Decimal | None:
        """Reached who can decide ÷ made."""
        return ratio(self.decided, self.made)
