"""Reminders on the first page: what waits for whom, and that none leaves while figures are old."""

import datetime as dt

import time_machine
from django.test import Client

from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.people.users import User
from tests.doors import text
from tests.screens.reminding.conftest import Desk

HELD = [{"code": "covered", "then": "person", "sentence": "Money has come in.", "until": None}]


def home(desk: Desk, user: User) -> str:
    return text(desk.client(user).get("/NG/"))


def test_each_role_hears_of_the_reminders_that_wait_for_them(desk: Desk) -> None:
    assert '<a href="/NG/reminders/?view=to_approve">1 reminder</a> waits for your approval.' in home(
        desk, desk.priya
    )
    assert "2 reminders</a> wait for your approval." in home(desk, desk.dana)
    assert "approval" not in home(desk, desk.sam)


def test_what_is_held_back_is_told_beside_it(desk: Desk) -> None:
    ReminderDraft.objects.filter(pk=desk.draft("100").pk).update(state="held_back", stops=HELD)

    assert "1 reminder</a> is held back, each with its reason." in home(desk, desk.priya)
    assert "for your approval" not in home(desk, desk.priya)


def test_old_figures_are_said_plainly_on_home_and_with_the_reminders(desk: Desk) -> None:
    assert "no reminder leaves" not in home(desk, desk.priya)
    desk.company.bank_stale_after_hours = 30
    desk.company.save()

    said = "No bank file is in yet: no reminder leaves until one is."
    assert said in home(desk, desk.priya)
    assert said in text(desk.client(desk.priya).get("/NG/reminders/"))
    assert said not in home(desk, desk.sam)


def test_a_ledger_of_last_week_is_named_by_its_day(desk: Desk) -> None:
    with time_machine.travel(desk.at + dt.timedelta(days=5), tick=False):
        page = home(desk, desk.dana)

    assert "The newest ledger file is of Wednesday 11 March" in page
    assert "no reminder leaves until a newer one is in." in page
    assert 'href="/NG/imports/"' in page


def test_the_reminders_lead_to_the_procedures_that_write_them(desk: Desk) -> None:
    browser: Client = desk.client(desk.priya)

    assert 'href="/NG/procedures/"' in text(browser.get("/NG/reminders/"))
    assert browser.get("/NG/procedures/").status_code == 200
