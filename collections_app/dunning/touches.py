"""How often customers heard from us lately, over all users, channels and companies of ours: each of them, and
the group of companies that they belong to.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from collections_app.contact.rules import CHANNEL_LABELS, Channel, Outcome
from collections_app.correspondence.rules import MessageKind, MessageState
from collections_app.dunning.rules import stops as rules
from collections_app.dunning.rules.groups import Member, groups_of
from collections_app.dunning.rules.stop_facts import House, Touch
from collections_app.lib import turns, walls
from collections_app.lib.sql import Statement, array

TOUCHES = Statement(__file__, "read_stops_touches")
GROUPS = Statement(__file__, "read_stops_groups")

# In these they heard nothing of us.
SILENT = (Outcome.NO_ANSWER, Outcome.WRONG_PERSON)
# Messages that only do what they asked for, or say what was agreed in a conversation that counts itself.
ANSWERS = (MessageKind.SUMMARY, MessageKind.COPY)
# What leaves the house, as a sentence names it.
OURS = {"message": "a message of ours", "letter": "a letter of ours"}
_WHY_OUTSIDE = "whoever heard from one of our companies heard from all of them"
LEFT = (MessageState.SENDING, MessageState.SENT, MessageState.UNCERTAIN)


@dataclass(frozen=True, slots=True)
class Heard:
    """What customers (ids) heard. ``tops`` numbers the groups of those in one; ``sizes`` and
    ``groups`` tell by that how many they are, and what all of them heard.
    """

    touches: Mapping[int, Sequence[Touch]] = field(default_factory=dict)
    tops: Mapping[int, int] = field(default_factory=dict)
    sizes: Mapping[int, int] = field(default_factory=dict)
    groups: Mapping[int, tuple[Touch, ...]] = field(default_factory=dict)

    def by(self, customer: int) -> tuple[Touch, ...]:
        """A customer, and whoever reads their messages."""
        return tuple(self.touches.get(customer, ()))

    def by_group_of(self, customer: int) -> tuple[Touch, ...]:
        """All of their group; nothing where that is less than a group may hear."""
        return self.groups.get(self.tops.get(customer, 0), ())

    def group_size(self, customer: int) -> int:
        """How many belong to their group; 0 where they stand alone."""
        return self.sizes.get(self.tops.get(customer, 0), 0)


def read(customers: Sequence[int], house: House, *, at: dt.datetime) -> Heard:
    """What ``customers`` heard in the days before ``at`` that count for the ``house``. Two queries."""
    with walls.outside(_WHY_OUTSIDE):
        return _read(customers, house, at=at)


def _read(customers: Sequence[int], house: House, *, at: dt.datetime) -> Heard:
    tops = _tops(customers)
    sizes: dict[int, int] = defaultdict(int)
    for top in tops.values():
        sizes[top] += 1
    touches: dict[int, list[Touch]] = defaultdict(list)
    groups: dict[int, list[Touch]] = defaultdict(list)
    for row in TOUCHES.rows(
        {
            "customers": array(sorted({*customers, *tops})),
            "since": at - dt.timedelta(days=house.touch_days),
            "until": at + rules.CLOCKS_APART,
            "silent": list(SILENT),
            "answers": list(ANSWERS),
            "left": list(LEFT),
        }
    ):
        is_own = not row["address"]
        about = "" if is_own else row["about"]
        touches[row["customer_id"]].append(Touch(row["at"], _what(row), about, row["address"]))
        if is_own and row["customer_id"] in tops:
            groups[tops[row["customer_id"]]].append(Touch(row["at"], _what(row), row["about"]))
    full = {
        top: tuple(heard)
        for top, heard in groups.items()
        if len(heard) >= rules.group_most(house, sizes[top])
    }
    return Heard(touches, tops, sizes, full)


def hold(customer: int, address: str) -> bool:
    """Whether nobody else is just sending to ``address``, or to the group of a customer: then it stays so
    until the transaction ends, and what they heard does not change in between. Never waits.
    """
    kept = turns.try_take("touches of an address", turns.number_of(address.casefold()))
    with walls.outside(_WHY_OUTSIDE):
        top = _tops([customer]).get(customer) if kept else None
    return kept and (top is None or turns.try_take("touches of a group", turns.number_of(str(top))))


def _tops(customers: Sequence[int]) -> dict[int, int]:
    """The groups of ``customers``, and of all in the same groups."""
    return groups_of(Member(**row) for row in GROUPS.rows({"customers": array(customers)}))


def _what(row: dict[str, Any]) -> str:
    if row["what"] in OURS:
        return OURS[row["what"]]
    return f"{CHANNEL_LABELS[Channel(row['what'])].lower()} by {row['who']}"
