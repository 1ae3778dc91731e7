"""Writing a conversation down on screen: works, plain and with htmx, refuses, is taken back."""

import datetime as dt
import re
from decimal import Decimal
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from pytest_django import DjangoAssertNumQueries

from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.disputes import Dispute
from collections_app.contact.promises import Promise
from collections_app.contact.rules.conversation import try_again
from collections_app.ledger.invoices import Invoice
from collections_app.lib.working_days import Calendar
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office


def typed(**given: Any) -> dict[str, Any]:
    return {
        "form_key": str(uuid4()),
        "outcome": "no_answer",
        "channel": "call",
        "direction": "out",
        "promise_currency": "GBP",
        **given,
    }


def test_saving_leads_a_plain_browser_to_the_next_customer_with_an_undo(office: Office) -> None:
    response = office.client(office.priya).post(office.url("100", "contacts/"), typed(), follow=True)
    text = response.content.decode()

    assert response.redirect_chain == [(office.url("200"), 303)]
    assert "Harrow Tools: no answer is written down." in text
    assert f"/NG/contacts/{ContactLog.objects.get().pk}/undo/" in text


def test_htmx_gets_the_next_customer_already_rendered(office: Office, htmx: dict[str, str]) -> None:
    response = office.client(office.priya).post(office.url("100", "contacts/"), typed(), headers=htmx)
    text = response.content.decode()

    assert response.status_code == 200
    assert response.headers["HX-Push-Url"] == office.url("200")
    assert 'id="customer" hx-swap-oob="true"' in text
    assert "Brandt GmbH" in text
    assert "<title>Brandt GmbH" in text


