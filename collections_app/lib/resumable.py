"""Steps of a migration that is not one transaction: each may be done again after it was cut off, and goes on
from what is there.

An index is built and removed beside what is going on. That waits for everybody who is at work, and nobody
waits behind it; so it waits as long as it takes, also where other changes of tables have two seconds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.contrib.postgres import operations as postgres
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState

_IS_VALID = (
    "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass(%s) AND indrelid = to_regclass(%s)"
)
_COLUMNS = "SELECT attname FROM pg_attribute WHERE attrelid = to_regclass(%s) AND attnum > 0"
_LIMIT = "SELECT current_setting('lock_timeout'), set_config('lock_timeout', %s, false)"


class AddIndexConcurrently(postgres.AddIndexConcurrently):
    """What is left of one that was cut off is dropped, and built anew."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        with _ready_for(schema_editor, self.index.name, table) as is_there:
            if not is_there:
                super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        with _without_limit(schema_editor):
            super().database_backwards(app_label, schema_editor, from_state, to_state)


class RemoveIndexConcurrently(postgres.RemoveIndexConcurrently):
    """One that is gone is not missed."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        with _without_limit(schema_editor):
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        table = to_state.apps.get_model(app_label, self.model_name)._meta.db_table
        with _ready_for(schema_editor, self.name, table) as is_there:
            if not is_there:
                super().database_backwards(app_label, schema_editor, from_state, to_state)


class AddField(migrations.AddField):
    """Unless the column is there already."""

    atomic = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = to_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        if column not in _columns(schema_editor, model._meta.db_table):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            _end(schema_editor)


class RemoveField(migrations.RemoveField):
    """Unless the column is gone already."""

    atomic = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        model = from_state.apps.get_model(app_label, self.model_name)
        column = model._meta.get_field(self.name).column
        if schema_editor.collect_sql or column in _columns(schema_editor, model._meta.db_table):
            super().database_forwards(app_label, schema_editor, from_state, to_state)


class CreateModel(migrations.CreateModel):
    """Unless the table is there already."""

    atomic = True

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        if not _columns(schema_editor, to_state.apps.get_model(app_label, self.name)._meta.db_table):
            super().database_forwards(app_label, schema_editor, from_state, to_state)
            _end(schema_editor)


def _end(schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Keys and indexes in the same transaction, which else come at the end of the migration."""
    for statement in schema_editor.deferred_sql:
        schema_editor.execute(statement, None)
    schema_editor.deferred_sql.clear()


def _columns(schema_editor: BaseDatabaseSchemaEditor, table: str) -> set[str]:
    """None where there is no such table, or where statements are only written down."""
    if schema_editor.collect_sql:
        return set()
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_COLUMNS, [schema_editor.quote_name(table)])
        return {name for (name,) in cursor.fetchall()}


@contextmanager
def _ready_for(schema_editor: Any, index: str, table: str) -> Iterator[bool]:
    """Whether the index is there, whole. What is left of one that was cut off is dropped."""
    with _without_limit(schema_editor):
        if schema_editor.collect_sql:
            yield False
            return
        with schema_editor.connection.cursor() as cursor:
            name = schema_editor.quote_name(index)
            cursor.execute(_IS_VALID, [name, schema_editor.quote_name(table)])
            found = cursor.fetchone()
            if found == (False,):
                cursor.execute(f"DROP INDEX CONCURRENTLY {name}")
        yield found == (True,)


@contextmanager
def _without_limit(schema_editor: Any) -> Iterator[None]:
    """Behind a pool there is none, and nothing is set: whoever is lent the connection next would have it."""
    if settings.DATABASE_IS_POOLED or schema_editor.collect_sql:
        yield
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(_LIMIT, ["0"])
        before, _ = cursor.fetchone()
        try:
            yield
        finally:
            cursor.execute(_LIMIT, [before])
