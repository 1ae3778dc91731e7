"""Customers who paid in one way for a year, as lines of a ledger, and forecasts in few words."""

import datetime as dt
from decimal import Decimal

from collections_app.behaviour import habits
from collections_app.forecasting import forecasts
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.ledger.companies import Company
from tests.ledgerrows import Rows, moment
from tests.ledgertext import load


def always(customer: str, *, late: int, invoices: int = 20, every: int = 15) -> list[str]:
    """A customer with invoices every so many days of the past, each settled so many days late."""
    lines = [f"customer {customer}"]
    for place in range(invoices):
        due, number = -40 - every * place, f"{customer}-{place}"
        lines.append(f"invoice {customer} {number} 100.00 due={due}")
        lines.append(f"allocation - {number} 100.00 on={due + late} basis=stated")
    return lines


def forecast(company: Company, today: dt.date, *lines: str) -> Rows:
    """Write a ledger, measure habits and make the forecast of ``today``."""
    rows = load("\n".join(lines), company=company, today=today)
    habits.measure(company=company, today=today)
    forecasts.make(company=company, today=today, at=moment(today))
    return rows


def expected(number: str) -> ExpectedPayment:
    """What is expected of the invoice with that number."""
    return ExpectedPayment.objects.get(invoice__number=number)


def in_weeks(company: Company, currency: str = "GBP") -> list[Decimal]:
    """The standing forecast: its weeks, later or never, and what is disputed."""
    standing = forecasts.Forecast.objects.standing().get(company=company)
    rows = standing.weeks.filter(currency=currency).order_by("place")
    return list(rows.values_list("expected", flat=True))
