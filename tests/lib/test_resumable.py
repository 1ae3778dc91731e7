"""Steps of a migration that is not one transaction are done again after a cut."""

from collections.abc import Iterator
from threading import Timer
from typing import Any

import pytest
from django.db import OperationalError, connection, migrations, models, transaction
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from pytest_django.fixtures import Settings

from collections_app.lib import resumable
from collections_app.lib.migrating import lock_both, walled
from tests.together import Elsewhere

LABEL = "collections_app"
KEY = ("id", models.BigAutoField(primary_key=True))
SHELF = migrations.CreateModel("Shelf", fields=[KEY], options={"db_table": "test_shelf"})
BOOK = resumable.CreateModel(
    "Book",
    fields=[
        KEY,
        ("shelf", models.ForeignKey(f"{LABEL}.Shelf", models.CASCADE)),
        ("title", models.TextField()),
    ],
    options={"db_table": "test_book"},
)
PAGES = resumable.AddField("Book", "pages", models.IntegerField(default=1))
BY_TITLE = resumable.AddIndexConcurrently("Book", models.Index(fields=["title"], name="test_book_by_title"))
WITHOUT = resumable.RemoveIndexConcurrently("Book", "test_book_by_title")
# As one that was cut off in the middle leaves it.
CUT = "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'test_book_by_title'::regclass"
NO_PAGES = resumable.RemoveField("Book", "pages")
STEPS: list[Operation] = [SHELF, BOOK, PAGES, BY_TITLE, WITHOUT, NO_PAGES]


def asked(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


def do(step: Operation, *, back: bool = False) -> None:
    """As a migration that is not one transaction does it."""
    states = [ProjectState()]
    for each in STEPS:
        states.append(states[-1].clone())
        each.state_forwards(LABEL, states[-1])
    before, after = states[STEPS.index(step)], states[STEPS.index(step) + 1]
    with connection.schema_editor(atomic=False) as editor:
        if back:
            step.database_backwards(LABEL, editor, after, before)
        else:
            step.database_forwards(LABEL, editor, before, after)


def is_whole() -> Any:
    return asked("SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('test_book_by_title')")


@pytest.fixture
def books(transactional_db: None) -> Iterator[None]:
    do(SHELF)
    do(BOOK)
    do(PAGES)
    asked("INSERT INTO test_shelf DEFAULT VALUES")
    asked("INSERT INTO test_book (shelf_id, title, pages) SELECT id, 'On credit', 3 FROM test_shelf")
    yield
    asked("SET lock_timeout = 0")
    asked("DROP TABLE test_book, test_shelf")


def test_a_table_and_a_column_that_are_there_stay_as_they_are(books: None) -> None:
    do(BOOK)
    do(PAGES)
    assert asked("SELECT title, pages FROM test_book") == [("On credit", 3)]
    keys = "SELECT contype FROM pg_constraint WHERE conrelid = 'test_book'::regclass AND contype = 'f'"
    assert asked(keys) == [("f",)]


def test_a_column_that_is_gone_is_not_missed(books: None) -> None:
    do(NO_PAGES)
    do(NO_PAGES)
    left = "SELECT attname FROM pg_attribute WHERE attrelid = 'test_book'::regclass AND attname = 'pages'"
    assert asked(left) == []


def test_keys_of_a_table_are_there_before_the_next_step(transactional_db: None) -> None:
    do(SHELF)
    states = [ProjectState(), ProjectState()]
    for state, steps in zip(states, ([SHELF], [SHELF, BOOK]), strict=True):
        for each in steps:
            each.state_forwards(LABEL, state)
    with connection.schema_editor(atomic=False) as editor:
        BOOK.database_forwards(LABEL, editor, *states)
        assert editor.deferred_sql == []
    asked("DROP TABLE test_book, test_shelf")


def test_an_index_that_was_cut_off_is_built_anew_and_one_that_is_whole_stays(books: None) -> None:
    do(BY_TITLE)
    asked(CUT)
    do(BY_TITLE)
    assert is_whole() == [(True,)]
    number = asked("SELECT 'test_book_by_title'::regclass::oid")
    do(BY_TITLE)
    assert asked("SELECT 'test_book_by_title'::regclass::oid") == number


def test_an_index_is_removed_once_and_comes_back(books: None) -> None:
    do(BY_TITLE)
    do(WITHOUT)
    do(WITHOUT)
    assert is_whole() == []
    do(WITHOUT, back=True)
    asked(CUT)
    do(WITHOUT, back=True)
    assert is_whole() == [(True,)]
    do(BY_TITLE, back=True)
    do(BY_TITLE, back=True)
    assert is_whole() == []


def test_an_index_waits_for_whoever_writes_longer_than_other_changes_may(books: None) -> None:
    def write() -> None:
        asked("UPDATE test_book SET pages = 4")

    asked("SET lock_timeout = '50ms'")
    with Elsewhere(write) as writer, connection.execute_wrapper(_until_done(writer)):
        do(BY_TITLE)
    assert is_whole() == [(True,)]
    assert asked("SHOW lock_timeout") == [("50ms",)]


def _until_done(writer: Elsewhere) -> Any:
    """Whoever writes goes on for half a second after the index was begun."""

    def execute(ask: Any, sql: Any, *rest: Any) -> Any:
        if str(sql).startswith("CREATE INDEX CONCURRENTLY"):
            Timer(0.5, writer.commit).start()
        return ask(sql, *rest)

    return execute


def test_behind_a_pool_no_limit_is_set(books: None, settings: Settings) -> None:
    settings.DATABASE_IS_POOLED = True
    asked("SET lock_timeout = '3s'")
    with connection.execute_wrapper(_without_settings):
        do(BY_TITLE)
    assert is_whole() == [(True,)]


def _without_settings(ask: Any, sql: str, *rest: Any) -> Any:
    assert "lock_timeout" not in str(sql)
    return ask(sql, *rest)


def test_a_wall_that_stands_is_not_put_up_again(books: None) -> None:
    wall = walled("test_book", column="shelf_id")
    asked(str(wall.sql))
    with Elsewhere(lambda: asked("SELECT * FROM test_book")):
        asked("SET lock_timeout = '50ms'")
        asked(str(wall.sql))
    assert asked("SELECT relrowsecurity FROM pg_class WHERE relname = 'test_book'") == [(True,)]


def test_of_two_tables_the_second_is_not_waited_for(books: None) -> None:
    both = str(lock_both("test_shelf", "test_book").sql)
    refused = pytest.raises(OperationalError, match='could not obtain lock on relation "test_book"')
    with Elsewhere(lambda: asked("SELECT * FROM test_book")), refused, transaction.atomic():
        asked(both)
    with transaction.atomic():
        asked(both)
