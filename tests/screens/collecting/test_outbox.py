"""The outbox on screen: what waits for a decision, what leaves, what one may see and do."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from collections_app.correspondence import attachments, messages, outbox, sending_pauses, stored_files
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.sending import Outcome
from collections_app.people.users import User
from tests.correspondence.mailing import LETTER, Post, send
from tests.screens.collecting.conftest import Office


def written(office: Office, number: str = "100", *, by: User | None = None, **facts: Any) -> Message:
    count = Message.objects.count()
    return messages.prepare(
        company=office.company,
        customer=office.customer(number),
        key=f"test:{count}",
        letter=replace(LETTER, **facts),
        by=by or office.priya,
        at=office.at,
    )


def attempted(office: Office, outcome: Outcome, number: str = "100") -> Message:
    message = written(office, number)
    outbox.release([message], by=None, at=office.at)
    send(Post(outcome), at=office.at)
    message.refresh_from_db()
    return message


def page(browser: Client, query: str = "") -> str:
    answer = browser.get(f"/NG/outbox/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def state(message: Message) -> str:
    message.refresh_from_db()
    return message.state


def test_what_needs_a_decision_comes_first_with_why(office: Office) -> None:
    attempted(office, Outcome.UNKNOWN)
    attempted(office, Outcome.REFUSED)
    ready = written(office, subject="Only ready")
    shown = page(office.client(office.priya))
    assert "May have left" in shown
    assert "Could not be sent" in shown
    assert "as the test wants" in shown
    assert ready.subject not in shown
    assert ready.subject in page(office.client(office.priya), "?view=ready")
    assert "Nothing here" in page(office.client(office.priya), "?view=ready&kind=reminder")


def test_the_rail_counts_what_needs_a_decision(office: Office) -> None:
    attempted(office, Outcome.UNKNOWN)
    attempted(office, Outcome.NOT_NOW)
    home = office.client(office.priya).get("/NG/outbox/").content.decode()
    rail = home[home.index('<nav class="rail"') :]
    assert "Outbox" in rail
    assert ">1<" in rail[rail.index("Outbox") : rail.index("Outbox") + 200]


def test_ready_is_sent_called_back_and_withdrawn(office: Office) -> None:
    message, browser = written(office), office.client(office.priya)
    url = f"/NG/outbox/{message.pk}/"
    answer = browser.post(f"{url}send/", {"here": "view=ready&kind="}, follow=True)
    assert answer.redirect_chain == [("/NG/outbox/?view=ready&kind=", 303)]
    assert "It leaves in 20 seconds." in answer.content.decode()
    assert f'action="{url}recall/"' in answer.content.decode()
    assert state(message) == "queued"
    assert "Call back" in page(browser, "?view=waiting")

    browser.post(f"{url}recall/")
    assert state(message) == "ready"
    browser.post(f"{url}withdraw/")
    assert state(message) == "withdrawn"
    assert "It was withdrawn" in browser.post(f"{url}send/", follow=True).content.decode()


def test_what_may_have_left_is_decided_on_its_page(office: Office) -> None:
    lost, again = attempted(office, Outcome.UNKNOWN), attempted(office, Outcome.UNKNOWN)
    browser = office.client(office.priya)
    shown = browser.get(f"/NG/outbox/{lost.pk}/").content.decode()
    for words in ("It left", "Send it again", "Withdraw", LETTER.body.strip(), LETTER.to_address):
        assert words in shown
    browser.post(f"/NG/outbox/{lost.pk}/left/")
    browser.post(f"/NG/outbox/{again.pk}/again/")
    assert (state(lost), state(again)) == ("sent", "queued")
    assert (
        "It has left and cannot be called back."
        in browser.post(f"/NG/outbox/{lost.pk}/recall/", follow=True).content.decode()
    )


def test_what_nobody_decided_for_a_day_counts_as_sent_and_still_waits(office: Office) -> None:
    lost = attempted(office, Outcome.UNKNOWN)
    Message.objects.filter(pk=lost.pk).update(changed_at=office.at - dt.timedelta(hours=25))
    assert "Counted as sent after a day" in page(office.client(office.priya))


def test_its_attachments_are_read_here(office: Office) -> None:
    message = written(office)
    kept = stored_files.keep(name="copy.pdf", content=b"%PDF-1.7 x\n%%EOF\n", by=office.priya, at=office.at)
    other = stored_files.keep(name="other.pdf", content=b"%PDF-1.7 y\n%%EOF\n", by=office.priya, at=office.at)
    attachments.add(message, [kept])
    browser, url = office.client(office.priya), f"/NG/outbox/{message.pk}/files/"
    assert "copy.pdf" in browser.get(f"/NG/outbox/{message.pk}/").content.decode()
    assert b"".join(browser.get(f"{url}{kept.pk}/")) == b"%PDF-1.7 x\n%%EOF\n"
    assert browser.get(f"{url}{other.pk}/").status_code == 404


def test_a_link_for_its_reader_is_not_shown_here(office: Office) -> None:
    message = written(office, body="Answer: {answer link}")
    assert (
        "[a link of their own"
        in office.client(office.priya).get(f"/NG/outbox/{message.pk}/").content.decode()
    )


def test_the_customers_page_has_what_has_not_left_one_key_away(office: Office) -> None:
    message, browser = written(office), office.client(office.priya)
    shown = browser.get(office.url("100")).content.decode()
    assert f'action="/NG/outbox/{message.pk}/send/"' in shown
    assert 'data-key="l"' in shown
    answer = browser.post(
        f"/NG/outbox/{message.pk}/send/", {"customer": str(office.customer("100").pk)}, follow=True
    )
    assert answer.redirect_chain == [(office.url("100"), 303)]
    assert "Waiting to leave" in answer.content.decode()


def test_strangers_and_other_roles_see_and_do_nothing(office: Office) -> None:
    message = written(office, "100")
    tom, sam, dana = office.client(office.tom), office.client(office.sam), office.client(office.dana)
    assert tom.get(f"/NG/outbox/{message.pk}/").status_code == 404
    assert tom.post(f"/NG/outbox/{message.pk}/send/").status_code == 404
    assert message.subject not in page(tom, "?view=ready")
    assert sam.get("/NG/outbox/").status_code == 403
    assert sam.post(f"/NG/outbox/{message.pk}/send/").status_code == 403
    assert message.subject in page(dana, "?view=ready")
    assert state(message) == "ready"
    assert office.client(office.priya).get(f"/NG/outbox/{message.pk}/send/").status_code == 405


def test_a_manager_pauses_and_lets_messages_leave_again(office: Office) -> None:
    dana, priya = office.client(office.dana), office.client(office.priya)
    assert priya.post("/NG/outbox/pause/", {"reason": "x"}).status_code == 403
    assert "Say in up to 200" in dana.post("/NG/outbox/pause/", {"reason": " "}, follow=True).content.decode()
    dana.post("/NG/outbox/pause/", {"reason": "Wrong bank details"})
    assert "Wrong bank details" in page(priya)
    assert "/NG/outbox/resume/" not in page(priya)
    dana.post("/NG/outbox/resume/")
    assert sending_pauses.standing(office.company) == []

    sending_pauses.pause(company=None, reason="Restored", by=None, at=office.at)
    assert "/NG/outbox/resume/" not in page(dana)
    assert "Your role" in dana.post("/NG/outbox/resume/", {"whole": "yes"}, follow=True).content.decode()
    assert len(sending_pauses.standing(office.company)) == 1


def test_a_long_list_goes_on_by_place_in_as_many_queries(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        written(office, subject=f"Subject {number:02}")
    browser = office.client(office.priya)
    with django_assert_max_num_queries(12):
        first = page(browser, "?view=ready")
    link = first[first.index("after=") :].split('"')[0]
    second = page(browser, f"?view=ready&{link}")
    seen = [f"Subject {number:02}" in first for number in range(60)]
    assert (sum(seen), sum(f"Subject {number:02}" in second for number in range(60))) == (50, 10)
    for wrong in ("x", "2026-01-01~1", "2026-01-01T00:00:00+00:00~x", "~"):
        assert "Subject 59" in page(browser, f"?view=ready&after={wrong}")


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_timeline_tells_what_became_of_it(office: Office, outcome: Outcome) -> None:
    attempted(office, outcome)
    told = {
        Outcome.ACCEPTED: "Sent: summary",
        Outcome.REFUSED: "Could not be sent (as the test wants)",
        Outcome.UNKNOWN: "May have left, and nobody knows",
        Outcome.NOT_NOW: "Released to leave",
    }
    shown = office.client(office.priya).get(office.url("100", "timeline/?show=messages")).content.decode()
    assert told[outcome] in shown
