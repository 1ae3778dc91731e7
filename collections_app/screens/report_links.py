"""Where the figures of a report open: the address of the list behind each."""

import datetime as dt

from django.urls import reverse

from collections_app.reports.narrowing import ALL
from collections_app.screens.report_filters import Filters
from collections_app.screens.report_words import ListOf
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
