"""What comes back is taken in once, belongs to whom it should, and does what it says."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import IntegrityError, connections, transaction
from django.utils import timezone

from collections_app.activity.events import Event
from collections_app.correspondence import bounces, received_messages, stored_files
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.received_messages import Taken
from collections_app.correspondence.received_rows import ReceivedMessage, Unreadable
from collections_app.correspondence.rules import Audience
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from tests.correspondence.incoming_mails import mail
from tests.correspondence.mailing import AT, House, Post, send
from tests.desk import person
from tests.ledgerrows import company_of
from tests.ledgertext import load

DAY = dt.timedelta(days=1)
LATER = AT + DAY
VOGEL = "vogel@brandt.example"


def contact_of(customer: Customer, *, name: str = "Ms Vogel", email: str = VOGEL) -> Contact:
    return Contact.objects.create(customer=customer, name=name, email=email, recorded_at=AT)


def sent(house: House, **facts: object) -> Message:
    message = house.queued(**facts)
    send(Post(), at=AT + DAY / 48)
    message.refresh_from_db()
    assert message.state == "sent"
    return message


def take(house: House, raw: bytes, *, at: dt.datetime = LATER) -> Taken:
    return received_messages.take(raw, company=house.company, named="INBOX", at=at)


def row_of(taken: Taken) -> ReceivedMessage:
    assert taken.received
    return taken.received


def another(house: House) -> Customer:
    load("customer 200\ninvoice 200 B1 10.00 due=-5", company=house.company, today=AT.date())
    return Customer.objects.select_related("company").get(number="200")


def test_a_reply_belongs_to_the_message_it_answers_and_is_told_in_the_timeline(house: House) -> None:
    contact, message = contact_of(house.customer), sent(house)
    got = row_of(take(house, mail("reply_promise", about=message)))

    assert (got.customer, got.contact, got.about) == (house.customer, contact, message)
    assert (got.kind, got.sort, got.promised_on) == ("reply", "promise", dt.date(2026, 3, 26))
    told = Event.objects.get(what="message.answered")
    assert told.customer == house.customer
    assert told.summary.startswith("Reply from Ruth Bakker: “Hello, sorry about that. We will pay A-1001")


def test_the_same_mail_again_has_no_effect(house: House) -> None:
    message = sent(house)
    raw = mail("reply_promise", about=message)
    first = take(house, raw)
    again = take(house, b"Received: from elsewhere\n" + raw, at=LATER + DAY)

    assert (first.is_new, again.is_new) == (True, False)
    assert ReceivedMessage.objects.count() == Event.objects.filter(what="message.answered").count() == 1


def test_a_mail_without_an_id_is_known_by_its_content(house: House) -> None:
    raw = b"From: Vogel <vogel@brandt.example>\nSubject: hello\n\nWe will ring you.\n"
    assert [take(house, each).is_new for each in (raw, raw, raw + b"today\n")] == [True, False, True]


@pytest.mark.django_db(transaction=True)
def test_the_same_mail_read_by_two_at_once_is_taken_in_once() -> None:
    house = House()
    raw = mail("reply_promise", about=sent(house))

    def one(_: int) -> bool:
        try:
            return take(house, raw, at=timezone.now()).is_new
        finally:
            connections.close_all()

    with ThreadPoolExecutor(4) as threads:
        assert sorted(threads.map(one, range(4))) == [False, False, False, True]
    assert Event.objects.filter(what="message.answered").count() == 1


def test_whoever_writes_unasked_is_known_by_an_address_of_one_customer_only(house: House) -> None:
    contact_of(house.customer)
    raw = mail("reply_thanks", sender=VOGEL.upper())
    assert row_of(take(house, raw)).customer == house.customer

    contact_of(another(house), name="Vogel too")
    second = mail("reply_paid", sender=VOGEL)
    assert row_of(take(house, second)).customer is None


def test_a_stranger_is_nobody_until_a_person_says_whose_it_is(house: House) -> None:
    contact = contact_of(house.customer, email="ruth@bakery.example")
    Contact.objects.update(is_active=False)
    got = row_of(take(house, mail("reply_paid")))
    assert (got.customer, got.contact) == (None, None)
    assert not Event.objects.filter(what="message.answered").exists()

    Contact.objects.update(is_active=True)
    received_messages.assign(got, customer=house.customer, by=house.priya, at=LATER)
    received_messages.assign(got, customer=house.customer, by=house.priya, at=LATER)
    got.refresh_from_db()
    assert (got.customer, got.contact) == (house.customer, contact)
    assert Event.objects.get(what="message.answered").by == house.priya


def test_it_is_not_assigned_to_a_customer_of_another_company(house: House) -> None:
    got = row_of(take(house, mail("reply_paid")))
    load("customer 900", company=company_of("DE"), today=AT.date())
    with pytest.raises(Refused, match="another company"):
        received_messages.assign(got, customer=Customer.objects.get(number="900"), by=house.priya, at=LATER)


def test_another_company_does_not_see_whom_we_wrote_to(house: House) -> None:
    message = sent(house)
    elsewhere = company_of("DE")
    taken = received_messages.take(mail("reply_paid", about=message), company=elsewhere, at=LATER)
    assert (row_of(taken).customer, row_of(taken).about) == (None, None)


def test_a_bounce_marks_the_address_everywhere_and_says_so(house: House) -> None:
    message = sent(house)
    here, there = contact_of(house.customer), contact_of(another(house), name="Vogel too")
    other = contact_of(house.customer, name="Mr Berg", email="berg@brandt.example")
    got = row_of(take(house, mail("bounce_report", about=message)))

    assert (got.kind, got.customer, got.contact, got.about) == ("bounce", house.customer, here, message)
    for contact in (here, there, other):
        contact.refresh_from_db()
    assert [here.email_bounced_at, there.email_bounced_at, other.email_bounced_at] == [LATER, LATER, None]
    told = Event.objects.get(what="message.bounced")
    assert told.summary.startswith("Did not arrive at vogel@brandt.example: 550 5.1.1")


@pytest.mark.parametrize(
    "name", ["bounce_report_full", "bounce_report_policy", "delay_report", "away_english", "reply_thanks"]
)
def test_nothing_else_marks_an_address(house: House, name: str) -> None:
    contact, message = contact_of(house.customer), sent(house)
    take(house, mail(name, about=message))
    contact.refresh_from_db()
    assert contact.email_bounced_at is None


def test_a_bounce_is_believed_only_of_what_we_sent(house: House) -> None:
    """Anybody can write one about anybody, so that nobody is reminded any more."""
    contact = contact_of(house.customer)
    got = row_of(take(house, mail("bounce_french", sender=VOGEL)))
    contact.refresh_from_db()
    assert (got.kind, got.customer, contact.email_bounced_at) == ("bounce", None, None)

    sent(house)
    later = mail("bounce_dutch", sender=VOGEL)
    assert row_of(take(house, later)).customer == house.customer
    contact.refresh_from_db()
    assert contact.email_bounced_at == LATER


def test_a_message_of_long_ago_proves_nothing(house: House) -> None:
    contact = contact_of(house.customer)
    sent(house)
    take(house, mail("bounce_dutch", sender=VOGEL), at=AT + 30 * DAY)
    contact.refresh_from_db()
    assert contact.email_bounced_at is None


def test_a_bounce_from_behind_a_forwarded_address_marks_the_one_we_wrote_to(house: House) -> None:
    contact, message = contact_of(house.customer), sent(house)
    take(house, mail("bounce_report", about=message, sender="old.desk@elsewhere.example"))
    contact.refresh_from_db()
    assert contact.email_bounced_at == LATER


def test_a_new_address_clears_the_mark(house: House) -> None:
    contact, message = contact_of(house.customer), sent(house)
    take(house, mail("bounce_report", about=message))
    for wrong in ("", "no address", VOGEL):
        with pytest.raises(Refused):
            bounces.give_address(contact, email=wrong, by=house.priya, at=LATER)
    bounces.give_address(contact, email=" accounts@brandt.example ", by=house.priya, at=LATER)
    contact.refresh_from_db()
    assert (contact.email, contact.email_bounced_at) == ("accounts@brandt.example", None)
    assert Event.objects.get(what="address.changed").by == house.priya


def test_files_are_kept_when_they_pass_the_checks_and_named_when_not(house: House) -> None:
    got = row_of(take(house, mail("reply_with_file", about=sent(house))))
    [kept] = got.files.all()
    assert stored_files.content_of(kept.stored_file).startswith(b"invoice,amount")
    assert [each["name"] for each in got.refused_files] == ["viewer.exe"]
    assert "cannot be taken" in got.refused_files[0]["sentence"]


def test_what_cannot_be_read_is_kept_once_as_a_sentence(house: House) -> None:
    huge = b"From: a@b.example\n\n" + b"x" * (40 * 1024**2)
    first, again = take(house, huge), take(house, huge, at=LATER + DAY)

    assert (first.is_new, again.is_new) == (True, False)
    assert first.problem == again.problem == "The email is larger than 25 MB, and is not opened."
    assert Unreadable.objects.get().size_bytes == len(huge)


def test_a_reply_pauses_until_somebody_has_read_it(house: House) -> None:
    got = row_of(take(house, mail("reply_paid", about=sent(house))))
    pausing = ReceivedMessage.objects.pausing()
    assert list(pausing) == [got]

    received_messages.mark_read(got, by=house.priya, at=LATER)
    received_messages.mark_read(got, by=house.dana, at=LATER + DAY)
    assert not pausing.all().exists()
    got.refresh_from_db()
    assert (got.read_by, got.read_at) == (house.priya, LATER)

    received_messages.mark_unread(got, by=house.priya, at=LATER)
    assert list(pausing.all()) == [got]


@pytest.mark.parametrize("name", ["away_english", "ticket_received", "delay_report", "bounce_report"])
def test_machines_pause_nothing(house: House, name: str) -> None:
    take(house, mail(name, about=sent(house)))
    assert not ReceivedMessage.objects.pausing().exists()


def test_what_a_colleague_answers_by_mail_does_not_pause_the_customer(house: House) -> None:
    message = sent(house, audience=Audience.COLLEAGUE)
    got = row_of(take(house, mail("reply_thanks", about=message)))
    assert (got.customer, got.audience) == (house.customer, "colleague")
    assert not ReceivedMessage.objects.pausing().exists()
    assert ReceivedMessage.objects.unread().exists()


def test_dates_are_read_where_the_customer_is(house: House) -> None:
    Customer.objects.filter(pk=house.customer.pk).update(country="US")
    got = row_of(take(house, mail("reply_promise_figures", about=sent(house))))
    assert got.promised_on == dt.date(2026, 4, 5)


def test_a_role_that_works_no_customers_reads_nobodys_mail_away(house: House) -> None:
    got = row_of(take(house, mail("reply_paid", about=sent(house))))
    sam = person(house.company, "sam", Role.SALES)
    for verb in (received_messages.mark_read, received_messages.mark_unread):
        with pytest.raises(Refused):
            verb(got, by=sam, at=LATER)


def test_the_database_keeps_a_mail_once(house: House) -> None:
    got = row_of(take(house, mail("reply_paid", about=sent(house))))
    got.pk = None
    with pytest.raises(IntegrityError, match="received_message_is_taken_in_once"), transaction.atomic():
        got.save(force_insert=True)


def test_the_database_knows_who_read_it(house: House) -> None:
    got = row_of(take(house, mail("reply_paid", about=sent(house))))
    with pytest.raises(IntegrityError, match="received_message_is_read_by_somebody"), transaction.atomic():
        ReceivedMessage.objects.filter(pk=got.pk).update(read_at=LATER)
