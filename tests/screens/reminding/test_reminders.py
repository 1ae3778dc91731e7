"""The list of reminders: who sees what, approving by group and by tick, and what is held back."""

from collections_app.correspondence.message_rows import Message
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.people.users import User
from collections_app.screens import needs
from tests.doors import text
from tests.screens.reminding.conftest import Desk

LIST = "/NG/reminders/"


def show(desk: Desk, user: User, query: str = "") -> str:
    response = desk.client(user).get(f"{LIST}{query}")
    assert response.status_code == 200
    return text(response)


def test_a_collector_sees_the_reminders_of_their_customers(desk: Desk) -> None:
    page = show(desk, desk.priya, "?view=to_approve")

    assert "Harrow Tools" in page
    assert "£1,500.00" in page
    assert "Brandt GmbH" not in page


def test_a_manager_sees_everybodys_by_level_and_segment_with_what_they_ask_for(desk: Desk) -> None:
    page = show(desk, desk.dana, "?view=to_approve")

    assert "Harrow Tools" in page
    assert "Brandt GmbH" in page
    assert "Calder" not in page


def test_sales_and_strangers_are_kept_out(desk: Desk) -> None:
    assert desk.client(desk.sam).get(LIST).status_code == 403
    stranger = User.objects.create(username="eve", role="collector")
    assert desk.client(stranger).get(LIST).status_code == 404


def test_what_is_ticked_is_approved_and_waits_to_leave(desk: Desk) -> None:
    draft = desk.draft("100")

    response = desk.client(desk.priya).post(
        f"{LIST}approve/", {"draft": draft.pk, "view": "to_approve"}, follow=True
    )

    assert "1 reminder approved; the first leaves" in text(response)
    draft.refresh_from_db()
    assert draft.state == "approved"
    assert Message.objects.get().state == "queued"
    assert "Harrow Tools" in show(desk, desk.priya, "?view=underway")


def test_a_colleagues_reminder_cannot_be_approved_by_its_number(desk: Desk) -> None:
    response = desk.client(desk.priya).post(f"{LIST}approve/", {"draft": desk.draft("200").pk})

    assert response.status_code == 422
    assert "What you ticked waits for your yes no more" in text(response)
    assert not Message.objects.exists()


def test_whoever_ticked_nothing_is_asked_to(desk: Desk) -> None:
    response = desk.client(desk.priya).post(f"{LIST}approve/", {"view": "to_approve"})

    assert response.status_code == 422
    assert "Tick the reminders that are to leave." in text(response)


def test_what_was_dropped_while_the_page_was_open_is_said(desk: Desk) -> None:
    draft = desk.draft("100")
    ReminderDraft.objects.filter(pk=draft.pk).update(state="dropped", decided_at=desk.at, because="Paid")

    response = desk.client(desk.priya).post(f"{LIST}approve/", {"draft": draft.pk, "view": "to_approve"})

    assert response.status_code == 422
    assert "it was approved or dropped meanwhile" in text(response)
    assert not Message.objects.exists()


def test_a_group_is_approved_as_a_whole_and_no_other(desk: Desk) -> None:
    draft = desk.draft("100")
    ReminderDraft.objects.filter(pk=desk.draft("200").pk).update(level=2)
    group = {"level": draft.level, "segment": draft.segment_code, "channel": draft.channel}

    desk.client(desk.dana).post(f"{LIST}approve/", {"whole": "yes", "view": "to_approve", **group})

    assert [each.customer.number for each in Message.objects.select_related("customer") if each.customer] == [
        "100"
    ]


def test_what_was_paid_meanwhile_is_held_back_and_says_so(desk: Desk) -> None:
    desk.rows.customers["100"].invoices.update(open_amount=0, settled_on=desk.today)

    response = desk.client(desk.priya).post(
        f"{LIST}approve/", {"draft": desk.draft("100").pk, "view": "to_approve"}, follow=True
    )

    assert "1 reminder held back" in text(response)
    assert not Message.objects.exists()
    held = show(desk, desk.priya, "?view=held_back")
    assert desk.draft("100").stops[0]["sentence"].split("’")[0] in held


def test_exceptions_come_first(desk: Desk) -> None:
    draft = desk.draft("100")
    draft.state, draft.stops = (
        "held_back",
        [{"code": "paid", "then": "person", "sentence": "It is paid.", "until": None}],
    )
    draft.save()

    assert "It is paid." in show(desk, desk.dana)


def test_an_unknown_list_or_group_is_not_found(desk: Desk) -> None:
    browser = desk.client(desk.priya)
    for query in (
        "?view=tea",
        "?view=to_approve&channel=pigeon&level=1",
        "?view=to_approve&channel=email&level=99",
    ):
        assert browser.get(f"{LIST}{query}").status_code == 404
    assert browser.get(f"{LIST}?after=made-up").status_code == 200


def test_nothing_changes_by_looking(desk: Desk) -> None:
    assert desk.client(desk.priya).get(f"{LIST}approve/").status_code == 405


def test_the_rail_counts_what_waits_for_a_person(desk: Desk) -> None:
    waiting = ReminderDraft.objects.open()
    mine = waiting.filter(customer__assignment__collector=desk.priya).count()

    assert needs.counts(desk.priya, desk.company, today=desk.today)["reminders"] == mine > 0
    assert needs.counts(desk.dana, desk.company, today=desk.today)["reminders"] == waiting.count() > mine
