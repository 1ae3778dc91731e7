"""The disputes: the list by view, reason, age and owner; one dispute with what can be done; who may."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.contact import dispute_pauses, dispute_work, disputes
from collections_app.contact.disputes import Dispute
from collections_app.people.users import User
from tests.doors import text
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


def lodge(office: Office, number: str = "A1", *, reason: str = "PRICE", days_ago: int = 0) -> Dispute:
    invoice = office.rows.invoices[number]
    return disputes.lodge(
        customer=invoice.customer,
        invoice=invoice,
        amount=Decimal(100),
        reason=reason,
        said="Not as agreed",
        by=office.priya,
        at=office.at - DAY * days_ago,
    )


def at_the_warehouse(user: User) -> User:
    User.objects.filter(pk=user.pk).update(desk="warehouse")
    return User.objects.get(pk=user.pk)


def url(dispute: Dispute, deed: str = "") -> str:
    return f"/NG/disputes/{dispute.pk}/{deed}{'/' if deed else ''}"


def listed(browser: Client, query: str) -> list[str]:
    found = browser.get(f"/NG/disputes/?{query}")
    assert found.status_code == 200
    return [line.dispute.invoice.number for line in found.context["lines"]]


def test_the_list_shows_each_with_its_clock_and_holder(office: Office) -> None:
    lodge(office, reason="QTY")

    page = text(office.client(office.priya).get("/NG/disputes/?view=mine"))

    assert "A1" in page
    assert "0 of 5 working days used; due on" in page
    assert "Too few or too many delivered" in page


def test_views_tell_whose_and_what_is_late(office: Office) -> None:
    lodge(office, "A1", days_ago=30)
    waiting = lodge(office, "B1")
    dispute_pauses.ask_customer(waiting, asked_for="the quote", by=office.priya, at=office.at)
    answered = lodge(office, "D1")
    dispute_work.answer(answered, finding="right", text="So it is.", by=office.priya, at=office.at)
    browser = office.client(office.priya)

    assert listed(browser, "view=overdue") == ["A1"]
    assert listed(browser, "view=waiting") == ["B1"]
    assert listed(browser, "view=answered") == ["D1"]
    assert listed(browser, "view=progress") == ["A1"]
    assert sorted(listed(browser, "view=all")) == ["A1", "B1", "D1"]
    assert len(listed(browser, "view=nonsense&after=x~y&age=7&owner=-1&reason=WHIM")) == 3
    assert listed(office.client(office.dana), "view=mine") == []


def test_the_list_is_narrowed_by_reason_age_and_owner(office: Office) -> None:
    lodge(office, "A1", reason="DUP", days_ago=90)
    lodge(office, "B1")
    browser = office.client(office.priya)

    assert listed(browser, "view=all&reason=DUP") == ["A1"]
    assert listed(browser, "view=all&age=51") == ["A1"]
    assert listed(browser, "view=all&age=0") == ["B1"]
    assert listed(browser, f"view=all&owner={office.priya.pk}") == ["A1", "B1"]
    assert listed(browser, "view=all&owner=billing") == ["A1"]


def test_a_page_goes_on_where_the_last_one_ended(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collections_app.screens.disputes.PAGE_ROWS", 2)
    for number in ("A1", "B1", "D1"):
        lodge(office, number)
    browser = office.client(office.priya)
    first = browser.get("/NG/disputes/?view=all")

    second = browser.get(f"/NG/disputes/?{first.context['more']}")

    assert [len(page.context["lines"]) for page in (first, second)] == [2, 1]
    assert second.context["more"] == ""


def test_the_number_of_queries_does_not_grow_with_the_rows(office: Office) -> None:
    browser = office.client(office.dana)

    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            browser.get("/NG/disputes/?view=all")
        return len(captured)

    lodge(office, "A1")
    queries()
    few = queries()
    for number in ("A2", "B1", "D1"):
        dispute_pauses.ask_customer(lodge(office, number), asked_for="it", by=office.priya, at=office.at)
    assert queries() == few


def test_the_page_tells_the_clock_and_what_happened(office: Office) -> None:
    dispute = lodge(office, reason="DMG")
    dispute_pauses.ask_customer(dispute, asked_for="photographs", by=office.priya, at=office.at)

    page = text(office.client(office.priya).get(url(dispute)))

    assert "0 of 10 working days used; stopped since" in page
    assert "waiting for photographs" in page
    assert "Not as agreed" in page
    assert "Waits for the customer in the dispute of £100.00 of A1: photographs" in page


def test_the_desk_answers_and_sees_nothing_of_other_disputes(office: Office) -> None:
    sam = at_the_warehouse(office.sam)
    theirs, other = lodge(office, "A1", reason="QTY"), lodge(office, "D1")
    browser = office.client(sam)

    page = browser.get(url(theirs))
    assert page.status_code == 200
    assert [offer.name for offer in page.context["offers"]] == [
        "answer",
        "evidence",
        "ask",
        "assign",
        "recode",
    ]
    assert "/NG/customers/" not in page.content.decode().replace('href="/NG/customers/"', "")
    assert browser.get(url(other)).status_code == 404
    assert listed(browser, "") == ["A1"]

    given = {"finding": "right", "text": "Forty went out.", "version": "1", "form_key": str(uuid4())}
    assert browser.post(url(theirs, "answer"), given).status_code == 303
    theirs.refresh_from_db()
    assert (theirs.answer, theirs.answered_by) == ("Forty went out.", sam)
    assert browser.post(url(theirs, "amount"), {"amount": "5"}).status_code == 403


def test_a_stranger_gets_404_and_who_only_sets_up_gets_403(office: Office) -> None:
    dispute = lodge(office)

    assert office.client(office.tom).get(url(dispute)).status_code == 404
    assert office.client(office.tom).post(url(dispute, "tell")).status_code == 404
    assert office.client(office.sam).get(url(dispute)).status_code == 404
    User.objects.filter(pk=office.dana.pk).update(role="administrator")
    assert office.client(office.dana).get("/NG/disputes/").status_code == 403
    assert office.client(office.priya).get(url(dispute, "answer")).status_code == 405


def test_closing_shows_everything_that_is_missing_and_keeps_what_was_typed(office: Office) -> None:
    dispute = lodge(office, reason="OTHER")
    typed = {"to": "partly_accepted", "conclusion": "Half of it", "version": "1"}

    refused = office.client(office.priya).post(url(dispute, "close"), typed)

    page = text(refused)
    assert refused.status_code == 422
    for sentence in (
        "Give the dispute its real reason first.",
        "Choose what caused the dispute.",
        "Say how much is credited",
        "Say whether the customer has been told.",
    ):
        assert sentence in page
    assert "Half of it" in page


def test_a_button_that_says_only_how_it_ends_opens_the_closing_form(office: Office) -> None:
    dispute = lodge(office)

    asked = office.client(office.priya).post(url(dispute, "close"), {"to": "rejected"})

    assert asked.status_code == 422
    (closing,) = [offer for offer in asked.context["offers"] if offer.name == "close"]
    assert closing.is_open
    assert closing.form["to"].value() == "rejected"


def test_it_is_closed_with_all_that_is_asked_for(office: Office) -> None:
    dispute = lodge(office)
    typed = {
        "to": "partly_accepted",
        "cause": "pricing",
        "credited": "40.00",
        "is_told": "no",
        "version": "1",
        "form_key": str(uuid4()),
    }
    browser = office.client(office.priya)

    assert browser.post(url(dispute, "close"), typed).status_code == 303
    assert browser.post(url(dispute, "close"), typed).status_code == 303
    dispute.refresh_from_db()
    assert (dispute.state, dispute.credited, dispute.version) == ("partly_accepted", 40, 2)
    assert listed(browser, "view=to_tell") == ["A1"]
    assert browser.post(url(dispute, "tell"), {"words": "By telephone"}).status_code == 303
    assert listed(browser, "view=to_tell") == []
    assert office.entry("100").disputed == 0


def test_a_form_on_an_old_version_shows_what_changed_beside_what_was_typed(office: Office) -> None:
    dispute = lodge(office)
    dispute_work.recode(dispute, reason="DUP", by=office.dana, at=office.at)
    typed = {"finding": "right", "text": "As I see it", "version": "1", "form_key": str(uuid4())}
    browser = office.client(office.priya)

    refused = browser.post(url(dispute, "answer"), typed)

    assert refused.status_code == 422
    assert "has the reason Invoiced twice now (Dana" in text(refused)
    (answer,) = [offer for offer in refused.context["offers"] if offer.name == "answer"]
    assert answer.form["text"].value() == "As I see it"
    # Having read it, they send it once more.
    again = {**typed, "version": str(answer.form["version"].value())}
    assert browser.post(url(dispute, "answer"), again).status_code == 303


def test_every_deed_of_a_collector_works_from_the_page(office: Office) -> None:
    at_the_warehouse(office.sam)
    dispute, browser = lodge(office), office.client(office.priya)
    for deed, typed in (
        ("ask", {"asked_for": "the quote"}),
        ("evidence", {"evidence": "The quote of January"}),
        ("ask", {"asked_for": "the signed one"}),
        ("resume", {"because": "They have none"}),
        ("tell", {"words": "We are looking into it"}),
        ("amount", {"amount": "1,200.00"}),
        ("recode", {"reason": "QTY"}),
        ("assign", {"owner": office.dana.pk}),
        ("take_back", {}),
    ):
        assert browser.post(url(dispute, deed), typed).status_code == 303, deed
    dispute.refresh_from_db()
    assert (dispute.amount, dispute.owner, dispute.state) == (1200, office.dana, "withdrawn")


def test_the_figures_tell_their_working(office: Office) -> None:
    lodge(office)
    page = office.client(office.priya).get("/NG/disputes/figures/")

    assert "1 disputed / " in text(page)
    assert "?view=all&amp;age=0" in page.content.decode()
    assert office.client(office.sam).get("/NG/disputes/figures/").status_code == 403


def test_the_open_ones_stand_by_reason_and_age_and_each_number_opens_its_list(office: Office) -> None:
    lodge(office, "A1")
    lodge(office, "A2", reason="QTY", days_ago=22)  # fifteen working days or so
    lodge(office, "B1", reason="QTY", days_ago=1)
    browser = office.client(office.priya)
    page = browser.get("/NG/disputes/figures/")

    rows = {label: (boxes, whole, median) for label, boxes, whole, median in page.context["by_reason"]}
    assert list(rows) == ["Too few or too many delivered", "Price or discount", "All reasons"]
    boxes, whole, median = rows["Too few or too many delivered"]
    assert [box.cell.number for box in boxes] == [1, 0, 1, 0, 0]
    assert (whole.cell.number, whole.cell.amounts) == (2, {"GBP": 200})
    assert 5 < median < 10
    assert rows["All reasons"][1].cell.number == sum(n for _, _, n in page.context["figures"].open_by_age)
    for boxes, whole, _ in rows.values():
        for box in [*boxes, whole]:
            numbers = listed(browser, box.url.partition("?")[2]) if box.url else []
            assert len(numbers) == box.cell.number, box
    assert listed(browser, boxes[2].url.partition("?")[2]) == ["A2"]
    assert "<small>" in page.content.decode()


def test_a_past_day_has_no_lists_to_open(office: Office) -> None:
    lodge(office, days_ago=5)
    until = office.today - DAY
    page = office.client(office.priya).get(f"/NG/disputes/figures/?since={until}&until={until}")

    (_, boxes, whole, _), _ = page.context["by_reason"]
    assert whole.cell.number == 1
    assert [box.url for box in [*boxes, whole] if box.url] == []
