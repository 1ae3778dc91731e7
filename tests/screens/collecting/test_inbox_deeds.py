"""What is done about a reply in one key, and taken back as one."""

import re
from decimal import Decimal

import pytest

from collections_app.chase.snoozes import Snooze
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.promises import Promise
from collections_app.correspondence.message_rows import Message
from collections_app.dunning.blocks import Block
from collections_app.ledger.contacts import Contact
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.incoming import ADA, DAY, contact_of, is_read, page, post, takes


@pytest.fixture
def contact(office: Office) -> Contact:
    return contact_of(office)


@pytest.mark.usefixtures("contact")
def test_says_paid_is_noted_looked_for_and_nobody_reminds_until_then(office: Office) -> None:
    got = takes(office, "reply_paid")
    assert "Noted." in post(office, got, "paid", here="view=replies")
    log = ContactLog.objects.get()
    assert (log.outcome, log.channel, log.direction) == ("says_paid", "email", "in")
    assert log.said.startswith("Hi,\n\nwe paid this")
    assert (log.contact and log.contact.email, log.next_step) == (ADA, "check_bank")
    block = Block.objects.standing().get()
    assert (block.reason, block.until) == ("on_its_way", log.next_on)
    assert is_read(got)

    assert "Taken back." in post(office, got, "undo")
    log.refresh_from_db()
    assert log.withdrawn_at
    assert not Block.objects.standing().exists()
    assert not is_read(got)


@pytest.mark.usefixtures("contact")
def test_copies_are_made_ready_of_what_they_name(office: Office) -> None:
    got = takes(office, "reply_copy", **{"A-1001": "A1"})
    shown = post(office, got, "copies")
    assert "The copies are ready." in shown
    message = Message.objects.get()
    assert (message.kind, message.state, message.to_address) == ("copy", "ready", ADA)
    assert "A1" in message.subject
    assert f'action="/NG/outbox/{message.pk}/send/"' in shown
    assert is_read(got)


@pytest.mark.usefixtures("contact")
def test_copies_of_all_that_is_due_when_they_name_nothing(office: Office) -> None:
    post(office, takes(office, "reply_copy_dutch"), "copies")
    assert Message.objects.get().attachments.count() == 1


@pytest.mark.usefixtures("contact")
def test_a_promise_opens_the_form_filled_and_saving_it_reads_the_reply(office: Office) -> None:
    got = takes(office, "reply_promise_weekday", **{"It is in": "A1 is in"})
    browser, url = office.client(office.priya), office.url("100")
    shown = page(browser, f"{url}?reply={got.pk}&outcome=promised")
    form = re.search(r'<form id="log".*?</form>', shown, re.DOTALL)
    assert form
    assert "A1 is in our next pay run on Friday." in form[0]
    assert got.promised_on
    assert f'value="{got.promised_on:%Y-%m-%d}"' in form[0]
    assert re.search(r'value="promised"[^>]*checked', form[0])
    given = dict(re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form[0]))
    sent = {
        **{name: given[name] for name in ("form_key", "seen", "reply", "promise_amount", "promised_on")},
        "outcome": "promised",
        "channel": "email",
        "direction": "in",
        "promise_currency": "GBP",
        "said": got.words,
        "contact": str(got.contact_id),
        "then": "stay",
        "as_it_is": "on",
        "invoices": str(office.rows.invoices["A1"].pk),
    }
    answer = browser.post(f"{url}contacts/", sent, follow=True)
    assert answer.redirect_chain, answer.content.decode()
    promise = Promise.objects.get()
    assert promise.promised_on == got.promised_on
    assert promise.amount == Decimal(120000)
    assert is_read(got)

    browser.post(f"/NG/contacts/{ContactLog.objects.get().pk}/undo/")
    promise.refresh_from_db()
    assert promise.state == "withdrawn"
    assert not is_read(got)


