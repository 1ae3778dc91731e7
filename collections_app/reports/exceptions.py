"""What was let off the rules: who asked, who decided, until when, how much. Read from the rooms where it
stands; nothing is decided here.
"""

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement

_GRANTED = Statement(__file__, "list_exceptions")
PAGE_ROWS = 50


class Kind(StrEnum):
    """What it was let off."""

    EXCLUSION = "exclusion"
    RELEASE = "release"
    FORCED = "forced"
    BLOCK = "block"
    WAIVED = "waived"
    EXEMPT = "exempt"
    WRITE_OFF = "write_off"


class Standing(StrEnum):
    """Whether it holds; what is decided once for all neither holds nor ends."""

    IN_FORCE = "in_force"
    ENDED = "ended"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which of them; granted on the days from ``since`` to ``until``, by or for ``person`` (an id)."""

    kind: str = ""
    standing: str = ""
    person: int | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    # Only what is about an amount in this currency, or with "none" what is about no amount.
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """One exception. ``id`` is of its order for a release; ``code`` is a rule, a reason or a kind."""

    kind: Kind
    id: int
    customer_id: int
    customer_number: str
    customer: str
    code: str
    about: str
    reason: str
    asked_by: str
    decided_by: str
    granted_at: dt.datetime
    until: dt.date | None
    standing: Standing
    ended_at: dt.datetime | None
    ended_by: str
    amount: Decimal | None
    currency: str


@dataclass(frozen=True, slots=True)
class Total:
    """How many of a kind in one currency, and how much where it is about an amount."""

    kind: Kind
    currency: str
    number: int
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Listed:
    """Some of them, and what all of them come to."""

    rows: list[Granted]
    totals: list[Total]
    is_last: bool

    @property
    def number(self) -> int:
        return sum(each.number for each in self.totals)


def page(company: Company, wanted: Wanted, *, today: dt.date, page: int = 1) -> Listed:
    """Those of one page, the newest first, with the totals of all. One query, two past the end."""
    given = {"limit": PAGE_ROWS + 1, "skip": (page - 1) * PAGE_ROWS}
    found = _GRANTED.rows(_params(company, wanted, today=today, **given))
    if not found and page > 1:
        first = every(company, wanted, today=today, limit=1)
        return Listed([], first.totals, is_last=True)
    return Listed(list(_granted(found[:PAGE_ROWS])), _totals(found), is_last=len(found) <= PAGE_ROWS)


def every(company: Company, wanted: Wanted, *, today: dt.date, limit: int | None = None) -> Listed:
    """All of them, for a file. One query."""
    found = _GRANTED.rows(_params(company, wanted, today=today, limit=limit, skip=0))
    return Listed(list(_granted(found)), _totals(found), is_last=True)


def _params(company: Company, wanted: Wanted, *, today: dt.date, **more: int | None) -> dict[str, Any]:
    zone, day = ZoneInfo(company.time_zone), dt.timedelta(days=1)
    return {
        "company": company.pk,
        "kind": wanted.kind,
        "standing": wanted.standing,
        "person": wanted.person,
        "currency": wanted.currency,
        "begins_at": wanted.since and dt.datetime.combine(wanted.since, dt.time(), zone),
        "ends_at": wanted.until and dt.datetime.combine(wanted.until + day, dt.time(), zone),
        "today": today,
        **more,
    }


def _granted(rows: list[dict[str, Any]]) -> Iterator[Granted]:
    for row in rows:
        yield Granted(
            kind=Kind(row["kind"]),
            id=row["id"],
            customer_id=row["customer_id"],
            customer_number=row["number"],
            customer=row["name"],
            code=row["code"],
            about=row["about"],
            reason=row["reason"],
            asked_by=row["asked_by"] or "",
            decided_by=row["decided_by"] or "",
            granted_at=row["granted_at"],
            until=row["until"],
            standing=Standing(row["standing"]),
            ended_at=row["ended_at"],
            ended_by=row["ended_by"] or "",
            amount=row["amount"],
            currency=row["currency"],
        )


def _totals(rows: list[dict[str, Any]]) -> list[Total]:
    told = json.loads(rows[0]["totals"]) if rows else []
    return [
        Total(Kind(kind), currency, number, None if amount is None else Decimal(amount))
        for kind, currency, number, amount in told
    ]
