"""``check_activity``: every chain is proven, and a head that was noted before."""

import datetime as dt
import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from collections_app.activity import events
from tests.ledgerrows import company_of

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)


def answer(*words: str) -> tuple[Any, bool]:
    said = StringIO()
    try:
        call_command("check_activity", *words, "--json", stdout=said, stderr=StringIO())
    except SystemExit as ended:
        return json.loads(said.getvalue()), ended.code == 0
    return json.loads(said.getvalue()), True


@pytest.mark.django_db
def test_what_was_changed_is_named_and_the_exit_says_so() -> None:
    company = company_of("NG")
    made = events.record("customer.called", "Called", company=company, by=None, at=AT)
    whole, ok = answer()
    assert ok
    assert whole["ok"]
    assert whole["heads"]["NG"].startswith("1:")
    assert whole["heads"][""] == "0:"

    noted = ("--company", "NG", "--noted", whole["heads"]["NG"])
    assert answer(*noted)[1]
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE activity_event SET summary = 'Wrote'")
        cursor.execute("SET LOCAL session_replication_role = origin")
    found, ok = answer(*noted)
    assert not ok
    assert found["problems"] == [
        {
            "company": "NG",
            "code": "activity.changed",
            "message": f"Event {made.pk}, place 1, customer.called: it was changed after it was sealed.",
        }
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("noted", ["", "0:" + "a" * 64, "7:xyz", "7"])
def test_what_is_no_head_is_said(noted: str) -> None:
    company_of("NG")
    with pytest.raises(CommandError, match="is no head"):
        call_command("check_activity", "--company", "NG", f"--noted={noted}", stdout=StringIO())


@pytest.mark.django_db
def test_a_head_belongs_to_one_chain() -> None:
    with pytest.raises(CommandError, match="say which --company"):
        call_command("check_activity", "--noted", "7:" + "a" * 64, stdout=StringIO())
