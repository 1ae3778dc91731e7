"""One reminder: its words as they would leave, the tone guard, approving, dropping, taking back."""

from collections_app.correspondence.message_rows import Message
from collections_app.dunning.announcements import Announcement
from tests.doors import HTMX, text
from tests.dunning.test_drafts import KIND
from tests.screens.reminding.conftest import Desk


def address(desk: Desk, number: str = "100", deed: str = "") -> str:
    return f"/NG/reminders/{desk.draft(number).pk}/{deed}"


def test_it_shows_the_words_the_invoices_and_why(desk: Desk) -> None:
    page = text(desk.client(desk.priya).get(address(desk)))

    assert "Ada Osei" in page or "Dear Ada" in page or "Hello Ada" in page
    assert "A1" in page
    assert "£1,200.00" in page
    assert "As it would leave now" in page


def test_a_collector_of_other_customers_finds_none(desk: Desk) -> None:
    assert desk.client(desk.priya).get(address(desk, "200")).status_code == 404


def test_it_is_approved_and_taken_back_before_it_leaves(desk: Desk) -> None:
    browser = desk.client(desk.priya)

    said = text(browser.post(address(desk, deed="approve/"), follow=True))
    assert "Approved: it leaves" in said
    assert Message.objects.get().state == "queued"

    browser.post(address(desk, deed="undo/"))
    assert Message.objects.get().state == "withdrawn"
    assert desk.draft("100").state == "proposed"


def test_what_has_left_cannot_be_taken_back(desk: Desk) -> None:
    browser = desk.client(desk.priya)
    browser.post(address(desk, deed="approve/"))
    Message.objects.update(
        state="sending", claimed_at=desk.at, attempts=1, next_attempt_at=None, changed_at=desk.at
    )

    response = browser.post(address(desk, deed="undo/"))

    assert response.status_code == 422
    assert desk.draft("100").state == "approved"


def test_own_words_are_kept_and_leave(desk: Desk) -> None:
    browser, draft = desk.client(desk.priya), desk.draft("100")
    kind = KIND.replace("2 March 2026", f"{desk.rows.invoices['A1'].due_on:%-d %B %Y}").replace(
        "9 March 2026", f"{desk.rows.invoices['A2'].due_on:%-d %B %Y}"
    )
    form = {"revision": draft.revision, "subject": "Invoices A1 and A2", "body": kind, "because": "As agreed"}

    response = browser.post(address(desk, deed="words/"), form)

    assert response.status_code == 303, text(response)
    assert desk.draft("100").body.strip() == kind.strip()


def test_words_that_threaten_are_refused_and_nothing_typed_is_lost(desk: Desk) -> None:
    form = {"revision": 1, "subject": "A1", "body": "Pay or else we go to court.", "because": ""}

    response = desk.client(desk.priya).post(address(desk, deed="words/"), form)

    assert response.status_code == 422
    assert "Pay or else we go to court." in text(response)
    assert "may not leave" in text(response)
    assert desk.draft("100").body == ""


def test_words_on_an_old_version_are_refused(desk: Desk) -> None:
    form = {"revision": 7, "subject": "A1", "body": KIND, "because": "x"}

    response = desk.client(desk.priya).post(address(desk, deed="words/"), form)

    assert response.status_code == 422
    assert "changed since you opened it" in text(response)


def test_the_tone_guard_speaks_while_one_types(desk: Desk) -> None:
    typed = {"subject": "A1", "body": "You failed to pay!!"}

    response = desk.client(desk.priya).post(address(desk, deed="judge/"), typed, headers=HTMX)

    page = text(response)
    assert page.startswith('<div id="reminder-hits"') or 'id="reminder-hits"' in page
    assert "T04" in page
    assert desk.draft("100").body == ""


def test_a_drop_says_why_and_comes_again(desk: Desk) -> None:
    browser = desk.client(desk.priya)
    assert browser.post(address(desk, deed="drop/"), {"because": ""}).status_code == 422

    browser.post(address(desk, deed="drop/"), {"because": "They rang and pay on Friday"})

    draft = desk.draft("100")
    assert (draft.state, draft.because) == ("dropped", "They rang and pay on Friday")
    assert draft.put_off_until is not None
    page = text(browser.get(address(desk)))
    assert "They rang and pay on Friday" in page


def test_a_stop_that_came_up_is_told_instead_of_approving(desk: Desk) -> None:
    desk.rows.customers["100"].invoices.update(open_amount=0, settled_on=desk.today)

    response = desk.client(desk.priya).post(address(desk, deed="approve/"))

    assert response.status_code == 422
    assert not Message.objects.exists()
    assert desk.draft("100").stops[0]["sentence"] in response.content.decode().replace("&#x27;", "'")


def test_looking_changes_nothing(desk: Desk) -> None:
    browser = desk.client(desk.priya)
    for deed in ("words/", "approve/", "drop/", "undo/", "done/", "judge/"):
        assert browser.get(address(desk, deed=deed)).status_code == 405


def test_it_tells_what_it_announces_and_what_came_of_that(desk: Desk) -> None:
    draft = desk.draft("100")
    said = Announcement.objects.create(
        company=desk.company,
        customer=draft.customer,
        draft=draft,
        action="hold",
        falls_on=draft.run_on,
        made_at=desk.at,
    )
    browser = desk.client(desk.priya)

    page = text(browser.get(address(desk)))
    assert "deliveries on credit pause" in page
    assert "put before a manager, unless it is paid" in page

    said.ended_at, said.because = desk.at, "It was done."
    said.save()
    assert "Ended: It was done." in text(browser.get(address(desk)))
