"""Where a year of sales is less than what is owed, countback says *at least* wherever it stands."""

import csv
import datetime as dt
import io
import re
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.reports import snapshots
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 4, 2, 9, 0, tzinfo=dt.UTC)
# Within a year 900 were sold, and 1,400 are owed.
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 OLD 500.00 issued=2024-12-01 due=2024-12-31
invoice 100 FEB 400.00 issued=2026-02-02 due=2026-03-04
invoice 100 MAR 500.00 issued=2026-03-02 due=2026-04-01
"""
AT_LEAST = "at least 337.0 days"  # from May to the second of April


@pytest.fixture
def company() -> Company:
    company = company_of("NG", time_zone="Europe/London", country="GB")
    load(LEDGER, company=company, today=NOW.date())
    snapshots.refresh(company=company, today=NOW.date(), at=NOW)
    return company


@pytest.fixture
def dana(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


def rows_of(dana: Client, table: str) -> list[dict[str, str]]:
    answer: Any = dana.get(f"/NG/reports/{table}.csv")
    return list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))


@time_machine.travel(NOW, tick=True)
def test_the_pages_say_so_at_the_value(dana: Client) -> None:
    for url in ("", "measures/"):
        page = re.sub(r"\s+", " ", text(dana.get(f"/NG/reports/{url}")))
        assert f"DSO, countback, up to twelve months: {AT_LEAST}" in page, url

    chart = text(dana.get("/NG/reports/charts/dso/"))
    assert AT_LEAST in chart
    assert "DSO, countback (at least, where a year of sales is less than what is owed)" in chart


@time_machine.travel(NOW, tick=True)
def test_the_files_say_so_beside_the_number(dana: Client) -> None:
    newest = rows_of(dana, "dso")[0]
    assert (newest["DSO, countback, days"], newest["Countback is"]) == ("337.0", "at least")

    lines = [row for row in rows_of(dana, "measures") if row["Variant"] == "countback, up to twelve months"]
    assert [(row["Line"], row["Value"]) for row in lines if row["Value"] == "337.0"] == [
        ("value, at least", "337.0")
    ]


@time_machine.travel(NOW, tick=True)
def test_the_command_says_so(company: Company, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("measures", "--company", "NG", "--as-of", "2026-04-02")

    assert f"{AT_LEAST}  DSO, countback" in capsys.readouterr().out


@time_machine.travel(NOW, tick=True)
def test_with_enough_sales_there_is_no_such_word(company: Company, dana: Client) -> None:
    more = """
    customer 200 "Brandt GmbH"
    invoice 200 B 9000.00 issued=2026-03-02 due=2026-04-20
    receipt 200 P 9000.00 on=2026-03-30
    allocation P B 9000.00 on=2026-03-30
    """
    load(more, company=company, today=NOW.date())
    snapshots.refresh(company=company, today=NOW.date(), at=NOW)

    assert "at least" not in text(dana.get("/NG/reports/measures/"))
    assert rows_of(dana, "dso")[0]["Countback is"] == ""
