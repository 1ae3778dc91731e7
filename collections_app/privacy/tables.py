"""The tables of ``rules.holdings`` as querysets: which rows are about somebody's customers, and name them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Func, JSONField, Q, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Left, Lower

from collections_app.ledger.contacts import Contact
from collections_app.privacy.rules import holdings
from collections_app.privacy.rules.naming import ERASED, Known

Model = type[models.Model]
# Rows in which a person stands by their address: their own letters, those to them, and what they were asked.
ADDRESSED = {"message": "to_address", "received_message": "from_address", "colleague_request": "to_email"}


@dataclass(frozen=True, slots=True)
class Whom:
    """The person: their rows as a contact of one company's customers, and how words name them.

    ``emails`` are those that nobody else is written to at.
    """

    company_id: int
    contact_ids: tuple[int, ...]
    customer_ids: tuple[int, ...]
    emails: tuple[str, ...]
    known: Known


def model_of(table: str) -> Model:
    """The model of a table."""
    return next(model for model in apps.get_models() if model._meta.db_table == table)


def words_of(table: str) -> list[str]:
    """The fields of a table in which a person may be named."""
    return holdings.WORDS[table][1].split()


def tables() -> Iterator[tuple[str, Model, list[str]]]:
    """Every table with words in which a person may be named, with these fields."""
    for table, (_, fields) in holdings.WORDS.items():
        yield table, model_of(table), fields.split()


def about(table: str, whom: Whom) -> "models.QuerySet[Any]":
    """The rows of a table that are about the person's customers, or about the company alone."""
    way, _ = holdings.WORDS[table]
    rows = model_of(table)._default_manager.all()
    if way.endswith("company"):
        return rows.filter(**{way: whom.company_id})
    theirs = Q(**{f"{way}__in": whom.customer_ids})
    has_company = any(field.name == "company" for field in rows.model._meta.fields)
    is_optional = way == "customer" and rows.model._meta.get_field("customer").null
    if has_company and is_optional:
        theirs |= Q(company=whom.company_id, customer__isnull=True)
    return rows.filter(theirs)


def theirs(table: str, rows: "models.QuerySet[Any]", whom: Whom) -> "models.QuerySet[Any]":
    """Those of ``rows`` that are the person's own: said by them, from them or to them."""
    found = Q(pk__in=[])
    for field in rows.model._meta.fields:
        if field.related_model is Contact:
            found |= Q(**{f"{field.name}__in": whom.contact_ids})
    if (address := ADDRESSED.get(table)) and whom.emails:
        rows = rows.alias(address_low=Lower(address))
        found |= Q(address_low__in=[each.lower() for each in whom.emails])
    return rows.filter(found)


def naming(rows: "models.QuerySet[Any]", fields: list[str], whom: Whom) -> "models.QuerySet[Any]":
    """Those of ``rows`` in which a field names the person."""
    anyhow, exactly = whom.known.for_database()
    found = Q(pk__in=[])
    for name in fields:
        rows = rows.alias(**{f"{name}_text": Cast(name, TextField())})
        if anyhow:
            found |= Q(**{f"{name}_text__iregex": anyhow})
        if exactly:
            found |= Q(**{f"{name}_text__regex": exactly})
    return rows.filter(found)


def without(model: Model, field_name: str, known: Known) -> Combinable:
    """The value of a field with the person replaced, as the database works it out."""
    field = model._meta.get_field(field_name)
    text = Cast(F(field_name), TextField())
    if isinstance(field, JSONField):
        return _Texts(_replaced(Func(template=_Texts.ONE, output_field=TextField()), known), text)
    longest = getattr(field, "max_length", None)
    replaced = _replaced(text, known)
    return Left(replaced, longest) if longest else replaced


def _replaced(text: Combinable, known: Known) -> Combinable:
    for pattern, flags in zip(known.for_database(), ("gi", "g"), strict=True):
        if pattern:
            text = Func(
                text, Value(pattern), Value(ERASED), Value(flags),
                function="regexp_replace", output_field=TextField(),
            )  # fmt: skip
    return text


class _Texts(Func):
    """JSON with each text in it changed and all else as it is: a figure that reads like a telephone number
    is a figure. Takes what becomes of ``ONE``, and the JSON as text.
    """

    ONE = "(met[1]::jsonb #>> '{}')"
    output_field = JSONField()
    template = (
        """(SELECT string_agg(CASE WHEN left(met[1], 1) = '"' THEN to_jsonb(%(expressions)s, """
        """'("(?:[^"\\\\]|\\\\.)*"|[^"]+)', 'g') WITH ORDINALITY AS each (met, place))"""
    )
    arg_joiner = ")::text ELSE met[1] END, '' ORDER BY place)::jsonb FROM regexp_matches("
