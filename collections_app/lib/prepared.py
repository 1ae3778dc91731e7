"""Statements that every page asks, planned once a connection instead of each time.

Planning a count of a dozen tables takes PostgreSQL three times as long as answering it. What is prepared
keeps one plan for all values (``plan_cache_mode`` in the settings), so it must be one that is right for all
of them. Behind a pool that lends connections by the transaction nothing can be prepared: there, with
``DATABASE_IS_POOLED``, the statement is sent whole, as any other.
"""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary
from zlib import crc32

from django.conf import settings
from django.db.backends.utils import CursorWrapper

from collections_app.lib import walls
from collections_app.lib.sql import Statement

_PLACE = re.compile(r"%\((\w+)\)s|%%")
# What each open connection has prepared; a connection that is closed is forgotten with it.
_known: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()


class Prepared(Statement):
    """A statement with the type of each parameter: ``Prepared(__file__, "count_needs", day="date")``."""

    def __init__(self, beside: str, name: str, **types: str) -> None:
        super().__init__(beside, name)
        self.types = types
        self.place = f"{name}_{crc32(self.text.encode()):08x}"

    def send(self, cursor: CursorWrapper, params: Mapping[str, Any]) -> None:
        """Run it by its name, prepared before if this connection does not know it."""
        if settings.DATABASE_IS_POOLED:
            super().send(cursor, params)
            return
        known = _known.setdefault(cursor.db.connection, set())
        # A plan is of one side of the wall: to change sides is to plan anew, each time.
        place = self.place if walls.standing() is None else f"{self.place}_walled"
        if place not in known:
            cursor.execute(f"PREPARE {place} ({', '.join(self.types.values())}) AS {self._numbered()}")
            known.add(place)
        given = ", ".join(f"%({name})s" for name in self.types)
        cursor.execute(f"EXECUTE {place} ({given})", params)

    def _numbered(self) -> str:
        """With $1, $2 for its parameters, in the order of the types."""
        numbers = {name: f"${number}" for number, name in enumerate(self.types, start=1)}
        return _PLACE.sub(lambda found: numbers[found[1]] if found[1] else "%", self.text)
