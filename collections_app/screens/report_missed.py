"""How the list behind a week that is over is told: by invoice, or by customer where that is asked for or its
invoices are not kept.
"""

import datetime as dt
from dataclasses import dataclass

from collections_app.forecasting.forecasts import INVOICES_KEPT_WEEKS, Forecast
from collections_app.ledger.companies import Company
from collections_app.reports.piece_params import BY_CUSTOMER

KINDS = {"missed", "expected", "came", "credited"}


@dataclass(frozen=True, slots=True)
class Told:
    """``other`` is what to ask for to have it told the other way; empty where there is no other."""

    monday: dt.date
    is_by_invoice: bool
    other: str

    @property
    def kept_weeks(self) -> int:
        return INVOICES_KEPT_WEEKS


def told(company: Company, of: str) -> Told:
    """The week of an address that was read already. One query."""
    day, _, by = of.partition(".")
    monday = dt.date.fromisoformat(day)
    kept = Forecast.objects.frozen().filter(company=company, monday=monday, is_by_invoice=True).exists()
    if not kept:
        return Told(monday, is_by_invoice=False, other="")
    if by == BY_CUSTOMER:
        return Told(monday, is_by_invoice=False, other=day)
    return Told(monday, is_by_invoice=True, other=f"{day}.{BY_CUSTOMER}")
