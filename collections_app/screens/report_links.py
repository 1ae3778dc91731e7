"""Where the figures of a report open: the address of the list behind each."""

import datetime as dt
from collections.abc import Mapping

from django.urls import reverse

from collections_app.reports.narrowing import ALL
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_words import ListOf, PiecesOf
from collections_app.screens.scoping import Scope


def list_of(scope: Scope, filters: Filters, currency: str, *, is_derived: bool) -> ListOf:
    """What was kept of a past day is narrowed by where customers belonged then, and a list by where they
    belong now; so a narrowed figure of another day opens only where it is derived as lists are.
    """
    address = reverse("report_customers", kwargs={"company": scope.company.code})
    asked = filters.asked

    def found(part: str, day: dt.date, months: int) -> str:
        is_past = day != asked.day or months > 1
        if is_past and asked.narrowed != ALL and not is_derived:
            return ""
        of_months = {"months": str(months)} if months > 1 else {}
        return f"{address}?{filters.of_day(day, part=part, currency=currency, **of_months)}"

    return found


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
    address = reverse("report_pieces", kwargs={"company": scope.company.code, "what": what})
    given = {"months": str(number) if number > 1 else "", "of": of}
    given |= {"currency": currency} if currency else {}
    given |= more or {}
    is_same = day is None or day == filters.asked.day
    query = filters.address(**given) if is_same else filters.of_day(day or filters.asked.day, **given)
    return f"{address}?{query}"


def pieces_of(scope: Scope, filters: Filters, *, is_derived: bool) -> PiecesOf:
    """Narrowed, those of another day open where lists do. What a converted report leaves apart opens in its
    own currency.
    """

    def found(what: str, day: dt.date, number: int, of: str, currency: str) -> str:
        is_past = day != filters.asked.day or number > 1
        if is_past and filters.asked.narrowed != ALL and not is_derived:
            return ""
        more = {"into": "", "rates_on": ""} if filters.into and currency not in ("", filters.into) else {}
        return pieces_url(scope, filters, what, day=day, number=number, of=of, currency=currency, more=more)

    return found
