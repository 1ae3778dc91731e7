"""The tables of what is expected to come, how near that was, how cohorts roll on, and how the work is done,
as they are written to a file. Each is as short as on its page.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal

from django.http import HttpRequest

from collections_app.forecasting import reading
from collections_app.forecasting.forecasts import Forecast
from collections_app.forecasting.rules.weeks import WEEKS
from collections_app.lib import money
from collections_app.lib.spreadsheets import Cell, Table
from collections_app.reports import respect, tables, workloads
from collections_app.reports.rules import months
from collections_app.reports.rules.dividing import rounded
from collections_app.reports.rules.measuring import COHORT_STEPS
from collections_app.reports.rules.rolling import Rolled
from collections_app.screens import forecast, report_accuracy
from collections_app.screens import respect as respect_page
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope

FORECAST_HEADS = (
    "What", "From", "To", "Currency", "Expected", "One week in two, from", "One week in two, to",
    "Four weeks in five, from", "Four weeks in five, to",
)  # fmt: skip
ACCURACY_HEADS = (
    "Week of",
    "Currency",
    "Expected",
    "Came",
    "Came less expected",
    "Off, per cent of what came",
)
ROLLING_HEADS = (
    "Fell due from", "Fell due to", "Days past due", "Currency", "Still unpaid",
    "Per cent of the step before", "Without disputes", "Per cent of the step before, without disputes",
)  # fmt: skip
WORKLOAD_HEADS = (
    "Collector", "Customers", "Currency", "Overdue", "On the chase list", "Call-backs", "Promises due today",
    "Late promises", "Commitments of ours that are late", "Disputes", "First contact, days",
    "Of so many first contacts", "Contacts",
)  # fmt: skip
RESPECT_HEADS = ("Figure", "Month", "As it should be", "Of", "Per cent", "How it is counted")


@contextmanager
def forecast_weeks(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The weeks of the standing forecast in one currency, and what is expected after them or set aside."""
    standing = Forecast.objects.standing().filter(company=scope.company).first()
    found = reading.by_currency(standing, weeks=WEEKS) if standing else []
    chosen = forecast.chosen_of(found, filters.currency)
    rows: list[Sequence[Cell]] = []
    if chosen:
        currency = chosen.currency
        for week in chosen.weeks:
            bands = (week.low_50, week.high_50, week.low_80, week.high_80)
            told = (None if each is None else money.rounded(each, currency) for each in bands)
            expected = money.rounded(week.expected, currency)
            rows.append(("Week", week.starts_on, week.ends_on, currency, expected, *told))
        for label, amount in (("Later or never", chosen.later), ("Disputed, set aside", chosen.disputed)):
            rows.append((label, None, None, currency, money.rounded(amount, currency), *[None] * 4))
    about: list[tuple[str, Cell]] = [("Currency", chosen.currency if chosen else filters.currency)]
    if standing:
        about.append(("Expected by the night of", standing.day))
    yield Table("Expected to come", FORECAST_HEADS, rows, len(rows), about)


@contextmanager
def accuracy(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """What was expected of the last weeks on their Mondays, against what came."""
    found = report_accuracy.drawn(scope, filters)
    telling = found["found"]
    rows = [
        (
            each.week.monday,
            telling.currency,
            *(
                money.rounded(amount, telling.currency)
                for amount in (each.compared.expected, each.compared.came, each.missed)
            ),
            _percent(-each.missed / each.compared.came if each.compared.came > 0 else None),
        )
        for each in found["rows"]
    ]
    about = [("Currency", telling.currency), *tables.rates_told(telling.conversion)]
    yield Table("Forecast against what came", ACCURACY_HEADS, rows, len(rows), about)


@contextmanager
def rolling(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """How what fell due went on unpaid: the cohort of a year, then each month, the newest first."""
    measured = filters.measured
    of = measured.in_currency(filters.into or filters.currency or scope.company.currency)
    spans: list[tuple[Cell, Cell, Rolled]] = []
    if of.rolled:
        spans.append((measured.cohort_since, measured.cohort_until, of.rolled))
    for first, each in sorted(of.rolled_by_month.items(), reverse=True):
        spans.append((first, months.first_of(first, back=-1) - months.DAY, each))
    rows = [
        (since, until, *line)
        for since, until, each in spans
        if any(each.unpaid)
        for line in _steps(each, of.currency)
    ]
    about = [("Currency", of.currency), *tables.rates_told(measured.conversion)]
    yield Table("Roll rates", ROLLING_HEADS, rows, len(rows), about)


def _steps(rolled: Rolled, currency: str) -> Iterator[Sequence[Cell]]:
    """A line for each step that is over."""
    parts = (rolled.unpaid, [None, *rolled.rates], rolled.undisputed, [None, *rolled.undisputed_rates])
    for step, unpaid, rate, undisputed, undisputed_rate in zip(COHORT_STEPS, *parts, strict=False):
        yield (
            step if step >= 0 else "fell due",
            currency,
            money.rounded(unpaid, currency),
            _percent(rate),
            money.rounded(undisputed, currency),
            _percent(undisputed_rate),
        )


@contextmanager
def workload(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """Everybody by name. Whose customers are overdue in several currencies has a line for each; what is
    counted stands in the first of them, so that columns can be added up.
    """
    rows: list[Sequence[Cell]] = []
    for load in workloads.loads(scope.company, today=scope.today):
        counts: tuple[Cell, ...] = (
            load.listed, load.call_backs, load.promises_today, load.promises_late, load.late_ours,
            load.disputes, rounded(load.first_touch.median, 1), load.first_touch.count, load.contacts,
        )  # fmt: skip
        customers: Cell = load.customers
        owed: list[tuple[Decimal | None, str]] = [*load.overdue] or [(None, "")]
        for amount, currency in owed:
            overdue = None if amount is None else money.rounded(amount, currency)
            rows.append((str(load.collector), customers, currency, overdue, *counts))
            customers, counts = None, (None,) * len(counts)
    yield Table("Workload", WORKLOAD_HEADS, rows, len(rows))


@contextmanager
def respect_by_month(request: HttpRequest, scope: Scope, filters: Filters) -> Iterator[Table]:
    """The figures of the last months."""
    rows = [
        (words.label, each.month, each.good, each.number, _percent(each.share), words.formula)
        for kind, found in respect.figures(scope.company, today=scope.today).items()
        for words in [respect_page.WORDS[kind]]
        for each in found
    ]
    yield Table("Respect", RESPECT_HEADS, rows, len(rows))


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else rounded(share * 100, 1)


TABLES = {
    "forecast": forecast_weeks,
    "accuracy": accuracy,
    "rolling": rolling,
    "workload": workload,
    "respect": respect_by_month,
}
