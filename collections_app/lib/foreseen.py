"""Queries that find nothing as a rule, of which one statement tells beforehand which will.

A page about one customer asks a dozen of them, each for little and together for long. What they ask for
stays in one place: it is their own text that is asked whether it has rows. Behind what is foreseen stands the
moment at which it was; a block that writes what it asks for does not begin with it.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import connection

from collections_app.lib import kept_queries, prepared
from collections_app.lib.kept_queries import Kept

_NUMBER = re.compile(r"\$(\d+)")


class Foreseen:
    """Some kept queries, each with the names of the values it is asked for in their order:
    ``Foreseen((NOTES, "customer"), (BLOCKS, "customer", "today"))``.
    """

    def __init__(self, *asked: tuple[Any, ...]) -> None:
        self._asked: tuple[tuple[Kept, tuple[str, ...]], ...] = tuple(
            (query, tuple(names)) for query, *names in asked
        )
        self._types: dict[str, str] = {}
        for query, names in self._asked:
            for name, its_type in zip(names, query.types, strict=True):
                assert self._types.setdefault(name, its_type) == its_type, name

    @contextmanager
    def before(self, **values: Any) -> Iterator[None]:
        """Within the block those that find nothing for these values are not asked."""
        found = self._found(values)
        nothing = {
            query: tuple(values[name] for name in names)
            for (query, names), is_there in zip(self._asked, found, strict=True)
            if not is_there
        }
        with kept_queries.finding_nothing(nothing):
            yield

    def _found(self, values: Mapping[str, Any]) -> tuple[bool, ...]:
        with connection.cursor() as cursor:
            if settings.DATABASE_IS_POOLED:
                parts = [query.whole(*(values[name] for name in names)) for query, names in self._asked]
                text = f"SELECT {_all(each for each, _ in parts)}"
                cursor.execute(text, [value for _, given in parts for value in given])
            else:
                text, given = self._text, [values[name] for name in self._types]
                place = prepared.place_of("foreseen", text)
                prepared.execute(cursor, place, text, list(self._types.values()), given)
            found: tuple[bool, ...] = cursor.fetchone()
        return found

    @cached_property
    def _text(self) -> str:
        numbers = {name: f"${number}" for number, name in enumerate(self._types, start=1)}
        parts = []
        for query, names in self._asked:
            own = [numbers[name] for name in names]
            parts.append(_NUMBER.sub(lambda found, own=own: own[int(found[1]) - 1], query.text))  # type: ignore[misc]
        return f"SELECT {_all(parts)}"


def _all(parts: Iterable[str]) -> str:
    return ", ".join(f"EXISTS ({each})" for each in parts)
