"""Queries of the ORM that every page asks, written by Django once and not each time, and planned by
PostgreSQL once a connection.

Putting a query together takes Django several times as long as PostgreSQL needs to answer it, and planning it
as long again. What is kept is the text that Django wrote, so a query of a room stays in one place and in its
own words.
"""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from types import MappingProxyType
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Field, ForeignObject, Lookup, Model, QuerySet
from django.db.models.query import RelatedPopulator, get_related_populators
from django.db.models.sql.compiler import SQLCompiler

from collections_app.lib import prepared

_Row = TypeVar("_Row", bound=Model)
# Stands for the value at a place while the query is written. No id is below zero, nothing is of these days.
_MARKS: Mapping[str, Callable[[int], object]] = {
    "bigint": lambda place: -7_700_001 - place,
    "int": lambda place: -7_700_001 - place,
    "bigint[]": lambda place: [-7_700_001 - place],
    "numeric": lambda place: Decimal(-7_700_001 - place),
    "text": lambda place: f"kept text {place}",
    "text[]": lambda place: [f"kept text {place}"],
    "uuid": lambda place: UUID(int=7_700_001 + place),
    "date": lambda place: dt.date(1, 7, 1 + place),
    "timestamptz": lambda place: dt.datetime(1, 8, 1 + place, 1, 2, 3, tzinfo=dt.UTC),
}


_NOTHING = "SELECT WHERE false"
# Queries that are known to find nothing for these values: see ``lib.foreseen``.
_finding_nothing: "ContextVar[Mapping[Kept, tuple[Any, ...]]]" = ContextVar(
    "queries that find nothing", default=MappingProxyType({})
)


@contextmanager
def finding_nothing(known: "Mapping[Kept, tuple[Any, ...]]") -> Iterator[None]:
    """Within the block these queries are not asked for these values: they find nothing."""
    token = _finding_nothing.set(known)
    try:
        yield
    finally:
        _finding_nothing.reset(token)


