"""Tables on their way into a spreadsheet: as CSV, or as a workbook. Row by row, so that any number of them
takes the same memory.

Figures stay figures and days stay days. A text that a spreadsheet would take for a formula is kept from
being one: in CSV an apostrophe stands before it, as in front of what one types into a cell; in a workbook
its cell says that it is a text, also to whoever edits it.
"""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import IO

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | dt.date | None

# What a cell begins with that a spreadsheet works out; the wide signs are read as the others in East Asia.
LEADS = frozenset("\0=+-@\t\r\n＝＋－＠")
# What no workbook may hold (XML 1.0, 2.2); a text goes on without it.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
TEXT_LENGTH_MAX = 32_767
# A sheet holds 1,048,576; so many are written while somebody waits.
WORKBOOK_ROWS_MAX = 100_000
COLUMN_WIDTH = 18
A4 = 9  # ISO 29500, 18.3.1.63


@dataclass(frozen=True, slots=True)
class Table:
    """So many rows under their heads. ``title`` names the sheet; ``about`` tells of what and when it is."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    number: int
    about: Sequence[tuple[str, Cell]] = ()


def harmless(text: str) -> str:
    """``text`` as a cell of a CSV file that no spreadsheet works out."""
    return f"'{text}" if text[:1] in LEADS else text


def write_csv(file: IO[bytes], table: Table) -> None:
    """The heads and the rows. The mark in front tells spreadsheets that this is UTF-8."""
    text = io.TextIOWrapper(file, "utf-8-sig", newline="")
    writer = csv.writer(text)
    writer.writerow([harmless(head) for head in table.heads])
    writer.writerows([_plain(cell) for cell in row] for row in table.rows)
    text.detach()


def write_workbook(file: IO[bytes], table: Table) -> None:
    """A sheet with the table, and one that tells of what it is."""
    write_book(file, [table], table.about)


def write_book(file: IO[bytes], tables: Sequence[Table], about: Sequence[tuple[str, Cell]]) -> None:
    """A sheet with each table, whose heads stay and repeat in print, and one that tells of what they are."""
    with Workbook(file, {"constant_memory": True}) as book:
        formats = {"head": book.add_format({"bold": True}), "text": book.add_format({"quote_prefix": True})}
        formats["day"] = book.add_format({"num_format": "yyyy-mm-dd"})
        for table in tables:
            _write(book, table, formats)
        told = book.add_worksheet("About")
        told.set_column(0, 0, COLUMN_WIDTH)
        told.set_column(1, 1, 3 * COLUMN_WIDTH)
        _fill(book, told, ("What", "Value"), about, formats)


def _write(book: Workbook, table: Table, formats: dict[str, Format]) -> None:
    sheet = book.add_worksheet(_NOT_IN_XML.sub("", re.sub(r"[\[\]:*?/\\']", " ", table.title))[:31])
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_column(0, len(table.heads) - 1, COLUMN_WIDTH)
    sheet.autofilter(0, 0, table.number, len(table.heads) - 1)
    _fill(book, sheet, table.heads, table.rows, formats)


def _fill(
    book: Workbook,
    sheet: Worksheet,
    heads: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    formats: dict[str, Format],
) -> None:
    for column, head in enumerate(heads):
        sheet.write_string(0, column, _NOT_IN_XML.sub("", head), formats["head"])
    for line, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            if isinstance(cell, str):
                text = _NOT_IN_XML.sub("", cell)[:TEXT_LENGTH_MAX]
                sheet.write_string(line, column, text, formats["text"] if text[:1] in LEADS else None)
            elif isinstance(cell, Decimal):
                digits = "0" * -int(cell.as_tuple().exponent)
                if digits not in formats:
                    formats[digits] = book.add_format({"num_format": f"#,##0.{digits}".rstrip(".")})
                sheet.write_number(line, column, cell, formats[digits])
            elif isinstance(cell, dt.date):
                sheet.write_datetime(line, column, cell, formats["day"])
            elif cell is not None:
                sheet.write_number(line, column, cell)


def _plain(cell: Cell) -> str:
    if isinstance(cell, str):
        return harmless(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    return "" if cell is None else str(cell)
