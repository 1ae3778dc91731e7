"""The rows of one page of the chase list, in the words that they show."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from collections_app.chase import claims
from collections_app.chase.entries import EntryQuerySet, Place
from collections_app.chase.rules import points, sentences
from collections_app.people.users import User
from collections_app.screens import patterns
from collections_app.screens.chase_columns import Column
from collections_app.screens.scoping import Scope
from collections_app.templatetags import formats

PAGE_ROWS = 50
PARTS_SHOWN = 3

# What the words are made of; the rest of an entry, its customer and its segment would only be carried here.
_FACTS = (
    *("customer_id", "customer__number", "customer__name", "segment__name", "currency", "overdue"),
    *("to_collect", "disputed", "promised", "unallocated", "oldest_days", "score", "weight", "parts"),
    *("previous_rank", "asleep_until", "call_back_at", "last_contact_at", "next_step", "next_on"),
)


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
    """The first rows of ``found``: one query for them, one for who has which customer open."""
    rows: list[Any] = list(found.values_list(*_FACTS, named=True)[: PAGE_ROWS + 1])
    on_page = rows[:PAGE_ROWS]
    held = claims.held_by_others(customers=[row.customer_id for row in on_page], user=scope.user, at=scope.at)
    speech = _Speech(scope)
    html = "".join(
        speech.row(row, number, columns=columns, held_by=held.get(row.customer_id))
        for number, row in enumerate(on_page, start=first_number)
    )
    last = on_page[-1] if on_page else None
    return Page(
        html=mark_safe(html),  # each row is filled from a template, its words escaped
        first_number=first_number,
        last_number=first_number + len(on_page) - 1,
        last=Place(last.score, last.weight, last.oldest_days, last.customer_id) if last else None,
        has_more=len(rows) > PAGE_ROWS,
    )


class _Speech:
    """Puts rows into words for one reader: their company's zone, day and addresses."""

    def __init__(self, scope: Scope) -> None:
        self.zone = ZoneInfo(scope.company.time_zone)
        self.today = scope.today
        company = {"company": scope.company.code}
        self.customers_url = reverse("customers", kwargs=company)
        self.chase_url = reverse("chase_list", kwargs=company)

    def row(self, row: Any, number: int, *, columns: tuple[Column, ...], held_by: User | None) -> SafeString:
        """One line of the table."""
        key, segment = str(row.customer_id), row.segment__name or ""
        words = {
            "key": key,
            "customer_url": f"{self.customers_url}{key}/",
            "why_url": f"{self.chase_url}{key}/why/",
            "place": str(number),
            "name": row.customer__name,
            "number": row.customer__number,
            "of_segment": f" · {segment}" if segment else "",
            "segment": segment,
            "score": str(row.score),
            "holder": str(held_by or ""),
            "overdue": _whole(row.overdue, row.currency),
            "oldest": formats.days(row.oldest_days) if row.oldest_days > 0 else "not overdue",
            "age_step": str(formats.age_step(row.oldest_days)),
            "to_collect": _whole(row.to_collect, row.currency),
            "disputed": _shown(row.disputed, row.currency),
            "promised": _shown(row.promised, row.currency),
            "unallocated": _shown(row.unallocated, row.currency),
            "contact": self._day(row.last_contact_at and row.last_contact_at.astimezone(self.zone).date()),
            "following": self._following(row),
            "why": _why(row.parts),
            "previous": str(row.previous_rank or formats.NOTHING),
        }
        return patterns.filled(
            "chase/_row.html",
            words,
            columns=columns,
            shows_steps=any(column.code == "following" for column in columns),
            is_claimed=held_by is not None,
            is_call=row.call_back_at is not None,
        )

    def _day(self, on: dt.date | None) -> str:
        return formats.day(on, today=self.today)

    def _following(self, row: Any) -> str:
        if row.call_back_at:
            return f"call {row.call_back_at.astimezone(self.zone):%H:%M}"
        on = row.next_on or row.asleep_until
        return f"{self._day(on)} {sentences.step(row.next_step)}" if on else formats.NOTHING


def _whole(amount: Decimal, currency: str) -> str:
    return formats.amount(amount, currency, whole=True)


def _shown(amount: Decimal, currency: str) -> str:
    return _whole(amount, currency) if amount else formats.NOTHING


def _why(parts: list[dict[str, Any]]) -> str:
    """The heaviest reasons with their points."""
    said = [
        f"{points.RULES[part['rule']].label} {formats.signed(part['points'])}" for part in parts[:PARTS_SHOWN]
    ]
    more = len(parts) - PARTS_SHOWN
    return " · ".join([*said, *([f"{more} more"] if more > 0 else [])])
