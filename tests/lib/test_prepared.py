"""Statements that are planned once a connection."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction

from collections_app.lib.prepared import Prepared
from collections_app.lib.sql import Statement

NUMBERS = """-- Counts to the last that leaves a rest.
SELECT place, %(word)s || place AS named FROM generate_series(1, %(last)s) AS place
WHERE place %% 2 = 1 AND place <= %(last)s
"""
pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(tmp_path: Path) -> Prepared:
    name = f"odd_{uuid4().hex}"  # the tests have one connection in turn, and it keeps what they prepare
    (tmp_path / "sql").mkdir()
    (tmp_path / "sql" / f"{name}.sql").write_text(NUMBERS, "utf-8")
    return Prepared(str(tmp_path / "module.py"), name, last="int", word="text")


def planned(statement: Prepared) -> Any:
    """How often its own plan was used, and how often one was made for the values given."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE name = %s",
            [statement.place],
        )
        return cursor.fetchall()


def test_it_answers_as_the_statement_would_and_is_planned_once(statement: Prepared) -> None:
    assert statement.rows({"last": 3, "word": "it's "}) == [
        {"place": 1, "named": "it's 1"},
        {"place": 3, "named": "it's 3"},
    ]
    assert statement.row({"last": 2, "word": "%"}) == {"place": 1, "named": "%1"}
    assert statement.execute({"last": 5, "word": ""}) == 3
    assert planned(statement) == [(3, 0)]


def test_what_was_undone_takes_no_plan_with_it(statement: Prepared) -> None:
    with transaction.atomic():
        statement.rows({"last": 1, "word": ""})
        transaction.set_rollback(True)
    assert len(statement.rows({"last": 1, "word": ""})) == 1
    assert planned(statement) == [(2, 0)]


def test_what_is_the_same_each_time_is_said_in_the_plan(tmp_path: Path, settings: Any) -> None:
    name = f"some_{uuid4().hex}"
    (tmp_path / "sql").mkdir()
    (tmp_path / "sql" / f"{name}.sql").write_text(
        "SELECT id FROM generate_series(1, 3) AS id\n"
        "WHERE (NOT %(by_ids)s OR id = ANY(%(ids)s::bigint[]))\n"
        "AND (%(least)s::int IS NULL OR id > %(least)s)",
        "utf-8",
    )
    whole = Statement(str(tmp_path / "module.py"), name)
    few = Prepared.of(whole, {"by_ids": True, "least": None}, ids="bigint[]")
    asked = {"by_ids": True, "ids": "{1,3}", "least": None}
    assert few.rows(asked) == whole.rows(asked) == [{"id": 1}, {"id": 3}]
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN EXECUTE {few.place}('{{1}}')")
        (told,) = [line for (line,) in cursor.fetchall() if "Filter" in line]
    assert "NULL" not in told
    assert "NOT" not in told
    settings.DATABASE_IS_POOLED = True
    assert few.rows(asked) == [{"id": 1}, {"id": 3}]


@pytest.mark.django_db(transaction=True)
def test_another_connection_plans_for_itself(statement: Prepared) -> None:
    statement.rows({"last": 1, "word": ""})
    connection.close()
    assert len(statement.rows({"last": 1, "word": ""})) == 1
    assert planned(statement) == [(1, 0)]


def test_behind_a_pool_nothing_is_prepared(statement: Prepared, settings: Any) -> None:
    settings.DATABASE_IS_POOLED = True
    assert len(statement.rows({"last": 3, "word": ""})) == 2
    assert planned(statement) == []
