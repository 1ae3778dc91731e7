"""Contacts of a file beside those that are known: nobody is written over, nobody stands twice."""

import datetime as dt

import pytest

from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from tests.intake.conftest import Import
from tests.intake.ledgers import messages

HEAD = "type,customer,name,contact_name,email,phone\n"
OAK = "customer,C1,Oak,,,\n"


def _accounts(*emails: str) -> str:
    return HEAD + OAK + "".join(f"contact,C1,,Accounts,{email},\n" for email in emails)


def _emails() -> list[str]:
    return sorted(Contact.objects.values_list("email", flat=True))


@pytest.mark.parametrize(
    ("known", "stated", "held"),
    [
        (["a@x.example"], ["c@x.example", "d@x.example"], ["a@x.example", "c@x.example", "d@x.example"]),
        (["a@x.example"], ["c@x.example"], ["c@x.example"]),
        (["a@x.example"], ["c@x.example", "a@x.example"], ["a@x.example", "c@x.example"]),
        (["a@x.example", "b@x.example"], ["b@x.example"], ["a@x.example", "b@x.example"]),
        (["a@x.example", "b@x.example"], ["c@x.example"], ["a@x.example", "b@x.example", "c@x.example"]),
        (["a@x.example", "b@x.example"], ["b@x.example", "c@x.example"], ["b@x.example", "c@x.example"]),
        ([""], ["a@x.example"], ["a@x.example"]),
        (["a@x.example"], [""], ["a@x.example"]),
    ],
)
def test_each_known_contact_is_met_once(
    known: list[str], stated: list[str], held: list[str], import_text: Import, company: Company
) -> None:
    import_text(_accounts(*known), kind="customers")
    batch = import_text(_accounts(*stated), kind="customers")
    assert batch.state == "applied", messages(batch)
    assert _emails() == held

    again = import_text(_accounts(*stated), kind="customers")
    assert (again.summary["new"], again.summary["changed"], _emails()) == (0, 0, held)


def test_a_row_without_an_email_keeps_the_email_that_is_known(import_text: Import, company: Company) -> None:
    import_text(_accounts("a@x.example"), kind="customers")
    import_text(HEAD + OAK + "contact,C1,,Accounts,,555 0101\n", kind="customers")
    assert Contact.objects.values_list("email", "phone").get() == ("a@x.example", "555 0101")


def test_that_messages_came_back_is_forgotten_with_the_address(import_text: Import, company: Company) -> None:
    bounced_at = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
    import_text(_accounts("a@x.example"), kind="customers")
    Contact.objects.update(email_bounced_at=bounced_at)

    import_text(_accounts("A@x.example"), kind="customers")
    assert Contact.objects.get().email_bounced_at == bounced_at

    import_text(_accounts("c@x.example"), kind="customers")
    assert Contact.objects.values_list("email", "email_bounced_at").get() == ("c@x.example", None)


def test_when_a_contact_was_dropped_is_noted_once_and_forgotten_when_they_are_back(
    import_text: Import, company: Company
) -> None:
    head, began = (
        "type,customer,name,contact_name,email,active\n",
        dt.datetime(2026, 3, 20, 12, tzinfo=dt.UTC),
    )
    row = "customer,C1,Oak,,,\ncontact,C1,,Ann,ann@x.example,{}\n"
    noted = []
    for day, stated in enumerate(("yes", "no", "no", "yes", "no")):
        at = began + dt.timedelta(days=day)
        batch = import_text(head + row.format(stated), kind="customers", at=at)
        assert batch.state == "applied", messages(batch)
        dropped = Contact.objects.get().dropped_at
        noted.append(None if dropped is None else (dropped - began).days)
    assert noted == [None, 1, 1, None, 4]


def test_a_contact_that_arrives_dropped_is_dropped_from_then_on(
    import_text: Import, company: Company
) -> None:
    text = "type,customer,name,contact_name,active\ncustomer,C1,Oak,,\ncontact,C1,,Ann,no\n"
    batch = import_text(text, kind="customers")
    assert batch.state == "applied", messages(batch)
    contact = Contact.objects.get()
    assert contact.dropped_at == contact.recorded_at
