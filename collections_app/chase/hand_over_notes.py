"""What the new collector reads of each customer before the first call: what was said last, what they
promised, what we owe them, what they dispute, which call was agreed, and how to work with them. Read from
facts, in sets; nothing of it is kept.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from collections_app.behaviour.habits import PayHabit
from collections_app.behaviour.positions import Position
from collections_app.chase import habit_words, overview_sections
from collections_app.chase.overview_sections import Row, Total, Whose
from collections_app.contact.contact_logs import ContactLog
from collections_app.contact.rules import CHANNEL_LABELS, OUTCOME_LABELS, Channel, Outcome
from collections_app.contact.standing_notes import StandingNote
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer

PAGE_ROWS = 25
LINES_MAX = 250


@dataclass(slots=True)
class Note:
    """One customer. ``lines`` are of the kinds of ``overview_sections``, what is due first stands first."""

    customer: Customer
    habit: str
    last: ContactLog | None = None
    overdue: list[Total] = field(default_factory=list)
    lines: list[tuple[str, Row]] = field(default_factory=list)
    standing: list[StandingNote] = field(default_factory=list)

    @property
    def came(self) -> str:
        """How the last contact went, in words."""
        if self.last is None:
            return ""
        channel, outcome = (
            CHANNEL_LABELS[Channel(self.last.channel)],
            OUTCOME_LABELS[Outcome(self.last.outcome)],
        )
        return f"{channel.lower()}, {outcome.lower()}"


def of(company: Company, customers: Sequence[Customer], *, today: dt.date) -> list[Note]:
    """A note of each, in their order. The number of queries does not grow with them."""
    ids = [each.pk for each in customers]
    habits = {each.customer_id: each for each in PayHabit.objects.filter(customer__in=ids)}
    notes = {each.pk: Note(each, habit_words.told(habits.get(each.pk))) for each in customers}
    said = ContactLog.objects.valid().filter(customer__in=ids).select_related("by", "contact")
    for log in said.order_by("customer", "-at", "-pk").distinct("customer"):
        notes[log.customer_id].last = log
    owed = Position.objects.filter(customer__in=ids, overdue__gt=0).order_by("currency")
    for position in owed:
        notes[position.customer_id].overdue.append((position.overdue, position.currency))
    for standing in StandingNote.objects.standing().filter(customer__in=ids).order_by("kind", "recorded_at"):
        notes[standing.customer_id].standing.append(standing)
    for customer, lines in _lines(company, ids, today).items():
        notes[customer].lines = lines
    return list(notes.values())


def _lines(company: Company, ids: Sequence[int], today: dt.date) -> dict[int, list[tuple[str, Row]]]:
    whose = Whose(company, Customer.objects.filter(pk__in=ids), rows_max=LINES_MAX)
    found: dict[int, list[tuple[str, Row]]] = defaultdict(list)
    for section in overview_sections.of(whose, today=today):
        for row in section.rows:
            found[row.customer.pk].append((section.code, row))
    return found
