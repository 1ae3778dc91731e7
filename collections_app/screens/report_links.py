"""Where the figures of a report open: the address of the list behind each."""

import datetime as dt
from collections.abc import Callable, Mapping
from functools import lru_cache

from django.urls import reverse

from collections_app.reports import placements
from collections_app.reports.narrowing import ALL
from collections_app.reports.rules import months
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_words import BEGINNING, ListOf, MovedOf, PiecesOf
from collections_app.screens.scoping import Scope


def list_of(scope: Scope, filters: Filters, currency: str, *, is_derived: bool) -> ListOf:
    """What was kept of a past day is narrowed by where customers belonged then, and so is its list; where a
    figure is derived, both are by where they belong now.
    """
    address = reverse("report_customers", kwargs={"company": scope.company.code})
    kept_of = _kept_of(filters, is_derived=is_derived)

    def found(part: str, day: dt.date, number: int) -> str:
        more = kept_of(day, number)
        if part == BEGINNING:
            # Of the customers that belong there at the end of the month that begins.
            part, end = "owed", min(months.first_of(day, back=-2) - months.DAY, filters.asked.day)
            of_end = kept_of(end, 1)
            more = more and of_end and more | {"placed_on": end.isoformat()}
        if more is None:
            return ""
        more |= {"months": str(number)} if number > 1 else {}
        return f"{address}?{filters.of_day(day, part=part, currency=currency, **more)}"

    return found


def _kept_of(filters: Filters, *, is_derived: bool) -> Callable[[dt.date, int], dict[str, str] | None]:
    """What an address says of how customers are placed in so many months until a day: nothing where they end
    with that of the report, which is of those who belong there now; else as these months were kept. None
    where that is not known, since one of them was kept before it was written down.
    """
    asked = filters.asked
    if asked.narrowed == ALL or is_derived:
        return lambda _day, _number: {}
    kept = placements.kept(asked.company)

    def found(day: dt.date, number: int) -> dict[str, str] | None:
        if day == asked.day:
            return {}
        if not {*months.ends_before(day, number - 1), day}.isdisjoint(kept.unknown):
            return None
        return {"kept_before": asked.day.isoformat()}

    return found


def moved_of(scope: Scope, filters: Filters, *, is_derived: bool) -> MovedOf:
    """What changed from one end of a month to the next, of those who belonged there at each of both ends."""
    kept_of = _kept_of(filters, is_derived=is_derived)
    is_placed = filters.asked.narrowed != ALL and not is_derived

    def found(what: str, before: dt.date, day: dt.date, currency: str) -> str:
        if kept_of(before, 1) is None or kept_of(day, 1) is None:
            return ""
        more = {"kept_before": filters.asked.day.isoformat()} if is_placed else {}
        return pieces_url(scope, filters, what, day=day, currency=currency, more=more)

    return found


@lru_cache(maxsize=512)
def _pieces_address(company: str, what: str) -> str:
    """Asked for hundreds of times by a page of measures."""
    return reverse("report_pieces", kwargs={"company": company, "what": what})


def pieces_url(
    scope: Scope,
    filters: Filters,
    what: str,
    *,
    day: dt.date | None = None,
    number: int = 1,
    of: str = "",
    currency: str = "",
    more: Mapping[str, str] | None = None,
) -> str:
    """The pieces of a sum: of the report's day or another, of so many months; ``of`` says which of them."""
    address = _pieces_address(scope.company.code, what)
    given = {"months": str(number) if number > 1 else "", "of": of}
    given |= {"currency": currency} if currency else {}
    given |= more or {}
    is_same = day is None or day == filters.asked.day
    query = filters.address(**given) if is_same else filters.of_day(day or filters.asked.day, **given)
    return f"{address}?{query}"


def pieces_of(scope: Scope, filters: Filters, *, is_derived: bool) -> PiecesOf:
    """As lists are. What a converted report leaves apart opens in its own currency."""
    kept_of = _kept_of(filters, is_derived=is_derived)

    def found(what: str, day: dt.date, number: int, of: str, currency: str) -> str:
        kept = kept_of(day, number)
        if kept is None:
            return ""
        more = (
            kept | {"into": "", "rates_on": ""}
            if filters.into and currency not in ("", filters.into)
            else kept
        )
        return pieces_url(scope, filters, what, day=day, number=number, of=of, currency=currency, more=more)

    return found
