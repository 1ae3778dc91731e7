"""Calls, tasks and holds of procedures where people meet them: the list, the card, their own pages."""

import datetime as dt

from django.test import Client

from collections_app.contact.request_rows import ColleagueRequest
from collections_app.dunning.draft_rows import ReminderDraft
from tests.desk import list_day
from tests.doors import HTMX, text
from tests.dunning.reminding import waiting
from tests.screens.reminding.conftest import Desk

DAY = dt.timedelta(days=1)


def asked(desk: Desk, channel: str, number: str = "100", **facts: object) -> ReminderDraft:
    facts = {"level": 2, "note": "Ask for a day", **facts}
    return waiting(
        desk.rows.customers[number], desk.rows.invoices["A1"], day=desk.today, channel=channel, **facts
    )


def address(draft: ReminderDraft, deed: str = "") -> str:
    return f"/NG/reminders/{draft.pk}/{deed}"


def test_a_call_stands_on_the_list_and_on_the_card_with_its_reason(desk: Desk) -> None:
    draft, customer = asked(desk, "call"), desk.rows.customers["100"]
    list_day(desk.company, at=desk.at)
    browser = desk.client(desk.priya)

    assert "call: Ask for a day" in text(browser.get("/NG/chase/"))
    why = text(browser.get(f"/NG/chase/{customer.pk}/why/", headers=HTMX))
    assert "By the procedure: call, second reminder, since" in why
    card = text(browser.get(f"/NG/customers/{customer.pk}/"))
    assert f'<b>Call</b> <a href="{address(draft)}">Ask for a day</a>' in card
    assert "writing the call down does it" in card


def test_a_task_is_handed_on_and_a_form_without_a_colleague_comes_back(desk: Desk) -> None:
    draft, browser = asked(desk, "task"), desk.client(desk.priya)
    assert "A colleague does it" in text(browser.get(address(draft)))

    refused = browser.post(address(draft, "hand-on/"), {"words": "Please help us", "due_on": "2026-03-13"})
    assert refused.status_code == 422
    assert "Please help us" in text(refused)

    given = {"words": "Please help us", "due_on": "2026-03-13", "to_user": desk.sam.pk}
    said = browser.post(address(draft, "hand-on/"), given, follow=True)
    assert "Sam is asked" in text(said)
    made = ColleagueRequest.objects.get()
    assert "Please help us" in text(desk.client(desk.sam).get(f"/NG/requests/{made.pk}/"))


def test_a_hold_waits_for_a_manager_and_is_decided_with_a_reason(desk: Desk) -> None:
    draft = asked(desk, "hold_proposal")
    assert "1 step of procedures</a> waits for a manager" in text(desk.client(desk.dana).get("/NG/"))
    manager: Client = desk.client(desk.dana)
    assert "Harrow Tools" in text(manager.get("/NG/reminders/?view=for_manager"))

    assert "Say yes or no." in text(manager.post(address(draft, "hold/"), {}))
    given = {"agrees": "no", "decided_because": "They pay on Friday"}
    assert "Deliveries go on" in text(manager.post(address(draft, "hold/"), given, follow=True))

    page = text(manager.get(address(draft)))
    assert "They pay on Friday" in page
    manager.post(address(draft, "undo/"))
    draft.refresh_from_db()
    assert (draft.state, draft.because) == ("proposed", "")


def test_a_collector_reads_who_decides_and_cannot(desk: Desk) -> None:
    draft, browser = asked(desk, "hold_proposal"), desk.client(desk.priya)

    page = text(browser.get(address(draft)))
    assert "This is for a manager, who says yes or no with a reason." in page
    assert "for a manager" not in text(browser.get("/NG/"))
    given = {"agrees": "yes", "decided_because": "They never pay"}
    assert browser.post(address(draft, "hold/"), given).status_code == 422
    draft.refresh_from_db()
    assert draft.state == "proposed"


def test_of_a_colleagues_customer_nothing_is_found(desk: Desk) -> None:
    draft = asked(desk, "task", "200")

    for deed in ("hand-on/", "hold/"):
        assert desk.client(desk.priya).post(address(draft, deed)).status_code == 404
        assert desk.client(desk.priya).get(address(draft, deed)).status_code == 405
