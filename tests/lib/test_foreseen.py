"""One statement tells which of many queries will find something; the others are not asked."""

import datetime as dt

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.ledger.companies import Company, Membership
from collections_app.lib.foreseen import Foreseen
from collections_app.lib.kept_queries import KeptQuery, KeptRows
from collections_app.people.rules import Role
from collections_app.people.users import User

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 2, 9, 0, tzinfo=dt.UTC)

COMPANIES = KeptQuery(
    lambda at, user: Company.objects.filter(created_at=at, members=user), "timestamptz", "bigint"
)
NAMES = KeptRows(
    lambda users, name: User.objects.filter(pk__any=users, full_name=name).values_list("pk")[:5],
    "bigint[]", "text",
)  # fmt: skip
PERCENT = KeptRows(lambda user: User.objects.filter(pk=user, full_name="100 %").values_list("pk"), "bigint")
NOBODY = KeptQuery(lambda user: User.objects.filter(pk=user).none(), "bigint")
ALL = Foreseen((COMPANIES, "at", "user"), (NAMES, "users", "name"), (PERCENT, "user"), (NOBODY, "user"))


@pytest.fixture
def tom() -> User:
    return User.objects.create_user("tom", role=Role.COLLECTOR, full_name="Tom")


@pytest.fixture(params=[False, True])
def is_pooled(request: pytest.FixtureRequest, settings: LazySettings) -> bool:
    settings.DATABASE_IS_POOLED = request.param
    return bool(request.param)


def answers(tom: User, name: str) -> list[object]:
    return [COMPANIES.of(AT, tom.pk), NAMES.of([tom.pk], name), PERCENT.of(tom.pk), NOBODY.of(tom.pk)]


@pytest.mark.parametrize("is_member", [False, True])
@pytest.mark.parametrize("name", ["Tom", "xx"])
@pytest.mark.parametrize("full_name", ["Tom", "100 %"])
def test_it_finds_what_is_found_without_it(
    tom: User, is_pooled: bool, is_member: bool, name: str, full_name: str
) -> None:
    User.objects.update(full_name=full_name)
    ours = Company.objects.create(code="OURS", name="Ours", currency="GBP", created_at=AT)
    if is_member:
        Membership.objects.create(company=ours, user=tom)
    expected = answers(tom, name)

    foreseen = ALL.before(at=AT, user=tom.pk, users=[tom.pk], name=name)
    with CaptureQueriesContext(connection) as asked, foreseen:
        assert answers(tom, name) == expected

    assert len(asked) == 1 + sum(bool(each) for each in expected)


def test_for_others_and_after_the_block_everything_is_asked(tom: User, is_pooled: bool) -> None:
    jonas = User.objects.create_user("jonas", role=Role.COLLECTOR, full_name="Jonas")
    with ALL.before(at=AT, user=tom.pk, users=[tom.pk], name="Fizz"):
        User.objects.update(full_name="Fizz")
        assert NAMES.of([tom.pk], "Fizz") == []  # as it was foreseen
        assert NAMES.of([jonas.pk], "Fizz") == [(jonas.pk,)]
    assert NAMES.of([tom.pk], "Fizz") == [(tom.pk,)]