def test_a_contact_asks_no_more_than_it_needs_with_the_page_of_the_next(
    office: Office, htmx: dict[str, str], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = office.client(office.priya)
    with django_assert_max_num_queries(50):
        browser.post(office.url("100", "contacts/"), typed(outcome="left_message"), headers=htmx)


def test_the_page_of_a_customer_asks_for_what_there_is(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = office.client(office.priya)
    with django_assert_max_num_queries(25):
        browser.get(office.url("200"))


def test_saving_and_staying_shows_the_same_customer(office: Office) -> None:
    response = office.client(office.priya).post(
        office.url("100", "contacts/"), typed(then="stay"), follow=True
    )
    assert response.redirect_chain == [(office.url("100"), 303)]


def test_the_usual_next_step_is_filled_in(office: Office) -> None:
    office.client(office.priya).post(office.url("100", "contacts/"), typed(outcome="left_message"))
    log = ContactLog.objects.get()
    day = office.company.calendar.add(office.today, 2)
    assert (log.next_step, log.next_on, log.next_at) == ("call", day, None)


def test_who_did_not_answer_is_tried_again_at_a_time(office: Office) -> None:
    office.client(office.priya).post(office.url("100", "contacts/"), typed())
    log = ContactLog.objects.get()
    now = office.at.astimezone(ZoneInfo("Europe/London"))
    assert (log.next_on, log.next_at) == try_again(now=now, calendar=office.company.calendar)
    assert log.next_step == "call"


def test_a_time_alone_is_another_try_when_nobody_answered(office: Office) -> None:
    office.client(office.priya).post(office.url("100", "contacts/"), typed(next_at="23:59"))
    log = ContactLog.objects.get()
    assert (log.next_step, log.next_on, log.next_at) == ("call", office.today, dt.time(23, 59))
    assert office.entry("100").call_back_at is not None


def test_a_time_alone_is_an_agreed_call_back(office: Office) -> None:
    given = typed(outcome="says_paid", next_at="15:00")
    office.client(office.priya).post(office.url("100", "contacts/"), given)
    log = ContactLog.objects.get()
    assert (log.next_step, log.next_on, log.next_at) == ("call_back", office.today, dt.time(15))


def test_nothing_more_is_no_next_step(office: Office) -> None:
    office.client(office.priya).post(office.url("100", "contacts/"), typed(next_step="none"))
    assert ContactLog.objects.get().next_step == ""


def test_a_promise_without_a_tick_is_for_all_that_is_due(office: Office) -> None:
    day = Calendar(country="GB").add(office.today, 3)
    office.client(office.priya).post(
        office.url("100", "contacts/"),
        typed(outcome="promised", promise_amount="120,000.00", promised_on=f"{day:%Y-%m-%d}"),
    )
    promise = Promise.objects.get()
    assert [line.invoice.number for line in promise.lines.all()] == ["A1"]
    assert (promise.amount, promise.promised_on) == (Decimal(120000), day)
    assert ContactLog.objects.get().next_on == Calendar(country="GB").next_working_day(day)


def test_a_promise_is_for_the_ticked_invoices(office: Office) -> None:
    ticked = office.rows.invoices["A2"]
    office.client(office.priya).post(
        office.url("100", "contacts/"),
        typed(
            outcome="promised",
            promise_amount="500",
            promised_on=f"{office.today:%Y-%m-%d}",
            invoices=[ticked.pk, office.rows.invoices["B1"].pk, "x"],
        ),
    )
    assert [line.invoice for line in Promise.objects.get().lines.all()] == [ticked]
    assert list(ContactLog.objects.get().invoices.all()) == [ticked]


def test_a_dispute_without_an_amount_is_of_the_whole_invoice(office: Office) -> None:
    invoice = office.rows.invoices["A1"]
    office.client(office.priya).post(
        office.url("100", "contacts/"),
        typed(outcome="disputes", dispute_invoice=invoice.pk, dispute_reason="QTY", said="Two boxes short"),
    )
    dispute = Dispute.objects.get()
    assert (dispute.amount, dispute.reason, dispute.said) == (Decimal(120000), "QTY", "Two boxes short")

    browser = office.client(office.priya)
    assert "All that is due is disputed" in browser.get(office.url("100")).content.decode()
    browser.post(
        f"/NG/disputes/{dispute.pk}/close/", {"to": "rejected", "cause": "in_order", "is_told": "yes"}
    )
    assert "Ask for a date for £120,000.00" in browser.get(office.url("100")).content.decode()


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"outcome": ""}, ["Say what came of it."]),
        ({"outcome": "promised"}, ["How much do they promise?", "For which day?"]),
        ({"outcome": "disputes"}, ["Which invoice do they dispute?"]),
        ({"outcome": "other"}, ["Say in a few words what came of it"]),
        ({"next_on": "2020-01-01"}, ["The next step cannot be in the past."]),
        (
            {"outcome": "promised", "promise_amount": "999999", "promised_on": "2020-01-01"},
            ["A promise is for today or a later day.", "Only £120,000.00 of A1 is open."],
        ),
    ],
)
def test_it_refuses_with_every_reason_and_keeps_what_was_typed(
    office: Office, htmx: dict[str, str], given: dict[str, str], words: list[str]
) -> None:
    response = office.client(office.priya).post(
        office.url("100", "contacts/"), typed(**given, spoke_with="Mrs O’Hara"), headers=htmx
    )
    text = response.content.decode()

    assert response.status_code == 422
    assert all(sentence in text for sentence in words), text
    assert "Mrs O’Hara" in text
    assert "<html" not in text
    assert not ContactLog.objects.exists()


def test_the_same_form_twice_has_one_effect(office: Office) -> None:
    browser, form = office.client(office.priya), typed()
    for _ in range(2):
        assert browser.post(office.url("100", "contacts/"), form).status_code == 303
    assert ContactLog.objects.count() == 1


def test_the_same_form_is_answered_as_before_when_its_invoice_is_paid_meanwhile(office: Office) -> None:
    """Whoever never saw the first answer sends it again, and is not told that the invoice is unknown."""
    invoice = office.rows.invoices["A1"]
    disputed = {"dispute_invoice": invoice.pk, "dispute_reason": "PRICE", "said": "Another price was agreed"}
    browser, form = office.client(office.priya), typed(outcome="disputes", **disputed)
    assert browser.post(office.url("100", "contacts/"), form).status_code == 303
    Invoice.objects.filter(pk=invoice.pk).update(open_amount=0, settled_on=office.today)

    assert browser.post(office.url("100", "contacts/"), form).status_code == 303

    assert (ContactLog.objects.count(), Dispute.objects.count()) == (1, 1)
    somebody_else = office.client(office.dana).post(office.url("100", "contacts/"), form)
    assert somebody_else.status_code == 422


