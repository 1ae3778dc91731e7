"""The first rows of a list that may be long, and how many more there are: a page stays light until its reader
asks for the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

ROWS_FIRST = 20


@dataclass(frozen=True, slots=True)
class Shown:
    """The rows that stand on the page, and the number of those that do not."""

    rows: Sequence[Any]
    more: int


def shown(rows: Sequence[Any], *, whole: bool) -> Shown:
    """All of ``rows`` when ``whole`` was asked for; else the first, and a last one rather than "1 more"."""
    if whole or len(rows) <= ROWS_FIRST + 1:
        return Shown(rows, 0)
    return Shown(rows[:ROWS_FIRST], len(rows) - ROWS_FIRST)


def asks_for_all(request: HttpRequest) -> bool:
    """Whether the reader followed the link to the rest."""
    return request.GET.get("all") == "yes"


def address_of_all(request: HttpRequest) -> str:
    """The same page with every row, from wherever on it one stands."""
    asked = request.GET.copy()
    asked["all"] = "yes"
    return f"?{asked.urlencode()}"
