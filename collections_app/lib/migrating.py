"""`Together`: many changes of tables as one step of a migration.

Django draws up every model anew after each step, and ours hang together: a hundred steps cost a hundred
drawings of a hundred models, which is nearly all of the time that an empty database takes. Here they are
drawn once before and once after, and a model that is born in the step is made as it is at its end.

`walled`: the wall around companies for a table of a migration (``walls``); `walled_by` for one that has no
company, and belongs to a row that has.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel, RunSQL
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

from collections_app.lib.sql import Statement

LET_THE_WALLED_IN = Statement(__file__, "let_the_walled_in")
# The companies are read once a statement, and not for each row. ``IS TRUE`` keeps the planner from looking
# for them by an index, which it takes for ten times the work: it is to use the statement's own company.
_WITHIN = (
    "({column} = ANY ((SELECT NULLIF(current_setting('workbench.companies', true), '')::bigint[])::bigint[]))"
    " IS TRUE"
)


class Together(Operation):
    """The operations in their order. None may touch again what another one touched, but in a model that is
    born here, or to remove something and then add it as it should be.
    """

    reduces_to_sql = True
    atomic = False

    def __init__(self, operations: Sequence[Operation]) -> None:
        self.operations = list(operations)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        return type(self).__name__, [self.operations], {}

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)  # drawn again, once, when the tables are made
        for each in self.operations:
            each.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in self._told_apart():
            each.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for each in reversed(self._told_apart()):
            each.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"{len(self.operations)} changes together"

    def _told_apart(self) -> list[Operation]:
        """Without those that a newborn model has in it already."""
        born = {each.name_lower for each in self.operations if isinstance(each, CreateModel)}
        return [
            each
            for each in self.operations
            if isinstance(each, CreateModel) or getattr(each, "model_name_lower", "") not in born
        ]


def let_the_walled_in() -> RunSQL:
    """The role behind the wall, and what it may do with the tables there are and those that come."""
    return RunSQL(LET_THE_WALLED_IN.text, RunSQL.noop)


def walled_by(parent: str, table: str, *, column: str) -> RunSQL:
    """Only rows whose ``parent``, a table with the wall, is within reach: it is looked up for each, so this
    is for tables of which a page reads a few rows.
    """
    return _policy(table, f"EXISTS (SELECT FROM {parent} WHERE {parent}.id = {table}.{column})")


def walled(table: str, *, column: str = "company_id", also_of_none: bool = False) -> RunSQL:
    """Only rows of the companies within the wall are within reach; ``also_of_none``: and those of none."""
    rule = _WITHIN.format(column=column) + (f" OR {column} IS NULL" if also_of_none else "")
    return _policy(table, rule)


def lock_both(parent: str, table: str) -> RunSQL:
    """The first step before a foreign key of ``table`` is dropped, for which both are locked: waits for
    ``parent`` with nothing in hand, and for ``table`` not at all. So nobody who has the one and wants the
    other is ended as a deadlock, and the two waits do not add up. Where ``table`` is busy, ``migrate`` tries
    again.
    """
    return RunSQL(
        f"LOCK TABLE ONLY {parent} IN ACCESS EXCLUSIVE MODE;"
        f"LOCK TABLE ONLY {table} IN ACCESS EXCLUSIVE MODE NOWAIT",
        RunSQL.noop,
    )


def _policy(table: str, rule: str) -> RunSQL:
    """Twice has one effect: a table that has its wall is not locked again."""
    return RunSQL(
        f"""
        DO $$ BEGIN
            IF NOT EXISTS (
                SELECT FROM pg_policy WHERE polrelid = '{table}'::regclass AND polname = 'walled'
            ) THEN
                CREATE POLICY walled ON {table} USING ({rule});
            END IF;
            IF NOT (SELECT relrowsecurity FROM pg_class WHERE oid = '{table}'::regclass) THEN
                ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
            END IF;
        END $$
        """,
        f"ALTER TABLE {table} DISABLE ROW LEVEL SECURITY; DROP POLICY walled ON {table}",
    )
