"""Reminders blocked from the customer's page, moved, and let go on; what was typed stays."""

import datetime as dt
from typing import Any
from uuid import uuid4

import pytest

from collections_app.dunning import blocks
from collections_app.dunning.blocks import Block
from collections_app.people.users import User
from tests.ledgertext import load
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


def place(office: Office, user: User | None = None, **given: Any) -> Any:
    until = f"{office.today + 7 * DAY:%Y-%m-%d}"
    form = {"form_key": str(uuid4()), "invoice": "", "reason": "plan", "words": "", "until": until, **given}
    browser = office.client(user or office.priya)
    return browser.post(office.url("100", "blocks/"), form, follow=True)


def page(office: Office, user: User | None = None) -> str:
    return office.client(user or office.priya).get(office.url("100")).content.decode()


def test_a_customer_is_blocked_and_the_card_says_why_until_when_and_by_whom(office: Office) -> None:
    shown = place(office, words="three parts").content.decode()
    block = Block.objects.get()
    until = f"{block.until:%-d %B}"
    assert f"No reminders of Harrow Tools until {until}." in shown
    assert f'id="block-{block.pk}"' in shown
    assert "A payment plan is being agreed, three parts (Priya)" in " ".join(shown.split())
    assert f'action="/NG/blocks/{block.pk}/lift/"' in shown
    assert (
        "No reminders until"
        in office.client(office.priya).get(office.url("100", "timeline/")).content.decode()
    )
    assert f'id="block-{block.pk}"' not in office.client(office.priya).get(office.url("200")).content.decode()


def test_one_invoice_is_blocked(office: Office) -> None:
    invoice = office.rows.invoices["A1"]
    shown = place(office, invoice=str(invoice.pk), reason="correction").content.decode()
    assert Block.objects.get().invoice_id == invoice.pk
    assert "No reminders of A1 until" in " ".join(shown.split())


def test_an_invoice_of_somebody_else_is_no_choice(office: Office) -> None:
    answer = place(office, invoice=str(office.rows.invoices["B1"].pk))
    assert answer.status_code == 422
    assert not Block.objects.exists()


def test_what_is_wrong_is_told_and_what_was_typed_stays(office: Office) -> None:
    last = office.today + 30 * DAY
    answer = place(office, reason="other", until=f"{last + DAY:%Y-%m-%d}", words="  ")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Say why in a few words, so that others understand." in html
    assert f"choose a day up to {last:%-d %B %Y} (30 days)." in html
    assert f'value="{last + DAY:%Y-%m-%d}"' in html
    assert '<option value="other" selected>' in html
    assert not Block.objects.exists()


def test_an_invoice_beyond_those_that_are_offered_may_be_chosen(office: Office) -> None:
    text = "\n".join(f"invoice 100 N{n} 10.00 due=-{n + 100}" for n in range(60))
    load('customer 100 "Harrow Tools"\n' + text, company=office.company, today=office.today)
    place(office, invoice=str(office.rows.invoices["A2"].pk))
    assert Block.objects.get().invoice_id == office.rows.invoices["A2"].pk


def test_without_a_day_it_asks_for_one(office: Office) -> None:
    assert place(office, until="").status_code == 422


def test_a_form_that_is_posted_twice_has_one_effect(office: Office) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert place(office, form_key=key).status_code == 200
    assert Block.objects.count() == 1


def test_of_two_who_block_the_second_is_told_by_whom_it_is_blocked(office: Office) -> None:
    place(office, office.dana)
    answer = place(office, reason="agreed", words="see Sam")
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "Dana blocked them already, until" in html
    assert 'value="see Sam"' in html


def test_reminders_go_on_and_their_day_moves(office: Office) -> None:
    place(office)
    block = Block.objects.get()
    browser, later = office.client(office.priya), office.today + 10 * DAY
    moved = {"until": f"{later:%Y-%m-%d}", "version": "1"}
    shown = browser.post(f"/NG/blocks/{block.pk}/move/", moved, follow=True).content.decode()
    assert f"No reminders of Harrow Tools until {later:%-d %B}." in shown

    stale = browser.post(f"/NG/blocks/{block.pk}/lift/", {"version": "1"}, follow=True).content.decode()
    assert "This block changed since you opened it" in stale
    shown = browser.post(f"/NG/blocks/{block.pk}/lift/", {"version": "2"}, follow=True).content.decode()
    assert "Reminders of Harrow Tools go on." in shown
    assert f'id="block-{block.pk}"' not in shown
    assert not Block.objects.standing().exists()


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01"])
def test_a_day_that_is_none_moves_nothing(office: Office, until: str) -> None:
    place(office)
    block = Block.objects.get()
    browser = office.client(office.priya)
    browser.post(f"/NG/blocks/{block.pk}/move/", {"until": until, "version": "1"}, follow=True)
    assert Block.objects.get().until == block.until


def test_where_lawyers_are_the_reason_a_collector_reads_that_a_manager_lets_them_go_on(
    office: Office,
) -> None:
    blocks.place(
        customer=office.customer("100"),
        reason="legal",
        until=office.today + DAY,
        by=office.dana,
        at=office.at,
    )
    block = Block.objects.get()
    assert "A manager lets reminders go on" in page(office)
    assert f"/NG/blocks/{block.pk}/lift/" not in page(office)
    said = office.client(office.priya).post(f"/NG/blocks/{block.pk}/lift/", follow=True).content.decode()
    assert "A manager lets reminders go on where the reason is this: with lawyers or an agency." in said
    assert f"/NG/blocks/{block.pk}/lift/" in page(office, office.dana)


def test_the_customer_stays_on_the_chase_list(office: Office) -> None:
    place(office)
    listed = office.client(office.priya).get("/NG/chase/?view=all").content.decode()
    assert "Harrow Tools" in listed


def test_sales_see_nothing_of_it(office: Office) -> None:
    blocks.place(
        customer=office.customer("200"), reason="legal", until=office.today, by=office.dana, at=office.at
    )
    text = office.client(office.sam).get(office.url("200")).content.decode()
    assert "With lawyers" not in text
