"""What an event of set-up tells: who was given what before and after; nothing when nothing changed."""

import datetime as dt
from typing import Any

import pytest

from collections_app.activity import company_setup, staff
from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.staff_rules import Person
from collections_app.people.teams import Team
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def ada(company: Company) -> User:
    return person(company, "ada", Role.ADMINISTRATOR)


def test_a_new_user_is_told_with_role_companies_and_teams(company: Company, ada: User) -> None:
    north = Team.objects.create(name="North")
    told = Person("tom", "Tom Reed", "tom@example.com", Role.COLLECTOR)
    made = staff.create(
        person=told, password="a-long-password", companies=[company], teams=[north], by=ada, at=AT
    )

    assert Event.objects.get().facts == {
        "user": made.pk,
        "username": "tom",
        "full_name": "Tom Reed",
        "email": "tom@example.com",
        "role": "collector",
        "desk": "",
        "is_active": True,
        "companies": ["NG"],
        "teams": ["North"],
    }


def test_a_change_of_a_user_tells_what_was_and_what_is(company: Company, ada: User) -> None:
    priya, other = person(company, "priya"), company_of("OT")
    promoted = Person("priya", "Priya", "", Role.MANAGER)
    for _ in range(2):
        staff.change(user=priya, person=promoted, companies=[company, other], teams=[], by=ada, at=AT)

    event = Event.objects.get()
    assert (event.what, event.facts) == (
        "user.changed",
        {
            "user": priya.pk,
            "role": {"was": "collector", "is": "manager"},
            "companies": {"was": ["NG"], "is": ["NG", "OT"]},
        },
    )


def test_a_change_of_a_company_tells_which_setting_and_nothing_when_it_is_the_same(
    company: Company, ada: User
) -> None:
    facts: dict[str, Any] = {
        "name": "Northgate",
        "currency": "GBP",
        "time_zone": "UTC",
        "country": "",
        "subdivision": "",
        "weekend": [5, 6],
        "stale_after_hours": 48,
        "total_move_share": company.total_move_share,
        "night_starts_at": dt.time(5),
    }
    for _ in range(2):
        company_setup.change(company=company, **facts, by=ada, at=AT)

    event = Event.objects.get()
    assert event.summary == "Northgate was set up anew: name, stale after hours."
    assert event.facts == {
        "name": {"was": "Company NG", "is": "Northgate"},
        "stale_after_hours": {"was": "36", "is": "48"},
    }
