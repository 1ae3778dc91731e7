"""What a set of rules lets through that another one does not. Pure.

Rules that let more through are for two people: whoever wrote them does not put them in force alone.
"""

from collections.abc import Iterator
from decimal import Decimal

from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.selling import problems_of_seller

# The larger, the more goes; a rule that is off lets everything go.
_LARGER_IS_LOOSER = {
    "overdue_days": "Days overdue",
    "overdue_amount": "Overdue in all",
    "limit_percent": "Per cent of the credit limit",
    "group_percent": "Per cent of the group's limit",
    "broken_promises": "Broken promises within a year",
    "release_working_days": "Working days that a release lasts",
    "release_amount_max": "Largest order that a manager releases",
}


def loosened(before: RuleSet, after: RuleSet, *, currency: str) -> list[str]:
    """What ``after`` lets through that ``before`` does not, a sentence each; empty when nothing is."""
    return list(_loosened(before, after, currency))


def problems_of_publishing(
    looser: list[str], *, is_writer: bool, is_director: bool, is_salesperson: bool
) -> list[Problem]:
    """Why somebody may not put rules in force: ``looser`` is what they let through, ``is_writer`` whether
    they kept the draft last, ``is_salesperson`` whether they sell to the one customer that it is for.
    """
    found = problems_of_seller(bool(looser) and is_salesperson)
    if looser and is_writer and not is_director:
        text = (
            "These rules let more through than those in force, and you kept them last: another manager, an "
            "administrator or the finance director publishes them."
        )
        found.append(Problem("second_person", text))
    return found


def _loosened(before: RuleSet, after: RuleSet, currency: str) -> Iterator[str]:
    for name, label in _LARGER_IS_LOOSER.items():
        old, new = getattr(before, name), getattr(after, name)
        if old is not None and (new is None or new > old):
            yield f"{label}: {_told(new, currency)} instead of {_told(old, currency)}."
    if before.holds_expired_limit and not after.holds_expired_limit:
        yield "A credit limit that has expired holds nothing any more."
    if before.holds_first_order and not after.holds_first_order:
        yield "A first order goes."
    if after.promises_lift and not before.promises_lift:
        yield "An order may be released on a promise to pay."
    known = {each.code.casefold() for each in before.exemptions}
    if new_codes := [each.code for each in after.exemptions if each.code.casefold() not in known]:
        yield f"Never held any more: {', '.join(new_codes)}."


def _told(value: int | Decimal | None, currency: str) -> str:
    if value is None:
        return "any"
    return money.shown(value, currency) if isinstance(value, Decimal) else f"{value}"
