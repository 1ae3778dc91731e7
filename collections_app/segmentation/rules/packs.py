"""The pack of segments that a company starts with, after the field's usual chase cycles (practice, C1).

``least_days_overdue`` is the day of the first contact after the due date. Disputed and promised amounts need
no segment:
they are left out of what is to be collected, whatever the segment.
"""

from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import money
from collections_app.segmentation.rules.conditions import Condition, Rule

# Amounts are for currencies whose unit is worth about a pound; a currency without a minor unit counts in
# hundreds.
SMALL_VALUE = 250
KEY_ACCOUNT_OWES = 100_000
WHOLE_UNIT_FACTOR = 100

INSURER_WARNING_DAYS = 10
STEADY_SETTLED_COUNT = 8
STEADY_SPREAD_DAYS = 7
STEADY_MEDIAN_DAYS_MAX = 30
STEADY_SHARE_LATE_PERCENT = 50


@dataclass(frozen=True, slots=True)
class Starter:
    """One segment of the pack."""

    code: str
    name: str
    rule: Rule
    least_days_overdue: int
    habit_grace_days: int | None = None


def _any(*conditions: Condition) -> Rule:
    return Rule(conditions, match="any")


def starters(currency: str) -> tuple[Starter, ...]:
    """The segments of a new company, first match first, with amounts fit for its ``currency``."""
    factor = WHOLE_UNIT_FACTOR if money.minor_units(currency) == 0 else 1
    small, key = str(Decimal(SMALL_VALUE * factor)), str(Decimal(KEY_ACCOUNT_OWES * factor))
    return (
        Starter(
            "watch",
            "Watch-list or insured at risk",
            _any(
                Condition("classification", "one_of", ("watch", "watch list", "watch-list")),
                Condition("insurer_days_left", "at_most", (str(INSURER_WARNING_DAYS),)),
            ),
            least_days_overdue=1,
        ),
        Starter(
            "key",
            "Key account",
            _any(
                Condition("classification", "one_of", ("key", "key account", "strategic")),
                Condition("exposure", "at_least", (key,)),
            ),
            least_days_overdue=3,
        ),
        Starter(
            "public",
            "Public sector",
            Rule((Condition("classification", "one_of", ("public", "public sector", "government")),)),
            least_days_overdue=7,
        ),
        Starter(
            "new",
            "New customer",
            Rule((Condition("invoices_ever", "between", ("1", "3")),)),
            least_days_overdue=1,
        ),
        Starter(
            "small",
            "Small value",
            Rule((Condition("exposure", "more_than", ("0",)), Condition("exposure", "less_than", (small,)))),
            least_days_overdue=7,
        ),
        Starter(
            "steady",
            "Good payer, late but steady",
            Rule(
                (
                    Condition("settled_count", "at_least", (str(STEADY_SETTLED_COUNT),)),
                    Condition("share_paid_late", "at_least", (str(STEADY_SHARE_LATE_PERCENT),)),
                    Condition("median_days_late", "between", ("1", str(STEADY_MEDIAN_DAYS_MAX))),
                    Condition("delay_spread", "at_most", (str(STEADY_SPREAD_DAYS),)),
                    Condition("promises_broken_lately", "equals", ("0",)),
                )
            ),
            least_days_overdue=1,
            habit_grace_days=3,
        ),
        Starter("standard", "Standard", Rule(), least_days_overdue=3),
    )
