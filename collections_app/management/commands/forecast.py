"""``manage.py forecast --company CODE``: what is expected to come each week, and of which invoices."""

import argparse
import datetime as dt
from decimal import Decimal
from typing import Any

from django.core.management.base import CommandParser

from collections_app.forecasting import reading, rehearsals
from collections_app.forecasting.expected_payments import ExpectedPayment
from collections_app.forecasting.forecasts import ForecastWeek
from collections_app.forecasting.reading import CurrencyForecast, Explained, FrozenWeek
from collections_app.forecasting.rules import accuracy
from collections_app.forecasting.rules.weeks import WEEKS
from collections_app.ledger import companies
from collections_app.lib import clock, money
from collections_app.management import output
from collections_app.management.output import Answer, AnsweringCommand


def weeks(text: str) -> int:
    """How many weeks, given on the command line."""
    if not text.isdecimal() or not 1 <= int(text) <= WEEKS:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number of weeks. Write one from 1 to {WEEKS}.")
    return int(text)


def _on(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _share(share: Decimal | None) -> str | None:
    return None if share is None else f"{share:.4f}"


def facts_of_week(week: ForecastWeek) -> dict[str, Any]:
    """One week for machines."""
    amounts = ("expected", "low_50", "high_50", "low_80", "high_80")
    found = {name: money.text(getattr(week, name), week.currency) for name in amounts}
    return {"starts_on": _on(week.starts_on), "ends_on": _on(week.ends_on), **found}


def facts_of(found: CurrencyForecast) -> dict[str, Any]:
    """One currency for machines: ``expected`` of the weeks, ``later`` and ``disputed`` come to ``open``."""

    def text(amount: Decimal) -> str:
        return money.text(amount, found.currency)

    return {
        "weeks": [facts_of_week(week) for week in found.weeks],
        "later": text(found.later),
        "disputed": text(found.disputed),
        "open": text(found.open),
    }


def facts_of_invoice(found: Explained) -> dict[str, Any]:
    """One invoice for machines; a day that is null is later than half a year."""
    payment = found.payment

    def text(amount: Decimal) -> str:
        return money.text(amount, payment.currency)

    return {
        "customer": payment.customer.number,
        "invoice": payment.invoice.number,
        "currency": payment.currency,
        "due_on": _on(payment.invoice.due_on),
        "open": text(payment.open_amount),
        "disputed": text(payment.disputed),
        "promised": text(payment.promised),
        "expected_on": _on(payment.expected_on),
        "from_50": _on(payment.from_50),
        "to_50": _on(payment.to_50),
        "from_80": _on(payment.from_80),
        "to_80": _on(payment.to_80),
        "within_7_days": f"{payment.soon_share:.4f}",
        "why": found.why,
    }


def facts_of_frozen(found: FrozenWeek) -> dict[str, Any]:
    """A week that has ended, as it was expected on its Monday, or first after it."""
    compared, week = found.compared, found.week
    return {
        "currency": found.currency,
        **facts_of_week(week),
        "came": money.text(compared.came, found.currency),
        "credited": money.text(week.credited or money.ZERO, found.currency),
        "accuracy": _share(compared.accuracy),
        "held_50": compared.held_50,
        "held_80": compared.held_80,
    }


def lines_of(found: CurrencyForecast) -> list[str]:
    """One currency for people."""
    lines = [
        f"{found.currency}, {money.text(found.open, found.currency)} open",
        f"  {'week':<25}{'expected':>16}   four weeks in five",
    ]
    for week in found.weeks:
        facts = facts_of_week(week)
        span = f"{facts['starts_on']} to {facts['ends_on']}"
        lines.append(f"  {span:<25}{facts['expected']:>16}   {facts['low_80']} to {facts['high_80']}")
    rest = (("later or never", found.later), ("disputed, set aside", found.disputed))
    return [*lines, *(f"  {label:<25}{money.text(amount, found.currency):>16}" for label, amount in rest)]


class Command(AnsweringCommand):
    """The forecast of the company's today, made anew and forgotten: nothing changes."""

    help = (
        "What is expected to come each week from what is open, by currency, with the bands that hold in one "
        "week of two and in four of five, and when each invoice is expected and why. The weeks, later or "
        "never, and what is disputed come to what is open. Changes nothing. Amounts are strings, dates ISO."
    )

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--company", metavar="CODE", help="the only one there is, when not given")
        parser.add_argument("--weeks", type=weeks, default=WEEKS, help=f"1 to {WEEKS}; {WEEKS} by default")
        parser.add_argument("--date", type=output.day, help="any day; the company's today when not given")
        parser.add_argument("--totals", action="store_true", help="leave the single invoices out of --json")

    def answer(self, **options: Any) -> Answer:
        at = clock.now()
        company = companies.named_or_only(options["company"])
        today = options["date"] or company.today(at=at)
        with rehearsals.forecast_of(company=company, day=today, at=at) as made:
            found = reading.by_currency(made, weeks=options["weeks"])
            payments = ExpectedPayment.objects.filter(company=company).select_related("customer", "invoice")
            ordered = payments.order_by("expected_on", "customer", "invoice")
            wanted = options["json"] and not options["totals"]
            invoices = reading.explained(list(ordered), today=today) if wanted else []
        before = reading.frozen(company)
        facts: dict[str, Any] = {
            "as_of": today.isoformat(),
            "currencies": {each.currency: facts_of(each) for each in found},
            "frozen": [facts_of_frozen(each) for each in before],
            "accuracy": {
                currency: _share(
                    accuracy.accuracy([each.compared for each in before if each.currency == currency])
                )
                for currency in sorted({each.currency for each in before})
            },
        }
        if wanted:
            facts["invoices"] = [facts_of_invoice(each) for each in invoices]
        lines = [line for each in found for line in lines_of(each)] or ["Nothing is open."]
        return Answer(facts, f"{company.name}, what is expected as of {today}", *lines)
