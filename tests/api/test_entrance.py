"""Who comes in, what they see, how often they may ask, and that asking twice has one effect."""

import datetime as dt
import hashlib
import threading
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from collections_app.holds.order_rows import Order
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from collections_app.systems import kept_answers, systems, tokens
from collections_app.systems.kept_answers import KeptAnswer
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System, SystemToken
from tests.api.asking import PROBLEM, Machine, codes
from tests.holds.selling import Shop
from tests.ledgerrows import company_of

ORDER = {"number": "SO-1", "customer": "200", "amount": "50.00"}


@pytest.fixture(autouse=True)
def _counted_anew(db: None) -> None:
    cache.clear()


def test_nobody_comes_in_without_a_token_that_stands(machine: Machine, shop: Shop, olga: User) -> None:
    for text in ("", "wb_" + "x" * 43, machine.token[:-1], "Bearer"):
        answer = Machine(text, machine.company).get("orders")
        assert (answer.status_code, answer["WWW-Authenticate"], answer["Content-Type"]) == (
            401,
            "Bearer",
            PROBLEM,
        )
    assert machine.get("orders").status_code == 200

    tokens.revoke(SystemToken.objects.get(), by=olga, at=shop.at)
    assert machine.get("orders").status_code == 401


def test_a_session_of_a_person_opens_nothing_here(machine: Machine, shop: Shop, olga: User) -> None:
    machine.client.force_login(olga)
    machine.token = ""

    assert machine.get("orders").status_code == 401


def test_the_token_itself_is_nowhere_in_the_database(machine: Machine, webshop: System) -> None:
    token = SystemToken.objects.get()

    assert token.sha256 == hashlib.sha256(machine.token.encode()).hexdigest()
    assert token.hint == machine.token[-4:]
    assert len(machine.token) == 46


def test_a_system_that_was_parted_from_is_not_let_in(
    machine: Machine, webshop: System, olga: User, at: dt.datetime
) -> None:
    systems.disconnect(webshop, by=olga, at=at)

    assert machine.get("orders").status_code == 401


def test_a_system_sees_its_companies_only(machine: Machine, shop: Shop, today: dt.date) -> None:
    company_of(code="OTHER", country="GB")

    listed = machine.get("/api/v1/companies").json()
    assert [each["code"] for each in listed["companies"]] == [machine.company]
    for path in ("orders", "credit-position?customer=100"):
        assert machine.get(f"/api/v1/companies/OTHER/{path}").status_code == 404
    answer = machine.post("/api/v1/companies/OTHER/orders", ORDER)
    assert (answer.status_code, codes(answer)) == (404, ["unknown_company"])


def test_a_system_does_what_it_was_allowed_and_no_more(machine: Machine, shop: Shop, webshop: System) -> None:
    System.objects.filter(pk=webshop.pk).update(scopes=[Scope.CHECK_ORDERS])

    assert machine.post("order-checks", {"customer": "200", "amount": "1"}).status_code == 200
    for answer in (
        machine.get("orders"),
        machine.post("orders", ORDER),
        machine.get("credit-position", customer="200"),
        machine.post("customers", {"rows": [{"customer": "1"}]}),
    ):
        assert (answer.status_code, answer["Content-Type"]) == (403, PROBLEM)
    assert not Order.objects.exists()


def test_who_asks_too_often_waits_for_the_next_minute(
    machine: Machine, shop: Shop, webshop: System, at: dt.datetime
) -> None:
    System.objects.filter(pk=webshop.pk).update(requests_per_minute=3)

    answers = [machine.get("orders") for _ in range(4)]

    assert [each.status_code for each in answers] == [200, 200, 200, 429]
    assert [each["RateLimit-Remaining"] for each in answers] == ["2", "1", "0", "0"]
    assert answers[-1]["Retry-After"] == "60"
    with time_machine.travel(at + dt.timedelta(seconds=60), tick=False):
        assert machine.get("orders").status_code == 200


