"""The short way to the tables ends where the long one does: an old database and a new one are the same."""

from typing import Any

from django.db.migrations import Migration
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from django.db.migrations.writer import MigrationWriter

SHORT = ("collections_app", "0131_the_tables_at_once")


def after(migrations: list[Migration]) -> dict[tuple[str, str], Any]:
    """What every model is like once they ran."""
    state = ProjectState()
    for migration in migrations:
        state = migration.mutate_state(state, preserve=False)
    return {key: shape(model) for key, model in state.models.items()}


def shape(model: ModelState) -> tuple[Any, ...]:
    """Fields, constraints and indexes in any order: a table has no first one."""
    options = dict(model.options)
    named = [options.pop(kind, []) for kind in ("constraints", "indexes")]
    things = {each.name: MigrationWriter.serialize(each)[0] for found in named for each in found}
    fields = {name: MigrationWriter.serialize(field)[0] for name, field in model.fields.items()}
    return fields, things, options, model.bases


def test_both_ways_end_with_the_same_tables() -> None:
    loader = MigrationLoader(None, replace_migrations=False)
    short = loader.get_migration(*SHORT)
    last = max(short.replaces)
    long = [loader.get_migration(*key) for key in loader.graph.forwards_plan(last)]

    assert {(each.app_label, each.name) for each in long if each.app_label == SHORT[0]} == set(short.replaces)
    assert after([short]) == after([each for each in long if each.app_label == SHORT[0]])
