"""An administrator is asked by a person: finds them, hands over what is held, erases them with a reason."""

import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.privacy.legal_holds import LegalHold
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def contact(company: Company) -> Contact:
    load('customer 101 "Harrow Tools"', company=company, today=company.today(at=clock.now()))
    customer = Customer.objects.get()
    return customer.contacts.create(name="Petra Vogel", email="petra@harrow.example", recorded_at=clock.now())


@pytest.fixture
def browser(company: Company) -> Client:
    return signed_in(person(company, "ada", Role.ADMINISTRATOR))


def test_they_are_found_by_name_address_or_not_at_all(browser: Client, contact: Contact) -> None:
    for words in ("vogel", "PETRA@harrow", str(contact.pk)):
        assert "Petra Vogel" in text(browser.get("/setup/people/", {"q": words}))
    assert "Nobody of that name" in text(browser.get("/setup/people/", {"q": "Lind"}))
    assert "a colleague" in text(browser.get("/setup/people/", {"q": "ada"}))


def test_what_is_held_is_shown_and_taken_along(browser: Client, contact: Contact) -> None:
    address = f"/setup/people/contacts/{contact.pk}/"
    assert "petra@harrow.example" in text(browser.get(address))
    as_json = browser.get(address, {"as": "json"})
    assert "attachment" in as_json["Content-Disposition"]
    assert json.loads(as_json.content)["held"][0]["rows"][0]["email"] == "petra@harrow.example"
    assert "What is held about Petra Vogel" in browser.get(address, {"as": "text"}).content.decode()


def test_erasing_asks_for_a_reason_and_a_hold_refuses_it(browser: Client, contact: Contact) -> None:
    address = f"/setup/people/contacts/{contact.pk}/"
    assert browser.post(f"{address}erase/", {"reason": ""}).status_code == 422
    placed = browser.post(f"{address}hold/", {"hold-reason": "Claim 17 is before court"})
    assert placed.status_code == 303
    refused = browser.post(f"{address}erase/", {"reason": "She asked on 2 March"})
    assert refused.status_code == 422
    assert "Claim 17 is before court." in text(refused)
    hold = LegalHold.objects.get()
    browser.post(f"{address}hold/", {"hold-reason": "It was settled", "hold": hold.pk})

    assert browser.post(f"{address}erase/", {"reason": "She asked on 2 March"}).status_code == 303
    contact.refresh_from_db()
    assert (contact.name, contact.email, contact.is_active) == (f"[erased] {contact.pk}", "", False)
    assert "She asked on 2 March" in text(browser.get(address))
    told = list(Event.objects.order_by("pk").values_list("what", flat=True))
    assert told == ["legal_hold.placed", "legal_hold.lifted", "contact.erased"]


def test_who_places_a_hold_twice_does_not_lift_it(browser: Client, contact: Contact) -> None:
    address = f"/setup/people/contacts/{contact.pk}/"
    asked = {"hold-reason": "Claim 17 is before court", "hold": ""}
    assert browser.post(f"{address}hold/", asked).status_code == 303
    again = browser.post(f"{address}hold/", asked)
    assert (again.status_code, LegalHold.objects.running().count()) == (422, 1)
    assert "The hold was placed or lifted meanwhile." in text(again)
    hold = LegalHold.objects.get()
    assert f'name="hold" value="{hold.pk}"' in browser.get(address).content.decode()
    settled = {"hold-reason": "It was settled", "hold": hold.pk}
    assert browser.post(f"{address}hold/", settled).status_code == 303
    assert browser.post(f"{address}hold/", settled).status_code == 422
    assert not LegalHold.objects.running().exists()


def test_the_commands_tell_and_erase(company: Company, contact: Contact) -> None:
    said = StringIO()
    call_command("personal_data", "--company", company.code, "--contact", "vogel", stdout=said)
    assert "petra@harrow.example" in said.getvalue()
    said = StringIO()
    asked = ("--company", company.code, "--contact", "vogel", "--reason", "She asked on 2 March", "--json")
    call_command("erase_contact", *asked, stdout=said)
    assert json.loads(said.getvalue())["reason"] == "She asked on 2 March"
    with pytest.raises(SystemExit):
        call_command("personal_data", "--company", company.code, "--contact", "vogel", stderr=said)
    assert "No contact of NG is called “vogel”." in said.getvalue()


def test_several_people_of_one_name_are_told_apart(company: Company, contact: Contact) -> None:
    contact.customer.contacts.create(name="Jan Vogel", recorded_at=clock.now())
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("personal_data", "--company", company.code, "--contact", "vogel", stderr=said)
    assert "is several people" in said.getvalue()
