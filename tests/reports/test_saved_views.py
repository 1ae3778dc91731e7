"""Views of the dashboard under a name: one's own and the company's, one of each opens first."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import saved_views
from collections_app.reports.rules.viewing import VIEWS_MAX
from collections_app.reports.saved_views import SavedView
from tests.desk import person
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 11, 9, 0, tzinfo=dt.UTC)


@pytest.fixture
def company() -> Company:
    return company_of("NG")


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


def kept(
    company: Company, by: User, name: str, *, is_shared: bool = False, is_default: bool = False
) -> SavedView:
    query = {"currency": "GBP", "country": "DE", "as_of": "2020-01-01", "next": "//elsewhere"}
    return saved_views.keep(
        company=company, name=name, query=query, is_shared=is_shared, is_default=is_default, by=by, at=AT
    )


def test_a_view_keeps_whom_it_is_narrowed_to_and_no_day(company: Company, dana: User) -> None:
    assert kept(company, dana, " Germany ").query == {"currency": "GBP", "country": "DE"}
    assert SavedView.objects.get().name == "Germany"


def test_ones_own_is_seen_by_nobody_else_and_leaves_no_event(company: Company, dana: User) -> None:
    mine, ours = kept(company, dana, "Mine"), kept(company, dana, "Ours", is_shared=True)
    other = person(company, "omar", Role.MANAGER)

    assert list(SavedView.objects.seen_by(dana, company=company).in_order()) == [mine, ours]
    assert list(SavedView.objects.seen_by(other, company=company)) == [ours]
    assert list(Event.objects.values_list("what", flat=True)) == ["report_view.kept"]


def test_a_new_default_takes_the_place_of_the_one_before(company: Company, dana: User) -> None:
    first = kept(company, dana, "First", is_default=True)
    second = kept(company, dana, "Second", is_default=True)

    first.refresh_from_db()
    assert not first.is_default
    assert saved_views.default_of(dana, company=company) == second


def test_ones_own_default_goes_before_the_companys(company: Company, dana: User) -> None:
    ours = kept(company, dana, "Ours", is_shared=True, is_default=True)
    assert saved_views.default_of(dana, company=company) == ours

    mine = kept(company, dana, "Mine", is_default=True)

    assert saved_views.default_of(dana, company=company) == mine
    assert saved_views.default_of(person(company, "omar", Role.MANAGER), company=company) == ours


@pytest.mark.parametrize("name", ["", "   ", "x" * 61, "germany"])
def test_it_refuses_a_name_that_says_nothing_or_is_taken(company: Company, dana: User, name: str) -> None:
    kept(company, dana, "Germany")

    with pytest.raises(Refused):
        kept(company, dana, name)
    kept(company, dana, "Germany", is_shared=True)  # the company's is another


def test_it_refuses_more_than_anybody_reads(company: Company, dana: User) -> None:
    for number in range(VIEWS_MAX):
        kept(company, dana, f"View {number}")

    with pytest.raises(Refused, match="Remove one"):
        kept(company, dana, "One more")
    saved_views.change(
        SavedView.objects.get(name="View 3"), name="Another name", is_default=False, by=dana, at=AT
    )


def test_a_view_keeps_its_name_when_it_is_changed_to_the_same(company: Company, dana: User) -> None:
    view = kept(company, dana, "Ours", is_shared=True)
    kept(company, dana, "Other", is_shared=True)

    saved_views.change(view, name="OURS", is_default=True, by=dana, at=AT)
    with pytest.raises(Refused):
        saved_views.change(view, name="other", is_default=True, by=dana, at=AT)

    assert SavedView.objects.get(is_default=True).name == "OURS"


def test_what_is_removed_is_gone_and_of_the_company_told(company: Company, dana: User) -> None:
    saved_views.remove(kept(company, dana, "Ours", is_shared=True), by=dana, at=AT)

    assert not SavedView.objects.exists()
    assert set(Event.objects.values_list("what", flat=True)) == {"report_view.kept", "report_view.removed"}


def test_it_refuses_whoever_does_not_read_reports(company: Company) -> None:
    with pytest.raises(Refused):
        kept(company, person(company, "priya", Role.COLLECTOR), "Mine")


@pytest.mark.parametrize("is_shared", [True, False])
def test_the_database_keeps_one_name_and_one_default(company: Company, dana: User, is_shared: bool) -> None:
    owner = None if is_shared else dana
    SavedView.objects.create(company=company, owner=owner, name="A", query={}, is_default=True)

    for name, is_default in (("a", False), ("B", True)):
        with pytest.raises(IntegrityError), transaction.atomic():
            SavedView.objects.create(company=company, owner=owner, name=name, query={}, is_default=is_default)
