"""The columns of the chase list: which there are, and which of them a reader wants to see, in which order.

Place and customer always lead. Somebody who chose nothing sees the usual ones, and a narrow window leaves out
some of those; what was chosen is shown whatever the window.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Column:
    """One column after the customer's. ``classes`` are of its cells, ``drops`` is the one that narrow windows
    leave out, and ``told`` says more where the head of the table is short.
    """

    code: str
    label: str
    classes: str = ""
    drops: str = ""
    told: str = ""

    @property
    def all_classes(self) -> str:
        """What stands in the class attribute."""
        return f"{self.classes} {self.drops}".strip()


COLUMNS = (
    Column("overdue", "Overdue", "num", "least"),
    Column("oldest", "Oldest", told="Oldest invoice"),
    Column("to_collect", "To collect", "num strong"),
    Column("disputed", "Disputed", "num", "less"),
    Column("promised", "Promised", "num", "less"),
    Column("contact", "Contact", "", "less", told="Last contact"),
    Column("following", "Next", "next", told="Next step"),
    Column("why", "Why now", "wraps why-now"),
    Column("unallocated", "Credits", "num", told="Credits and unallocated cash"),
    Column("segment", "Segment", "clipped"),
    Column("previous", "Before", "num", told="Place the day before"),
)
USUAL = ("overdue", "oldest", "to_collect", "disputed", "promised", "contact", "following", "why")
_BY_CODE = {column.code: column for column in COLUMNS}


def shown(chosen: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a reader who chose these codes, in their order; without a choice the usual ones.

    A code that is none any more is passed over.
    """
    known = tuple(code for code in chosen if code in _BY_CODE)
    if known and known != USUAL:
        return tuple(replace(_BY_CODE[code], drops="") for code in known)
    return tuple(_BY_CODE[code] for code in USUAL)


def left_out(chosen: Sequence[str]) -> tuple[Column, ...]:
    """Those that could be added."""
    seen = {column.code for column in shown(chosen)}
    return tuple(column for column in COLUMNS if column.code not in seen)


def is_usual(chosen: Sequence[str]) -> bool:
    """Whether it is the choice of somebody who chose nothing."""
    return tuple(column.code for column in shown(chosen)) == USUAL


def moved(codes: Sequence[str], code: str, *, by: int) -> list[str]:
    """``codes`` with ``code`` so many places later, or earlier for a ``by`` below zero."""
    order = list(codes)
    if code in order:
        place = order.index(code)
        order.insert(max(place + by, 0), order.pop(place))
    return order


def known(codes: Sequence[str]) -> list[str]:
    """Those of ``codes`` that are columns, each once, in their order."""
    return [code for code in dict.fromkeys(codes) if code in _BY_CODE]
