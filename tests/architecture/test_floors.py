"""The floors: what import-linter cannot see by itself. Its own contracts stand in pyproject.toml."""

import subprocess
import sys
from pathlib import Path

import grimp
import pytest
from django.apps import apps
from django.db import models

from tests.architecture.house import PRODUCT, ROOT, floors, named, python_files

RULES_OF_ONE_NOUN = [
    path for path in python_files() if path.stem.endswith("_rules") and "screens" not in path.parts
]
IMPURE = ("django", "celery", "redis", "psycopg2", "collections_app.lib.sql", "collections_app.lib.clock")


def test_every_contract_of_import_linter_holds() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([tool, "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)

    assert run.returncode == 0, run.stdout


def test_every_room_says_what_it_owns() -> None:
    rooms = [PRODUCT / room for room in floors() if (PRODUCT / room / "__init__.py").exists()]
    silent = [
        named(room) for room in rooms if not (room / "__init__.py").read_text("utf-8").startswith('"""')
    ]

    assert silent == []


def _relations() -> list[tuple[type[models.Model], str, type[models.Model]]]:
    return [
        (model, field.name, field.related_model)
        for model in apps.get_app_config("collections_app").get_models()
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
        if isinstance(field.related_model, type)
        and field.related_model.__module__.startswith("collections_app.")
    ]


def test_foreign_keys_point_downward_or_stay_in_their_room() -> None:
    upward = []
    for model, field, target in _relations():
        room, other = model.__module__.split(".")[1], target.__module__.split(".")[1]
        if room != other and floors()[other] >= floors()[room]:
            upward.append(f"{model.__name__}.{field} -> {target.__name__}")

    assert _relations()
    assert upward == []


@pytest.mark.parametrize("path", RULES_OF_ONE_NOUN, ids=named)
def test_rules_of_one_noun_are_as_pure_as_rules(path: Path) -> None:
    graph = grimp.build_graph("collections_app", include_external_packages=True, cache_dir=None)
    module = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    reached = {found for found in IMPURE if found in graph.modules and graph.chain_exists(module, found)}

    assert reached == set()
