"""Portfolios: made, changed, covered, moved and removed."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import portfolios
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Condition, Rule
from tests.crowd import customer
from tests.desk import person
from tests.ledgerrows import company_of

GERMANS = Rule((Condition("country", "is", ("DE",)),))


@pytest.fixture
def germans(company: Company, priya: User, dana: User, at: dt.datetime) -> Portfolio:
    return portfolios.create(company=company, name="Germans", rule=GERMANS, collector=priya, by=dana, at=at)


@pytest.fixture
def rest(germans: Portfolio, tom: User, dana: User, at: dt.datetime) -> Portfolio:
    return portfolios.create(company=germans.company, name="Rest", rule=Rule(), collector=tom, by=dana, at=at)


def _told() -> list[str]:
    return list(Event.objects.order_by("pk").values_list("summary", flat=True))


def _names(company: Company) -> list[str]:
    return [portfolio.name for portfolio in portfolios.of(company)]


def test_a_portfolio_is_made_changed_moved_and_removed(
    company: Company, germans: Portfolio, rest: Portfolio, tom: User, dana: User, at: dt.datetime
) -> None:
    portfolios.move(portfolio=rest, places=-1, by=dana, at=at)
    assert _names(company) == ["Rest", "Germans"]
    portfolios.change(portfolio=germans, name="DACH", rule=GERMANS, collector=tom, by=dana, at=at)
    assert _names(company) == ["Rest", "DACH"]
    portfolios.remove(portfolio=rest, by=dana, at=at)
    assert [(each.name, each.position) for each in portfolios.of(company)] == [("DACH", 1)]
    assert _told() == [
        "made portfolio “Germans” for Priya",
        "made portfolio “Rest” for Tom",
        "moved portfolio “Rest” up",
        "changed portfolio “DACH” of Tom",
        "removed portfolio “Rest” of Tom",
    ]


def test_a_portfolio_that_cannot_be_moved_further_stays_and_nothing_is_told(
    company: Company, germans: Portfolio, rest: Portfolio, dana: User, at: dt.datetime
) -> None:
    told = _told()
    assert portfolios.move(portfolio=germans, places=-1, by=dana, at=at) == germans
    assert (_names(company), _told()) == (["Germans", "Rest"], told)


def test_it_refuses_a_wrong_portfolio_with_every_problem(
    company: Company, germans: Portfolio, dana: User, at: dt.datetime
) -> None:
    stranger = person(company_of("OTHER"), "mallory")
    wrong = Rule((Condition("exposure", "at_least", ("lots",)),))
    with pytest.raises(Refused) as refused:
        portfolios.create(company=company, name="germans", rule=wrong, collector=stranger, by=dana, at=at)
    assert [problem.code for problem in refused.value.problems] == ["name", "collector", "value"]


def test_a_salesperson_cannot_be_given_customers(company: Company, dana: User, at: dt.datetime) -> None:
    lee = person(company, "lee", Role.SALES)
    with pytest.raises(Refused, match="only active collectors and managers"):
        portfolios.create(company=company, name="Lee", rule=Rule(), collector=lee, by=dana, at=at)


def test_a_stand_in_is_set_and_cleared(
    germans: Portfolio, tom: User, dana: User, at: dt.datetime, today: dt.date
) -> None:
    end = today + dt.timedelta(7)
    covered = portfolios.set_stand_in(portfolio=germans, stand_in=tom, start=today, end=end, by=dana, at=at)
    assert [covered.stands_in(today=today + dt.timedelta(days)) for days in (-1, 0, 7, 8)] == [
        False,
        True,
        True,
        False,
    ]
    portfolios.clear_stand_in(portfolio=germans, by=dana, at=at)
    portfolios.clear_stand_in(portfolio=germans, by=dana, at=at)
    assert _told()[1:] == [
        "Tom stands in for Priya in “Germans” from 2026-03-11 until 2026-03-18",
        "Tom no longer stands in for Priya in “Germans”",
    ]


def test_it_refuses_a_stand_in_who_is_the_collector_and_a_last_day_before_the_first(
    germans: Portfolio, priya: User, dana: User, at: dt.datetime, today: dt.date
) -> None:
    with pytest.raises(Refused) as refused:
        portfolios.set_stand_in(
            portfolio=germans, stand_in=priya, start=today, end=today - dt.timedelta(1), by=dana, at=at
        )
    assert [problem.code for problem in refused.value.problems] == ["stand_in", "stand_in_until"]


def test_a_stand_in_who_becomes_the_collector_stands_in_no_more(
    germans: Portfolio, tom: User, dana: User, at: dt.datetime, today: dt.date
) -> None:
    portfolios.set_stand_in(portfolio=germans, stand_in=tom, start=today, end=today, by=dana, at=at)
    changed = portfolios.change(
        portfolio=germans, name="Germans", rule=GERMANS, collector=tom, by=dana, at=at
    )
    assert (changed.collector, changed.stand_in) == (tom, None)


def test_a_collector_may_not_hand_out_customers(
    company: Company, germans: Portfolio, priya: User, at: dt.datetime
) -> None:
    with pytest.raises(Refused, match="Your role does not include this"):
        portfolios.remove(portfolio=germans, by=priya, at=at)


def test_what_was_removed_meanwhile_is_refused_in_a_sentence(
    germans: Portfolio, dana: User, at: dt.datetime
) -> None:
    portfolios.remove(portfolio=germans, by=dana, at=at)
    with pytest.raises(Refused, match="The portfolio “Germans” was removed meanwhile"):
        portfolios.move(portfolio=germans, places=1, by=dana, at=at)


def test_the_usual_portfolios_follow_the_accounts_system(
    company: Company, priya: User, tom: User, at: dt.datetime
) -> None:
    customer(company, "100", collector_code="PRIYA")
    customer(company, "200", collector_code="gone")
    made = portfolios.ensure_default(company=company, by=None, at=at)
    assert [(each.name, each.collector) for each in made] == [("Customers given to Priya", priya)]
    customer(company, "300", collector=tom, collector_code="tom")
    assert portfolios.ensure_default(company=company, by=None, at=at) == made


@pytest.mark.parametrize(
    ("constraint", "facts"),
    [
        ("portfolio_has_its_own_place", {"position": 1}),
        ("portfolio_stand_in_has_a_time", {"stand_in": "tom"}),
        ("portfolio_stand_in_has_a_time", {"stand_in_from": dt.date(2026, 3, 11)}),
        (
            "portfolio_stand_in_has_a_time",
            {
                "stand_in": "tom",
                "stand_in_from": dt.date(2026, 3, 11),
                "stand_in_until": dt.date(2026, 3, 10),
            },
        ),
        (
            "portfolio_stand_in_is_somebody_else",
            {
                "stand_in": "priya",
                "stand_in_from": dt.date(2026, 3, 11),
                "stand_in_until": dt.date(2026, 3, 11),
            },
        ),
    ],
)
def test_the_database_guards_portfolios(
    company: Company, germans: Portfolio, priya: User, tom: User, constraint: str, facts: dict[str, object]
) -> None:
    people = {"stand_in": {"tom": tom, "priya": priya}[str(facts["stand_in"])]} if "stand_in" in facts else {}
    row = {"position": 2, "name": "B", "rule": {}, "collector": priya, **facts, **people}
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Portfolio.objects.create(company=company, **row)