@ForeignObject.register_lookup
@Field.register_lookup
class AnyOf(Lookup):
    """``pk__any=ids``: as ``in``, with all ids as one value, so that the text is the same for any number."""

    lookup_name = "any"

    def get_prep_lookup(self) -> list[Any]:
        """A list, which psycopg2 writes as an array."""
        return list(self.rhs)

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Of one side and the array."""
        left, params = self.process_lhs(compiler, connection)
        return f"{left} = ANY(%s)", (*params, self.rhs)


@dataclass(frozen=True, slots=True)
class _Written:
    """A query as Django wrote it: its text with $1, $2 for what differs, the same for a pool, which values
    that one takes by their places, what its columns are and how they are converted.
    """

    place: str
    text: str
    whole: str
    places: tuple[int, ...]
    compiler: "SQLCompiler"
    converters: list[tuple[int, Any]]


class Kept:
    """What is kept of a query, and how it is asked."""

    def __init__(
        self, written: "Callable[..., QuerySet[Any, Any]]", *types: str, is_planned_once: bool = True
    ) -> None:
        self._query, self.types, self._is_planned_once = written, types, is_planned_once

    @property
    def text(self) -> str:
        """How it reads, with $1, $2 for its values."""
        return self._made.text if self._made else _NOTHING

    def whole(self, *values: Any) -> tuple[str, list[Any]]:
        """How it is asked where nothing is prepared."""
        made = self._made
        return (made.whole, [values[place] for place in made.places]) if made else (_NOTHING, [])

    def _rows(self, *values: Any) -> Iterator[list[Any]]:
        made = self._made
        if made is None or _finding_nothing.get().get(self) == values:
            return iter(())
        with connection.cursor() as cursor:
            if settings.DATABASE_IS_POOLED or not self._is_planned_once:
                cursor.execute(*self.whole(*values))
            else:
                prepared.execute(cursor, made.place, made.text, self.types, values)
            rows = cursor.fetchall()
        return _converted(rows, made.converters)

    @cached_property
    def _made(self) -> _Written | None:
        """Written when first asked: then all models are known. None for one that never finds anything."""
        marks = [_MARKS[each](place) for place, each in enumerate(self.types)]
        rows = self._query(*marks)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        try:
            whole, params = compiler.as_sql()
        except EmptyResultSet:
            return None
        places = [_place_in(marks, param) for param in params]
        text = whole % tuple(
            _said(param) if place is None else f"${place + 1}"
            for param, place in zip(params, places, strict=True)
        )
        # What is the same each time is said in the text, so that an index of a part of the rows is found.
        said = [
            "%s" if place is not None else _said(param).replace("%", "%%")
            for param, place in zip(params, places, strict=True)
        ]
        columns = [column for column, _, _ in compiler.select]
        table = rows.model._meta.db_table
        return _Written(
            place=prepared.place_of(f"kept_{table}", text),
            text=text,
            whole=whole.replace("%%", "%%%%") % tuple(said),
            places=tuple(place for place in places if place is not None),
            compiler=compiler,
            converters=list(compiler.get_converters(columns).items()),
        )


class KeptRows(Kept):
    """A query for some columns (``values_list``) that differs as one of ``KeptQuery`` may."""

    def of(self, *values: object) -> list[tuple[Any, ...]]:
        """The rows for these values."""
        return [tuple(row) for row in self._rows(*values)]

    def first(self, *values: object) -> tuple[Any, ...] | None:
        """The first of them, if there is one."""
        return next(iter(self.of(*values)), None)


class KeptQuery(Kept, Generic[_Row]):
    """A query for whole objects of one model that differs by single values only:
    ``KeptQuery(lambda user: User.objects.filter(pk=user), "bigint")`` is asked as ``found.of(7)``.

    One for which each value needs a plan of its own is not ``is_planned_once``: it is only written once.

    It may follow relations (``select_related``) and add columns (``annotate``); what is fetched beforehand
    (``prefetch_related``) is left to whoever asks.
    """

    def __init__(
        self, written: "Callable[..., QuerySet[_Row]]", *types: str, is_planned_once: bool = True
    ) -> None:
        super().__init__(written, *types, is_planned_once=is_planned_once)

    def of(self, *values: object) -> list[_Row]:
        """The objects for these values."""
        found = list[_Row]()
        for row in self._rows(*values):
            shape = self._shape
            one = shape.model.from_db(DEFAULT_DB_ALIAS, shape.names, row[shape.first : shape.end])
            for each in shape.related:
                each.populate(row, one)
            for name, place in shape.added.items():
                setattr(one, name, row[place])
            found.append(one)  # type: ignore[arg-type]
        return found

    def first(self, *values: object) -> _Row | None:
        """The first of them, if there is one."""
        return next(iter(self.of(*values)), None)

    @cached_property
    def _shape(self) -> "_Shape":
        assert self._made is not None  # only rows ask for their shape
        compiler = self._made.compiler
        own = compiler.klass_info["select_fields"]
        return _Shape(
            model=compiler.klass_info["model"],
            names=[compiler.select[place][0].target.attname for place in own],
            first=own[0],
            end=own[0] + len(own),
            added=compiler.annotation_col_map or {},
            related=get_related_populators(  # type: ignore[call-arg]  # the stubs know a later Django
                compiler.klass_info, compiler.select, DEFAULT_DB_ALIAS
            ),
        )


@dataclass(frozen=True, slots=True)
class _Shape:
    """How a row becomes an object: its model, where its own columns stand, what else hangs on it."""

    model: type[Model]
    names: list[str]
    first: int
    end: int
    added: dict[str, int]
    related: "list[RelatedPopulator]"


def _place_in(marks: list[object], param: object) -> int | None:
    """Which value stands there, if it is one that differs."""
    return next(
        (place for place, mark in enumerate(marks) if type(mark) is type(param) and mark == param), None
    )


def _said(param: object) -> str:
    with connection.cursor() as cursor:
        return str(cursor.mogrify("%s", [param]).decode())


def _converted(rows: list[tuple[Any, ...]], converters: list[tuple[int, Any]]) -> Iterator[list[Any]]:
    for row in rows:
        values = list(row)
        for place, (found, column) in converters:
            for convert in found:
                values[place] = convert(values[place], column, connection)
        yield values
