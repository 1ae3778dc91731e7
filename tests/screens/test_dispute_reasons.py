"""Set-up of dispute reasons: the usual ones until one is changed, retired when in use, removed when not."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client

from collections_app.activity.events import Event
from collections_app.contact import dispute_reasons, disputes
from collections_app.contact.dispute_reasons import DisputeReason
from collections_app.contact.rules.disputing import REASONS
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

URL = "/NG/disputes/reasons/"
TYPED = {"label": "Price", "desk": "sales", "answer_days": "1", "resolve_days": "4", "is_active": "on"}


@pytest.fixture
def rows(db: None, today: dt.date) -> Rows:
    return load('customer 100 "Harrow"\ninvoice 100 A1 100.00 due=-5', company=company_of(), today=today)


@pytest.fixture
def company(rows: Rows) -> Company:
    return rows.company


@pytest.fixture
def browser(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


def test_the_usual_reasons_stand_there_until_one_is_changed(company: Company, browser: Client) -> None:
    assert "Damaged or poor quality" in text(browser.get(URL))
    assert not DisputeReason.objects.exists()

    assert browser.post(f"{URL}PRICE/", TYPED).status_code == 303

    assert DisputeReason.objects.count() == len(REASONS)
    assert (
        dispute_reasons.of_code(company, "PRICE").label,
        dispute_reasons.of_code(company, "DMG").label,
    ) == (
        "Price",
        "Damaged or poor quality",
    )
    (event,) = Event.objects.filter(what="dispute_reason.changed")
    assert event.facts["resolve_days"] == {"was": 5, "is": 4}


def test_a_reason_of_ones_own_is_offered_last_with_its_days(
    company: Company, browser: Client, rows: Rows, today: dt.date
) -> None:
    typed = {**TYPED, "code": "RENT", "label": "Rent of pallets", "desk": "logistics", "resolve_days": "3"}
    assert browser.post(f"{URL}new/", typed).status_code == 303

    assert dispute_reasons.active(company)[-1].code == "RENT"
    made = disputes.lodge(
        customer=rows.customers["100"],
        invoice=rows.invoices["A1"],
        amount=Decimal(10),
        reason="RENT",
        by=person(company, "priya"),
        at=moment(today),
    )
    assert (made.resolve_days, made.desk) == (3, "logistics")


def test_a_reason_in_use_is_retired_and_not_removed(
    company: Company, browser: Client, rows: Rows, today: dt.date
) -> None:
    priya, at = person(company, "priya"), moment(today)
    facts: dict[str, Any] = {
        "customer": rows.customers["100"],
        "invoice": rows.invoices["A1"],
        "amount": Decimal(10),
    }
    disputes.lodge(**facts, reason="PRICE", by=priya, at=at)

    refused = browser.post(f"{URL}PRICE/remove/")
    assert (refused.status_code, "Retire it instead" in text(refused)) == (422, True)
    assert browser.post(f"{URL}PRICE/", {**TYPED, "is_active": ""}).status_code == 303

    assert "PRICE" not in [reason.code for reason in dispute_reasons.active(company)]
    disputes.withdraw(disputes.Dispute.objects.get(), by=priya, at=at)
    with pytest.raises(Refused, match="Choose a reason"):
        disputes.lodge(**facts, reason="PRICE", by=priya, at=at)


def test_a_reason_that_no_dispute_has_is_removed(company: Company, browser: Client) -> None:
    assert browser.post(f"{URL}SVC/remove/").status_code == 303
    assert "SVC" not in dispute_reasons.of(company)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"code": "price!"}, "A code has up to ten capitals"),
        ({"code": "PRICE"}, "There is a reason PRICE already"),
        ({"code": "RENT", "answer_days": "5"}, "First the answer, then the end"),
        ({"code": "RENT", "x12_code": "x"}, "two digits or capitals"),
    ],
)
def test_it_refuses_in_sentences(browser: Client, typed: dict[str, str], sentence: str) -> None:
    refused = browser.post(f"{URL}new/", {**TYPED, **typed})
    assert refused.status_code == 422
    assert sentence in text(refused)


def test_a_reason_that_a_colleague_changed_is_not_written_over(browser: Client) -> None:
    browser.post(f"{URL}PRICE/", {**TYPED, "version": "1"})
    refused = browser.post(f"{URL}PRICE/", {**TYPED, "label": "Discount", "version": "1"})

    assert refused.status_code == 422
    assert "Dana changed this reason since you opened it" in text(refused)
    assert "Discount" in text(refused)


def test_only_managers_and_administrators_set_reasons_up(company: Company) -> None:
    for role, status in ((Role.COLLECTOR, 403), (Role.SALES, 403), (Role.ADMINISTRATOR, 200)):
        assert signed_in(person(company, role.value, role)).get(URL).status_code == status
    assert signed_in(person(company_of("OTHER"), "strange", Role.MANAGER)).get(URL).status_code == 404
