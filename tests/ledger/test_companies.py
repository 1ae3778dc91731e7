"""Setting up a company, and the rates by which its amounts are compared."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from collections_app.ledger import companies, exchange_rates
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.ledgerrows import company_of

pytestmark = pytest.mark.django_db

AT = dt.datetime(2026, 3, 11, 9, tzinfo=dt.UTC)
DAY = dt.date(2026, 3, 11)


def test_it_sets_up_a_company() -> None:
    company, is_new = companies.create(
        code="NG", name=" Northgate ", currency="gbp", time_zone="Europe/London", country="gb", by=None, at=AT
    )

    assert is_new
    assert (company.name, company.currency, company.country) == ("Northgate", "GBP", "GB")
    assert company.today(at=dt.datetime(2026, 7, 1, 23, 30, tzinfo=dt.UTC)) == dt.date(2026, 7, 2)


def test_an_existing_company_is_left_as_it_is() -> None:
    companies.create(code="NG", name="Northgate", currency="GBP", by=None, at=AT)
    company, is_new = companies.create(code="NG", name="", currency="nonsense", by=None, at=AT)

    assert not is_new
    assert company.name == "Northgate"


def test_it_refuses_with_every_problem_at_once() -> None:
    with pytest.raises(Refused) as refused:
        companies.create(
            code="N G", name=" ", currency="EURO", time_zone="Mars/Olympus", country="UK", by=None, at=AT
        )

    codes = [problem.code for problem in refused.value.problems]
    assert codes == ["code", "name", "currency", "time_zone", "country"]


@pytest.mark.parametrize("time_zone", ["", "../etc/passwd", "Europe", "europe/berlin ", "\0"])
def test_it_refuses_what_is_no_time_zone(time_zone: str) -> None:
    with pytest.raises(Refused, match="is not a time zone"):
        companies.create(code="NG", name="N", currency="GBP", time_zone=time_zone, by=None, at=AT)


def test_only_an_administrator_sets_up_companies() -> None:
    manager = User.objects.create_user("dana", full_name="Dana", role=Role.MANAGER)
    administrator = User.objects.create_user("ada", full_name="Ada", role=Role.ADMINISTRATOR)

    with pytest.raises(Refused, match="Only an administrator"):
        companies.create(code="NG", name="N", currency="GBP", by=manager, at=AT)
    assert companies.create(code="NG", name="N", currency="GBP", by=administrator, at=AT)[1]


def test_the_database_refuses_a_currency_that_is_not_three_capitals() -> None:
    with pytest.raises(IntegrityError, match="company_currency_has_three_letters"), transaction.atomic():
        Company.objects.create(code="X", name="X", currency="eur", created_at=AT)


def test_an_unknown_code_is_told_with_those_there_are() -> None:
    with pytest.raises(Refused, match="There is none yet"):
        companies.by_code("NG")
    company_of("OT")
    with pytest.raises(Refused, match=r"No company has the code “NG”\. There are: OT\."):
        companies.by_code("NG")


def rate(company: Company, currency: str, value: str, *, valid_from: dt.date = DAY) -> bool:
    _, is_changed = exchange_rates.record(
        company=company, currency=currency, rate=Decimal(value), valid_from=valid_from, by=None
    )
    return is_changed


def test_a_rate_holds_from_its_day_on_until_the_next() -> None:
    company = company_of()

    assert rate(company, "EUR", "0.86", valid_from=DAY - dt.timedelta(10))
    assert rate(company, "EUR", "0.87")
    assert not rate(company, "EUR", "0.87")
    assert exchange_rates.rates_on(company=company, day=DAY - dt.timedelta(1))["EUR"] == Decimal("0.86")
    assert exchange_rates.rates_on(company=company, day=DAY) == {"EUR": Decimal("0.87"), "GBP": Decimal(1)}
    assert exchange_rates.rates_on(company=company, day=DAY - dt.timedelta(11)) == {"GBP": Decimal(1)}


@pytest.mark.parametrize("value", ["0", "-1", "0.000000001", "1e9", "1e400", "1.123456789"])
def test_it_refuses_a_rate_that_is_none(value: str) -> None:
    with pytest.raises(Refused, match="A rate is above 0"):
        rate(company_of(), "EUR", value)


def test_it_refuses_a_rate_of_the_own_currency_and_of_none() -> None:
    company = company_of()
    with pytest.raises(Refused, match="own currency, whose rate is always 1"):
        rate(company, "GBP", "1")
    with pytest.raises(Refused, match="is not a currency"):
        rate(company, "XYZ", "1")
