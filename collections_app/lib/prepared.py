"""Statements that every page asks, planned once a connection instead of each time.

Planning a count of a dozen tables takes PostgreSQL three times as long as answering it. What is prepared
keeps one plan for all values (``plan_cache_mode`` in the settings), so it must be one that is right for all
of them. Behind a pool that lends connections by the transaction nothing can be prepared: there, with
``DATABASE_IS_POOLED``, the statement is sent whole, as any other.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any
from weakref import WeakKeyDictionary
from zlib import crc32

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from collections_app.lib import walls
from collections_app.lib.sql import Statement

_PLACE = re.compile(r"%\((\w+)\)s|%%")
_SAID = {None: "NULL", True: "true", False: "false"}
FEW = 50
# What each open connection has prepared; a connection that is closed is forgotten with it.
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


def place_of(name: str, text: str) -> str:
    """What a connection knows ``text`` by: of another text the same name makes another."""
    return f"{name[:45]}_{crc32(text.encode()):08x}"


def execute(
    cursor: CursorWrapper, place: str, text: str, types: Sequence[str], values: Sequence[Any]
) -> None:
    """Run ``text``, which has $1, $2 for the ``values`` of these ``types``; prepared before as ``place`` if
    this connection does not know it.
    """
    known = _known.setdefault(cursor.db.connection, set())
    if walls.standing() is not None:
        # A plan is of one side of the wall: to change sides is to plan anew, each time.
        place = f"{place}_walled"
    if place not in known:
        # Beside what is asked: it reads nothing, and is neither logged nor counted as a query.
        with cursor.db.wrap_database_errors:
            cursor.cursor.execute(f"PREPARE {place} ({', '.join(types)}) AS {text}")
        known.add(place)
    cursor.execute(f"EXECUTE {place} ({', '.join(['%s'] * len(types))})", values)


def is_few(ids: Sequence[int] | None) -> bool:
    """Whether these are so few ids that one plan is right for all such: each is looked up by itself."""
    return ids is not None and len(ids) <= FEW


class Prepared(Statement):
    """A statement with the type of each parameter: ``Prepared(__file__, "count_needs", day="date")``."""

    def __init__(self, beside: str, name: str, **types: str) -> None:
        super().__init__(beside, name)
        self._prepare_as(name, {}, types)

    @classmethod
    def of(cls, statement: Statement, always: Mapping[str, bool | None], **types: str) -> "Prepared":
        """A use of ``statement`` in which some parameters are the same each time, and decide how it is
        planned.
        """
        made = cls.__new__(cls)
        made.text = statement.text
        made._prepare_as(statement.name, always, types)
        return made

    def _prepare_as(self, name: str, always: Mapping[str, bool | None], types: Mapping[str, str]) -> None:
        self.name, self.types = name, types
        numbers = {each: f"${number}" for number, each in enumerate(types, start=1)}
        said = {each: _SAID[value] for each, value in always.items()} | numbers
        self._numbered = _PLACE.sub(lambda found: said[found[1]] if found[1] else "%", self.text)
        self.place = place_of(name, self._numbered)

    def send(self, cursor: CursorWrapper, params: Mapping[str, Any]) -> None:
        """Run it by its name."""
        if settings.DATABASE_IS_POOLED:
            super().send(cursor, params)
            return
        given = [params[name] for name in self.types]
        execute(cursor, self.place, self._numbered, list(self.types.values()), given)
