"""Every figure of the dashboard and of all measures, walked to the list behind it: what was promised,
disputed, held, expected, set against invoices and lost too, and converted as well.
"""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.chase import working
from collections_app.contact import disputes, endings, promises
from collections_app.contact.rules import Outcome
from collections_app.forecasting import forecasts
from collections_app.holds import releases, rule_versions
from collections_app.ledger.exchange_rates import ExchangeRate
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import cash_targets, snapshots
from tests.desk import call, list_day, person
from tests.doors import signed_in, text
from tests.holds.selling import Shop
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load
from tests.screens.reporting.test_report_files import as_csv, as_workbook, files_on
from tests.screens.reporting.walking import cells, drawn, linked, total

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
invoice 100 A3 77.77 due=-12 issued=-42
invoice 100 A4 60.00 due=-230 issued=-260
receipt 100 P2 33.33 on=0
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 800.00 due=-130 issued=-160 currency=EUR
invoice 200 B3 90.00 due=-200 issued=-230 currency=EUR
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
credit_note 200 C1 40.00 on=-9
allocation C1 B1 15.00 on=-2
customer 300 "Calder Ltd" country=GB
invoice 300 D1 900.00 due=-20 issued=-50
invoice 300 E1 10.33 due=-1 issued=-31 currency=EUR
receipt 300 E9 4.44 on=0 currency=EUR
allocation E9 E1 4.44 on=0
"""
RATE = Decimal("0.86215")


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    today = company.today(at=at)
    rows = load(LEDGER, company=company, today=today)
    by, customers, invoices = person(company, "priya", Role.MANAGER), rows.customers, rows.invoices
    ExchangeRate.objects.create(company=company, currency="EUR", valid_from=today, rate=RATE, source="a bank")
    for customer, invoice, amount, on in (
        ("100", "A1", "600.05", 4),
        ("100", "A3", "70.00", -30),
        ("200", "B2", "300.33", 6),
    ):
        day = today + dt.timedelta(min(on, 0) - 2)
        lines = promises.lines_for(customers[customer], Decimal(amount), [invoices[invoice]])
        promises.record(
            customer=customers[customer], amount=Decimal(amount), currency=invoices[invoice].currency,
            promised_on=today + dt.timedelta(on), lines=lines, by=by, at=moment(day), today=day,
        )  # fmt: skip
    endings.settle(company=company, today=today, at=at)
    for invoice, amount, days in (("B1", "500.55", 3), ("D1", "100.10", 40), ("B2", "33.33", 12)):
        lodged = moment(today - dt.timedelta(days))
        disputes.lodge(
            customer=invoices[invoice].customer, invoice=invoices[invoice], amount=Decimal(amount),
            reason="PRICE", by=by, at=lodged,
        )  # fmt: skip
    for outcome in (Outcome.NO_ANSWER, Outcome.SAYS_PAID):
        working.log_contact(call(outcome), customer=customers["300"], by=by, at=at)
    rule_versions.ensure_default(company=company, by=None, at=at)
    Shop(rows, at).order("O1", "250.50")
    went = Shop(rows, moment(today - dt.timedelta(5))).order("O2", "99.90").order
    asked = releases.ask(
        went, reason="Stock", by=person(company, "sam", Role.SALES), at=moment(today - dt.timedelta(5))
    )
    releases.grant(asked, by=by, at=moment(today - dt.timedelta(5)))
    list_day(company, at=at)
    past = today - dt.timedelta(14)
    forecasts.make(company=company, today=past, at=moment(past))
    forecasts.make(company=company, today=today, at=at)
    forecasts.compare(company=company, today=today)
    cash_targets.set_target(
        company=company, month=today, currency="GBP", amount=Decimal(5000), by=by, at=at
    )  # fmt: skip
    snapshots.refresh(company=company, today=today, at=at)
    for invoice, amount in (("E1", "5.05"), ("A1", "60.06")):
        disputes.lodge(
            customer=invoices[invoice].customer, invoice=invoices[invoice], amount=Decimal(amount),
            reason="PRICE", by=by, at=at + dt.timedelta(seconds=1),
        )  # fmt: skip
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


PAGES = [
    f"/NG/reports/{page}{query}"
    for page in ("", "measures/", "bridge/")
    for query in ("?currency=GBP", "?currency=EUR", "?country=GB", "?into=GBP", "?into=EUR&country=DE")
    if (page, query) != ("bridge/", "?currency=EUR")  # nothing was sold in it that long ago
]


@pytest.mark.parametrize("url", PAGES)
def test_every_figure_has_the_list_behind_it_to_the_penny(dana: Client, url: str) -> None:
    figures = {each for each in linked(drawn(dana, url)) if "/reports/" in each[0]}

    assert len(figures) > 18
    for opened, figure in figures:
        listed = text(dana.get(opened))
        assert total(listed) == figure, opened
        for behind, amount in linked(listed):
            assert total(text(dana.get(behind))) == amount, (opened, behind)


KINDS = {
    "promises_due", "promised", "promise_received", "promises_kept", "promises_fallen", "disputes",
    "disputed", "holds", "expected_rest", "expected", "came", "missed", "settled_by_credit", "collected",
    "paid", "paid_due", "paid_days", "late_days", "unpaid", "open", "dispute_raised", "dispute_invoiced",
    "calls_made", "calls_answered", "calls_decided", "commitments_met", "commitments_fallen",
    "invoices_disputed", "invoices_raised", "disputes_ended", "disputes_standing", "holds_looked_at",
    "holds_unseen", "requests_decided", "touched", "untouched", "closed_late", "closed_to_pay",
    "late_to_date", "to_pay_to_date", "released", "promises_ended", "moved_not_due", "moved_disputed",
    "moved_overdue",
}  # fmt: skip
# What was expected of a week that is over, and what came, opens down to invoices.
OF_A_WEEK = {"expected", "came", "missed"}
INVOICES = {"A1", "A2", "A3", "A4", "B1", "B2", "B3", "D1", "E1"}


def test_each_kind_of_list_is_reached_and_its_rows_add_up(dana: Client) -> None:
    page = "".join(drawn(dana, f"/NG/reports/{each}?currency=GBP") for each in ("", "measures/", "bridge/"))
    opened = {each for each in linked(page) if "/pieces/" in each[0] and "currency=GBP" in each[0]}

    assert {url.split("/")[4] for url, _ in opened} == KINDS
    for url, figure in opened:
        listed = cells(text(dana.get(url)))
        told = next((each for name, each in listed.items() if name.endswith(", GBP")), None)
        plain = [re.sub(r"<[^>]*>|[^\d.−]", "", cell).replace("−", "-") for cell in told or ()]
        counted = len(listed.get("Day", ()))
        assert (counted if told is None and counted else sum(map(Decimal, plain))) == figure, url
        if url.split("/")[4] in OF_A_WEEK:
            named = {re.sub(r"<[^>]*>", "", cell).split()[0] for cell in listed.get("What", ())}
            assert named <= INVOICES, url
            assert bool(named) == bool(figure), url


FILES = {
    "promises": "promises_due", "kept": "promises_ended", "released": "released", "disputes": "disputes",
    "holds": "holds",
}  # fmt: skip


@pytest.mark.parametrize("query", ["currency=GBP", "into=EUR", "country=GB&currency=GBP"])
@pytest.mark.parametrize("chart", FILES)
def test_the_table_behind_a_chart_leaves_as_a_file_with_the_same_figures(
    dana: Client, chart: str, query: str
) -> None:
    page = text(dana.get(f"/NG/reports/charts/{chart}/?{query}"))
    shown = [amount for url, amount in linked(page) if f"/pieces/{FILES[chart]}/" in url and amount]
    link, workbook = files_on(page)

    of_csv, of_book = as_csv(dana, link), as_workbook(dana, workbook)

    numbers = [
        Decimal(cell)
        for row in of_csv
        for head, cell in row.items()
        if re.fullmatch(r"-?\d+\.\d\d", cell) and "hours" not in head
    ]
    assert sorted(filter(None, numbers)) == sorted(shown)
    assert {row["Currency"] for row in of_csv} - {""} == {query[-3:]}
    assert len(of_book) == len(of_csv)


AMOUNT = re.compile(r"[£€]\d|\d,\d{3}|\d\.\d\d\b")
# Worked out from figures that have a list each; or a line that is set, not counted. A change by age stands
# beside both of its ends.
WORKED_OUT = {
    "So the month comes to", "Target", "target", "Until then", "Change, GBP", "Change, EUR",
}  # fmt: skip


@pytest.mark.parametrize("url", PAGES)
def test_no_sum_is_shown_without_a_list(dana: Client, url: str) -> None:
    page = drawn(dana, url)
    # Those who owe most open their own pages.
    page = re.sub(r'<section class="panel flush wide" id="chart-top".*?</section>', "", page)

    bare = [
        (name, written)
        for name, each in cells(page).items()
        for written in each
        if AMOUNT.search(re.sub(r"<[^>]*>", "", written)) and "data-figure" not in written
    ]

    assert [each for each in bare if each[0] not in WORKED_OUT] == []


def test_a_chart_takes_as_many_queries_whatever_there_is(rows: Rows, dana: Client) -> None:
    names = (
        "ageing",
        "dso",
        "cash",
        "effectiveness",
        "top",
        "promises",
        "disputes",
        "accuracy",
        "holds",
        "kept",
        "released",
    )
    at, by = clock.now(), person(rows.company, "bea")
    today = rows.company.today(at=at)

    def more(first: int, number: int, *, kept_after: dt.timedelta = dt.timedelta(hours=2)) -> None:
        line = "customer 9{n}\ninvoice 9{n} X{n} 5.00 issued=0 due=+{n}\nreceipt 9{n} R{n} 1.00 on=0"
        lines = [line.format(n=n) for n in range(first, first + number)]
        added = load("\n".join(lines), company=rows.company, today=today)
        for invoice in added.invoices.values():
            disputes.lodge(
                customer=invoice.customer, invoice=invoice, amount=Decimal(1), reason="PRICE", by=by, at=at
            )  # fmt: skip
        list_day(rows.company, at=at)
        snapshots.refresh(company=rows.company, today=today, at=at + kept_after)

    def asked() -> dict[str, int]:
        counts = {}
        for name in names:
            with CaptureQueriesContext(connection) as found:
                assert dana.get(f"/NG/reports/charts/{name}/?currency=GBP").status_code == 200
            counts[name] = len(found)
        return counts

    more(1, 1)
    asked()
    # The first look after something is posted, which reads anew, and the one after it.
    more(2, 1)
    before = asked(), asked()
    more(3, 30)

    assert (asked(), asked()) == before
    assert max(before[0].values()) < 30

    # Whose dispute the night may not have seen is read beside what it kept.
    more(40, 1, kept_after=dt.timedelta(0))
    first = asked()
    more(41, 30, kept_after=dt.timedelta(0))
    assert asked() == first
    assert max(first.values()) < 45


def test_a_chart_that_there_is_not_and_a_figure_that_there_is_not_are_not_found(dana: Client) -> None:
    for url in (
        "charts/secrets/", "pieces/secrets/", "pieces/unpaid/?of=13.all", "pieces/disputes/?of=7.PRICE",
        "pieces/promises_due/?of=never", "pieces/missed/?of=", "pieces/open/?of=2026-13",
        "pieces/released/?of=2026-03.never", "pieces/released/?of=soon.week",
        "pieces/promises_ended/?of=.lost",
    ):  # fmt: skip
        assert dana.get(f"/NG/reports/{url}").status_code == 404, url
