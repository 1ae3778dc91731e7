"""The inbox on screen: what customers wrote, what did not arrive, what is of nobody; who may see it."""

from typing import Any

import pytest

from collections_app.contact.contact_logs import ContactLog
from collections_app.correspondence import mailbox_states, received_messages
from collections_app.correspondence.received_rows import Unreadable
from collections_app.ledger.contacts import Contact
from tests.screens.collecting.conftest import Office
from tests.screens.collecting.incoming import contact_of, is_read, page, post, takes


@pytest.fixture
def contact(office: Office) -> Contact:
    return contact_of(office)


@pytest.mark.usefixtures("contact")
def test_unread_replies_come_first_with_their_words_and_one_deed(office: Office) -> None:
    promise, paid = takes(office, "reply_promise_weekday"), takes(office, "reply_paid")
    shown = page(office.client(office.priya))
    assert "we paid this last Tuesday by bank transfer." in shown
    assert "Says it is paid" in shown
    assert f'action="/NG/inbox/{paid.pk}/paid/"' in shown
    assert f"?reply={promise.pk}&amp;outcome=promised" in shown
    rail = shown[shown.index('<nav class="rail"') :]
    assert ">2<" in rail[rail.index("Inbox") : rail.index("Inbox") + 200]


@pytest.mark.usefixtures("contact")
def test_an_automatic_answer_is_no_contact_and_asks_for_nothing(office: Office) -> None:
    got = takes(office, "ticket_received")
    browser = office.client(office.priya)
    assert "Every reply is read" in page(browser)
    assert got.from_name in page(browser, "/NG/inbox/?view=notices")
    assert not ContactLog.objects.exists()


@pytest.mark.usefixtures("contact")
def test_the_customers_page_says_that_nobody_has_read_what_they_wrote(office: Office) -> None:
    got = takes(office, "reply_thanks")
    browser = office.client(office.priya)
    shown = page(browser, office.url("100"))
    assert "No reminder leaves until somebody has read it." in shown
    assert f'href="/NG/inbox/{got.pk}/"' in shown
    post(office, got, "read")
    assert "No reminder leaves until" not in page(browser, office.url("100"))


@pytest.mark.usefixtures("contact")
def test_a_page_that_came_by_mail_is_shown_as_words_only(office: Office) -> None:
    got = takes(
        office, "reply_outlook", **{"nie erhalten": "nie &lt;img src=x onerror=alert(1)&gt; erhalten"}
    )
    shown = page(office.client(office.priya), f"/NG/inbox/{got.pk}/")
    assert "nie &lt;img src=x onerror=alert(1)&gt; erhalten" in shown
    assert "<img src=x" not in shown
    assert 'lang="de"' in shown


@pytest.mark.usefixtures("contact")
def test_files_are_downloads_and_what_was_not_kept_is_named(office: Office) -> None:
    got = takes(office, "reply_with_file")
    browser, url = office.client(office.priya), f"/NG/inbox/{got.pk}/"
    shown = page(browser, url)
    assert "remittance.csv" in shown
    assert "viewer.exe" in shown
    [kept] = got.files.all()
    answer = browser.get(f"{url}files/{kept.stored_file_id}/")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert browser.get(f"{url}files/{kept.stored_file_id + 1}/").status_code == 404


def test_what_could_not_be_read_and_a_mailbox_that_fails_are_told(office: Office) -> None:
    received_messages.take(b"\x89PNG", company=office.company, named="INBOX", at=office.at)
    mailbox_states.went_wrong(office.company, "The mailbox of x: refused.", at=office.at)
    browser = office.client(office.priya)
    shown = page(browser)
    assert "The file is not an email." in shown
    assert "The mailbox of x: refused." in shown
    browser.post(f"/NG/inbox/unreadable/{Unreadable.objects.get().pk}/")
    assert "The file is not an email." not in page(browser)


@pytest.mark.usefixtures("contact")
def test_strangers_and_other_roles_see_and_do_nothing(office: Office) -> None:
    got = takes(office, "reply_paid")
    tom, sam, dana = office.client(office.tom), office.client(office.sam), office.client(office.dana)
    assert got.words[:20] not in page(tom)
    assert tom.get(f"/NG/inbox/{got.pk}/").status_code == 404
    assert sam.get("/NG/inbox/").status_code == 403
    for deed in ("read", "undo", "paid", "copies", "away", "assign", "address"):
        assert tom.post(f"/NG/inbox/{got.pk}/{deed}/").status_code == 404
        assert sam.post(f"/NG/inbox/{got.pk}/{deed}/").status_code == 403
        assert office.client(office.priya).get(f"/NG/inbox/{got.pk}/{deed}/").status_code == 405
    assert not is_read(got)
    assert "we paid this" in page(dana)


@pytest.mark.usefixtures("contact")
def test_a_long_list_goes_on_by_place_in_as_many_queries(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for number in range(60):
        takes(office, "reply_thanks", **{"reply_thanks@": f"n{number}@", "Thank you": f"Thanks {number:02}"})
    browser = office.client(office.priya)
    with django_assert_max_num_queries(14):
        first = page(browser)
    link = first[first.index("after=") :].split('"')[0]
    second = page(browser, f"/NG/inbox/?{link}")
    seen = [sum(f"Thanks {number:02}," in shown for number in range(60)) for shown in (first, second)]
    assert seen == [50, 10]
    for wrong in ("x", "2026-01-01~1", "~"):
        assert "Thanks 59" in page(browser, f"/NG/inbox/?after={wrong}")
