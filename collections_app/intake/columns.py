"""Columns of cells: understood at once where they say plainly what they mean, and written as text for COPY.

Python needs as long to look at a cell as PostgreSQL to store it, so nothing here is done cell by cell that a
whole column can tell. Pure.
"""

import csv
import io
import re
from collections.abc import Sequence

from collections_app.intake import cells, limits

# A column of which more than this share differ from each other is looked at as a whole.
DIFFERENT_SHARE = 0.5
# What would end a cell or a line that is not in quotes.
ENDS = re.compile(r'[",\r\n]')


class Cells(dict[str, str | None]):
    """What each different text of a column means. Columns repeat themselves, so most cells are one look-up.

    ``plain`` is a pattern of cells that mean just what they say: a column of them is taken as it stands,
    which is what spares a look at every single amount and number.
    """

    def __init__(self, reader: cells.Reader, plain: str = "") -> None:
        super().__init__()
        self.reader = reader
        self.failed: dict[str, str] = {}
        self.plain = re.compile(rf"(?:(?:{plain})?\n)+") if plain else None

    def understand(self, column: Sequence[str]) -> Sequence[str | None]:
        """What every cell of a column means: nothing is None, or an empty text."""
        different = set(column)
        if self.plain and len(different) > DIFFERENT_SHARE * len(column):
            whole = "\n".join(column) + "\n"
            # As many line feeds as cells: one inside a cell would look like two cells.
            if whole.count("\n") == len(column) and self.plain.fullmatch(whole):
                return column
        known = {text: self[text] for text in different}
        return list(map(known.__getitem__, column))

    def __missing__(self, text: str) -> str | None:
        if len(self) > 100_000:
            self.clear()
        value: str | None = None
        try:
            if cells.is_formula(text):
                raise ValueError("looks like a formula of a spreadsheet, which is not taken in")
            value = self.reader(text if isinstance(text, cells.Figure) else text.strip())
        except ValueError as refusal:
            if len(self.failed) < limits.PROBLEMS_MAX:
                self.failed[text] = f"“{text[:60]}” {refusal}."
            return None
        self[text] = value
        return value


def as_csv(lines: Sequence[int], columns: Sequence[Sequence[str | None]]) -> str:
    """Rows with their lines as COPY reads them in CSV form, where an empty cell is nothing."""
    filled = [[cell or "" for cell in column] if None in column else column for column in columns]
    text = "\n".join(map(",".join, zip(map(str, lines), *filled, strict=True))) + "\n"
    is_plain = (
        text.count(",") == len(lines) * len(columns)
        and text.count("\n") == len(lines)
        and '"' not in text
        and "\r" not in text
    )
    if is_plain:
        return text
    # The writer knows nothing of a lone carriage return, which ends a line for COPY; it is faster otherwise.
    return _by_cell(lines, filled) if "\r" in text else _quoted(lines, filled)


def _quoted(lines: Sequence[int], columns: Sequence[Sequence[str | None]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(zip(lines, *columns, strict=True))
    return text.getvalue()


def _by_cell(lines: Sequence[int], columns: Sequence[Sequence[str | None]]) -> str:
    rows = zip(map(str, lines), *columns, strict=True)
    return "".join(f"{','.join(map(_cell, row))}\n" for row in rows)


def _cell(text: str | None) -> str:
    quoted = (text or "").replace('"', '""')
    return f'"{quoted}"' if ENDS.search(quoted) else quoted
