"""How new the figures are said to be, and of which day."""

import datetime as dt

import pytest
from django.test import RequestFactory

from collections_app.intake.received import Batch
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.screens.frame import Frame, Freshness
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

pytestmark = pytest.mark.django_db
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def company() -> Company:
    return company_of("NG")


@pytest.fixture
def reader(company: Company) -> User:
    return person(company, "priya")


def freshness(reader: User) -> Freshness:
    request = RequestFactory().get("/")
    request.user = reader
    request.session = {}  # type: ignore[assignment]
    found = Frame(request).freshness
    assert found is not None
    return found


def brought_in(company: Company, kind: str, *, ago: dt.timedelta, as_of: dt.date | None = None) -> Batch:
    at = clock.now() - ago
    return Batch.objects.create(
        company=company,
        kind=kind,
        mapping={},
        posting=load(f'customer {kind} "Harrow Tools"', company=company, today=at.date()).posting,
        as_of=as_of,
        state="applied",
        file_bytes=1,
        received_at=at,
        ended_at=at,
    )


def test_a_company_without_a_ledger_has_no_age(reader: User) -> None:
    assert freshness(reader) == Freshness(None, None, is_stale=False)


def test_without_a_file_it_is_as_new_as_its_newest_posting(company: Company, reader: User) -> None:
    load('customer 100 "Harrow Tools"', company=company, today=clock.now().date())
    assert freshness(reader).applied_at == company.postings.get().recorded_at


def test_customers_alone_do_not_make_an_old_ledger_look_new(company: Company, reader: User) -> None:
    old = brought_in(company, "transactions", ago=30 * DAY)
    brought_in(company, "customers", ago=HOUR)
    assert freshness(reader) == Freshness(old.ended_at, None, is_stale=True)


def test_a_list_of_last_week_is_of_last_week_whenever_it_was_brought_in(
    company: Company, reader: User
) -> None:
    brought_in(company, "open-items", ago=HOUR, as_of=dt.date(2020, 5, 22))
    found = freshness(reader)

    assert (found.as_of, found.is_stale) == (dt.date(2020, 5, 22), True)
    page = text(signed_in(reader).get("/NG/"))
    assert '>22 May 2020</time> <span class="visually-hidden">, older than it should be' in page


def test_a_list_of_yesterday_is_new(company: Company, reader: User) -> None:
    yesterday = clock.now().date() - DAY
    brought_in(company, "open-items", ago=HOUR, as_of=yesterday)
    assert freshness(reader).is_stale is False


def test_who_may_not_import_is_not_sent_to_the_imports(company: Company) -> None:
    sam = person(company, "sam", Role.SALES)
    assert "/NG/imports/" not in text(signed_in(sam).get("/NG/"))
