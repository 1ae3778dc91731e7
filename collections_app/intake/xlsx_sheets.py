"""The rows of a sheet as they are read: a stream, so that memory holds a block of them and never a sheet.

What only looks large costs nothing: a cell in the last column of the last row makes no rows before it.
"""

import datetime as dt
import zipfile
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from collections_app.intake import limits, xlsx_parts
from collections_app.intake.cells import Figure
from collections_app.intake.xlsx_parts import Attributes
from collections_app.lib.refusals import Refused

Row = tuple[int, list[str]]
_DIGITS = "0123456789"
_LAST_SERIAL = 2_958_465  # 31 December 9999
_EPOCH_OF_APPLE = 1904
_FIRST_SOUND_SERIAL = 60  # until then spreadsheets believe in 29 February 1900


def rows_of(archive: zipfile.ZipFile) -> Iterator[Row]:
    """Every row of the first sheet that has a filled cell, under the number that the spreadsheet gives it."""
    name, counts_from_1904 = xlsx_parts.first_sheet(archive)
    sheet = _Sheet(xlsx_parts.shared_texts(archive), xlsx_parts.day_styles(archive), counts_from_1904)
    for _ in xlsx_parts.read(archive, name, sheet):
        yield from sheet.rows
        sheet.rows.clear()


class _Sheet:
    """Hears cells and gathers them into rows. Cells without content are not heard of."""

    def __init__(self, texts: list[str], day_styles: frozenset[str], counts_from_1904: bool) -> None:
        self.rows: list[Row] = []
        self._texts, self._day_styles = texts, day_styles
        self._epoch = dt.date(_EPOCH_OF_APPLE, 1, 1) if counts_from_1904 else dt.date(1899, 12, 30)
        self._line, self._row = 0, list[str]()
        self._width = 0
        self._places: dict[str, int] = {}
        self._place, self._type, self._style = 0, "n", ""
        self._next_place = 0
        self._parts: list[str] = []
        self._takes = self._is_spoken = False
        self._size = 0

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "c":
            self._place = self._place_of(attributes.get("r", ""))
            self._next_place = self._place + 1
            self._type, self._style = attributes.get("t", "n"), attributes.get("s", "")
        elif name in {"v", "t"}:
            self._takes = not self._is_spoken
        elif name == "row":
            number = attributes.get("r", "")
            self._line = int(number) if number.isdecimal() and len(number) < 8 else self._line + 1
            self._row, self._next_place = [], 0
        elif name == "rPh":
            self._is_spoken = True
        elif name == "dimension":
            corner = attributes.get("ref", "").rpartition(":")[2]
            self._width = min(self._place_of(corner) + 1, limits.COLUMNS_MAX)

    def text(self, data: str) -> None:
        if self._takes:
            self._parts.append(data)
            self._size += len(data)
            if self._size > limits.CELL_CHARACTERS_MAX:
                raise _too_long()

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._takes = False
        elif name == "c":
            if self._parts:
                self._put(self._value("".join(self._parts)))
                self._parts.clear()
                self._size = 0
        elif name == "row":
            self._width = max(self._width, len(self._row))
            if self._row:
                self.rows.append((self._line, self._row + [""] * (self._width - len(self._row))))
        elif name == "rPh":
            self._is_spoken = False

    def _put(self, value: str) -> None:
        if self._place >= limits.COLUMNS_MAX:
            if not value.strip():
                return
            raise Refused.because(
                "too_many_columns",
                f"Line {self._line} has a cell in column {self._place + 1:,}; at most {limits.COLUMNS_MAX} "
                "are read.",
            )
        short = self._place - len(self._row)
        if short < 0:
            self._row[self._place] = value
            return
        self._row += [""] * short
        self._row.append(value)

    def _place_of(self, reference: str) -> int:
        """The column of "K100", the first being 0; the next one when the cell does not say."""
        letters = reference.rstrip(_DIGITS)
        if not letters:
            return self._next_place
        place = self._places.get(letters)
        if place is None:
            place = self._places[letters] = _place(letters)
        return place

    def _value(self, text: str) -> str:
        """What a cell says, as text: numbers with a point before the decimals, days in ISO form."""
        if self._type == "n":
            return self._number(text)
        if self._type == "s":
            place = int(text) if text.isdecimal() else -1
            if not 0 <= place < len(self._texts):
                raise xlsx_parts.broken()
            if len(self._texts[place]) > limits.CELL_CHARACTERS_MAX:
                raise _too_long()
            return self._texts[place]
        if self._type == "b":
            return str(text == "1")
        return text.partition("T")[0] if self._type == "d" else xlsx_parts.unescaped(text)

    def _number(self, text: str) -> str:
        try:
            number = float(text)
        except ValueError:
            return text
        if self._style in self._day_styles and 0 <= number <= _LAST_SERIAL:
            return self._day(number)
        # Fifteen digits are what the spreadsheet shows; more is the noise of binary fractions.
        if number.is_integer() and abs(number) < 1e15:
            return f"{number:.0f}"
        try:
            return Figure(format(Decimal(format(number, ".15g")), "f"))
        except InvalidOperation:
            return text

    def _day(self, serial: float) -> str:
        if serial < 1:
            minutes = int(serial * 24 * 60)
            return f"{minutes // 60:02}:{minutes % 60:02}"
        is_early = serial < _FIRST_SOUND_SERIAL and self._epoch.year != _EPOCH_OF_APPLE
        return (self._epoch + dt.timedelta(days=int(serial) + is_early)).isoformat()


def _place(letters: str) -> int:
    place = 0
    for letter in letters.replace("$", "")[:4].upper():
        place = place * 26 + ord(letter) - 64
    return max(place - 1, 0)


def _too_long() -> Refused:
    return Refused.because(
        "cell_too_long",
        f"A cell has more than {limits.CELL_CHARACTERS_MAX:,} characters. No ledger needs so much.",
    )