@pytest.mark.usefixtures("contact")
def test_a_question_opens_the_dispute_with_its_invoice(office: Office) -> None:
    got = takes(office, "reply_query", **{"A-1001": "A1"})
    shown = page(office.client(office.priya), f"{office.url('100')}?reply={got.pk}&outcome=disputes")
    assert re.search(r'value="disputes"[^>]*checked', shown)
    assert re.search(rf'<option value="{office.rows.invoices["A1"].pk}" selected', shown)


@pytest.mark.parametrize("wrong", ["reply=x", "reply=999999", "reply=", "reply=-1"])
def test_a_link_to_a_reply_that_is_none_opens_the_page_as_it_is(office: Office, wrong: str) -> None:
    shown = page(office.client(office.priya), f"{office.url('100')}?{wrong}")
    assert "What they wrote stands below." not in shown


@pytest.mark.usefixtures("contact")
def test_the_reply_of_another_customer_fills_nothing(office: Office) -> None:
    got = takes(office, "reply_paid")
    shown = page(office.client(office.priya), f"{office.url('200')}?reply={got.pk}&outcome=says_paid")
    assert "What they wrote stands below." not in shown


@pytest.mark.usefixtures("contact")
def test_away_leaves_them_until_they_are_back(office: Office) -> None:
    back = office.today + 12 * DAY
    got = takes(office, "away_by_subject", **{"on 30 March": f"on {back:%-d %B %Y}"})
    assert got.back_on == back
    assert "left alone" in post(office, got, "away")
    assert Snooze.objects.get().until == back
    assert Block.objects.standing().get().until == back - DAY
    assert "Taken back." in post(office, got, "undo")
    assert not Block.objects.standing().exists()
    assert not Snooze.objects.filter(ended_at__isnull=True).exists()


def test_what_is_of_nobody_is_given_to_whom_it_belongs(office: Office) -> None:
    got = takes(office, "reply_paid", sender="new.clerk@elsewhere.example")
    browser, url = office.client(office.priya), f"/NG/inbox/{got.pk}/"
    assert got.from_address in page(browser, url)
    assert "Say first whose it is." in post(office, got, "paid")
    found = page(browser, f"{url}?q=harr")
    assert "Harrow Tools" in found
    assert "Brandt" not in found
    assert "No customer of yours is called that." in page(browser, f"{url}?q=zzzz")
    shown = browser.post(f"{url}assign/", {"customer": office.customer("100").pk}, follow=True)
    assert "Harrow Tools&#x27;s." in shown.content.decode()
    got.refresh_from_db()
    assert got.customer == office.customer("100")
    for wrong in ("", "x", "0", "9" * 30):
        assert browser.post(f"{url}assign/", {"customer": wrong}).status_code == 404


def test_a_bounce_asks_for_the_address_that_works(office: Office, contact: Contact) -> None:
    Message.objects.create(
        company=office.company, customer=office.customer("100"), key="k", message_id="<k@x.example>",
        kind="reminder", audience="customer", to_address=ADA, language="en", subject="A1", body="A1",
        state="sent", sent_at=office.at, prepared_at=office.at, changed_at=office.at,
    )  # fmt: skip
    got = takes(office, "bounce_dutch")
    contact.refresh_from_db()
    assert contact.email_bounced_at
    browser = office.client(office.priya)
    assert ADA in page(browser, "/NG/inbox/?view=bounces")
    shown = page(browser, f"/NG/inbox/{got.pk}/")
    assert "Ring and ask for another" in shown
    refused = browser.post(f"/NG/inbox/{got.pk}/address/", {"email": "no address"})
    assert refused.status_code == 422
    assert "is not an address for email" in refused.content.decode()
    assert 'value="no address"' in refused.content.decode()
    assert "written to at ada.osei@harrow.example" in post(
        office, got, "address", email="ada.osei@harrow.example"
    )
    contact.refresh_from_db()
    assert contact.email == "ada.osei@harrow.example"
    assert not contact.email_bounced_at
    assert is_read(got)
