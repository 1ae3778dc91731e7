"""Secrets are nowhere in the log, in a mail about an error, or in what an error shows: passwords, tokens,
keys of signatures, credentials of mail servers, sessions and links that open something.
"""

import dataclasses
import io
import logging
import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from collections_app.correspondence import mailboxes
from collections_app.correspondence.carriers.smtp import EmailBackend
from collections_app.correspondence.mailbox_states import MailboxState
from collections_app.correspondence.message_rows import Message
from collections_app.jobs import webhooks
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people import second_factor_rules as rules
from collections_app.people import second_factors
from collections_app.people.second_factors import SecondFactor
from collections_app.people.users import User
from collections_app.screens import scoping
from collections_app.systems import tokens
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.system_rows import System
from tests import second_steps
from tests.access.world import World
from tests.api.asking import Machine
from tests.correspondence.test_smtp import MAIL
from tests.identity_provider import running
from tests.ledgerrows import company_of
from tests.sign_ons import come_back, leave

PASSWORD, WRONG = "a-long-password-of-theirs", "Wrong-guess-8461-zq"
SIGN_ON_SECRET = "Sign-on-secret-9082-zq"
MAIL_PASSWORD, METRICS = "Mail-secret-5519-zq", "Metrics-secret-7730-zq"


@pytest.fixture
def world(db: None) -> World:
    return World(company_of("NG", country="GB"))


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that would be written on standard error, at the finest level, as the product formats it."""
    [ours] = [each for each in logging.getLogger().handlers if each.filters and each.formatter]
    written = io.StringIO()
    copy = logging.StreamHandler(written)
    copy.setFormatter(ours.formatter)
    for each in ours.filters:
        copy.addFilter(each)
    root = logging.getLogger()
    before = root.level
    root.addHandler(copy)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(copy)
    root.setLevel(before)


def found(secrets: dict[str, str], *places: str) -> list[str]:
    """Which of the secrets stand in any of these texts."""
    assert all(len(secret) > 7 for secret in secrets.values())
    return [name for name, secret in secrets.items() if any(secret in place for place in places)]


def broken(*given: object, **named: object) -> Any:
    raise RuntimeError("something that nobody thought of")


def test_signing_in_leaves_no_password_no_code_and_no_session(world: World, log: io.StringIO) -> None:
    """With a second factor, by its code and by a recovery code; then another password is chosen wrongly."""
    user = User.objects.get(username="dana")
    SecondFactor.objects.filter(user=user).delete()
    user.set_password(second_steps.PASSWORD)
    user.save()
    with time_machine.travel(second_steps.MORNING, tick=False) as morning:
        papers = second_steps.with_app(user)
        morning.shift(60)
        code = second_steps.code_of(second_steps.salt_of(user))
        for given in (papers[0], code):
            browser = Client()
            second_steps.give_password(browser, WRONG)
            second_steps.give_password(browser)
            assert second_steps.second(browser, given)[0] == 302
        chosen = {"old_password": second_steps.PASSWORD, "new_password1": WRONG, "new_password2": WRONG + "x"}
        assert browser.post("/preferences/password/", chosen).status_code == 422
    key = second_factors.secret_of(second_steps.salt_of(user))
    secrets = {
        "password": second_steps.PASSWORD,
        "wrong guess": WRONG,
        "session": browser.cookies["workbench_session"].value,
        "key of the app": rules.spelled(key),
        "key in one word": rules.spelled(key).replace(" ", ""),
        "recovery code": papers[0],
    }
    assert "request_finished" in log.getvalue()
    assert found(secrets, log.getvalue()) == []
    assert not re.search(rf"(?<![\d.]){code}(?!\d)", log.getvalue())


def test_an_error_of_ours_shows_nothing_that_was_sent(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    """Its trace is in the log; what a form, cookie or header brought is not, and no mail is sent of it."""
    settings.ADMINS = [("Ada", "ada@here.example")]
    admin = world.browser("admin")
    admin.raise_request_exception = False
    monkeypatch.setattr(scoping, "administrator_of", broken)
    monkeypatch.setattr("collections_app.screens.setup_users.administrator_of", broken)
    answer = admin.post(
        f"/setup/users/{world.places['user_id']}/password/",
        {"password": PASSWORD},
        headers={"Authorization": f"Bearer {METRICS}"},
    )
    assert answer.status_code == 500
    assert "something that nobody thought of" in log.getvalue()
    secrets = {"password": PASSWORD, "header": METRICS}
    secrets["session"] = admin.cookies["workbench_session"].value
    assert found(secrets, log.getvalue(), answer.content.decode()) == []
    assert mail.outbox == []


def test_tokens_of_systems_are_not_told(
    world: World, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = tokens.make(System.objects.get(), by=world.who["admin"], at=clock.now())
    machine = Machine(made.text, "NG")
    machine.get("orders")
    Machine(made.text[:-4] + "wxyz", "NG").get("orders")
    monkeypatch.setattr("collections_app.api.entrance.tokens.system_of", broken)
    assert machine.get("orders").status_code == 500
    Client().get("/metrics", headers={"Authorization": f"Bearer {METRICS}"})
    secrets = {"token": made.text, "nearly": made.text[:-4] + "wxyz", "metrics": METRICS}
    assert found(secrets, log.getvalue()) == []
    assert log.getvalue()


def test_keys_of_signatures_are_not_told(world: World, log: io.StringIO, settings: Settings) -> None:
    endpoint = Endpoint.objects.get()
    page = world.browser("admin").post(f"/setup/systems/endpoints/{endpoint.pk}/secret/")
    shown = re.findall(r"whs_[\w-]{20,}", page.content.decode())
    settings.WEBHOOKS_TO_LOOPBACK = True
    Endpoint.objects.update(address="http://127.0.0.1:1/holds")
    webhooks.send(at=clock.now())
    endpoint.refresh_from_db()
    assert shown
    assert found({"key": shown[0], "salt": endpoint.salt}, log.getvalue()) == []


def test_credentials_of_mail_servers_are_not_told(world: World, log: io.StringIO) -> None:
    """Neither in the log, nor in what is kept of a mailbox, nor beside a message that did not leave."""
    company = Company.objects.get(code="NG")
    mailboxes.read_all({"NG": f"imap://us:{MAIL_PASSWORD}@127.0.0.1:1/INBOX"}, at=clock.now())
    carrier = EmailBackend(host="127.0.0.1", port=1, username="us", password=MAIL_PASSWORD, timeout=1)
    delivery = carrier.deliver(MAIL)
    kept = [*MailboxState.objects.values_list("problem", flat=True)]
    kept += Message.objects.filter(company=company).values_list("last_answer", flat=True)
    assert kept
    assert found({"mail": MAIL_PASSWORD}, log.getvalue(), str(delivery), *kept) == []


def test_links_that_open_something_are_not_told(world: World, log: io.StringIO) -> None:
    token = str(world.places["token"])
    nobody = Client(raise_request_exception=False)
    paths = (
        f"{token}/",
        f"{token}x/",
        f"{token}/nothing/",
        f"wrong-person/{token}/",
        f"wrong-person/{token}",
    )
    for url in (f"/answer/{path}" for path in paths):
        nobody.get(url)
        nobody.post(url, {"answer": "x"})
    assert "/answer/…" in log.getvalue()
    assert found({"link": token}, log.getvalue()) == []


def test_the_secret_of_single_sign_on_is_not_told(world: World, log: io.StringIO, settings: Settings) -> None:
    """Nor the code that the provider gave, nor what is noted of somebody on their way there and back."""
    cache.clear()
    code = "Code-of-the-provider-4471-zq"
    with running() as provider:
        told = provider.as_setting
        for wrong in (False, True):
            settings.SIGN_ON = dataclasses.replace(told, client_secret=SIGN_ON_SECRET) if wrong else told
            browser = Client()
            asked = leave(browser)
            noted = dict(browser.session["sign_on"])
            answer = come_back(browser, asked, code=code)
            page = browser.get(answer["Location"]).content.decode()
            shown = (log.getvalue(), page, answer["Location"])
            secrets = {"ours": told.client_secret, "wrong": SIGN_ON_SECRET, "code": code}
            secrets |= {name: noted[name] for name in ("state", "nonce", "verifier")}
            assert found(secrets, *shown) == []
    assert "Single sign-on was refused" in log.getvalue()


@pytest.mark.parametrize("deed", [lambda log: log.warning("x %s", PASSWORD)])
def test_a_secret_in_the_log_would_be_met(log: io.StringIO, deed: Callable[[Any], None]) -> None:
    deed(logging.getLogger("anything"))
    assert found({"password": PASSWORD}, log.getvalue()) == ["password"]
