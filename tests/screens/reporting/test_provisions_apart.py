"""Insured customers and all others have a provision matrix each, whose amounts open their own invoices and
come to those of all.
"""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client

from collections_app.insurance import policies
from collections_app.insurance.rules import Terms
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.reports import measure_sums, measures
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.rules.measuring import Measure
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load
from tests.screens.reporting.walking import linked, total

pytestmark = pytest.mark.django_db

NOW = dt.datetime(2026, 3, 31, 12, 0, tzinfo=dt.UTC)
DAY = NOW.date()
# Of Harrow's 1,000 that fell due 100 are unpaid for good; Brandt paid its 2,000 after 45 days.
LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1000.00 issued=2025-07-31 due=2025-08-31
receipt 100 P1 900.00 on=2025-09-10
allocation P1 A1 900.00 on=2025-09-10
invoice 100 A2 500.00 issued=2026-03-20 due=2026-04-30
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 2000.00 issued=2025-07-31 due=2025-08-31
receipt 200 P2 2000.00 on=2025-10-15
allocation P2 B1 2000.00 on=2025-10-15
invoice 200 B2 300.00 issued=2026-02-01 due=2026-03-10
invoice 200 B3 40.00 issued=2025-12-15 due=2026-01-15
customer 300 "Calder Ltd" country=GB
invoice 300 C1 70.00 issued=2025-07-31 due=2025-08-31 currency=EUR
"""
NAMES = ("provision", "provision_insured", "provision_uninsured")


@pytest.fixture
def rows() -> Rows:
    company = company_of("NG", country="GB")
    rows = load(LEDGER, company=company, today=DAY)
    exchange_rates.record(company=company, currency="EUR", rate=Decimal("0.85"), valid_from=DAY, by=None)
    return rows


@pytest.fixture
def dana(rows: Rows) -> User:
    return person(rows.company, "dana", Role.MANAGER)


@pytest.fixture
def insured(rows: Rows, dana: User) -> Rows:
    terms = Terms("Insurer plc", "P-1", 60, 30, 90, warn_working_days=5)
    policies.put(company=rows.company, terms=terms, by=dana, at=NOW)
    policies.insure(company=rows.company, number="100", limit=Decimal(5000), currency="GBP", by=dana, at=NOW)
    return rows


def provisions(
    company: Company, currency: str = "GBP", narrowed: Narrowed = ALL, into: str = ""
) -> dict[str, Measure]:
    found = measures.measured(company=company, day=DAY, narrowed=narrowed, into=into).in_currency(currency)
    return {each.name: each for each in found.measures if each.name in NAMES}


@pytest.mark.parametrize("is_kept", [True, False])
def test_each_side_has_rates_of_its_own(insured: Rows, *, is_kept: bool) -> None:
    if is_kept:
        measure_sums.keep(company=insured.company, day=DAY, at=NOW)
    found = provisions(insured.company)

    # A tenth of what Harrow does not owe yet, and all that is over 120 days.
    assert found["provision_insured"].value == 500 * Decimal("0.1") + 100
    # Nothing of Brandt's ever reached 60 days, so what is there now is set aside whole.
    assert found["provision_uninsured"].value == 40
    assert found["provision_uninsured"].inputs["days_1_30"] == 300
    amounts = [name for name in found["provision"].inputs if not name.endswith("_rate")]
    for name in amounts:
        whole, ours, theirs = (found[each].inputs[name] for each in NAMES)
        assert isinstance(ours, Decimal)
        assert isinstance(theirs, Decimal)
        assert whole == ours + theirs, name


def test_without_a_policy_nothing_is_told_apart(rows: Rows) -> None:
    assert list(provisions(rows.company)) == ["provision"]


def test_whoever_is_insured_no_more_stands_with_the_others_at_once(insured: Rows, dana: User) -> None:
    assert "provision_insured" in provisions(insured.company)

    policies.end(insured.customers["100"], by=dana, at=NOW)

    found = provisions(insured.company)
    assert "provision_insured" not in found
    assert found["provision_uninsured"].value == found["provision"].value


def test_it_is_narrowed_and_converted_like_all_measures(insured: Rows) -> None:
    german = provisions(insured.company, narrowed=Narrowed(country="DE"))
    assert list(german) == ["provision", "provision_uninsured"]
    assert german["provision"].value == german["provision_uninsured"].value == 40

    in_one = provisions(insured.company, into="GBP")
    assert in_one["provision_insured"].value == 150
    assert in_one["provision_uninsured"].inputs["fell_due"] == 2000 + 70 * Decimal("0.85")


@time_machine.travel(NOW, tick=True)
@pytest.mark.parametrize("query", ["", "?into=GBP", "?country=GB", "?currency=EUR", "?known_on=2026-03-30"])
def test_every_amount_opens_the_invoices_of_its_side(insured: Rows, dana: User, query: str) -> None:
    client: Client = signed_in(dana)
    cache.clear()
    page = text(client.get(f"/NG/reports/measures/{query}"))
    found = [each for each in linked(page) if "insured=" in each[0]]

    assert len(found) >= 6
    for url, figure in found:
        listed = text(client.get(url))
        assert total(listed) == figure, url
        assert "insured now" in listed, url
        for behind, amount in linked(listed):
            assert total(text(client.get(behind))) == amount, (url, behind)
    # The dashboard, which is kept by where customers belong, tells all of them.
    whole = linked(text(client.get("/NG/reports/?insured=yes")))
    assert whole == linked(text(client.get("/NG/reports/")))
