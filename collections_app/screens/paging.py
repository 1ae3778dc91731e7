"""Which page of a numbered list an address asks for, and the ways on from it."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest

# Nobody turns so many pages; a number that is longer than this was not read from a page.
PAGES_MAX = 100_000
_DIGITS_MAX = 6


class Ways(NamedTuple):
    """Where the pager leads; empty where there is nothing."""

    first_url: str
    next_url: str


def asked(request: HttpRequest) -> int:
    """The page that ``?page=`` asks for, from 1; the first for anything that is no page."""
    number = request.GET.get("page", "")
    if not (number.isascii() and number.isdecimal() and len(number) <= _DIGITS_MAX):
        return 1
    return min(max(int(number), 1), PAGES_MAX)


def ways(request: HttpRequest, *, page: int, is_last: bool) -> Ways:
    """On from ``page`` with the filters of the address, which stay as they were."""
    kept = [(name, value) for name, values in request.GET.lists() if name != "page" for value in values]
    first = f"?{urlencode(kept)}" if page > 1 else ""
    return Ways(first, "" if is_last else f"?{urlencode([*kept, ('page', page + 1)])}")
