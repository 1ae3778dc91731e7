"""The kinds of file: sizes, what each must and must not hold."""

import ast
import re
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command, get_commands, load_command_class

from collections_app.people.rules import Deed
from tests.architecture.house import PRODUCT, ROOT, named, python_files, tree_of

LINES_MAX = 300


def test_no_file_is_past_three_hundred_lines() -> None:
    files = [*python_files(), *python_files(beneath=ROOT / "tests")]
    long = [named(path) for path in files if len(path.read_text("utf-8").splitlines()) > LINES_MAX]

    assert long == []


def test_every_file_says_what_it_is() -> None:
    silent = [
        named(path)
        for path in python_files()
        if path.read_text("utf-8") and ast.get_docstring(tree_of(path)) is None
    ]

    assert silent == []


def test_no_business_hides_in_signals_or_in_overridden_saves() -> None:
    hidden = []
    for path in python_files():
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.ImportFrom) and node.module in (
                "django.dispatch",
                "django.db.models.signals",
            ):
                hidden.append(f"{named(path)} imports {node.module}")
            if isinstance(node, ast.ClassDef) and any("Model" in ast.unparse(base) for base in node.bases):
                methods = {item.name for item in node.body if isinstance(item, ast.FunctionDef)}
                hidden += [
                    f"{named(path)} {node.name}.{name}"
                    for name in methods & {"save", "delete", "full_clean", "clean"}
                ]

    assert hidden == []


def test_a_table_has_a_name_of_its_own_and_no_order_of_its_own() -> None:
    """So that a model can move rooms without moving a table, and no query sorts unasked."""
    ours = list(apps.get_app_config("collections_app").get_models(include_auto_created=True))
    named_by_django = [
        model.__name__ for model in ours if model._meta.db_table.startswith("collections_app_")
    ]
    ordered = [model.__name__ for model in ours if model._meta.ordering]

    assert named_by_django == []
    assert ordered == []


def test_constraints_read_as_sentences_and_are_named_once() -> None:
    ours = apps.get_app_config("collections_app").get_models()
    names = [constraint.name for model in ours for constraint in model._meta.constraints]
    unnamed = [model.__name__ for model in ours if model._meta.unique_together]

    assert [name for name in names if name.count("_") < 2] == []
    assert len(names) == len(set(names))
    assert unnamed == []


@pytest.mark.django_db
def test_migrations_are_current() -> None:
    said = StringIO()
    try:
        call_command("makemigrations", "--check", "--dry-run", stdout=said)
    except SystemExit:
        pytest.fail(said.getvalue())


def test_every_deed_that_a_role_may_do_is_asked_for_somewhere() -> None:
    sources = [path.read_text("utf-8") for path in python_files() if path != PRODUCT / "people" / "rules.py"]
    unasked = [deed.name for deed in Deed if not any(f"Deed.{deed.name}" in source for source in sources)]

    assert unasked == []


def test_every_command_of_ours_says_what_it_does() -> None:
    ours = [name for name, app in get_commands().items() if app == "collections_app"]
    silent = [name for name in ours if not load_command_class("collections_app", name).help]

    assert "ageing" in ours
    assert silent == []


def test_every_command_of_ours_stands_in_the_readme() -> None:
    ours = [name for name, app in get_commands().items() if app == "collections_app"]
    readme = (ROOT / "README.md").read_text("utf-8")

    assert [name for name in ours if name not in readme] == []


def test_every_statement_has_a_header_named_parameters_and_a_reader() -> None:
    wrong = []
    for path in sorted(PRODUCT.rglob("sql/*.sql")):
        text = path.read_text("utf-8")
        readers = [file.read_text("utf-8") for file in path.parent.parent.glob("*.py")]
        if not text.startswith("-- "):
            wrong.append(f"{named(path)} has no header")
        if re.search(r"(?<!%)%s", text):
            wrong.append(f"{named(path)} has a parameter without a name")
        if not any(f'"{path.stem}"' in reader for reader in readers):
            wrong.append(f"{named(path)} is read by nobody")

    assert wrong == []
