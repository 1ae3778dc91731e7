"""The page of all measures tells a day as it was known at the end of another, and so do its lists."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.test import Client

from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
invoice 100 A2 500.00 due=-12 issued=-42
invoice 100 A3 80.00 due=-300 issued=-330
receipt 100 P1 200.00 on=-20 known=-2
allocation P1 A1 200.00 on=-20 known=-2
invoice 100 LATE 50.00 due=-20 issued=-50 known=-1
correction A2 amount=450.00 due=-9 known=-1
correction A3 due=-150 known=-1
"""


@pytest.fixture
def rows(today: dt.date) -> Rows:
    return load(LEDGER, company=company_of("NG", country="GB"), today=today)


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


def asked(today: dt.date, *, known_ago: int | None) -> str:
    known = f"&known_on={today - dt.timedelta(known_ago)}" if known_ago is not None else ""
    return f"as_of={today - dt.timedelta(5)}&currency=GBP{known}"


def test_it_tells_what_was_known_and_every_figure_opens_lists_of_the_same(
    dana: Client, today: dt.date
) -> None:
    now = text(dana.get(f"/NG/reports/measures/?{asked(today, known_ago=None)}"))
    page = text(dana.get(f"/NG/reports/measures/?{asked(today, known_ago=4)}"))

    def owed(html: str) -> set[Decimal]:
        """At the end of the day, and of the period before it."""
        return {figure for url, figure in linked(html) if "part=owed" in url}

    # Now A1 1,000.10, A2 450.00, A3 80.00 and LATE 50.00; then nothing was known of payment and corrections.
    assert owed(now) == {Decimal("1580.10"), Decimal("1280.10")}
    assert owed(page) == {Decimal("1780.10"), Decimal("1280.10")}
    assert "as known at the end of" in page
    assert 'name="known_on"' in now
    figures = [each for each in linked(page) if "/reports/" in each[0]]
    assert len(figures) > 20
    for url, figure in set(figures):
        listed = text(dana.get(url))
        assert total(listed) == figure, url
        if "/customers/" in url:
            assert "as known at the end of" in listed


def test_roll_rates_and_provision_are_told_by_the_due_date_that_was_known(
    dana: Client, today: dt.date
) -> None:
    page = text(dana.get(f"/NG/reports/measures/?{asked(today, known_ago=4)}"))
    now = text(dana.get(f"/NG/reports/measures/?{asked(today, known_ago=None)}"))

    fell_due = r"of=-1\.all[^>]*data-figure=\"([^\"]*)\""
    assert [Decimal(each.strip("£").replace(",", "")) for each in re.findall(fell_due, page)][:1] == [80]
    assert not re.findall(fell_due, now)


def test_our_work_is_told_as_known_now_and_says_so(dana: Client, today: dt.date) -> None:
    page = text(dana.get(f"/NG/reports/measures/?{asked(today, known_ago=4)}"))

    assert "As known now; what was known at another moment is told of the ledger only." in page


@pytest.mark.parametrize("url", ["customers/?part=owed", "pieces/paid/?months=1"])
def test_a_day_to_come_is_refused_where_a_list_is_asked_for(dana: Client, url: str) -> None:
    answer = dana.get(f"/NG/reports/{url}&known_on=2999-01-01")

    assert answer.status_code == 422
    assert "As known at the end of: This day has not come yet." in text(answer)


def test_its_file_says_what_was_known(dana: Client, today: dt.date) -> None:
    answer = dana.get(f"/NG/reports/measures.csv?{asked(today, known_ago=4)}")

    answer.close()
    day = today - dt.timedelta(4)
    assert f"As known at the end of {day:%-d %B %Y}" in answer["Content-Disposition"]
