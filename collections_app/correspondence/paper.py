"""Letters and statements as PDF: what stands on them is told by ``rules.sheets``, and drawn here."""

import datetime as dt
from collections.abc import Sequence
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


def letter(*, subject: str, text: str, values: LetterValues) -> bytes:
    """A letter as it is sent, for the post: ``text`` as ``letters.render`` or a person wrote it."""
    data = sheets.letter_of(subject=subject, text=text, values=values)
    return drawings.draw("letter", data, day=values.today)
