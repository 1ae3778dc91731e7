"""Roll rates of cohorts, and the provision matrix that they lead to. Pure.

A cohort is invoices that fell due together. What of it *reached* a bucket is what was still unpaid when the
bucket began; the last of these amounts counts as lost. Balances of buckets against those of the month before
are not used: growth and credits distort them.
"""

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.reports.rules.dividing import ratio, total


def roll_rates(reached: Sequence[Decimal]) -> list[Decimal | None]:
    """The share of what reached each bucket that went on to reach the next."""
    return [ratio(later, earlier) for earlier, later in itertools.pairwise(reached)]


@dataclass(frozen=True, slots=True)
class Rolled:
    """What of a cohort was unpaid at each of its steps, and what of that was ever in dispute."""

    unpaid: Sequence[Decimal]
    disputed: Sequence[Decimal]

    @property
    def rates(self) -> list[Decimal | None]:
        """The share of each step that was still unpaid at the next."""
        return roll_rates(self.unpaid)

    @property
    def undisputed(self) -> list[Decimal]:
        """What was unpaid without what was ever in dispute."""
        return [a - b for a, b in zip(self.unpaid, self.disputed, strict=True)]

    @property
    def undisputed_rates(self) -> list[Decimal | None]:
        return roll_rates(self.undisputed)


def loss_rates(reached: Sequence[Decimal], lost: Decimal) -> list[Decimal | None]:
    """The share of what reached each bucket that was lost in the end; unrounded."""
    return [ratio(lost, each) for each in reached]


def provision(balances: Sequence[Decimal], rates: Sequence[Decimal]) -> Decimal:
    """What is to be set aside: each bucket's balance at its rate (a share). Rounded by whoever shows it."""
    return total(balance * rate for balance, rate in zip(balances, rates, strict=True))


def charge(*, needed: Decimal, opening: Decimal, written_off: Decimal) -> Decimal:
    """What a period adds to the provision, so that after what was written off it is what is needed; negative
    when some is released.
    """
    return needed - (opening - written_off)
