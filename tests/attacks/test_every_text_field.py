"""Markup in every text of the database, and every page of the product drawn: nothing of it becomes a tag.

The texts are put there behind the back of every form, so it does not matter which of them would refuse it.
"""

import re
from html.parser import HTMLParser
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.test import Client
from django.urls import get_resolver

from collections_app.privacy.rules import holdings
from tests.access.test_who_may_ask import address, expected, routes
from tests.access.world import World
from tests.ledgerrows import company_of

# It would be a tag of its own in text, in an attribute in either quotes, in a script and in a text area.
PAYLOAD = "\"'></textarea></script><x-evil onx=1>"
SHORT = "<x-evil>"
# Words that the product reads as something: of rules, machines and secrets, which no form takes as they come.
READ = {
    "activity_event": {"what"},
    "company": {"code", "currency", "time_zone", "weekend", "contact_hours", "country"},
    "app_user": {"password", "username"},
    "message": {"key", "language"},
    "invoice": {"currency"},
    "payment": {"currency"},
    "customer": {"currency", "country", "time_zone", "language", "search_key"},
}
NAMES = {
    "customer": {"name", "number"},
    "company": {"name"},
    "contact": {"name", "role", "phone", "hours", "remarks"},
    "team": {"name"},
    "app_user": {"full_name", "email"},
    "invoice": {"reference", "terms", "number"},
    "portfolio": {"name"},
    "report_view": {"name"},
    "payment": {"reference", "number"},
    "stored_file": {"name"},
    "connected_system": {"name"},
    "dispute_reason": {"label"},
    "write_off_reason": {"label"},
    "segment": {"name"},
    "stage_run": {"error"},
    "import_batch": {"file_name"},
    "insurance_policy": {"insurer"},
    "letterhead": {"address", "sender_name", "phone", "hours", "bank_details"},
    "customer_order": {"number"},
}


class Tags(HTMLParser):
    """Whether a browser would see the tag, or an attribute of it on another one."""

    def __init__(self) -> None:
        super().__init__()
        self.is_met = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.is_met |= tag == "x-evil" or any(name == "onx" for name, _ in attrs)


def fields() -> list[tuple[str, str, int]]:
    """Every text in which people or files may write, with its length."""
    chosen = {(table, field) for table, listed in NAMES.items() for field in listed}
    chosen |= set(holdings.word_fields())
    found = []
    for model in apps.get_models():
        table = model._meta.db_table
        for field in model._meta.concrete_fields:
            is_text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if is_text and (table, field.name) in chosen and field.name not in READ.get(table, set()):
                found.append((table, str(field.column), getattr(field, "max_length", None) or 500))
    return found


def plant() -> int:
    """Put it into every row; how many fields there are. Each row keeps what tells it from the others."""
    planted = fields()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        for table, column, length in planted:
            payload = PAYLOAD if length >= len(PAYLOAD) + 8 else SHORT
            cursor.execute(
                f'UPDATE "{table}" SET "{column}" = left(%s || right(ctid::text, 8), %s) '
                f"WHERE \"{column}\" <> '' OR %s",
                [payload, length, table in ("contact", "letterhead")],
            )
        cursor.execute("SET LOCAL session_replication_role = origin")
    return len(planted)


def pages(world: World) -> list[tuple[str, str]]:
    """What each of three people may look at: who, and the address."""
    met = expected()
    columns = {"worker": 0, "manager": 2, "admin": 5, "sells": 3}
    return [
        (who, address(name, route, world.places))
        for name, route in routes(get_resolver().url_patterns)
        for who, column in columns.items()
        if met.get((name, "GET"), "------")[column] == "y"
    ]


@pytest.mark.long(150)
def test_no_text_of_anybody_becomes_a_tag_on_any_page(db: None) -> None:
    world = World(company_of("NG", country="GB"))
    assert plant() > 90
    asked, wrong, met = pages(world), [], 0
    browsers: dict[str, Client] = {who: world.browser(who) for who in {who for who, _ in asked}}
    for who, url in asked:
        response: Any = browsers[who].get(url)
        assert response.status_code < 500, url
        body = b"".join(response.streaming_content) if response.streaming else response.content
        if "text/html" not in response.headers.get("Content-Type", ""):
            continue
        page = body.decode()
        met += "x-evil" in page
        parser = Tags()
        parser.feed(re.sub(r"<!--.*?-->", "", page, flags=re.DOTALL))
        if parser.is_met:
            wrong.append((who, url))
    assert wrong == []
    assert len(asked) > 200, "every page that somebody may see"
    assert met > 100, "and most of them show what was planted"
