"""How near a forecast came to what came. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib.money import ZERO


@dataclass(frozen=True, slots=True)
class Compared:
    """One week that has ended: what was expected of it, with its bands, and what came."""

    expected: Decimal
    came: Decimal
    low_50: Decimal
    high_50: Decimal
    low_80: Decimal
    high_80: Decimal

    @property
    def accuracy(self) -> Decimal | None:
        """1 less the miss as a share of what came; below 0 counts as 0. None when nothing came."""
        if self.came <= 0:
            return None
        return max(ZERO, 1 - abs(self.expected - self.came) / self.came)

    @property
    def held_50(self) -> bool:
        return self.low_50 <= self.came <= self.high_50

    @property
    def held_80(self) -> bool:
        return self.low_80 <= self.came <= self.high_80


def accuracy(weeks: Sequence[Compared]) -> Decimal | None:
    """The mean over the weeks in which something came; None without any."""
    found = [week.accuracy for week in weeks if week.accuracy is not None]
    return sum(found, ZERO) / len(found) if found else None


def bias(weeks: Sequence[Compared]) -> Decimal | None:
    """By how much of what came too much (above 0) or too little was expected, over all weeks together."""
    came = sum((week.came for week in weeks), ZERO)
    return sum((week.expected - week.came for week in weeks), ZERO) / came if came > 0 else None


def held(weeks: Sequence[Compared]) -> tuple[Decimal, Decimal] | None:
    """In what share of weeks the bands of one in two and of four in five held; None without weeks."""
    if not weeks:
        return None
    count = Decimal(len(weeks))
    return sum(week.held_50 for week in weeks) / count, sum(week.held_80 for week in weeks) / count
