"""Readings of the whole ledger that take seconds, kept in Redis for as long as nothing changes that they
are of.

What a reading is kept under names the ledger as it stood (``read_ledger_version``): the next posting, dispute
or move of a customer makes another name, so nothing has to be taken away, and what is found is what rows
would say. A lost Redis loses only time.
"""

import datetime as dt
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TypeVar

from django.core.cache import cache

from collections_app.lib.sql import Statement
from collections_app.reports.derived import Asked, customers_of, of_few

_VERSION = Statement(__file__, "read_ledger_version")
KEPT_SECONDS = 36 * 3600
# Of months that are over the next night changes nothing.
MONTH_SECONDS = 40 * 24 * 3600
_PRODUCT = Path(__file__).resolve().parent.parent
# Which statements and rules the figures are made by.
_ROOMS = ("lib", "ledger", "contact", "dunning", "reports")

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
        and disputes, unless ``on`` names fewer. What was known at a moment of the past stands by them too:
        whatever is written late has a posting of its own.
        """
        told = f"{code()} {self.whom} {[self.state[each] for each in on]} {name} {given}"
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
    company, members = asked.company, customers_of(asked)
    found = _VERSION.row({"company": company.pk})
    began_at = found.pop("at")
    state = {name: str(found.pop(name)) for name in ("postings", "disputes")}
    # Who is meant by a filter changes, and then it is another reading.
    told = "" if members is None else sha256(array("q", members).tobytes()).hexdigest()
    ours = f"{company.pk} {company.time_zone} {company.calendar}"
    whom = f"{ours} {asked.day} {asked.known_at} {asked.narrowed} {sorted(found.items())} {told}"
    return Readings(of_few(asked), f"{whom} {state}", whom, state, began_at)


def of_snapshots(
    taken: Iterable[tuple[int, dt.datetime]],
    name: str,
    read: Callable[[], T],
    *given: object,
    seconds: int = KEPT_SECONDS,
) -> T:
    """What ``read`` finds in the lines of snapshots (their numbers, and when they were taken), which never
    change; kept under ``name`` and what it is ``given`` besides, for so many ``seconds``.
    """
    return under(name, read, sorted(taken), given, seconds=seconds)


def under(name: str, read: Callable[[], T], *told: object, seconds: int = KEPT_SECONDS) -> T:
    """What ``read`` finds, kept under ``name`` and what is ``told``, which has to be another whenever it
    would find anything else; for so many ``seconds``.
    """
    key = f"lines:{sha256(f'{code()} {name} {told}'.encode()).hexdigest()}"
    kept: tuple[T] | None = cache.get(key)
    if kept is None:
        kept = (read(),)
        cache.set(key, kept, seconds)
    return kept[0]


@lru_cache(maxsize=1)
def code() -> str:
    """Of the rooms that figures are made by: a new version of them finds nothing that an older one kept."""
    told = sha256()
    for room in _ROOMS:
        for kind in ("*.py", "*.sql"):
            for file in sorted((_PRODUCT / room).rglob(kind)):
                told.update(file.read_bytes())
    return told.hexdigest()
