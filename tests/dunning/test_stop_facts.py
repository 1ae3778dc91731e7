"""What can stop a message, read from the database by the verbs that wrote it."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.contact import commitments, disputes
from collections_app.correspondence import sending_pauses
from collections_app.dunning import blocks, stops
from collections_app.intake.received import Batch
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office
from tests.ledgertext import load


@pytest.fixture
def office(db: None) -> Office:
    return Office()


def test_nothing_stops_a_message_to_somebody_who_owes(office: Office) -> None:
    assert office.stops() == ()


def test_what_is_paid_credited_or_waits_to_be_set_against_something_is_seen(office: Office) -> None:
    about = office.draft()
    office.receive("480.00")
    (stop,) = office.stops(about)
    assert stop.sentence == (
        "£480.00 of theirs is not set against anything yet: it would pay A1 (£480.00). "
        "Set it against an invoice, or ask what it is for."
    )
    Invoice.objects.filter(number="A1").update(open_amount=0, settled_on=TODAY)
    assert office.codes(about) == ["settled"]


def test_a_credit_note_counts_as_money_and_a_refund_takes_from_it(office: Office) -> None:
    office.post("credit_note 100 C1 300.00 on=-1\nreceipt 100 P1 180.00 on=-1")
    assert office.facts().cash["GBP"].total == 480
    assert sorted(office.facts().cash["GBP"].parts) == [180, 300]
    assert office.codes() == ["covered"]
    office.post("refund 100 F1 20.00 on=0")
    assert office.facts().cash["GBP"].total == 460


def test_a_dispute_and_a_promise_are_seen_with_their_days(office: Office) -> None:
    disputes.lodge(
        customer=office.harrow,
        invoice=office.rows.invoices["A1"],
        amount=Decimal(200),
        reason="PRICE",
        by=office.tom,
        at=AT,
    )
    office.promise("A2", on=TODAY + DAY)
    assert [stop.sentence for stop in office.stops()] == [
        "£200.00 of A1 is disputed, and the message does not say so.",
        "£1,200.00 of A2 is promised for 12 March, with time until 16 March.",
    ]
    assert office.codes(at=AT + 5 * DAY) == ["disputed", "promised", "old_ledger"]
    assert office.codes(at=AT + 6 * DAY) == ["disputed", "old_ledger"]


def test_blocks_and_what_we_owe_are_seen(office: Office) -> None:
    blocks.place(customer=office.harrow, reason="plan", until=TODAY, by=office.dana, at=AT)
    commitments.record(
        customer=office.harrow,
        kind="copy",
        owner=office.tom,
        due_on=TODAY - 2 * DAY,
        by=office.tom,
        at=AT - 3 * DAY,
    )
    assert [stop.sentence for stop in office.stops(office.draft(level=2))] == [
        "Reminders of this customer are blocked until 11 March: A payment plan is being agreed (Dana).",
        "We are late ourselves (Copy of an invoice, by Tom for 9 March). Do that first, then ask.",
    ]
    assert office.codes() == ["blocked"]


def test_an_agreed_call_leaves_them_alone_until_it_was_made(office: Office) -> None:
    office.call_agreed(TODAY + 2 * DAY, at=AT - HOUR)
    assert office.facts().left_alone_until == TODAY + 2 * DAY
    assert office.facts(at=AT - 2 * HOUR).left_alone_until is None
    office.talk(at=AT - HOUR / 2)
    assert office.facts().left_alone_until is None


def test_a_call_that_we_committed_to_leaves_them_alone_too(office: Office) -> None:
    owed = commitments.record(
        customer=office.harrow, kind="call_back", owner=office.tom, due_on=TODAY, by=office.tom, at=AT
    )
    assert office.codes() == ["left_alone"]
    commitments.meet(owed, by=office.tom, at=AT)
    assert office.codes() == []


def test_hours_are_those_of_the_addressee_the_customer_or_their_country(office: Office) -> None:
    brandt = office.rows.customers["200"]
    about = office.draft("B1")
    place = office.facts(brandt).place(about)
    assert (place.zones, place.calendar.country, place.calendar.subdivision) == (("Europe/Berlin",), "DE", "")
    assert office.facts().place(office.draft()).zones == ("Europe/London",)
    Customer.objects.filter(pk=brandt.pk).update(time_zone="Asia/Tokyo")
    assert office.facts(brandt).place(about).zones == ("Asia/Tokyo",)
    office.meet(brandt, "Uwe", "uwe@brandt.example", time_zone="America/Los_Angeles")
    assert office.facts(brandt).place(about).zones == ("America/Los_Angeles",)
    Contact.objects.filter(customer=brandt).update(time_zone="Mars/Base")
    Customer.objects.filter(pk=brandt.pk).update(time_zone="Mars/Base", country="US")
    assert office.facts(brandt).place(about).zones == ("America/New_York", "America/Los_Angeles")
    Customer.objects.filter(pk=brandt.pk).update(country="EG")
    assert office.facts(brandt).calendar.weekend == (4, 5)


def test_the_first_contact_with_an_address_is_written_to(office: Office) -> None:
    office.meet(office.harrow, "Aaron", "aaron@harrow.example")
    about = office.draft()
    addressee = office.facts().addressee(about)
    assert addressee is not None
    assert addressee.email == "ada@harrow.example"
    Contact.objects.filter(pk=office.ada.pk).update(email_bounced_at=AT - DAY)
    assert office.codes() == ["bounced"]
    Contact.objects.filter(pk=office.ada.pk).update(is_active=False)
    assert office.codes() == []
    Contact.objects.update(is_active=False)
    assert office.codes() == ["no_address"]


def test_an_old_ledger_an_old_file_of_payments_and_a_pause_make_it_wait(office: Office) -> None:
    assert office.codes(at=AT + 5 * DAY) == ["old_ledger"]
    office.company.bank_stale_after_hours = 24
    office.company.save()
    assert office.codes() == ["old_bank"]
    facts = {
        "company": office.company,
        "file_name": "bank.csv",
        "file_bytes": 1,
        "mapping": {},
        "posting": office.rows.posting,
    }
    Batch.objects.create(
        **facts, received_at=AT, kind="transactions", state="applied", ended_at=AT - 23 * HOUR
    )
    assert office.codes() == []
    sending_pauses.pause(company=office.company, reason="restored", by=None, at=AT)
    assert office.codes() == ["paused"]


def test_it_reads_one_customer_or_two_hundred_in_the_same_number_of_statements(
    office: Office, django_assert_num_queries: Callable[..., Any]
) -> None:
    lines = [
        f"customer {number}\ninvoice {number} I{number} 50.00 due=-9\nreceipt {number} R{number} 5.00 on=-1"
        for number in range(300, 500)
    ]
    many = load("\n".join(lines), company=office.company, today=TODAY)
    added = [customer for number, customer in many.customers.items() if int(number) >= 300]
    ids = [customer.pk for customer in added]
    for customer in added:
        office.meet(customer, "Ada", "ada@harrow.example")
        office.talk(customer=customer, at=AT - DAY)

    with CaptureQueriesContext(connection) as one:
        stops.facts_for(company=office.company, customers=ids[:1], at=AT)
    with django_assert_num_queries(len(one)):
        found = stops.facts_for(company=office.company, customers=ids, at=AT)
    assert len(one) <= 13
    assert len(found) == 200 == len(ids)
    first = found[ids[0]]
    assert ([owed.open_amount for owed in first.invoices.values()], first.cash["GBP"].total) == (
        [Decimal(50)],
        Decimal(5),
    )


def test_only_the_invoices_that_were_asked_for_are_read(office: Office) -> None:
    a1 = office.rows.invoices["A1"]
    assert list(office.facts(invoices=[a1.pk]).invoices) == [a1.pk]
    assert len(office.facts().invoices) == 2


def test_a_company_without_customers_to_ask_about_finds_nothing(office: Office) -> None:
    assert stops.facts_for(company=office.company, customers=[], at=AT) == {}
