"""Queries that Django writes once."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db.models import Model, QuerySet

from collections_app.ledger import companies
from collections_app.ledger.companies import Company, Membership
from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.rules import Role
from collections_app.people.signed_in import Backend
from collections_app.people.users import User

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)


def told(row: Model) -> dict[str, object]:
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.fixture
def tom() -> User:
    return User.objects.create_user(
        "tom", role=Role.COLLECTOR, full_name="Tom", chase_columns=["why", "oldest"]
    )


@pytest.fixture
def ours() -> Company:
    return Company.objects.create(
        code="OURS", name="Ours Ltd", currency="GBP", total_move_share=Decimal("0.1250"), created_at=AT
    )


def test_it_gives_what_the_query_gives(tom: User) -> None:
    (found,) = KeptQuery(1, lambda user: User.objects.filter(pk=user)).of(tom.pk)
    assert told(found) == told(User.objects.get(pk=tom.pk))
    assert found.chase_columns == ["why", "oldest"]
    found.full_name = "Tom Okoro"
    found.save()  # it stands in the database, and is changed and not made again
    assert User.objects.get().full_name == "Tom Okoro"


def test_it_is_written_once_and_asked_for_others(tom: User) -> None:
    jonas = User.objects.create_user("jonas", role=Role.COLLECTOR, full_name="Jonas")
    written = []

    def of(user: int) -> "QuerySet[User]":
        written.append(user)
        return User.objects.filter(pk=user)

    query = KeptQuery(1, of)
    assert [query.of(each.pk) for each in (tom, jonas, tom)] == [[tom], [jonas], [tom]]
    assert query.of(0) == []
    assert len(written) == 1


def test_each_number_has_its_place(tom: User, ours: Company) -> None:
    membership = Membership.objects.create(company=ours, user=tom)
    query = KeptQuery(2, lambda company, user: Membership.objects.filter(user=user, company=company))
    assert query.of(ours.pk, tom.pk) == [membership]
    assert query.of(ours.pk, tom.pk + 1) == query.of(ours.pk + 1, tom.pk) == []


def test_companies_are_those_that_one_may_see(tom: User, ours: Company) -> None:
    assert companies.seen_by(tom) == []
    Membership.objects.create(company=ours, user=tom)
    (found,) = companies.seen_by(tom)
    assert told(found) == told(Company.objects.get())
    tom.role = Role.ADMINISTRATOR
    Membership.objects.all().delete()
    assert companies.seen_by(tom) == [ours]


def test_somebody_who_has_left_is_nobody(tom: User) -> None:
    assert Backend().get_user(tom.pk) == tom
    User.objects.update(is_active=False)
    assert Backend().get_user(tom.pk) is None
