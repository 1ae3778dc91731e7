"""Queries that Django writes once."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.db.models import Count, F, Model, QuerySet

from collections_app.ledger import companies
from collections_app.ledger.companies import Company, Membership
from collections_app.lib.kept_queries import KeptQuery, KeptRows
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
    (found,) = KeptQuery(lambda user: User.objects.filter(pk=user), "bigint").of(tom.pk)
    assert told(found) == told(User.objects.get(pk=tom.pk))
    assert found.chase_columns == ["why", "oldest"]
    found.full_name = "Tom Okoro"
    found.save()  # it stands in the database, and is changed and not made again
    assert User.objects.get().full_name == "Tom Okoro"


def test_columns_sums_and_many_ids_are_asked_as_one_value_each(tom: User, ours: Company) -> None:
    jonas = User.objects.create_user("jonas", role=Role.COLLECTOR, full_name="Jonas")
    for user in (tom, jonas):
        Membership.objects.create(company=ours, user=user)
    of_users = KeptRows(
        lambda users, code: (
            Membership.objects.filter(user__any=users, company__code=code)
            .values("company")
            .annotate(number=Count("pk"))
            .values_list("company__code", "number")
        ),
        "bigint[]", "text",
    )  # fmt: skip
    assert of_users.of([tom.pk, jonas.pk], "OURS") == [("OURS", 2)]
    assert of_users.first([jonas.pk], "OURS") == ("OURS", 1)
    assert of_users.of([], "OURS") == of_users.of([tom.pk], "THEIRS") == []
    assert of_users.first([], "OURS") is None

    moved = KeptRows(
        lambda share, at: Company.objects.filter(total_move_share__lt=share, created_at=at).values_list("pk"),
        "numeric", "timestamptz",
    )  # fmt: skip
    assert moved.of(Decimal("0.1251"), AT) == [(ours.pk,)]
    assert moved.of(Decimal("0.125"), AT) == []


def test_it_is_written_once_and_asked_for_others(tom: User) -> None:
    jonas = User.objects.create_user("jonas", role=Role.COLLECTOR, full_name="Jonas")
    written = []

    def of(user: int) -> "QuerySet[User]":
        written.append(user)
        return User.objects.filter(pk=user)

    query = KeptQuery(of, "bigint")
    assert [query.of(each.pk) for each in (tom, jonas, tom)] == [[tom], [jonas], [tom]]
    assert query.of(0) == []
    assert len(written) == 1


def test_each_number_has_its_place(tom: User, ours: Company) -> None:
    membership = Membership.objects.create(company=ours, user=tom)
    query = KeptQuery(
        lambda company, user: Membership.objects.filter(user=user, company=company), "bigint", "bigint"
    )
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


def test_days_and_moments_have_their_place_too(tom: User, ours: Company) -> None:
    """And what is the same each time stands in the text, whatever signs it has."""
    User.objects.filter(pk=tom.pk).update(last_login=AT, full_name="100 % Tom's \\")
    since = KeptQuery(
        lambda user, at: User.objects.filter(pk=user, last_login__gte=at, full_name="100 % Tom's \\"),
        *("bigint", "timestamptz"),
    )
    assert since.of(tom.pk, AT) == [tom]
    assert since.of(tom.pk, AT + dt.timedelta(seconds=1)) == []
    on = KeptQuery(lambda day: User.objects.filter(last_login__date=day), "date")
    assert (on.first(AT.date()), on.first(AT.date() + dt.timedelta(1))) == (tom, None)


def test_relations_are_followed_and_fields_left_out_are_fetched_when_asked(
    tom: User, ours: Company, django_assert_num_queries: Any
) -> None:
    Membership.objects.create(company=ours, user=tom)
    query = KeptQuery(
        lambda user: (
            Membership.objects.filter(user=user)
            .select_related("company", "user")
            .defer("company__name")
            .annotate(twice=F("user_id") * 2)
        ),
        "bigint",
    )
    query.of(0)  # prepared by now
    with django_assert_num_queries(1):
        (found,) = query.of(tom.pk)
        assert (found.company.code, found.user.full_name) == ("OURS", "Tom")
        assert vars(found)["twice"] == 2 * tom.pk
    with django_assert_num_queries(1):
        assert found.company.name == "Ours Ltd"


def test_what_never_finds_anything_is_not_asked(tom: User, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert KeptQuery(lambda user: User.objects.none().filter(pk=user), "bigint").of(tom.pk) == []


def test_behind_a_pool_it_is_sent_whole(tom: User, settings: Any) -> None:
    settings.DATABASE_IS_POOLED = True
    query = KeptQuery(lambda user: User.objects.filter(pk=user).exclude(full_name="100 %s"), "bigint")
    before = _prepared()
    assert query.of(tom.pk) == [tom]
    assert query.of(tom.pk + 1) == []
    assert _prepared() == before


def _prepared() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        return int(cursor.fetchone()[0])
