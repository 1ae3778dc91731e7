"""Somebody leaves: their absences to cover are given up, and managers hear of it."""

import datetime as dt

import pytest

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company, Membership
from collections_app.people.rules import Role
from collections_app.people.staff_rules import Person
from collections_app.people.users import User
from collections_app.segmentation import leaving, portfolios
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import person
from tests.ledgerrows import company_of

DAY = dt.timedelta(days=1)


@pytest.fixture
def ada(company: Company) -> User:
    return person(company, "ada", Role.ADMINISTRATOR)


@pytest.fixture
def theirs(company: Company, priya: User, tom: User, at: dt.datetime, today: dt.date) -> Portfolio:
    """Priya's, whom Tom stands in for until the day after tomorrow."""
    made = portfolios.create(company=company, name="North", rule=Rule(), collector=priya, by=None, at=at)
    return portfolios.set_stand_in(
        portfolio=made, stand_in=tom, start=today, end=today + 2 * DAY, by=None, at=at
    )


def _change(
    user: User,
    company: Company,
    *,
    by: User,
    at: dt.datetime,
    role: Role = Role.COLLECTOR,
    is_active: bool = True,
    sees: bool = True,
) -> None:
    told = Person(user.username, user.full_name, "", role, is_active)
    leaving.change(user=user, person=told, companies=[company] if sees else [], teams=[], by=by, at=at)


@pytest.mark.parametrize("change", [{"is_active": False}, {"role": Role.SALES}, {"sees": False}])
def test_who_may_no_longer_collect_stands_in_for_nobody(
    company: Company, theirs: Portfolio, tom: User, ada: User, at: dt.datetime, change: dict[str, object]
) -> None:
    _change(tom, company, by=ada, at=at, **change)  # type: ignore[arg-type]
    theirs.refresh_from_db()
    assert (theirs.stand_in, theirs.stand_in_from, theirs.stand_in_until) == (None, None, None)
    event = Event.objects.get(what="portfolio.stand_in_lost")
    assert event.summary == "Tom can no longer stand in for Priya in “North”, until 2026-03-13"
    assert event.by == ada


@pytest.mark.parametrize("change", [{}, {"role": Role.MANAGER}])
def test_who_still_may_goes_on_standing_in(
    company: Company, theirs: Portfolio, tom: User, ada: User, at: dt.datetime, change: dict[str, object]
) -> None:
    _change(tom, company, by=ada, at=at, **change)  # type: ignore[arg-type]
    theirs.refresh_from_db()
    assert theirs.stand_in == tom


def test_an_absence_that_is_over_stays_as_it_was(
    company: Company, theirs: Portfolio, tom: User, ada: User, at: dt.datetime
) -> None:
    _change(tom, company, by=ada, at=at + 3 * DAY, is_active=False)
    theirs.refresh_from_db()
    assert theirs.stand_in == tom


def test_only_the_company_that_they_may_no_longer_see_loses_them(
    company: Company, theirs: Portfolio, tom: User, ada: User, at: dt.datetime, today: dt.date
) -> None:
    other = company_of("OTHER")
    lee = person(other, "lee")
    Membership.objects.create(company=other, user=tom)
    elsewhere = portfolios.create(company=other, name="South", rule=Rule(), collector=lee, by=None, at=at)
    portfolios.set_stand_in(portfolio=elsewhere, stand_in=tom, start=today, end=today, by=None, at=at)
    _change(tom, company, by=ada, at=at)
    theirs.refresh_from_db()
    elsewhere.refresh_from_db()
    assert (theirs.stand_in, elsewhere.stand_in) == (tom, None)


def test_managers_hear_of_it_until_somebody_else_is_found_or_the_absence_is_over(
    company: Company, theirs: Portfolio, tom: User, dana: User, ada: User, at: dt.datetime, today: dt.date
) -> None:
    def heard(day: dt.date, since: dt.datetime = at - DAY) -> list[tuple[str, str, dt.date]]:
        gaps = leaving.gaps(company, since=since, today=day)
        return [(str(gap.portfolio), str(gap.stand_in), gap.until) for gap in gaps]

    assert heard(today) == []
    _change(tom, company, by=ada, at=at, is_active=False)
    until = today + 2 * DAY
    assert heard(until) == [("North", "Tom", until)]
    assert heard(until + DAY) == []
    assert heard(today, since=at) == [], "seen already"
    portfolios.set_stand_in(portfolio=theirs, stand_in=dana, start=today, end=until, by=None, at=at)
    assert heard(today) == []


def test_leaving_twice_is_leaving_once(
    company: Company, theirs: Portfolio, tom: User, ada: User, at: dt.datetime
) -> None:
    for _ in range(2):
        _change(tom, company, by=ada, at=at, is_active=False)
    assert Event.objects.filter(what="portfolio.stand_in_lost").count() == 1
