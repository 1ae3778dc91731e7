"""What came of the promises that fell due, by the week in which their grace ended."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.contact import endings
from collections_app.people.rules import Role
from collections_app.reports import pieces, promises_ended
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.piece_params import ENDED_PARTS, ENDED_WEEKS
from tests.contact.test_promises import Desk
from tests.desk import person
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

# What came for A1 is all of it, for A2 a half, for A3 nothing; A4 is promised for a day to come.
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 100.00 due=-60
invoice 100 A2 200.00 due=-60
invoice 100 A3 50.00 due=-60
invoice 100 A4 70.00 due=-60
"""


@pytest.fixture
def rows(today: dt.date) -> Rows:
    company = company_of(country="GB")
    rows = load(LEDGER, company=company, today=today)
    by, made_on = person(company, "priya", Role.COLLECTOR), today - dt.timedelta(25)
    desk = Desk(rows, rows.customers["100"], by, moment(made_on))
    for invoice, amount, days in (("A1", "100", 4), ("A2", "200", 11), ("A3", "50", 11), ("A4", "70", 30)):
        desk.promise(invoice, amount=amount, days=days)
    desk.paid("A1", "100", days=4)
    desk.paid("A2", "100", days=11)
    endings.settle(company=company, today=today, at=moment(today))
    return rows


def test_each_promise_stands_in_its_week_by_what_came_of_it(rows: Rows, today: dt.date) -> None:
    *weeks, whole = promises_ended.by_week(Asked(rows.company, today))

    assert len(weeks) == ENDED_WEEKS
    assert {each.first.weekday() for each in weeks if each.first} == {0}
    assert {part: whole.of(part).get("GBP") for part in ENDED_PARTS} == {
        "kept": Decimal(100),
        "partly": Decimal(200),
        "broken": Decimal(50),
    }
    assert [whole.number(part) for part in ENDED_PARTS] == [1, 1, 1]
    by_week = {part: {each.first for each in weeks if each.number(part)} for part in ENDED_PARTS}
    assert by_week["partly"] == by_week["broken"] != by_week["kept"]


def test_each_sum_has_its_list(rows: Rows, today: dt.date) -> None:
    asked = Asked(rows.company, today)
    for column in promises_ended.by_week(asked):
        for part in ENDED_PARTS:
            of = f"{column.first:%Y-%m-%d}.{part}" if column.first else f".{part}"
            listed = pieces.listed(asked, "promises_ended", number=1, of=of, currencies=["GBP"])
            assert (listed.whole, listed.number) == (column.of(part).get("GBP", 0), column.number(part)), of


def test_before_their_grace_was_over_they_had_not_fallen_due(rows: Rows, today: dt.date) -> None:
    *_, whole = promises_ended.by_week(Asked(rows.company, today - dt.timedelta(22)))
    assert whole.number(*ENDED_PARTS) == 0


def test_it_is_narrowed_like_everything_else(rows: Rows, today: dt.date) -> None:
    *_, none = promises_ended.by_week(Asked(rows.company, today, None, Narrowed(country="DE")))
    *_, all_of_them = promises_ended.by_week(Asked(rows.company, today, None, Narrowed(country="GB")))
    assert (none.number(*ENDED_PARTS), all_of_them.number(*ENDED_PARTS)) == (0, 3)
