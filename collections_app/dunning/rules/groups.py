"""Which customers are one group of companies: a parent and all beneath it, and whoever has the same VAT or
registration number, also at another company of ours. Pure.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A customer, its parent, and its VAT or registration number; empty where it is not known."""

    id: int
    parent_id: int | None
    tax_number: str


def groups_of(members: Iterable[Member]) -> dict[int, int]:
    """Of each customer that belongs to a group the number of its group: the lowest id in it. Those that stand
    alone are left out.
    """
    leads: dict[int | str, int | str] = {}

    def first(of: int | str) -> int | str:
        while leads.setdefault(of, of) != of:
            leads[of] = of = leads[leads[of]]
        return of

    known = list(members)
    for member in known:
        for other in (member.parent_id, member.tax_number):
            if other:
                leads[first(member.id)] = first(other)
    together: dict[int | str, list[int]] = {}
    for member in known:
        together.setdefault(first(member.id), []).append(member.id)
    return {one: min(ids) for ids in together.values() if len(ids) > 1 for one in ids}
