"""A report is narrowed to where customers belong now, whatever the newest snapshot knows of it; what it
cannot be narrowed to is refused and not told of everybody.
"""

from decimal import Decimal

import pytest
from django.test import Client

from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation.assignments import Assignment
from tests.desk import person
from tests.doors import text
from tests.ledgerrows import Rows
from tests.screens.reporting.test_reports import dana, keep, rows
from tests.screens.reporting.walking import drawn, linked, total

__all__ = ["dana", "rows"]
pytestmark = pytest.mark.django_db
OVERDUE = "/NG/reports/customers/?part=overdue&currency=GBP"
# Harrow 1,200.10 and 77.77; Brandt 2,850.00 and 800.00; Calder 900.00 and 65.00.
HARROW, CALDER = Decimal("1277.87"), Decimal("965.00")


def given_to(who: User | None, rows: Rows, *numbers: str) -> None:
    for customer in Customer.objects.filter(number__in=numbers, company=rows.company):
        known = {"company": rows.company, "collector": who, "day": rows.company.today(at=clock.now())}
        Assignment.objects.update_or_create(customer=customer, defaults=known)


def test_the_overdue_of_whoever_was_given_customers_since_the_night_is_theirs_alone(
    rows: Rows, dana: Client
) -> None:
    given_to(person(rows.company, "priya"), rows, "100", "200", "300")
    keep(rows.company)
    tom = person(rows.company, "tom")
    given_to(tom, rows, "100")

    opened = [each for each in linked(text(dana.get("/NG/reports/workload/"))) if "part=overdue" in each[0]]

    (of_tom,) = [(url, figure) for url, figure in opened if f"collector={tom.pk}" in url and "GBP" in url]
    assert of_tom[1] == HARROW
    for url, figure in opened:
        assert total(text(dana.get(url))) == figure, url


@pytest.mark.parametrize("is_kept", [True, False])
def test_a_country_that_is_newer_than_the_snapshot_is_told_alone(
    rows: Rows, dana: Client, is_kept: bool
) -> None:
    if is_kept:
        keep(rows.company)
    Customer.objects.filter(company=rows.company, number="300").update(country="IE")

    assert total(text(dana.get(f"{OVERDUE}&country=IE"))) == CALDER
    page = text(dana.get("/NG/reports/?country=IE&currency=GBP"))
    assert '<option value="IE" selected>' in page
    assert max(amount for url, amount in linked(page) if "part=overdue" in url) == CALDER


def test_customers_whom_nobody_looks_after_or_sells_to_can_be_asked_for(rows: Rows, dana: Client) -> None:
    sam = person(rows.company, "sam", Role.SALES)
    Customer.objects.filter(company=rows.company, number="200").update(salesperson=sam)
    Customer.objects.filter(company=rows.company, number="100").update(country="")
    given_to(person(rows.company, "priya"), rows, "200", "300")
    given_to(None, rows, "100")

    for is_kept in (False, True):
        if is_kept:
            keep(rows.company)
        assert total(text(dana.get(f"{OVERDUE}&collector=none"))) == HARROW
        assert total(text(dana.get(f"{OVERDUE}&country=none"))) == HARROW
        assert total(text(dana.get(f"{OVERDUE}&salesperson=none"))) == HARROW + CALDER
        page = drawn(dana, "/NG/reports/?salesperson=none&currency=GBP")
        figures = linked(page)
        assert HARROW + CALDER in {figure for _, figure in figures}
        assert "Harrow Tools" in page
        assert "Brandt GmbH" not in page
        for url, figure in set(figures):
            assert total(text(dana.get(url))) == figure, url


@pytest.mark.parametrize("url", ["customers/?part=overdue", "documents/?part=owed", "pieces/paid/?months=1"])
@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("country=XX", "Country: There is none of that name in this report."),
        ("collector=999999", "Collector: There is none of that name in this report."),
        ("segment=GONE", "Segment: There is none of that name in this report."),
        ("as_of=2999-01-01", "At the end of: This day has not come yet."),
    ],
)
def test_a_list_of_what_it_cannot_be_narrowed_to_is_refused(
    rows: Rows, dana: Client, url: str, query: str, said: str
) -> None:
    answer = dana.get(f"/NG/reports/{url}&{query}")

    assert answer.status_code == 422
    assert said in text(answer)
    assert "data-total" not in text(answer)


def test_a_view_of_customers_without_a_collector_is_sent_by_that_name(rows: Rows, dana: Client) -> None:
    given_to(None, rows, "100", "200", "300")
    kept = {"name": "Nobody's", "collector": "none", "currency": "GBP"}
    assert dana.post("/NG/reports/views/", kept).status_code == 303

    assert "?currency=GBP&amp;collector=none" in text(dana.get("/NG/reports/"))
