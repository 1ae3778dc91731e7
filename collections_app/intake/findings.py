"""What a check found, and the questions that follow from it. Pure."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from collections_app.lib import money


@dataclass(frozen=True, slots=True)
class Move:
    """A control total of a currency: what the file states, what the ledger held, by how much it moves."""

    currency: str
    stated: Decimal
    before: Decimal
    moved: Decimal
    stated_by_day: Decimal = money.ZERO

    @property
    def after(self) -> Decimal:
        return self.before + self.moved


@dataclass(frozen=True, slots=True)
class Days:
    """What the days of a column look like, as read and with day and month exchanged. Spans in days;
    ``newest`` is the newest that has come.
    """

    different: int
    past_twelfth: int
    span: int
    span_exchanged: int
    ahead: int
    ahead_exchanged: int
    newest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Question:
    """Something a person must say yes to before the file is applied."""

    code: str
    message: str


@dataclass(slots=True)
class Findings:
    """Counts of rows, control totals, questions, and notes that need no answer."""

    new: int = 0
    changed: int = 0
    settled: int = 0
    unchanged: int = 0
    rows: int = 0
    moves: list[Move] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    new_customers: int = 0
    # The newest day on which anything in the file happened.
    newest_on: dt.date | None = None
    samples: list[dict[str, str | int | None]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """For the batch; amounts as text."""
        return {
            "new": self.new,
            "changed": self.changed,
            "settled": self.settled,
            "unchanged": self.unchanged,
            "rows": self.rows,
            "totals": {
                move.currency: money.text(move.stated, move.currency)
                for move in self.moves
                if move.stated or move.moved
            },
            # For the proof afterwards: unrounded, and only what bears no later day than the list.
            "proven": {move.currency: str(move.stated_by_day) for move in self.moves},
            "moves": [
                {
                    "currency": move.currency,
                    "before": money.text(move.before, move.currency),
                    "after": money.text(move.after, move.currency),
                }
                for move in self.moves
            ],
            "questions": [
                {"code": question.code, "message": question.message} for question in self.questions
            ],
            "notes": list(self.notes),
            "new_customers": self.new_customers,
            "samples": list(self.samples),
        }


def end_questions(rows: int, *, is_cut_short: bool, ends_in_a_field: bool) -> list[Question]:
    """Asks where a file of several rows may have been cut inside its last cell: half an amount is one too."""
    if not is_cut_short or not ends_in_a_field or rows < 2:
        return []
    text = (
        "The last line of the file has no end. If the copy was interrupted, its last cell is only a part. "
        "Say yes when the file is whole."
    )
    return [Question("no_line_end", text)]


def total_questions(moves: Sequence[Move], *, share: Decimal) -> list[Question]:
    """Asks where a control total moves by more than ``share`` of what it was, and where a currency is the
    first of its kind. A first ledger has nothing to move from.
    """
    is_first = not any(move.before for move in moves)
    asked = [] if is_first else [_about_total(move, share=share) for move in moves if move.moved]
    return [question for question in asked if question is not None]


def _about_total(move: Move, *, share: Decimal) -> Question | None:
    after = money.shown(move.after, move.currency)
    if not move.before:
        return Question(
            f"new_currency_{move.currency}",
            f"Nothing is owed in {move.currency} so far; it would become {after}. Is that right?",
        )
    if abs(move.moved) <= share * abs(move.before):
        return None
    return Question(
        f"total_moves_{move.currency}",
        f"What is owed in {move.currency} would go from {money.shown(move.before, move.currency)} to "
        f"{after}, {abs(move.moved) / abs(move.before):.0%} of what it was. Is that right?",
    )


EXCHANGED_DAYS_MIN = 5  # fewer different days say nothing
EXCHANGED_SPAN_RATIO = 3
EXCHANGED_SPAN_MIN = 90  # days; shorter spans are plausible as they stand
_OTHER_ORDER = {"D-M-Y": "M-D-Y", "M-D-Y": "D-M-Y"}


def day_questions(columns: Mapping[str, Days], *, orders: Sequence[str], latest: dt.date) -> list[Question]:
    """Asks when day and month look exchanged: no day after the 12th in any column, and in one the other order
    fits far better. Otherwise asks when documents are dated after ``latest``.
    """
    is_proven = any(days.past_twelfth for days in columns.values())
    order = "" if is_proven else next((order for order in orders if order in _OTHER_ORDER), "")
    for column, days in columns.items():
        if order and _looks_exchanged(days):
            return [
                Question(
                    "days_exchanged",
                    f"Day and month look exchanged in “{column}”: no date is after the 12th of a month, and "
                    f"read as {_OTHER_ORDER[order]} they lie {days.span_exchanged} days apart instead of "
                    f"{days.span}. Is {order} right?",
                )
            ]
    ahead = max((days.ahead for days in columns.values()), default=0)
    if ahead:
        said = "1 document is" if ahead == 1 else f"{ahead:,} documents are"
        return [Question("days_ahead", f"{said} dated after {latest:%-d %B %Y}. Is that right?")]
    return []


def _looks_exchanged(days: Days) -> bool:
    if days.different < EXCHANGED_DAYS_MIN:
        return False
    is_drawn_out = days.span >= EXCHANGED_SPAN_MIN and days.span > EXCHANGED_SPAN_RATIO * days.span_exchanged
    return is_drawn_out or (days.ahead > 0 and not days.ahead_exchanged)
