"""A form that is sent after its session ended: not a letter of it is lost, without JavaScript too."""

import datetime as dt
import html
import re
from uuid import uuid4

import pytest
from django.test import Client

from collections_app.contact.contact_logs import ContactLog
from collections_app.screens import carried_forms
from tests.screens.collecting.conftest import Office, fresh_counts, htmx, office

__all__ = ["fresh_counts", "htmx", "office"]

PASSWORD = "courteous-collecting"
SAID = "“In Friday's run”, she says.\n<b>Rest</b> & more 7 £"


def form(office: Office) -> dict[str, str]:
    return {
        "form_key": str(uuid4()),
        "outcome": "informed",
        "said": SAID,
        "contact": "",
        "channel": "call",
        "direction": "out",
        "next_step": "",
        "password": "never carried",
    }


def hidden(page: str) -> dict[str, str]:
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page, re.DOTALL)
    return {name: html.unescape(value) for name, value in found}


def signed_in_with(browser: Client, office: Office, carried: str) -> str:
    office.priya.set_password(PASSWORD)
    office.priya.save()
    given = {"username": office.priya.username, "password": PASSWORD, "carried": carried}
    return browser.post("/sign-in/", given).content.decode()


def test_what_was_typed_comes_back_after_signing_in_and_is_sent(office: Office) -> None:
    browser, url = Client(), office.url("100", "contacts/")
    page = office.url("100")
    asked = browser.post(url, form(office), headers={"Referer": f"http://testserver{page}"})
    assert asked.status_code == 401
    assert "What you typed is safe" in asked.content.decode()

    shown = signed_in_with(browser, office, hidden(asked.content.decode())["carried"])
    assert f'action="{url}"' in shown
    assert f'href="{page}"' in shown
    assert html.escape(SAID) in shown
    carried = hidden(shown)
    assert carried["said"] == SAID
    assert "password" not in carried

    assert browser.post(url, carried).status_code in (200, 303)
    assert ContactLog.objects.get().said == SAID


def test_a_wrong_password_keeps_the_form(office: Office) -> None:
    browser = Client()
    asked = browser.post(office.url("100", "contacts/"), form(office)).content.decode()
    given = {"username": "priya", "password": "wrong", "carried": hidden(asked)["carried"]}
    again = browser.post("/sign-in/", given).content.decode()
    assert hidden(again)["carried"] == hidden(asked)["carried"]


def test_what_is_not_ours_or_too_old_is_not_taken(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = Client()
    asked = browser.post(office.url("100", "contacts/"), form(office)).content.decode()
    carried = hidden(asked)["carried"]
    assert carried_forms.unpack(carried) is not None
    assert carried_forms.unpack(carried[:-1] + ("A" if carried[-1] != "A" else "B")) is None
    assert carried_forms.unpack("") is None
    monkeypatch.setattr(carried_forms, "KEPT_SECONDS", dt.timedelta(seconds=-1))
    assert carried_forms.unpack(carried) is None


def test_too_much_is_not_carried(office: Office) -> None:
    given = form(office) | {"said": "x" * carried_forms.LETTERS_MAX}
    answer = Client().post(office.url("100", "contacts/"), given)
    assert answer.status_code == 302
    assert answer["Location"] == "/sign-in/?next=/"


def test_only_forms_with_our_token_are_carried(office: Office) -> None:
    stranger = Client(enforce_csrf_checks=True)
    answer = stranger.post(office.url("100", "contacts/"), form(office))
    assert answer.status_code == 403
    assert "carried" not in answer.content.decode()


def test_a_page_of_a_stranger_is_never_gone_back_to(office: Office) -> None:
    asked = Client().post(
        office.url("100", "contacts/"), form(office), headers={"Referer": "https://evil.example/x"}
    )
    carried = carried_forms.unpack(hidden(asked.content.decode())["carried"])
    assert carried is not None
    assert carried.back == "/"
