"""``migrate`` steps aside for whoever works, and goes on where it stopped: what migrations keep to for that.

One that is not one transaction has only steps that may be done again. One that drops a foreign key, for which
PostgreSQL locks the table that is referred to as well, does that alone, and holds neither table while it
waits for the other.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from django.db.migrations import Migration, operations
from django.db.migrations.loader import MigrationLoader

from collections_app.lib import migrating, resumable
from tests.architecture.test_migrations_and_locks import steps

APP = "collections_app"
# Those up to here ran on databases of customers.
LAST_RELEASED = "0291_how_far_a_week_may_lie_off"
MAY_BE_DONE_AGAIN = (
    resumable.AddField,
    resumable.AddIndexConcurrently,
    resumable.CreateModel,
    resumable.RemoveField,
    resumable.RemoveIndexConcurrently,
)
# SQL that has one effect, however often it is run: about rows, a function, or a block that looks first.
_SQL_AGAIN = re.compile(
    r"\s*(--[^\n]*\n\s*)*((UPDATE|DELETE|CREATE OR REPLACE FUNCTION)\b|DO \$\$)", re.IGNORECASE
)
_OF_FIELDS = (operations.AddField, operations.AlterField, operations.RemoveField)


def ours() -> list[Migration]:
    found = MigrationLoader(None, replace_migrations=False).disk_migrations
    return [found[key] for key in sorted(found) if key[0] == APP]


def only_once(found: Iterable[Any]) -> list[str]:
    """Steps that fail where they were done already."""
    return [
        each.describe()
        for each in found
        if not isinstance(each, MAY_BE_DONE_AGAIN)
        and not (isinstance(each, operations.RunSQL) and _SQL_AGAIN.match(str(each.sql)))
    ]


def dropped_keys(found: Iterable[Migration]) -> Iterator[tuple[Migration, Any, str]]:
    """Each step that drops a foreign key, with its migration and the model that the key refers to."""
    keys: dict[tuple[str, str], str] = {}
    for migration in found:
        for each in steps(migration.operations):
            gone = {}
            if isinstance(each, operations.CreateModel):
                keys |= {
                    (each.name_lower, name): to for name, field in each.fields if (to := referred(field))
                }
            elif isinstance(each, operations.DeleteModel):
                gone = {key: keys.pop(key) for key in list(keys) if key[0] == each.name_lower}
            elif isinstance(each, _OF_FIELDS):
                key = (each.model_name_lower, each.name_lower)
                before, after = keys.pop(key, ""), referred(getattr(each, "field", None))
                keys |= {key: after} if after else {}
                gone = {key: before} if before and not after else {}
            for to in gone.values():
                yield migration, each, to


def referred(field: object) -> str:
    """The model that a foreign key refers to; empty for another field, and where PostgreSQL keeps no key."""
    if not isinstance(field, models.ForeignKey):
        return ""
    options = field.deconstruct()[3]
    return str(options["to"]).rpartition(".")[2].lower() if options.get("db_constraint", True) else ""


def test_what_is_not_one_transaction_may_be_done_again() -> None:
    """Also where it was cut off in the middle."""
    apart = [each for each in ours() if not each.atomic]

    assert apart
    assert {each.name: wrong for each in apart if (wrong := only_once(each.operations))} == {}


def test_a_foreign_key_is_dropped_alone_and_with_both_tables_free() -> None:
    newer = [found for found in dropped_keys(ours()) if found[0].name > LAST_RELEASED]

    assert newer
    for migration, step, parent in newer:
        first: Any
        first, *others = migration.operations
        assert others == [step], f"{migration.name} does more than to drop one foreign key"
        table = apps.get_model(APP, step.model_name)._meta.db_table
        assert first.sql == migrating.lock_both(parent, table).sql, migration.name
        assert migration.atomic


@pytest.mark.parametrize(
    "step",
    [
        operations.AddField("invoice", "x", models.DateField(null=True)),
        operations.AddIndex("invoice", models.Index(fields=["amount"], name="x")),
        operations.RunSQL("ALTER TABLE invoice ADD COLUMN x integer"),
        operations.RunSQL("CREATE FUNCTION x() RETURNS int LANGUAGE sql AS 'SELECT 1'"),
        operations.RunPython(print),
        migrating.Together([]),
    ],
)
def test_what_is_done_once_is_known(step: Any) -> None:
    assert only_once([step]) == [step.describe()]


def test_steps_that_drop_a_key_are_known() -> None:
    def key(**options: Any) -> Any:
        return models.ForeignKey("company", models.CASCADE, **options)

    identity = models.BigAutoField(primary_key=True)
    migration: Any = Migration("0001", APP)
    migration.operations = [
        operations.CreateModel("Shelf", [("id", identity), ("a", key()), ("b", key()), ("c", key())]),
        operations.AlterField("shelf", "a", key(null=True)),
        operations.AlterField("shelf", "a", key(db_constraint=False)),
        operations.RemoveField("shelf", "a"),
        operations.RemoveField("shelf", "b"),
        operations.DeleteModel("Shelf"),
    ]
    found = [migration.operations.index(each) for _, each, _ in dropped_keys([migration])]
    assert found == [2, 4, 5]
