"""What a segment and a pack of segments must be like."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal

from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.segmentation.rules import conditions
from collections_app.segmentation.rules.conditions import Rule

SEGMENTS_MAX = 40
NAME_LENGTH_MAX = 80
DAYS_MAX = 365


@dataclass(frozen=True, slots=True)
class Terms:
    """What is said of a segment: whom it takes, and when its customers come onto the chase list.

    Not before ``least_days_overdue``, not below ``least_amount`` (in the company's currency), and with
    ``habit_grace_days`` not before the customer's own usual delay plus so many days.
    """

    name: str
    rule: Rule
    least_days_overdue: int = 1
    least_amount: Decimal = money.ZERO
    habit_grace_days: int | None = None


def problems(terms: Terms, *, other_names: Collection[str]) -> list[Problem]:
    """Everything that is wrong with one segment beside others with ``other_names``."""
    found = name_problems(terms.name, other_names=other_names, noun="segment")
    if not 0 <= terms.least_days_overdue <= DAYS_MAX:
        found.append(
            Problem("least_days_overdue", f"The first day must be between 0 and {DAYS_MAX} days overdue.")
        )
    if terms.least_amount < 0 or terms.least_amount.adjusted() >= money.MAX_DIGITS - money.DECIMAL_PLACES:
        found.append(
            Problem("least_amount", "The smallest amount to collect must be 0 or more, and fit the ledger.")
        )
    if terms.habit_grace_days is not None and not 0 <= terms.habit_grace_days <= DAYS_MAX:
        found.append(
            Problem("habit_grace_days", f"The grace after their usual delay must be 0 to {DAYS_MAX} days.")
        )
    return found + conditions.problems(terms.rule)


def name_problems(name: str, *, other_names: Collection[str], noun: str) -> list[Problem]:
    """What is wrong with the name of one of an ordered few."""
    if not name.strip():
        return [Problem("name", f"Give the {noun} a name.")]
    if len(name) > NAME_LENGTH_MAX:
        return [Problem("name", f"The name of a {noun} may have at most {NAME_LENGTH_MAX} characters.")]
    if name.strip().lower() in {other.lower() for other in other_names}:
        return [Problem("name", f"There is already a {noun} called “{name.strip()}”.")]
    return []


def pack_problems(pack: Sequence[tuple[str, Rule]]) -> list[Problem]:
    """Why segments, given as name and rule in order, may not go live: everybody must be placed, and nothing
    be idle.
    """
    if not pack:
        return [Problem("empty", "There are no segments. Add at least one that takes everybody.")]
    found = [
        Problem(
            "unreachable",
            f"“{name}” takes everybody, so no segment below it is ever reached. Move it to the end.",
        )
        for name, rule in pack[:-1]
        if rule.takes_everybody
    ]
    last, rule = pack[-1]
    if not rule.takes_everybody:
        why = "so that no customer is left over: it may have no conditions"
        found.append(Problem("no_rest", f"The last segment, “{last}”, must take everybody else, {why}."))
    return found
