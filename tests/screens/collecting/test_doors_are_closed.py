"""Every deed of the collecting screens, asked for by those who may not, and about what is not theirs."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from collections_app.activity.events import Event
from collections_app.chase import working
from collections_app.chase.claims import Claim
from collections_app.chase.snoozes import Skip, Snooze
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.conversations import Contested, Promised
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.rules import Outcome
from collections_app.dunning import blocks
from collections_app.dunning.blocks import Block
from collections_app.ledger.companies import Company, Membership
from collections_app.ledger.customers import Customer
from collections_app.lib.money import parse
from collections_app.people.rules import Role
from tests.desk import call, person
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

DEEDS = (
    "customers/{customer}/contacts/",
    "customers/{customer}/claim/",
    "customers/{customer}/snooze/",
    "customers/{customer}/wake/",
    "customers/{customer}/skip/",
    "customers/{customer}/unskip/",
    "customers/{customer}/blocks/",
    "blocks/{block}/lift/",
    "blocks/{block}/move/",
    "promises/{promise}/withdraw/",
    "disputes/{dispute}/close/",
    "contacts/{log}/undo/",
)
OF_NOBODY = ("chase/snooze/", "chase/next/", "nights/")


@pytest.fixture
def ids(office: Office) -> dict[str, int]:
    """Something agreed with Brandt, to whom Sam sells and whom Priya works."""
    customer, invoice = office.customer("200"), office.rows.invoices["B1"]
    day = office.today + dt.timedelta(days=2)
    half = parse("15000")
    log = working.log_contact(
        call(
            Outcome.PROMISED,
            promised=Promised(half, "GBP", day, (invoice,)),
            contested=(Contested(invoice, half, "PRICE", "Wrong price"),),
        ),
        customer=customer,
        by=office.priya,
        at=office.at,
    )
    return {
        "customer": customer.pk,
        "promise": Promise.objects.get().pk,
        "dispute": Dispute.objects.get().pk,
        "log": log.pk,
        "block": blocks.place(customer=customer, reason="plan", until=day, by=office.priya, at=office.at).pk,
    }


def given(office: Office, **more: Any) -> dict[str, Any]:
    """What any of the forms may hold."""
    day = f"{office.today + dt.timedelta(days=3):%Y-%m-%d}"
    said = {"outcome": "no_answer", "channel": "call", "direction": "out", "promise_currency": "GBP"}
    return {"form_key": str(uuid4()), "until": day, "reason": "Because", "to": "accepted", **said, **more}


def written() -> list[int]:
    """How much there is of everything that these deeds write, and what has ended."""
    tables = (ContactLog, Promise, Dispute, Snooze, Skip, Claim, Block, Event)
    running = (Promise.objects.filter(state="running"), Dispute.objects.open(), Block.objects.standing())
    return [*(table.objects.count() for table in tables), *(each.count() for each in running)]


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("who", ["sam", "ada", "tom", "stranger"])
def test_a_deed_is_refused_to_whoever_may_not_do_it(
    office: Office, ids: dict[str, int], deed: str, who: str
) -> None:
    people = {
        "sam": office.sam,
        "tom": office.tom,
        "ada": person(office.company, "ada", Role.ADMINISTRATOR),
        "stranger": person(company_of("OTHER"), "eve", Role.MANAGER),
    }
    before = written()
    answer = office.client(people[who]).post(f"/NG/{deed.format(**ids)}", given(office))

    assert answer.status_code == (403 if who in ("sam", "ada") else 404)
    assert written() == before


@pytest.mark.parametrize("deed", OF_NOBODY)
def test_deeds_on_the_list_are_refused_to_sales(office: Office, deed: str) -> None:
    assert office.client(office.sam).post(f"/NG/{deed}", given(office)).status_code == 403


@pytest.mark.parametrize("deed", DEEDS)
def test_ids_of_another_company_are_not_found_under_ones_own(
    office: Office, ids: dict[str, int], deed: str
) -> None:
    """Somebody who may work in both finds a thing only where it is."""
    other = company_of("OTHER")
    Membership.objects.create(company=other, user=office.dana)
    before = written()
    assert office.client(office.dana).post(f"/OTHER/{deed.format(**ids)}", given(office)).status_code == 404
    assert written() == before


@pytest.fixture
def theirs(office: Office) -> Customer:
    """A customer of another company with an invoice and a contact."""
    other: Company = company_of("OTHER")
    rows = load('customer 900 "Elsewhere"\ninvoice 900 E1 50.00 due=-9', company=other, today=office.today)
    rows.customers["900"].contacts.create(name="Mx Elsewhere", recorded_at=office.at)
    return rows.customers["900"]


def test_a_contact_of_another_customer_is_no_choice(office: Office, theirs: Customer) -> None:
    form = given(office, contact=str(theirs.contacts.get().pk))
    answer = office.client(office.priya).post(office.url("100", "contacts/"), form)
    assert answer.status_code == 422
    assert "Mx Elsewhere" not in answer.content.decode()
    assert not ContactLog.objects.exists()


def test_an_invoice_of_another_customer_cannot_be_disputed(office: Office, theirs: Customer) -> None:
    for invoice in (theirs.invoices.get(), office.rows.invoices["B1"]):
        form = given(office, outcome="disputes", dispute_invoice=str(invoice.pk), dispute_reason="PRICE")
        assert office.client(office.priya).post(office.url("100", "contacts/"), form).status_code == 422
    assert not Dispute.objects.exists()


def test_ticked_invoices_of_another_customer_are_not_what_a_call_was_about(
    office: Office, theirs: Customer
) -> None:
    ticked = [str(theirs.invoices.get().pk), str(office.rows.invoices["B1"].pk)]
    office.client(office.priya).post(office.url("100", "contacts/"), given(office, invoices=ticked))
    assert not ContactLog.objects.get().invoices.exists()


def test_ticked_customers_of_others_do_not_fall_asleep(office: Office, theirs: Customer) -> None:
    form = given(office, customers=[str(theirs.pk), str(office.customer("100").pk)])
    office.client(office.tom).post("/NG/chase/snooze/", form)
    assert not Snooze.objects.exists()
