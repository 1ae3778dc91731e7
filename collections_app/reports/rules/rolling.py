"""Roll rates of cohorts, and the provision matrix that they lead to. Pure.

A cohort is invoices that fell due together. What of it *reached* a bucket is what was still unpaid when the
bucket began; the last of these amounts counts as lost. Balances of buckets against those of the month before
are not used: growth and credits distort them.
"""

import itertools
from collections.abc import Sequence
from decimal import Decimal

from collections_app.reports.rules.dividing import ratio, total


def roll_rates(reached: Sequence[Decimal]) -> list[Decimal | None]:
    """The share of what reached each bucket that went on to reach the next."""
    return [ratio(later, earlier) for earlier, later in itertools.pairwise(reached)]


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
