"""Where a page of a list begins, in an address: a day and an id, written ``2026-11-21~17``."""

import datetime as dt
from typing import NamedTuple

DIGITS_MAX = 18


class Place(NamedTuple):
    """The last row of the page before."""

    day: dt.date
    pk: int

    def __str__(self) -> str:
        return f"{self.day.isoformat()}~{self.pk}"


def parse(text: str) -> Place | None:
    """The place written in ``text``; None when there is none, so that the list begins at its top."""
    day, _, number = text.partition("~")
    if not (number.isascii() and number.isdecimal() and len(number) <= DIGITS_MAX):
        return None
    try:
        return Place(dt.date.fromisoformat(day), int(number))
    except ValueError:
        return None
