"""Released, then paid? What was overdue when an order went by a release, by when it was paid."""

import datetime as dt
from collections.abc import Callable
from contextlib import AbstractContextManager
from decimal import Decimal

import pytest

from collections_app.holds import releases, rule_versions
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import pieces, released_orders
from collections_app.reports.derived import Asked
from collections_app.reports.narrowing import Narrowed
from collections_app.reports.piece_params import RELEASED_PARTS
from collections_app.reports.released_orders import ORDERS
from tests.desk import person
from tests.holds.selling import DAY, Shop
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

# Released forty and ten days ago; what is not overdue then, or was paid by then, is no part of it.
LEDGER = """
customer 100 "Harrow Tools" country=GB limit=9000
invoice 100 KEEPS 900.00 due=-200
invoice 100 SOON 100.00 due=-60
invoice 100 LATER 200.00 due=-60
invoice 100 LATEST 300.00 due=-60
invoice 100 GIVEN 50.00 due=-60
invoice 100 PARTLY 80.00 due=-60
invoice 100 BOUNCED 70.00 due=-60
invoice 100 BEFORE 60.00 due=-60
invoice 100 SAMEDAY 40.00 due=-60
invoice 100 NOTDUE 500.00 due=-39
receipt 100 P0 60.00 on=-45
allocation P0 BEFORE 60.00 on=-45
receipt 100 P1 40.00 on=-40
allocation P1 SAMEDAY 40.00 on=-40
receipt 100 P2 100.00 on=-33
allocation P2 SOON 100.00 on=-33
receipt 100 P3 200.00 on=-32
allocation P3 LATER 200.00 on=-32
receipt 100 P4 330.00 on=-9
allocation P4 LATEST 300.00 on=-9
allocation P4 PARTLY 30.00 on=-9
credit_note 100 C1 50.00 on=-35
allocation C1 GIVEN 50.00 on=-35
receipt 100 P5 70.00 on=-38
allocation P5 BOUNCED 70.00 on=-38 name=bounced
undo bounced on=-30
customer 200 "Brandt GmbH" country=DE limit=9000
invoice 200 B1 10.00 due=-200
receipt 200 P9 10.00 on=0
allocation P9 B1 10.00 on=0
"""
AT = dt.time(9, 15)


@pytest.fixture
def rows(today: dt.date) -> Rows:
    company = company_of(country="GB")
    rows = load(LEDGER, company=company, today=today)
    rule_versions.ensure_default(
        company=company, by=None, at=dt.datetime.combine(today, AT, dt.UTC) - 50 * DAY
    )
    person(company, "sam", Role.SALES)
    person(company, "dana", Role.MANAGER)
    for number, days in (("SO-1", -40), ("SO-2", -10)):
        release(rows, number, today + dt.timedelta(days))
    return rows


def release(rows: Rows, number: str, day: dt.date) -> None:
    sam, dana = (User.objects.get(username=each) for each in ("sam", "dana"))
    shop = Shop(rows, dt.datetime.combine(day, AT, dt.UTC))
    order = shop.order(number, "250.50", placed_on=day).order
    asked = releases.ask(order, reason="Their plant stands still", by=sam, at=shop.at)
    releases.grant(asked, by=dana, at=shop.at)


def told(company: Company, day: dt.date, narrowed: Narrowed | None = None) -> dict[str, Decimal]:
    whole = released_orders.by_month(Asked(company, day, None, narrowed or Narrowed()))[-1]
    found = {part: whole.of(part).get("GBP", Decimal(0)) for part in (ORDERS, *RELEASED_PARTS)}
    return {**found, "overdue": whole.of(*RELEASED_PARTS).get("GBP", Decimal(0))}


def test_what_was_overdue_is_told_by_when_it_was_paid_after_the_release(rows: Rows, today: dt.date) -> None:
    assert told(rows.company, today) == {
        ORDERS: Decimal("501.00"),
        # 900 + 100 + 200 + 300 + 50 + 80 + 70 at the first; 500 more was overdue at the second.
        "overdue": Decimal("2200.00"),
        "week": Decimal("100.00"),
        "month": Decimal("200.00"),
        "later": Decimal("330.00"),
        "otherwise": Decimal("50.00"),
        # 900 + 50 of PARTLY + 70 that bounced + 500.
        "unpaid": Decimal("1520.00"),
    }


def test_as_of_an_earlier_day_it_knows_nothing_of_what_came_later(rows: Rows, today: dt.date) -> None:
    assert told(rows.company, today - 34 * DAY) == {
        ORDERS: Decimal("250.50"),
        "overdue": Decimal("1700.00"),
        # What came had not bounced yet.
        "week": Decimal("70.00"),
        "month": Decimal(0),
        "later": Decimal(0),
        "otherwise": Decimal("50.00"),
        "unpaid": Decimal("1580.00"),
    }


def test_each_part_has_its_list_and_the_parts_are_all_that_was_overdue(rows: Rows, today: dt.date) -> None:
    asked = Asked(rows.company, today)
    whole = released_orders.by_month(asked)[-1]
    for part, parts in {"overdue": RELEASED_PARTS, **{each: (each,) for each in RELEASED_PARTS}}.items():
        listed = pieces.listed(asked, "released", number=1, of=f".{part}", currencies=["GBP"])
        assert listed.whole == whole.of(*parts)["GBP"], part
        assert sum((row["amount"] for row in listed.rows), Decimal(0)) == listed.whole
    late = pieces.listed(asked, "released", number=1, of=".later", currencies=["GBP"])
    assert {(row["number"], row["about"]) for row in late.rows} == {
        ("LATEST", "SO-1, paid after 31 days"),
        ("PARTLY", "SO-1, paid after 31 days"),
    }


def test_it_is_narrowed_like_everything_else(rows: Rows, today: dt.date) -> None:
    assert told(rows.company, today, Narrowed(country="GB")) == told(rows.company, today)
    assert set(told(rows.company, today, Narrowed(country="DE")).values()) == {Decimal(0)}


def test_it_asks_no_more_however_many_orders_were_released(
    rows: Rows, today: dt.date, django_assert_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    for number in range(3, 8):
        release(rows, f"SO-{number}", today - number * DAY)
    # The statement, and what planner and transaction are told around it.
    with django_assert_num_queries(5):
        released_orders.by_month(Asked(rows.company, today))
