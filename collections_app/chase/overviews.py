"""What whoever takes customers over must know of them before the first call: promises, what we owe,
disputes, what is asked of colleagues, the calls agreed, and how to work with whom. Read in sets; nothing is
kept.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Sum

from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.positions import Position
from collections_app.chase import habit_words, overview_sections
from collections_app.chase.entries import Entry
from collections_app.chase.overview_sections import ROWS_MAX, Section, Total, Whose
from collections_app.contact.standing_notes import StandingNote
from collections_app.ledger.customers import Customer
from collections_app.segmentation.portfolio_rows import Portfolio

FIRST_SHOWN = 20
NOTES_MAX = 200


@dataclass(frozen=True, slots=True)
class Known:
    """How to work with one customer: what was noted, how they pay, and what is to be collected."""

    customer: Customer
    notes: list[StandingNote]
    habit: str
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Overview:
    """All of it. Money is by currency and never added up."""

    customers: int
    to_collect: list[Total]
    overdue: list[Total]
    sections: list[Section]
    known: list[Known]
    has_more_known: bool


def of_portfolio(portfolio: Portfolio, *, today: dt.date) -> Overview:
    """How ``portfolio`` stands."""
    customers = Customer.objects.filter(assignment__portfolio=portfolio)
    return overview(Whose(portfolio.company, customers), today=today)


def overview(whose: Whose, *, today: dt.date) -> Overview:
    """How these customers stand. The number of queries does not grow with them."""
    owed = Position.objects.filter(whose.q, company=whose.company)
    summed = list(
        owed.order_by("currency").values("currency").annotate(collect=Sum("to_collect"), late=Sum("overdue"))
    )
    known = _known(whose)
    return Overview(
        customers=whose.customers.count(),
        to_collect=[(row["collect"], row["currency"]) for row in summed if row["collect"]],
        overdue=[(row["late"], row["currency"]) for row in summed if row["late"]],
        sections=overview_sections.of(whose, today=today),
        known=known[:ROWS_MAX],
        has_more_known=len(known) > ROWS_MAX,
    )


def _known(whose: Whose) -> list[Known]:
    """Customers with notes, and the first of the chase list; what is to be avoided stands before habits."""
    standing = StandingNote.objects.standing().filter(whose.q)
    notes: dict[int, list[StandingNote]] = {}
    for note in standing.order_by("kind", "recorded_at")[:NOTES_MAX]:
        notes.setdefault(note.customer_id, []).append(note)
    listed = Entry.objects.filter(whose.q, company=whose.company, left_out="")
    first = {entry.customer_id: entry for entry in listed.in_order()[:FIRST_SHOWN]}
    customers = Customer.objects.in_bulk({*notes, *first})
    habits = {habit.customer_id: habit for habit in PayHabit.objects.filter(customer__in=customers)}
    return [
        Known(customers[pk], notes.get(pk, []), habit_words.told(habits.get(pk)), first.get(pk))
        for pk in dict.fromkeys([*first, *sorted(notes, key=lambda one: customers[one].name)])
    ]
