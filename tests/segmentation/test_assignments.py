"""Who is placed where, and who may see whom."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.customers import Customer
from collections_app.people.rules import Role
from collections_app.people.teams import Team
from collections_app.people.users import User
from collections_app.segmentation import assignments, portfolios, versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Condition, Rule
from tests.crowd import customer
from tests.desk import person
from tests.ledgerrows import company_of

EVERYBODY = Rule()


def _country(code: str) -> Rule:
    return Rule((Condition("country", "is", (code,)),))


def _owes(amount: str, **facts: Any) -> dict[str, dict[str, Any]]:
    return {"GBP": {"exposure": Decimal(amount), "to_collect": Decimal(amount), **facts}}


@pytest.fixture(autouse=True)
def live(company: Company, at: dt.datetime) -> versions.SegmentVersion:
    return versions.ensure_default(company=company, by=None, at=at)


def _segment_of(one: Customer) -> str:
    found = Assignment.objects.get(customer=one).segment
    assert found is not None
    return found.code


@pytest.mark.parametrize(
    ("facts", "code"),
    [
        ({"classification": "Watch"}, "watch"),
        ({"insurer_report_days": 15, "owes": _owes("900", oldest_days=4)}, "standard"),
        ({"insurer_report_days": 15, "owes": _owes("900", oldest_days=5)}, "watch"),
        ({"insurer_report_days": 15, "owes": _owes("900", oldest_days=0)}, "standard"),
        ({"classification": "KEY"}, "key"),
        ({"owes": _owes("99999.999")}, "standard"),
        ({"owes": _owes("100000")}, "key"),
        ({"classification": "Public sector"}, "public"),
        ({"pays": {"invoices_ever": 1}, "owes": _owes("40")}, "new"),
        ({"pays": {"invoices_ever": 4}, "owes": _owes("249.99")}, "small"),
        ({"pays": {"invoices_ever": 4}, "owes": _owes("250")}, "standard"),
        ({"pays": {"invoices_ever": 4}}, "standard"),
        ({}, "standard"),
    ],
)
def test_the_usual_pack_places_a_customer(
    company: Company, today: dt.date, facts: dict[str, Any], code: str
) -> None:
    one = customer(company, "100", **facts)
    assignments.assign(company=company, today=today)
    assert _segment_of(one) == code


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({}, "steady"),
        ({"settled_count": 7}, "standard"),
        ({"share_paid_late": Decimal("0.4999")}, "standard"),
        ({"median_days_late": Decimal("0.5")}, "standard"),
        ({"median_days_late": Decimal("30.5"), "p90_days_late": Decimal(31)}, "standard"),
        ({"p90_days_late": Decimal("19.1")}, "standard"),
        ({"promises_broken_lately": 1}, "standard"),
    ],
)
def test_a_good_payer_is_late_but_steady(
    company: Company, today: dt.date, change: dict[str, Any], code: str
) -> None:
    pays = {
        "invoices_ever": 20,
        "settled_count": 8,
        "share_paid_late": Decimal("0.5"),
        "median_days_late": Decimal(12),
        "p90_days_late": Decimal(19),
    }
    one = customer(company, "100", pays={**pays, **change}, owes=_owes("900"))
    assignments.assign(company=company, today=today)
    assert _segment_of(one) == code


def test_a_second_run_changes_nothing(company: Company, today: dt.date) -> None:
    customer(company, "100")
    customer(company, "200")
    assert assignments.assign(company=company, today=today) == 2
    before = list(Assignment.objects.order_by("pk").values())
    assert assignments.assign(company=company, today=today + dt.timedelta(1)) == 0
    assert list(Assignment.objects.order_by("pk").values()) == before


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_are_one_run(company: Company, today: dt.date) -> None:
    for number in range(30):
        customer(company, str(number))

    def run(_: int) -> int:
        try:
            return assignments.assign(company=company, today=today)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(run, range(4))) == 30
    assert Assignment.objects.count() == 30


def test_it_places_only_those_asked_for(company: Company, today: dt.date) -> None:
    one, _other = customer(company, "100"), customer(company, "200")
    assert assignments.assign(company=company, today=today, customers=[one.pk]) == 1
    assert list(Assignment.objects.values_list("customer", flat=True)) == [one.pk]


def test_it_leaves_other_companies_alone(company: Company, today: dt.date) -> None:
    customer(company_of("OTHER"), "100")
    assert assignments.assign(company=company, today=today) == 0


def test_its_queries_do_not_grow_with_customers(company: Company, today: dt.date) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assignments.assign(company=company, today=today)
        return len(captured)

    customer(company, "100")
    few = queries()
    for number in range(200, 240):
        customer(company, str(number))
    assert queries() == few


def _portfolio(company: Company, rule: Rule, collector: User, at: dt.datetime) -> Portfolio:
    name = f"{collector} {Portfolio.objects.count()}"
    return portfolios.create(company=company, name=name, rule=rule, collector=collector, by=None, at=at)


def _looked_after(one: Customer) -> tuple[Portfolio | None, User | None]:
    found = Assignment.objects.get(customer=one)
    return found.portfolio, found.collector


def test_the_first_portfolio_that_matches_takes_a_customer(
    company: Company, priya: User, tom: User, at: dt.datetime, today: dt.date
) -> None:
    german = _portfolio(company, _country("DE"), priya, at)
    rest = _portfolio(company, EVERYBODY, tom, at)
    brandt, harrow = customer(company, "100", country="DE"), customer(company, "200", country="GB")
    assignments.assign(company=company, today=today)
    assert _looked_after(brandt) == (german, priya)
    assert _looked_after(harrow) == (rest, tom)


def test_the_collector_named_by_the_accounts_system_wins_over_the_rules(
    company: Company, priya: User, tom: User, at: dt.datetime, today: dt.date
) -> None:
    french = _portfolio(company, _country("FR"), tom, at)
    german = _portfolio(company, _country("DE"), tom, at)
    _portfolio(company, EVERYBODY, priya, at)
    brandt = customer(company, "100", country="DE", collector=tom)
    harrow = customer(company, "200", country="GB", collector=tom)
    assignments.assign(company=company, today=today)
    assert _looked_after(brandt) == (german, tom)
    assert _looked_after(harrow) == (french, tom), "their first portfolio, so that the stand-in covers it too"


def test_a_named_collector_needs_no_portfolio(company: Company, priya: User, today: dt.date) -> None:
    one = customer(company, "100", collector=priya)
    assignments.assign(company=company, today=today)
    assert _looked_after(one) == (None, priya)


def test_somebody_who_left_looks_after_nobody(
    company: Company, priya: User, tom: User, at: dt.datetime, today: dt.date
) -> None:
    rest = _portfolio(company, EVERYBODY, priya, at)
    one = customer(company, "100", collector=tom)
    User.objects.filter(pk=tom.pk).update(is_active=False)
    assignments.assign(company=company, today=today)
    assert _looked_after(one) == (rest, priya)
    User.objects.filter(pk=priya.pk).update(is_active=False)
    assignments.assign(company=company, today=today)
    assert _looked_after(one) == (rest, None)


def _seen(user: User, today: dt.date) -> set[str]:
    return set(assignments.visible_to(user, today=today).values_list("number", flat=True))


def test_a_collector_sees_their_own_their_teams_and_nobodys(
    company: Company, priya: User, tom: User, today: dt.date
) -> None:
    sam = person(company, "sam")
    Team.objects.create(name="North").members.set([priya, sam])
    for number, collector in (("own", priya), ("team", sam), ("other", tom), ("nobody", None)):
        customer(company, number, collector=collector)
    assignments.assign(company=company, today=today)
    customer(company, "new")
    assert _seen(priya, today) == {"own", "team", "nobody", "new"}
    assert _seen(tom, today) == {"other", "nobody", "new"}


def test_a_stand_in_sees_the_portfolio_from_the_first_to_the_last_day(
    company: Company, priya: User, tom: User, at: dt.datetime, today: dt.date
) -> None:
    theirs = _portfolio(company, EVERYBODY, tom, at)
    customer(company, "100")
    last = today + dt.timedelta(4)
    portfolios.set_stand_in(portfolio=theirs, stand_in=priya, start=today, end=last, by=None, at=at)
    assignments.assign(company=company, today=today)
    seen = [bool(_seen(priya, today + dt.timedelta(days))) for days in (-1, 0, 4, 5)]
    assert seen == [False, True, True, False]
    assert _seen(tom, today) == {"100"}


def test_managers_and_administrators_see_all_and_salespeople_whom_they_sell_to(
    company: Company, dana: User, priya: User, today: dt.date
) -> None:
    admin, lee = person(company, "ada", Role.ADMINISTRATOR), person(company, "lee", Role.SALES)
    customer(company, "100", collector=priya, salesperson=lee)
    customer(company, "200", collector=priya)
    assignments.assign(company=company, today=today)
    assert _seen(dana, today) == {"100", "200"} == _seen(admin, today)
    assert _seen(lee, today) == {"100"}


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.MANAGER, Role.SALES])
def test_nobody_sees_a_company_they_are_no_member_of(company: Company, role: Role, today: dt.date) -> None:
    stranger = person(company_of("OTHER"), "mallory", role)
    customer(company, "100", collector=stranger, salesperson=stranger)
    assignments.assign(company=company, today=today)
    assert _seen(stranger, today) == set()


def test_somebody_who_left_sees_nothing(company: Company, dana: User, priya: User, today: dt.date) -> None:
    customer(company, "100", collector=priya)
    for user in (dana, priya):
        user.is_active = False
        assert _seen(user, today) == set()


def test_a_customer_is_seen_once_by_somebody_in_two_teams(
    company: Company, priya: User, tom: User, today: dt.date
) -> None:
    for name in ("North", "South"):
        Team.objects.create(name=name).members.set([priya, tom])
    customer(company, "100", collector=tom)
    assignments.assign(company=company, today=today)
    assert assignments.visible_to(priya, today=today).count() == 1
    assert Membership.objects.filter(user=priya).count() == 1
