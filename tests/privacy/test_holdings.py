"""Every field that may hold a person's data is classed: a new model says what becomes of it."""

from django.apps import apps
from django.db import models

from collections_app.privacy import tables
from collections_app.privacy.rules import holdings

TEXTS = (models.CharField, models.TextField, models.JSONField, models.BinaryField)
# Codes from a fixed table; no person is one of them.
CHOSEN = "choices"


def texts() -> set[tuple[str, str]]:
    """Every field in which words may stand, by table."""
    return {
        (model._meta.db_table, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices
    }


def test_every_text_is_classed_once() -> None:
    words, kept = set(holdings.word_fields()), set(holdings.kept_fields())
    assert texts() - words - kept == set(), "say in privacy/rules/holdings.py what becomes of these"
    assert words & kept == set()


def test_nothing_is_classed_that_is_not_there() -> None:
    words, kept = set(holdings.word_fields()), set(holdings.kept_fields())
    fields = {
        (model._meta.db_table, field.name)
        for model in apps.get_models()
        for field in model._meta.concrete_fields
    }
    assert (words | kept) - fields == set()


def test_every_reason_is_a_sentence() -> None:
    assert all(len(reason.split()) > 5 and reason.endswith(".") for reason, _ in holdings.KEPT)


def test_every_way_leads_to_a_customer_or_a_company() -> None:
    for table, (way, _) in holdings.WORDS.items():
        model: type[models.Model] = tables.model_of(table)
        for step in way.split("__"):
            if step == "pk":
                assert table == "customer"
            else:
                related = model._meta.get_field(step).related_model
                assert isinstance(related, type)
                model = related
        assert model._meta.db_table in ("customer", "company")