def test_who_shows_no_token_that_stands_is_let_in_sixty_times_a_minute(
    machine: Machine, shop: Shop, at: dt.datetime
) -> None:
    """Neither guesses at tokens nor the document, which needs none, are free of the pace."""
    stranger = Machine("wb_" + "x" * 43, machine.company)
    guessed = [stranger.get("orders").status_code for _ in range(59)]
    document = stranger.client.get("/api/v1/openapi.json")
    over = [stranger.get("orders"), stranger.client.get("/api/v1/openapi.json"), stranger.get("/api/v1/no")]

    assert (set(guessed), document.status_code, document["RateLimit-Remaining"]) == ({401}, 200, "0")
    assert [(each.status_code, each["Content-Type"], each["Retry-After"]) for each in over] == [
        (429, PROBLEM, "60")
    ] * 3
    assert machine.get("orders").status_code == 200  # from the same address, and with a token
    elsewhere = stranger.client.get("/api/v1/openapi.json", REMOTE_ADDR="192.0.2.7")
    assert elsewhere.status_code == 200
    with time_machine.travel(at + dt.timedelta(seconds=60), tick=False):
        assert stranger.get("orders").status_code == 401


def test_the_same_question_under_its_key_has_one_effect_and_one_answer(machine: Machine, shop: Shop) -> None:
    first = machine.post("orders", ORDER, key="k-1")
    again = machine.post("orders", ORDER, key="k-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert ("Idempotency-Replayed" in first, again["Idempotency-Replayed"]) == (False, "true")


def test_a_check_is_of_its_moment_under_a_used_key_too(machine: Machine, shop: Shop) -> None:
    order = machine.post("orders", ORDER | {"customer": "100"}).json()
    address = f"orders/{order['id']}/checks"
    assert machine.post(address, key="k-1").json()["on_hold"] is True

    shop.pay("480.00", invoice="A1")
    again = machine.post(address, key="k-1")

    assert (again.json()["on_hold"], "Idempotency-Replayed" in again) == (False, False)


def test_another_question_under_a_used_key_is_refused(machine: Machine, shop: Shop) -> None:
    machine.post("orders", ORDER, key="k-1")
    other = machine.post("orders", ORDER | {"amount": "51.00"}, key="k-1")

    assert (other.status_code, codes(other)) == (422, ["key_used"])
    assert str(Order.objects.get().amount) == "50.000"


def test_what_was_refused_may_be_put_right_under_its_key(machine: Machine, shop: Shop) -> None:
    assert machine.post("orders", ORDER | {"amount": "0.001"}, key="k-1").status_code == 422
    assert machine.post("orders", ORDER, key="k-1").status_code == 201


def test_a_key_is_of_its_system_and_kept_for_a_week(
    machine: Machine, shop: Shop, olga: User, company: Company, at: dt.datetime
) -> None:
    machine.post("orders", ORDER, key="k-1")
    erp = systems.connect(name="ERP", scopes=list(Scope), companies=[company], by=olga, at=at)
    other = Machine(tokens.make(erp, by=olga, at=at).text, company.code)
    assert other.post("orders", ORDER, key="k-1").status_code == 200

    later = at + dt.timedelta(days=7)
    with time_machine.travel(later, tick=False):
        assert machine.post("orders", ORDER, key="k-1").status_code == 200
    assert kept_answers.drop_old(at=later) == 1
    assert KeptAnswer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_at_once_under_one_key_are_answered_once(
    machine: Machine, shop: Shop, webshop: System, at: dt.datetime
) -> None:
    """The second is told to wait while the first is at it."""
    seen: list[Any] = []

    def meanwhile() -> tuple[kept_answers.Reply, bool]:
        other = threading.Thread(target=lambda: seen.append(machine.post("orders", ORDER, key="k-1")))
        other.start()
        other.join()
        return kept_answers.Reply(200, "application/json", b"{}"), False

    kept_answers.once(webshop, "k-1", "0" * 64, meanwhile, at=at)

    assert (seen[0].status_code, seen[0]["Retry-After"]) == (409, "1")
    assert not Order.objects.exists()


def test_a_key_that_is_none_is_told_so(machine: Machine, shop: Shop) -> None:
    assert machine.post("orders", ORDER, key="k" * 201).status_code == 400


def test_more_than_fits_is_refused_unread(machine: Machine, shop: Shop) -> None:
    answer = machine.client.generic(
        "POST",
        f"/api/v1/companies/{machine.company}/orders",
        b"{}",
        content_type="application/json",
        CONTENT_LENGTH=str(17 * 1024 * 1024),
        headers={"Authorization": f"Bearer {machine.token}"},
    )
    assert (answer.status_code, answer["Content-Type"]) == (413, PROBLEM)
