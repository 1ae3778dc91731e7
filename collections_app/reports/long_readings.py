"""Reports that are read from all rows of a large ledger, which takes longer than anybody waits before a blank
page: somebody asks for one, a worker reads it, and what it read is kept as any reading is.

What is noted here is for minutes and may be lost: then whoever asks reads it themselves.
"""

import datetime as dt
from dataclasses import asdict
from hashlib import sha256
from typing import Any

from django.core.cache import cache

from collections_app.ledger.companies import Company
from collections_app.reports import dashboards, derived, kept_days, kept_readings, measures
from collections_app.reports.derived import Asked
from collections_app.reports.kept_readings import KEPT_SECONDS
from collections_app.reports.narrowing import ALL, Narrowed
from collections_app.reports.part_rows import PartBasis
from collections_app.reports.snapshot_rows import Snapshot

MEASURES, DASHBOARD = "measures", "dashboard"
# Who has asked for so long without an answer reads it themselves: no worker takes it, or it is too much.
ASKED_SECONDS_MAX = 90
# Where something is posted all the time nobody is sent to wait again, as long as it was read lately.
LATELY_SECONDS = 600


def is_long(asked: Asked, *, what: str) -> bool:
    """Whether it is read from all rows of a large company: all measures of any day but today, since how long
    customers took is not kept of a past one; the dashboard of a day that no night kept, that something was
    posted into since, or that is narrowed to many; or what was known at a moment. One query, of today.
    """
    if asked.known_at is None and _is_kept(asked, what):
        return False
    few = derived.FEW_MAX
    if not asked.company.customers.order_by("pk")[few : few + 1].exists():
        return False
    if asked.narrowed != ALL:
        return len(derived.customers_of(asked) or ()) > few
    return what == MEASURES or kept_days.of_day(asked) is None


def _is_kept(asked: Asked, what: str) -> bool:
    """Whether what each customer adds to it was kept, as the night does of today."""
    company, day = asked.company, asked.day
    if what == MEASURES:
        return PartBasis.objects.filter(company=company, day=day).exists()
    return Snapshot.objects.current().filter(company=company, day=day).exclude(parts={}).exists()


def is_awaited(asked: Asked, *, what: str, into: str, at: dt.datetime) -> bool:
    """Whether a worker was told of it not too long ago."""
    since: dt.datetime | None = cache.get(_asked_under(asked, what, into))
    return since is not None and (at - since).total_seconds() <= ASKED_SECONDS_MAX


def is_read(asked: Asked, *, what: str, into: str) -> bool:
    """Whether all of it was read, of the ledger as it stands or lately."""
    return bool(cache.get(_read_under(asked, what, into)) or cache.get(_lately_under(asked, what, into)))


def ask(asked: Asked, *, what: str, into: str, at: dt.datetime) -> bool:
    """Note that somebody asks for it; false where somebody did already."""
    return bool(cache.add(_asked_under(asked, what, into), at, 2 * ASKED_SECONDS_MAX))


def call_off(asked: Asked, *, what: str, into: str) -> None:
    """Nobody could be told of it."""
    cache.delete(_asked_under(asked, what, into))


def read(asked: Asked, *, what: str, into: str) -> None:
    """Read all of it, and note that it was."""
    under = _read_under(asked, what, into)
    if what == MEASURES:
        measures.measured(
            company=asked.company,
            day=asked.day,
            known_at=asked.known_at,
            narrowed=asked.narrowed,
            into=into,
        )
        measures.agreements(asked)
    else:
        dashboards.of(asked, into=into)
    cache.set(under, True, KEPT_SECONDS)
    cache.set(_lately_under(asked, what, into), True, LATELY_SECONDS)


def told(asked: Asked, *, what: str, into: str) -> dict[str, Any]:
    """What a worker is told of it, beside the company and the day."""
    known_at = asked.known_at.isoformat() if asked.known_at else None
    return {"what": what, "into": into, "known_at": known_at, "narrowed": asdict(asked.narrowed)}


def read_told(company: Company, day: dt.date, found: dict[str, Any]) -> None:
    """Read what ``told`` says."""
    known_at = dt.datetime.fromisoformat(found["known_at"]) if found["known_at"] else None
    asked = Asked(company, day, known_at, Narrowed(**found["narrowed"]))
    read(asked, what=found["what"], into=found["into"])


def _read_under(asked: Asked, what: str, into: str) -> str:
    version = kept_readings.begin(asked).version
    return f"report-read:{sha256(f'{kept_readings.code()} {version} {what} {into}'.encode()).hexdigest()}"


def _asked_under(asked: Asked, what: str, into: str) -> str:
    return f"report-asked:{_whose(asked, what, into)}"


def _lately_under(asked: Asked, what: str, into: str) -> str:
    return f"report-lately:{_whose(asked, what, into)}"


def _whose(asked: Asked, what: str, into: str) -> str:
    given = f"{asked.company.pk} {asked.day} {asked.known_at} {asked.narrowed} {what} {into}"
    return sha256(given.encode()).hexdigest()
