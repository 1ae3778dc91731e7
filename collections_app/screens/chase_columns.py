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
    def name(self) -> str:
        """What the chooser calls it."""
        return self.told or self.label

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
    Column("unallocated", "Cash", "num", told="Cash not set against anything"),
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


def moved(codes: Sequence[str], code: str, *, by: int) -> list[str]:
    """``codes`` with ``code`` so many places later, or earlier for a ``by`` below zero."""
    order = list(codes)
    if code in order:
        place = order.index(code)
        order.insert(max(place + by, 0), order.pop(place))
    return order


@dataclass(frozen=True, slots=True)
class Chooser:
    """What ``_columns.html`` shows: the columns that are seen, in their order, and those that could be.

    ``moved`` is the one that was moved just now, ``is_earlier`` the direction.
    """

    seen: tuple[Column, ...]
    others: tuple[Column, ...]
    is_usual: bool
    moved: str
    is_earlier: bool


def chooser(chosen: Sequence[str], *, moved: str, is_earlier: bool) -> Chooser:
    """The chooser of a reader who chose these codes."""
    seen = shown(chosen)
    codes = tuple(column.code for column in seen)
    others = tuple(column for column in COLUMNS if column.code not in codes)
    return Chooser(seen, others, codes == USUAL, moved if moved in codes else "", is_earlier)
