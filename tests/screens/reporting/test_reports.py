"""The dashboard: every figure opens what it is made of, and the lists add up to it to the penny."""

import datetime as dt
import re
from decimal import Decimal
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from tests.desk import list_day, person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.walking import cells, drawn, linked, total

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=+5 issued=-25
invoice 100 A3 77.77 due=-12 issued=-42
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
invoice 200 B2 800.00 due=-130 issued=-160
receipt 200 P1 250.00 on=-3
allocation P1 B1 150.00 on=-3
credit_note 200 C1 40.00 on=-9
customer 300 "Calder Ltd" country=GB
invoice 300 D1 900.00 due=-20 issued=-50
invoice 300 D2 65.00 due=-70 issued=-100
invoice 300 E1 10.00 due=-1 issued=-31 currency=EUR
"""


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    at = clock.now()
    rows = load(LEDGER, company=company, today=company.today(at=at))
    list_day(company, at=at)
    return rows


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def keep(company: Company) -> None:
    at = clock.now()
    snapshots.refresh(company=company, today=company.today(at=at), at=at)


@pytest.mark.parametrize("query", ["", "?currency=EUR", "?country=GB", "?as_of={past}"])
@pytest.mark.parametrize("is_kept", [True, False])
def test_every_figure_opens_lists_with_its_own_total(
    rows: Rows, dana: Client, query: str, is_kept: bool
) -> None:
    if is_kept:
        keep(rows.company)
    past = rows.company.today(at=clock.now()) - dt.timedelta(8)
    page = drawn(dana, f"/NG/reports/{query.format(past=past.isoformat())}")

    figures = linked(page)

    assert len(figures) > 20
    for url, figure in set(figures):
        listed = text(dana.get(url))
        assert total(listed) == figure, url
        behind = linked(listed)
        assert sum(amount for _, amount in behind) == (figure if behind else 0) or "part=invoiced" in url
        for documents, amount in behind:
            assert total(text(dana.get(documents))) == amount, documents


# What a measure is made of beside parts of the ledger.
NO_LIST = {"amounts times days", "amounts", "settled by credit notes", "disputed", "left out"}
NOT_OF_LEDGER = re.compile(r"open \d{4} \d\d|fell due|lost")
MONEY = re.compile(r"[£€]|\d,\d{3}|\d\.\d\d\b")


@pytest.mark.parametrize("url", ["/NG/reports/", "/NG/reports/measures/", "/NG/reports/?into=GBP"])
def test_no_amount_of_the_ledger_is_left_that_opens_nothing(rows: Rows, dana: Client, url: str) -> None:
    keep(rows.company)
    page = drawn(dana, url)
    # Those who owe most open their own pages, and our work those of promises and disputes.
    page = re.split(r'id="(?:top|work)-title"', page)[0]

    amounts = [
        (name, written)
        for name, each in cells(page).items()
        for written in each
        if MONEY.search(re.sub(r"<[^>]*>", "", written))
        and name not in NO_LIST
        and not NOT_OF_LEDGER.fullmatch(name)
    ]

    assert len(amounts) > 25
    assert [(name, written) for name, written in amounts if "data-figure" not in written] == []


def test_figures_of_a_period_open_what_was_posted_in_all_of_its_months(rows: Rows, dana: Client) -> None:
    load(
        "customer 100\ninvoice 100 Q1 111.11 due=+90 issued=-40\ninvoice 100 Q2 22.22 due=+90 issued=-1",
        company=rows.company,
        today=rows.company.today(at=clock.now()),
    )
    page = text(dana.get("/NG/reports/measures/"))

    of_period = [(url, figure) for url, figure in linked(page) if "months=3" in url and "/customers/" in url]
    assert of_period
    for url, figure in of_period:
        listed = text(dana.get(url))
        assert total(listed) == figure
        assert "Invoiced in 3 months" in listed
        assert "Q1" in listed
        assert "Q2" in listed


def test_each_month_of_a_chart_opens_its_report(rows: Rows, dana: Client) -> None:
    keep(rows.company)
    page = drawn(dana, "/NG/reports/?currency=GBP")

    days = set(re.findall(r'<a href="/NG/reports/\?([^"]*as_of=[\d-]*)"> ?<time', page))
    assert len(days) > 1
    for query in days:
        assert dana.get(f"/NG/reports/?{unescape(query)}").status_code == 200


def test_it_agrees_with_the_ledger_and_says_so(rows: Rows, dana: Client) -> None:
    keep(rows.company)

    page = drawn(dana, "/NG/reports/")

    assert "Agrees with the ledger; difference £0.00." in page
    assert "Harrow Tools" in page  # among those who owe most


def test_what_was_posted_since_the_snapshot_is_in_the_figures_at_once(rows: Rows, dana: Client) -> None:
    keep(rows.company)
    load(
        'customer 100 "Harrow Tools"\ninvoice 100 NEW 1.23 due=-1',
        company=rows.company,
        today=rows.company.today(at=clock.now()),
    )

    page = text(dana.get("/NG/reports/"))

    assert "read from the ledger now" in page
    (balance,) = (amount for url, amount in linked(page) if "part=total" in url)
    assert balance == Decimal("1200.10") + 500 + Decimal("77.77") + 2850 + 800 - 100 - 40 + 965 + Decimal(
        "1.23"
    )


def test_every_measure_stands_on_one_page_with_its_working(rows: Rows, dana: Client) -> None:
    page = text(dana.get("/NG/reports/measures/"))

    assert "= owed ÷ invoiced in the period × its days" in page
    assert "Promises kept, by count, the last year" in page
    for url, figure in set(linked(page)):
        assert total(text(dana.get(url))) == figure, url


def test_days_and_shares_that_go_into_a_measure_are_no_money(rows: Rows, dana: Client) -> None:
    day = rows.company.today(at=clock.now())
    load("customer 100\ninvoice 100 OLD 90.00 due=-200 issued=-230", company=rows.company, today=day)

    found = cells(text(dana.get("/NG/reports/measures/")))

    for name, each in found.items():
        if name in {"mean", "median", "p90", "weighted", "worst"} or name.endswith(" rate"):
            assert not re.search("[£€]", " ".join(each)), name
    assert "100.0" in found["days 1 30 rate"][0]


def test_charts_have_a_table_behind_them(rows: Rows, dana: Client) -> None:
    keep(rows.company)
    page = drawn(dana, "/NG/reports/")

    assert page.count("The same as a table") == 5
    assert page.count('role="img"') >= 3


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("as_of=2999-01-01", "This day has not come yet."),
        ("as_of=31%2F12%2Fnever", "This is not a date."),
        ("country=XX", "There is none of that name in this report."),
        ("collector=1%27--", "There is none of that name in this report."),
    ],
)
def test_what_cannot_be_read_is_said_and_the_report_is_shown_without_it(
    rows: Rows, dana: Client, query: str, said: str
) -> None:
    answer = dana.get(f"/NG/reports/?{query}")

    assert answer.status_code == 200
    assert said in text(answer)
    assert "The ledger in amounts" in text(answer)


@pytest.mark.parametrize("url", ["", "measures/", "customers/?part=overdue", "documents/?part=overdue"])
def test_reports_are_for_those_who_see_the_whole_company(rows: Rows, url: str) -> None:
    collector = signed_in(person(rows.company, "priya", Role.COLLECTOR))
    stranger = signed_in(person(company_of("OTHER"), "eve", Role.MANAGER))

    assert collector.get(f"/NG/reports/{url}").status_code == 403
    assert stranger.get(f"/NG/reports/{url}").status_code == 404


@pytest.mark.parametrize(
    "url", ["customers/?part=secrets", "documents/?part=overdue&customer=999999", "documents/?customer=x"]
)
def test_a_list_that_there_is_not_is_not_found(rows: Rows, dana: Client, url: str) -> None:
    assert dana.get(f"/NG/reports/{url}").status_code == 404


def test_a_customer_of_another_company_is_not_listed(rows: Rows, dana: Client) -> None:
    other = load(
        "customer 9\ninvoice 9 X 5.00 due=-1", company=company_of("OTHER"), today=dt.date(2026, 1, 1)
    )

    url = f"/NG/reports/documents/?part=overdue&customer={other.customers['9'].pk}"

    assert dana.get(url).status_code == 404


def test_a_company_without_a_ledger_has_a_report_without_figures(rows: Rows, dana: Client) -> None:
    company = company_of("BARE")
    boss = signed_in(person(company, "bo", Role.MANAGER))

    answer = boss.get("/BARE/reports/")

    assert answer.status_code == 200
    assert "£0.00" in text(answer)


def test_pages_take_as_many_queries_for_a_large_ledger_as_for_a_small_one(rows: Rows, dana: Client) -> None:
    keep(rows.company)
    dana.get("/NG/reports/")

    def asked(url: str) -> tuple[int, int]:
        """By the first look, which reads anew, and by the one after it."""
        counts = []
        for _ in range(2):
            with CaptureQueriesContext(connection) as found:
                dana.get(url)
            counts.append(len(found))
        return counts[0], counts[1]

    def more(first: int, last: int) -> None:
        lines = [f"customer 9{n}\ninvoice 9{n} X{n} 5.00 due=+{n} issued=0" for n in range(first, last)]
        load("\n".join(lines), company=rows.company, today=rows.company.today(at=clock.now()))
        keep(rows.company)

    urls = ("/NG/reports/", "/NG/reports/customers/?part=owed", "/NG/reports/documents/?part=owed")
    more(1, 2)
    before = [asked(url) for url in urls]
    more(2, 30)

    assert [asked(url) for url in urls] == before
    assert before[0][0] < 30
