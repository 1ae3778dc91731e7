"""Connecting systems on screen: what they may do, tokens shown once, where they are told and what they
answered.
"""

import re

import pytest
from django.test import Client

from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.systems import deliveries, endpoints, systems
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System, SystemToken
from collections_app.systems.wires import Answered
from tests.desk import person
from tests.doors import signed_in, text
from tests.holds.selling import LEDGER, Shop
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def ada(company: Company) -> User:
    return person(company, "ada", Role.ADMINISTRATOR)


@pytest.fixture
def browser(ada: User) -> Client:
    return signed_in(ada)


@pytest.fixture
def webshop(company: Company, ada: User) -> System:
    return systems.connect(
        name="Webshop", scopes=[Scope.READ_ORDERS], companies=[company], by=ada, at=clock.now()
    )


def test_a_system_is_connected_changed_and_parted_from(browser: Client, company: Company) -> None:
    sent = {"name": "ERP", "requests_per_minute": "60", "companies": [company.pk], "scopes": ["orders:check"]}
    made = browser.post("/setup/systems/new/", sent)
    system = System.objects.get()
    assert (made.status_code, made["Location"]) == (303, f"/setup/systems/{system.pk}/")
    assert "orders:check" in text(browser.get("/setup/systems/"))

    browser.post(made["Location"], sent | {"scopes": ["orders:check", "ledger:write"]})
    system.refresh_from_db()
    assert system.scopes == ["ledger:write", "orders:check"]
    browser.post(f"/setup/systems/{system.pk}/disconnect/")
    assert "not connected" in text(browser.get("/setup/systems/"))
    told = list(Event.objects.order_by("pk").values_list("what", flat=True))
    assert told == ["system.connected", "system.changed", "system.disconnected"]


def test_what_is_missing_is_said_and_nothing_typed_is_lost(browser: Client, company: Company) -> None:
    answer = browser.post("/setup/systems/new/", {"name": "ERP", "requests_per_minute": "60"})

    assert answer.status_code == 422
    said = text(answer)
    assert "Choose at least one company" in said
    assert "Choose at least one thing that it may do" in said
    assert 'value="ERP"' in answer.content.decode()


def test_two_systems_of_one_name_are_not_told_apart(
    browser: Client, company: Company, webshop: System
) -> None:
    sent = {
        "name": "Webshop",
        "requests_per_minute": "60",
        "companies": [company.pk],
        "scopes": ["orders:read"],
    }
    answer = browser.post("/setup/systems/new/", sent)
    assert (answer.status_code, "is connected already" in text(answer)) == (422, True)


def test_a_token_is_shown_once_and_opens_until_it_is_revoked(
    browser: Client, company: Company, webshop: System
) -> None:
    page = f"/setup/systems/{webshop.pk}/"
    shown = browser.post(f"{page}tokens/")
    assert shown.status_code == 201
    found = re.search(r'value="(wb_[\w-]{43})"', shown.content.decode())
    assert found is not None
    token = found[1]
    headers = {"Authorization": f"Bearer {token}"}
    assert Client().get("/api/v1/companies", headers=headers).json()["companies"][0]["code"] == company.code
    assert token not in browser.get(page).content.decode()
    assert f"…{token[-4:]}" in text(browser.get(page))

    browser.post(f"/setup/systems/tokens/{SystemToken.objects.get().pk}/revoke/")
    assert Client().get("/api/v1/companies", headers=headers).status_code == 401
    assert token not in str(list(Event.objects.values()))


def test_a_sixth_token_is_refused(browser: Client, webshop: System) -> None:
    page = f"/setup/systems/{webshop.pk}/tokens/"
    answers = [browser.post(page).status_code for _ in range(6)]
    assert answers == [201] * 5 + [422]


def test_an_address_is_told_and_its_secret_is_shown_when_it_is_made(browser: Client, webshop: System) -> None:
    page = f"/setup/systems/{webshop.pk}/"
    wrong = browser.post(f"{page}endpoints/", {"address": "http://erp.example.com/"})
    assert wrong.status_code == 422
    assert "begins with https" in text(wrong)
    assert "http://erp.example.com/" in wrong.content.decode()
    assert browser.post(f"{page}endpoints/", {"address": ""}).status_code == 422
    assert browser.post(f"{page}endpoints/", {"address": "https://169.254.169.254/"}).status_code == 422

    made = browser.post(f"{page}endpoints/", {"address": "https://erp.example.com/holds"})
    endpoint = Endpoint.objects.get()
    assert (made.status_code, endpoint.secret in made.content.decode()) == (201, True)
    assert endpoint.secret not in browser.get(page).content.decode()
    anew = browser.post(f"/setup/systems/endpoints/{endpoint.pk}/secret/")
    before = endpoint.secret
    endpoint.refresh_from_db()
    assert endpoint.secret != before
    assert endpoint.secret in anew.content.decode()
    browser.post(f"/setup/systems/endpoints/{endpoint.pk}/stop/")
    assert browser.post(f"/setup/systems/endpoints/{endpoint.pk}/secret/").status_code == 422


def test_the_last_answers_are_read_and_one_is_sent_again(
    browser: Client, company: Company, webshop: System, ada: User
) -> None:
    at = clock.now()
    endpoint = endpoints.make(webshop, address="https://erp.example.com/", by=ada, at=at)
    Shop(load(LEDGER, company=company, today=at.date()), at).order("SO-1", "50.00")
    deliveries.gather(at=at)
    claimed = deliveries.claim(at=at)
    assert claimed is not None
    deliveries.settle(claimed, Answered(503, "<b>Down</b> until noon"), at=at)

    page = f"/setup/systems/endpoints/{endpoint.pk}/"
    shown = browser.get(page)
    assert "503 <b>Down</b> until noon" in text(shown).replace("&lt;", "<").replace("&gt;", ">")
    assert "<b>Down" not in shown.content.decode()
    sent = browser.post(f"/setup/systems/deliveries/{claimed.key}/again/")
    assert (sent.status_code, sent["Location"]) == (303, page)
    assert Delivery.objects.get().attempts == 0


def test_only_an_administrator_sees_systems(company: Company, webshop: System) -> None:
    for role in (Role.COLLECTOR, Role.MANAGER, Role.SALES):
        door = signed_in(person(company, f"p{role}", role))
        assert door.get("/setup/systems/").status_code == 403
        assert door.post(f"/setup/systems/{webshop.pk}/tokens/").status_code == 403
    assert not SystemToken.objects.exists()
