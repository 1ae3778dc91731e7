"""Queries of the ORM that every page asks, written by Django once and not each time.

Putting a query together takes Django several times as long as PostgreSQL needs to answer it. What is kept is
the text that it wrote, so a query of a room stays in one place and in its own words.
"""

from collections.abc import Callable
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection
from django.db.models import Model, QuerySet

# Stands for the first number of a query while it is written; those after it count down. No id is below zero.
_FIRST = -7_700_001
_Row = TypeVar("_Row", bound=Model)


class KeptQuery(Generic[_Row]):
    """A query for whole objects of one model that differs by numbers (ids) only:
    ``KeptQuery(1, lambda user: User.objects.filter(pk=user))`` is asked as ``found.of(7)``.
    """

    def __init__(self, count: int, written: "Callable[..., QuerySet[_Row]]") -> None:
        self._marks = tuple(_FIRST - place for place in range(count))
        self._written = written

    @cached_property
    def _made(
        self,
    ) -> tuple[str, tuple[Any, ...], type[_Row], list[str], list[str], list[tuple[int, Any]]]:
        """Text, parameters with marks in them, model, names of its columns in their order, of annotations
        behind them, and what has to be converted. Written when first asked: then all models are known.
        """
        rows = self._written(*self._marks)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        text, params = compiler.as_sql()
        columns = [column for column, _, _ in compiler.select]
        names = [column.target.attname for column, _, alias in compiler.select if alias is None]
        added = [alias for _, _, alias in compiler.select if alias is not None]
        converters = compiler.get_converters(columns)
        return text, tuple(params), rows.model, names, added, list(converters.items())

    def of(self, *numbers: int) -> list[_Row]:
        """The objects for these numbers."""
        text, params, model, names, added, converters = self._made
        given = dict(zip(self._marks, numbers, strict=True))
        with connection.cursor() as cursor:
            cursor.execute(text, [given.get(param, param) for param in params])
            rows = cursor.fetchall()
        return [_object(model, names, added, _converted(row, converters)) for row in rows]


def _object(model: type[_Row], names: list[str], added: list[str], values: list[Any]) -> _Row:
    made = model.from_db(DEFAULT_DB_ALIAS, names, values[: len(names)])
    for name, value in zip(added, values[len(names) :], strict=True):
        setattr(made, name, value)
    return made


def _converted(row: tuple[Any, ...], converters: list[tuple[int, Any]]) -> list[Any]:
    values = list(row)
    for place, (found, column) in converters:
        for convert in found:
            values[place] = convert(values[place], column, connection)
    return values
