"""Every address of the product, looked at as a manager and an administrator: which headers each answer has,
that looking changes nothing, and that fields nobody asked for are left alone.
"""

import logging
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.urls import get_resolver

from collections_app.people.users import User
from collections_app.screens import htmx
from tests.access.test_who_may_ask import address, expected, routes
from tests.access.world import World
from tests.ledgerrows import company_of

# What a look may leave: that somebody is here, what they saw last, and who may look for news.
LEFT_BY_LOOKING = {
    "django_session",
    "signed_in_session",
    "app_user",
    "chase_claim",
    "hold_notice",
}
EXTRA = {
    "role": "administrator",
    "is_active": "true",
    "is_superuser": "1",
    "company": "2",
    "company_id": "2",
    "customer_id": "1",
    "by_id": "1",
    "amount_open": "0",
    "state": "approved",
    "decided_by": "1",
    "password": "x",
    "id": "1",
    "pk": "1",
    "limit": "999999999",
}


RIGHTS_AND_MONEY = {
    *("company", "company_member", "team", "team_member", "customer", "customer_assignment", "second_factor"),
    *("posting", "invoice", "payment", "allocation", "invoice_correction", "credit_term", "interest_charge"),
    *("customer_order", "order_hold", "order_release", "forced_hold", "hold_exclusion", "hold_rule_version"),
    *("promise", "promise_instalment", "dispute", "dispute_amount", "write_off", "write_off_approval"),
    *("write_off_limit", "reminder_draft", "procedure_version", "message", "standing_note"),
}


@pytest.fixture
def world(db: None, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setattr(htmx, "render", lambda *given, status=200, **named: HttpResponse(status=status))
    monkeypatch.setattr(htmx, "render_to_string", lambda *given, **named: "")
    return World(company_of("NG", country="GB"))


def looked_at(world: World) -> list[tuple[Client, str, str]]:
    """Every address, by whoever may look at it, else by who may not."""
    manager, admin = world.browser("manager"), world.browser("admin")
    return [
        (admin if route.startswith("setup/") else manager, name, address(name, route, world.places))
        for name, route in routes(get_resolver().url_patterns)
    ]


def digests() -> dict[str, Any]:
    """What stands in each table."""
    found = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names(cursor)) - LEFT_BY_LOOKING:
            digest = "SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text))"
            cursor.execute(f'{digest} FROM "{table}" AS t')
            found[table] = cursor.fetchone()
    return found


@pytest.mark.long(60)
def test_every_answer_keeps_its_reader_safe_and_looking_changes_nothing(world: World) -> None:
    asked = looked_at(world)
    before, wrong = digests(), []
    for browser, name, url in asked * 2:
        found: Any = browser.get(url)
        if found.streaming:
            b"".join(found.streaming_content)
        if name in ("healthz", "readyz", "metrics"):
            continue
        policy = found.headers.get("Content-Security-Policy", "")
        is_sandboxed = policy.startswith("sandbox")
        good = (
            found.headers.get("X-Content-Type-Options") == "nosniff"
            and (is_sandboxed or "object-src 'none'" in policy)
            and (is_sandboxed or "base-uri 'none'" in policy)
            and "unsafe" not in policy
            and found.headers.get("X-Frame-Options") == "DENY"
            and found.headers.get("Referrer-Policy")
            and ("no-store" in found.headers.get("Cache-Control", "") or found.status_code >= 300)
        )
        if not good:
            wrong.append((name, found.status_code, dict(found.headers)))
    after = digests()
    assert {table for table, digest in after.items() if digest != before[table]} == set()
    assert wrong == []
    assert len(asked) > 200


@pytest.mark.long(60)
def test_fields_that_nobody_asked_for_change_nothing(world: World) -> None:
    """To every address that a salesperson may post to: rights, sums and people of others in a form."""
    company_of("XX")
    seller, table, tried, before = world.browser("sells"), expected(), 0, digests()
    people = _people()
    for name, route in routes(get_resolver().url_patterns):
        if table.get((name, "POST"), "------")[3] == "y":
            each = [{field: value} for field, value in EXTRA.items()]
            for form in (*each, EXTRA, {field: [value, "\u202e", "-1"] for field, value in EXTRA.items()}):
                found: Any = seller.post(address(name, route, world.places), form)
                assert found.status_code < 500, (name, form)
                tried += 1
    assert _people() == people
    changed = {name for name, digest in digests().items() if digest != before[name]}
    assert changed & RIGHTS_AND_MONEY == set()
    assert before.keys() >= RIGHTS_AND_MONEY
    assert tried > 100


def _people() -> list[tuple[Any, ...]]:
    """Who they are and what they may, all but when they were here last."""
    seen = ("last_login", "seen_at")
    names = [field.name for field in User._meta.concrete_fields if not field.name.endswith(seen)]
    return list(User.objects.order_by("pk").values_list(*names))


def test_each_refused_request_leaves_one_line_that_cannot_be_forged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    seller = world.browser("sells")
    for url, code in (("/setup/users/", 403), ("/NG/customers/999999/", 404), ("/NG/imports/", 403)):
        caplog.clear()
        with caplog.at_level(logging.INFO):
            forged = "x\nlevel=critical event='all money moved'"
            assert seller.get(url, headers={"User-Agent": forged}).status_code == code
        ends = [record for record in caplog.records if "request_finished" in record.getMessage()]
        assert len(ends) == 1
        assert str(code) in ends[0].getMessage()
        assert "\n" not in str(ends[0].getMessage())
