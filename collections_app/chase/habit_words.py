"""How a customer pays, in a sentence, from what was measured of them."""

from collections_app.behaviour.habits import PayHabit
from collections_app.chase.rules import calling


def told(known: PayHabit | None) -> str:
    """The sentence of the call card; one of its own for a customer of whom nothing is known yet."""
    habit = known or PayHabit(settled_count=0)
    return calling.habit(
        calling.Habit(
            settled_count=habit.settled_count,
            median_days_late=habit.median_days_late,
            pay_weekday=habit.pay_weekday,
            pay_day_of_month=habit.pay_day_of_month,
            trend_days=habit.trend_days,
            promises_kept=habit.promises_kept,
            promises_due=habit.promises_due,
        )
    )
