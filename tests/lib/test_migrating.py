"""Many changes of tables as one step: what they leave behind, and the way back."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from collections_app.lib.migrating import Together

LABEL = "collections_app"
KEY = ("id", models.BigAutoField(primary_key=True))
BIRTHS: list[Operation] = [
    migrations.CreateModel("Shelf", fields=[KEY], options={"db_table": "test_shelf"}),
    migrations.CreateModel(
        "Book",
        fields=[KEY, ("title", models.CharField(max_length=40))],
        options={"db_table": "test_book"},
    ),
    # What is said later of a newborn model is in it from the start.
    migrations.AddField("Book", "shelf", models.ForeignKey(f"{LABEL}.Shelf", models.CASCADE)),
    migrations.AddIndex("Book", models.Index(fields=["title"], name="test_book_by_title")),
]
CHANGES: list[Operation] = [
    migrations.RemoveIndex("Book", "test_book_by_title"),
    migrations.AddIndex("Book", models.Index(fields=["title", "shelf"], name="test_book_by_title")),
    migrations.AddField("Shelf", "floor", models.IntegerField(default=1)),
]

pytestmark = pytest.mark.django_db


def after(*steps: Together) -> list[ProjectState]:
    """The state before the first step, and the one after each, as a migration would see them."""
    states = [ProjectState()]
    for step in steps:
        state = states[-1].clone()
        step.state_forwards(LABEL, state)
        states.append(state)
    return states


def columns(table: str) -> dict[str, list[str]]:
    """By name of the index: what it is over; and the columns of the table."""
    with connection.cursor() as cursor:
        if table not in connection.introspection.table_names(cursor):
            return {}
        found = connection.introspection.get_constraints(cursor, table)
        names = [one.name for one in connection.introspection.get_table_description(cursor, table)]
    return {"": names, **{name: one["columns"] or [] for name, one in found.items()}}


def test_everything_is_made_once_and_as_it_is_at_the_end() -> None:
    born = Together(BIRTHS)
    changed = Together(CHANGES)
    nothing, with_tables, at_the_end = after(born, changed)

    with connection.schema_editor() as editor:
        born.database_forwards(LABEL, editor, nothing, with_tables)
    assert columns("test_book")[""] == ["id", "title", "shelf_id"]
    assert columns("test_book")["test_book_by_title"] == ["title"]

    with connection.schema_editor() as editor:
        changed.database_forwards(LABEL, editor, with_tables, at_the_end)
    assert columns("test_shelf")[""] == ["id", "floor"]
    assert columns("test_book")["test_book_by_title"] == ["title", "shelf_id"]

    with connection.schema_editor() as editor:
        changed.database_backwards(LABEL, editor, at_the_end, with_tables)
    assert columns("test_book")["test_book_by_title"] == ["title"]
    with connection.schema_editor() as editor:
        born.database_backwards(LABEL, editor, with_tables, nothing)
    assert columns("test_book") == columns("test_shelf") == {}


def test_models_are_drawn_once_before_and_once_after() -> None:
    states = after(Together(BIRTHS), Together(CHANGES))

    assert ["apps" in state.__dict__ for state in states] == [False, False, False]
    assert [key for _, key in states[-1].models] == ["shelf", "book"]
