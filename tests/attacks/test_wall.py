"""Queries that forgot their company: the wall around companies keeps what they would show or change."""

import re
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.http import HttpResponse
from django.urls import get_resolver

from collections_app.dunning import touches
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, CustomerQuerySet
from collections_app.lib import clock, walls
from collections_app.lib.walled_connections import WalledCursor
from collections_app.people.rules import Role
from collections_app.screens import htmx, scoping
from collections_app.segmentation import assignments
from collections_app.systems import systems, tokens
from collections_app.systems.rules.scopes import Scope
from tests.access.test_who_may_ask import address, answer, routes
from tests.access.world import World
from tests.api.asking import Machine
from tests.crowd import customer
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of

# What is asked before it is known who asks.
WHO = re.compile(
    r"^(SAVEPOINT|RELEASE|ROLLBACK|EXECUTE kept_app_user)"
    r'|"django_session"|FROM "app_user"|UPDATE "signed_in_session"'
)
pytestmark = pytest.mark.django_db


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    """A company with something of everything, and a manager of another, in which there is one customer."""
    monkeypatch.setattr(htmx, "render", lambda *given, status=200, **named: HttpResponse(status=status))
    monkeypatch.setattr(htmx, "render_to_string", lambda *given, **named: "")
    return World(company_of("NG", country="GB"))


def walled_tables() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_policies WHERE policyname = 'walled' AND tablename <> 'contact'"
        )
        return [(name, "id" if name == "company" else "company_id") for (name,) in cursor.fetchall()]


def asked(statement: str, *params: Any) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, params)
        return int(cursor.fetchone()[0]) if cursor.description else int(cursor.rowcount)


def test_no_table_gives_takes_or_loses_a_row_of_another_company(world: World) -> None:
    """Each that has a company, with no word of a company in the statement."""
    other = Company.objects.get(code="OT")
    ours = Company.objects.get(code="NG")
    filled = []
    for table, place in walled_tables():
        theirs = asked(f"SELECT count(*) FROM {table} WHERE {place} = %s", ours.pk)
        known = asked(f"SELECT count(*) FROM {table} WHERE {place} = %s OR {place} IS NULL", other.pk)
        with walls.around([other.pk]):
            assert asked(f"SELECT count(*) FROM {table}") == known, table
            for deed in (
                f"UPDATE {table} SET {place} = {place} WHERE {place} = %s",
                f"DELETE FROM {table} WHERE {place} = %s",
            ):
                assert asked(deed, ours.pk) == 0, deed
            with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
                asked(f"INSERT INTO {table} ({place}) VALUES (%s)", ours.pk)
        assert asked(f"SELECT count(*) FROM {table} WHERE {place} = %s", ours.pk) == theirs
        filled.append(bool(theirs))
    assert sum(filled) > 40  # it is no proof with tables in which there is nothing


def test_no_contact_of_another_company_is_read_changed_or_made(world: World) -> None:
    """A contact has no company of its own, and the wall of its customer."""
    other, ours = Company.objects.get(code="OT"), Company.objects.get(code="NG")
    theirs = customer(other, "201", name="Quay Stores").contacts.create(
        name="Ms Quay", recorded_at=clock.now()
    )
    known = asked("SELECT count(*) FROM contact")
    assert known > 1
    strange = asked("SELECT min(customer_id) FROM contact WHERE id <> %s", theirs.pk)
    with walls.around([other.pk]):
        assert asked("SELECT min(id) FROM contact") == asked("SELECT max(id) FROM contact") == theirs.pk
        assert asked("UPDATE contact SET name = name") == 1
        assert asked("DELETE FROM contact WHERE id <> %s", theirs.pk) == 0
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            asked("UPDATE contact SET customer_id = %s", strange)
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            asked("INSERT INTO contact (customer_id) VALUES (%s)", strange)
    with walls.around([ours.pk]):
        assert asked("SELECT count(*) FROM contact") == known - 1


class Forgetful(CustomerQuerySet):
    """A query that forgets which company it was to be of, and who asked."""

    def filter(self, *given: Any, **named: Any) -> Any:
        named.pop("company", None)
        return super().filter(*given, **named)


@pytest.mark.parametrize("stands", [True, False])
def test_a_system_that_was_let_in_too_far_finds_nothing_there(
    stands: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whichever company it names is taken for one that it sees."""
    ours, theirs = company_of("NG"), company_of("OT")
    olga, at = person(ours, "olga", Role.ADMINISTRATOR), clock.now()
    shop = systems.connect(name="Shop", scopes=list(Scope), companies=[ours], by=olga, at=at)
    customer(theirs, "201", name="Quay Stores")
    machine = Machine(tokens.make(shop, by=olga, at=at).text, theirs.code)
    monkeypatch.setattr(
        systems, "company_seen", lambda system, code: Company.objects.filter(code=code).first()
    )
    if not stands:
        monkeypatch.setattr(walls, "put_up", lambda companies: None)
    answered = machine.get("credit-position", customer="201")
    assert (answered.status_code == 200) is not stands, answered.content


@pytest.mark.parametrize("stands", [True, False])
def test_a_page_that_forgot_its_company_shows_nothing_of_another(
    stands: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the wall it shows them, so the page did forget."""
    ours, theirs = company_of("NG"), company_of("OT")
    customer(ours, "101", name="Harbour Lights")
    strange = customer(theirs, "201", name="Quay Stores")
    browser = signed_in(person(ours, "priya"))
    monkeypatch.setattr(assignments, "visible_to", lambda user, *, today: Forgetful(Customer))
    # What is kept was written with the company, and must not be kept without it.
    monkeypatch.setattr(scoping, "_SEEN", {role: scoping._seen(role) for role in Role})
    if not stands:
        monkeypatch.setattr(walls, "put_up", lambda companies: None)
    found = text(browser.get("/NG/customers/"))
    assert "Harbour Lights" in found
    assert ("Quay Stores" in found) is not stands
    assert (browser.get(f"/NG/customers/{strange.pk}/").status_code == 404) is stands


def test_whatever_a_page_asks_is_asked_behind_the_wall(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """At every address, but for who it is that asks, and how often a customer heard from any of us."""
    bare: list[tuple[str, str]] = []
    browser, here = world.browser("manager"), [""]
    carried = WalledCursor._carried

    def seen(self: WalledCursor, sent: str) -> str:
        is_known = sent in (touches.TOUCHES.text, touches.GROUPS.text) or WHO.search(" ".join(sent.split()))
        if here[0] and walls.standing() is None and not is_known:
            bare.append((here[0], " ".join(sent.split())[:200]))
        return carried(self, sent)

    monkeypatch.setattr(WalledCursor, "_carried", seen)
    for name, route in routes(get_resolver().url_patterns):
        url = address(name, route, world.places)
        here[0] = name if route.startswith("<slug:company>/") else ""
        answer(browser, "GET", url)
        here[0] = ""
    assert bare == []
