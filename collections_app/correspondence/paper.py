"""Letters and statements as PDF: what stands on them is told by ``rules.sheets``, and drawn here."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from collections_app.correspondence import drawings
from collections_app.correspondence.rules import sheets
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.sheets import Aged


def statement(*, values: LetterValues, aged: Sequence[Aged]) -> bytes:
    """The statement of account of one customer, dated as its values are."""
    return drawings.draw("statement", sheets.statement_of(values, aged), day=values.today)


def form(data: dict[str, Any], *, day: dt.date) -> bytes:
    """A paper to be read or filled in by hand, with the data of ``letters/form.typ``."""
    return drawings.draw("form", data, day=day)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A letter for the post: ``text`` as ``letters.render`` or a person wrote it."""

    subject: str
    text: str
    values: LetterValues


def letters(wanted: Sequence[Sheet], *, day: dt.date) -> bytes:
    """Letters as they are posted, in one file, each beginning on a page of its own."""
    drawn = [sheets.letter_of(subject=one.subject, text=one.text, values=one.values) for one in wanted]
    return drawings.draw("letter", sheets.letters_of(drawn), day=day)


def letter(*, subject: str, text: str, values: LetterValues) -> bytes:
    """One letter."""
    return letters([Sheet(subject, text, values)], day=values.today)