def test_undo_takes_it_back_and_shows_the_customer(office: Office) -> None:
    browser = office.client(office.priya)
    browser.post(office.url("100", "contacts/"), typed())
    log = ContactLog.objects.get()
    response = browser.post(f"/NG/contacts/{log.pk}/undo/", follow=True)

    assert response.redirect_chain == [(office.url("100"), 303)]
    assert "Taken back." in response.content.decode()
    assert office.entry("100").left_out == ""
    assert office.client(office.tom).post(f"/NG/contacts/{log.pk}/undo/").status_code == 404


@pytest.mark.parametrize(("deed", "reason"), [("snooze", "Books closed"), ("skip", "Line is busy")])
def test_out_of_the_way_and_back(office: Office, deed: str, reason: str) -> None:
    browser = office.client(office.priya)
    given = {"reason": reason, "until": f"{office.today + dt.timedelta(days=3):%Y-%m-%d}"}
    response = browser.post(office.url("100", f"{deed}/"), given, follow=True)
    assert response.redirect_chain == [(office.url("200"), 303)]
    undo = re.search(r'class="undo"[^>]*action="([^"]+)"', response.content.decode())
    assert undo

    back = browser.post(undo.group(1), follow=True)
    assert back.redirect_chain == [(office.url("100"), 303)]
    assert office.entry("100").left_out == ""


@pytest.mark.parametrize("deed", ["snooze", "skip"])
def test_out_of_the_way_needs_a_reason(office: Office, deed: str) -> None:
    response = office.client(office.priya).post(office.url("100", f"{deed}/"), {"until": "2020-01-01"})
    assert response.status_code == 422
    assert "Say why in a few words" in response.content.decode()


def test_nothing_changes_by_looking(office: Office) -> None:
    browser = office.client(office.priya)
    for rest in ("contacts/", "snooze/", "wake/", "skip/", "unskip/", "claim/"):
        assert browser.get(office.url("100", rest)).status_code == 405


@pytest.mark.parametrize("amount", ["12,50", "1,2345", "1.234,50", ",5", "12,50,00"])
def test_a_comma_that_parts_no_thousands_is_asked_about(office: Office, amount: str) -> None:
    given = typed(outcome="promised", promise_amount=amount, promised_on=f"{office.today:%Y-%m-%d}")
    response = office.client(office.priya).post(office.url("100", "contacts/"), given)

    assert response.status_code == 422
    assert f"“{amount}” is not clear. Write it like 1,234.50." in response.content.decode()
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("amount", "is_worth"), [("1,234.50", "1234.50"), ("100,000", "100000"), ("1250", "1250")]
)
def test_commas_between_thousands_are_read(office: Office, amount: str, is_worth: str) -> None:
    given = typed(outcome="promised", promise_amount=amount, promised_on=f"{office.today:%Y-%m-%d}")
    office.client(office.priya).post(office.url("100", "contacts/"), given)
    assert Promise.objects.get().amount == Decimal(is_worth)


def test_an_invoice_beyond_the_first_page_can_be_disputed(office: Office) -> None:
    text = "\n".join(f"invoice 100 N{n} 10.00 due=-{n + 1}" for n in range(60))
    rows = load('customer 100 "Harrow Tools"\n' + text, company=office.company, today=office.today)
    youngest = rows.invoices["N0"]
    given = typed(outcome="disputes", dispute_invoice=str(youngest.pk), dispute_reason="PRICE")
    refusal = office.client(office.priya).post(
        office.url("100", "contacts/"), {**given, "dispute_amount": "99"}
    )
    assert refusal.status_code == 422
    assert refusal.content.decode().count('name="invoices"') == 62

    office.client(office.priya).post(office.url("100", "contacts/"), given)
    assert Dispute.objects.get().invoice == youngest
