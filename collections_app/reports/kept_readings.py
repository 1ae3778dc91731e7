"""Readings of the whole ledger that take seconds, kept in Redis for as long as nothing changes that they
are of.

What a reading is kept under names the ledger as it stood (``read_ledger_version``): the next posting, dispute
or move of a customer makes another name, so nothing has to be taken away, and what is found is what rows
would say. A lost Redis loses only time.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.core.cache import cache

from collections_app.lib.sql import Statement
from collections_app.reports.derived import Asked, customers_of

_VERSION = Statement(__file__, "read_ledger_version")
KEPT_SECONDS = 36 * 3600
# So many customers are looked up faster than everybody is read.
FEW_MAX = 2_000
_PRODUCT = Path(__file__).resolve().parent.parent
_ROOMS = ("reports", "contact")

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Readings:
    """Readings of one report: of the ledger as it stands now."""

    asked: Asked
    version: str
    # The same without what changes often: postings and disputes, each in its state.
    whom: str
    state: Mapping[str, str]
    began_at: dt.datetime

    def of(
        self,
        name: str,
        read: Callable[[], T],
        *given: dt.date | int | str,
        on: Sequence[str] = ("postings", "disputes"),
    ) -> T:
        """What ``read`` finds, kept under ``name`` and what else it depends on: of the ledger its postings
        and disputes, unless ``on`` names fewer. What was known at a moment of the past is read anew.
        """
        if not self.version:
            return read()
        told = f"{_code()} {self.whom} {[self.state[each] for each in on]} {name} {given}"
        key = f"reading:{sha256(told.encode()).hexdigest()}"
        kept: tuple[T] | None = cache.get(key)
        if kept is None:
            kept = (read(),)
            cache.set(key, kept, KEPT_SECONDS)
        return kept[0]


def begin(asked: Asked) -> Readings:
    """Readings of what is asked for, with the few customers named to whom it is narrowed. Two
    queries at most.
    """
    company = asked.company
    found = _VERSION.row({"company": company.pk, **asked.narrowed.params})
    began_at = found.pop("at")
    state = {name: str(found.pop(name)) for name in ("postings", "disputes")}
    if asked.known_at is not None:
        return Readings(_of_few(asked), "", "", state, began_at)
    whom = f"{company.pk} {company.time_zone} {asked.day} {asked.narrowed} {sorted(found.items())}"
    return Readings(_of_few(asked), f"{whom} {state}", whom, state, began_at)


def of_snapshots(
    taken: Iterable[tuple[int, dt.datetime]], name: str, read: Callable[[], T], *given: object
) -> T:
    """What ``read`` finds in the lines of snapshots (their numbers, and when they were taken), which never
    change; kept under ``name`` and what it is ``given`` besides.
    """
    told = sha256(f"{_code()} {sorted(taken)} {given}".encode()).hexdigest()
    key = f"lines:{name}:{told}"
    kept: tuple[T] | None = cache.get(key)
    if kept is None:
        kept = (read(),)
        cache.set(key, kept, KEPT_SECONDS)
    return kept[0]


@lru_cache(maxsize=1)
def _code() -> str:
    """Of the rooms whose figures are kept: a new version of them finds nothing that an older one left."""
    told = sha256()
    for room in _ROOMS:
        for file in sorted((_PRODUCT / room).rglob("*.py")):
            told.update(file.read_bytes())
    return told.hexdigest()


def _of_few(asked: Asked) -> Asked:
    found = customers_of(asked)
    return asked if found is None or len(found) > FEW_MAX else replace(asked, customers=tuple(found))
