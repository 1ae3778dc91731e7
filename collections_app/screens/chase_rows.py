"""The rows of one page of the chase list, in the words that they show."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.safestring import SafeString, mark_safe

from collections_app.chase import list_rows
from collections_app.chase.entries import EntryQuerySet, Place
from collections_app.chase.list_rows import ListRow
from collections_app.chase.rules import points, sentences
from collections_app.screens import patterns
from collections_app.screens.chase_columns import Column
from collections_app.screens.frame import address
from collections_app.screens.patterns import Pattern
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

PAGE_ROWS = 50
PARTS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Page:
    """The rows of a page as they stand in the table, numbered on from the page before."""

    html: SafeString
    first_number: int
    last_number: int
    last: Place | None
    has_more: bool

    @property
    def is_empty(self) -> bool:
        """Whether there is no row on it."""
        return self.last is None


def page_of(scope: Scope, found: EntryQuerySet, columns: tuple[Column, ...], *, first_number: int) -> Page:
    """The first rows of ``found``: one query says which they are, one what they show."""
    ids = list(found.values_list("customer_id", flat=True)[: PAGE_ROWS + 1])
    rows = list_rows.of(customers=ids[:PAGE_ROWS], user=scope.user, at=scope.at)
    speech = _Speech(scope, columns)
    html = "".join(speech.row(row, number) for number, row in enumerate(rows, start=first_number))
    return Page(
        html=mark_safe(html),  # each row is filled from a template, its words escaped
        first_number=first_number,
        last_number=first_number + len(rows) - 1,
        last=rows[-1].place if rows else None,
        has_more=len(ids) > PAGE_ROWS,
    )


class _Speech:
    """Puts rows into words for one reader: their company's zone, day and addresses, and their columns."""

    def __init__(self, scope: Scope, columns: tuple[Column, ...]) -> None:
        self.today = scope.today
        self.zone = ZoneInfo(scope.company.time_zone)
        self.customers_url = address("customers", scope.company)
        self.chase_url = address("chase_list", scope.company)
        self.columns = columns
        self.patterns: dict[tuple[bool, bool], Pattern] = {}

    def row(self, row: ListRow, number: int) -> SafeString:
        """One line of the table."""
        key, segment = str(row.customer_id), row.segment or ""
        words = {
            "key": key,
            "customer_url": f"{self.customers_url}{key}/",
            "why_url": f"{self.chase_url}{key}/why/",
            "place": str(number),
            "name": row.name,
            "number": row.number,
            "of_segment": f" · {segment}" if segment else "",
            "segment": segment,
            "score": str(row.score),
            "holder": row.held_by or "",
            "overdue": _whole(row.overdue, row.currency),
            "oldest": formats.days(row.oldest_days) if row.oldest_days > 0 else _spoken_for(row),
            "age_step": str(formats.age_step(row.oldest_days)),
            "to_collect": _whole(row.to_collect, row.currency),
            "disputed": _shown(row.disputed, row.currency),
            "promised": _shown(row.promised, row.currency),
            "unallocated": _shown(row.unallocated, row.currency),
            "contact": self._day(
                row.last_contact_at.astimezone(self.zone).date() if row.last_contact_at else None
            ),
            "following": self._following(row),
            "why": _why(row.parts),
            "previous": str(row.previous_rank or formats.NOTHING),
        }
        return self._pattern(row.held_by is not None, row.call_back_at is not None).filled(words)

    def _pattern(self, is_claimed: bool, is_call: bool) -> Pattern:
        """Looked up once for the rows of a sort: the columns are many to compare."""
        if (is_claimed, is_call) not in self.patterns:
            self.patterns[is_claimed, is_call] = patterns.of(
                "chase/_row.html",
                columns=self.columns,
                codes=tuple(column.code for column in self.columns),
                is_claimed=is_claimed,
                is_call=is_call,
            )
        return self.patterns[is_claimed, is_call]

    def _day(self, on: dt.date | None) -> str:
        return formats.day(on, today=self.today)

    def _following(self, row: ListRow) -> str:
        if row.call_back_at:
            return f"call {row.call_back_at.astimezone(self.zone):%H:%M}"
        if any(part["rule"] == "broken_since_contact" for part in row.parts):
            return "call today"
        if row.asked_call is not None:
            return f"call: {row.asked_call}" if row.asked_call else "call, by the procedure"
        on = row.next_on or row.asleep_until
        return f"{self._day(on)} {sentences.step(row.next_step)}" if on else formats.NOTHING


def _spoken_for(row: ListRow) -> str:
    """Why nothing that is overdue is left to ask for."""
    if not row.overdue:
        return "not overdue"
    if row.unallocated <= 0 and (row.disputed or row.promised):
        return "disputed" if row.disputed else "promised"
    return "covered"


def _whole(amount: Decimal, currency: str) -> str:
    return formats.amount(amount, currency, whole=True)


def _shown(amount: Decimal, currency: str) -> str:
    return _whole(amount, currency) if amount else formats.NOTHING


def _why(parts: list[dict[str, Any]]) -> str:
    """The heaviest reasons with their points."""
    said = [_reason(part["rule"], part["points"]) for part in points.most_first(parts)[:PARTS_SHOWN]]
    more = len(parts) - PARTS_SHOWN
    return " · ".join([*said, *([f"{more} more"] if more > 0 else [])])


@lru_cache
def _reason(rule: str, given: int) -> str:
    return f"{points.RULES[rule].label} {formats.signed(given)}"
