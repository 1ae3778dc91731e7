"""Up to which sum somebody lets an amount be given up, and from where on it takes two of them. Pure.

Sums are of the company's currency. Somebody's own limit goes before that of their role; who sits at the
finance director's desk has none unless one is set.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from collections_app.lib import money
from collections_app.lib.refusals import Problem
from collections_app.people.desks import Desk
from collections_app.people.rules import Deed, Role, may

TWO_ABOVE = Decimal(5000)
MANAGERS_LIMIT = Decimal(5000)
WAITS_WORKING_DAYS = 20
WAITS_WORKING_DAYS_MAX = 250


@dataclass(frozen=True, slots=True)
class Approver:
    """Somebody who may come to decide."""

    user_id: int
    role: str
    desk: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What holds at a company: limits by role and by person (a user's id), the sum above which two different
    people approve, and how many working days a proposal waits.
    """

    two_above: Decimal = TWO_ABOVE
    waits_working_days: int = WAITS_WORKING_DAYS
    managers: Decimal = MANAGERS_LIMIT
    people: Mapping[int, Decimal] = field(default_factory=dict)

    def limit_of(self, approver: Approver) -> Decimal | None:
        """The largest sum that they approve; None for any, nothing for whoever approves none."""
        if not may(approver.role, Deed.APPROVE_WRITE_OFFS):
            return money.ZERO
        if approver.user_id in self.people:
            return self.people[approver.user_id]
        return None if approver.desk == Desk.FINANCE_DIRECTOR else self.managers

    def covers(self, approver: Approver, worth: Decimal | None) -> bool:
        """Whether their limit reaches ``worth``; None, where no rate tells it, only where any goes."""
        limit = self.limit_of(approver)
        return limit is None or (worth is not None and worth <= limit)

    def needed(self, worth: Decimal | None) -> int:
        """How many different people approve a sum."""
        return 2 if worth is None or worth > self.two_above else 1


def problems_of_terms(terms: Terms) -> list[Problem]:
    """What is wrong with terms as somebody wrote them."""
    found = []
    if min([terms.two_above, terms.managers, *terms.people.values()]) < 0:
        found.append(Problem("amount", "A limit is not below zero."))
    if not 1 <= terms.waits_working_days <= WAITS_WORKING_DAYS_MAX:
        text = f"A proposal waits for 1 to {WAITS_WORKING_DAYS_MAX} working days."
        found.append(Problem("waits_working_days", text))
    return found


def problems_of_editor(*, role: str, desk: str) -> list[Problem]:
    """Why somebody may not set limits: nobody widens their own."""
    if not may(role, Deed.EDIT_WRITE_OFF_TERMS):
        return [Problem("not_allowed", "Your role does not set limits of write-offs.")]
    if role == Role.ADMINISTRATOR or desk == Desk.FINANCE_DIRECTOR:
        return []
    text = "Limits are set by an administrator or the finance director, so that nobody widens their own."
    return [Problem("own_limit", text)]
