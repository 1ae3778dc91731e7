"""Reads the first sheet of a spreadsheet (XLSX) as numbered rows of text. The archive is looked at before
it is unpacked.
"""

import datetime as dt
import struct
import zipfile
import zlib
from collections.abc import Iterator
from decimal import Decimal
from typing import BinaryIO

import python_calamine as calamine

from collections_app.intake import limits
from collections_app.intake.cells import Figure
from collections_app.lib.refusals import Refused

_BROKEN = (
    "The spreadsheet cannot be opened; it may be only a part of the file. Save it again as XLSX, or as CSV."
)
_TOO_LARGE = (
    "The spreadsheet unpacks to far more than a ledger needs, so it was not opened. Save it again, or as CSV."
)


def look_at_archive(file: BinaryIO) -> None:
    """Refuse what is no spreadsheet, is broken, or would unpack to a flood (a zip bomb)."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            names = {entry.filename for entry in entries}
            unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
            if len(entries) > limits.XLSX_ENTRIES_MAX or unpacked > limits.XLSX_BYTES_MAX:
                raise Refused.because("unpacks_to_a_flood", _TOO_LARGE)
            if unpacked > 1 << 20 and unpacked > limits.XLSX_RATIO_MAX * max(packed, 1):
                raise Refused.because("unpacks_to_a_flood", _TOO_LARGE)
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise Refused.because("no_spreadsheet", "The file is an archive but not an XLSX spreadsheet.")
            _refuse_false_sizes(archive, entries)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OSError, ValueError):
        raise Refused.because("broken_file", _BROKEN) from None


def _refuse_false_sizes(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    """The directory of an archive may lie about its sizes, so each part is unpacked once, without keeping
    it.
    """
    for entry in entries:
        if entry.flag_bits & 1:
            raise Refused.because(
                "locked_file", "The spreadsheet is protected by a password. Save it without one."
            )
        seen = 0
        try:
            with archive.open(entry) as part:
                for block in iter(lambda part=part: part.read(limits.BLOCK_BYTES), b""):  # type: ignore[misc]
                    seen += len(block)
                    if seen > entry.file_size:
                        raise Refused.because("unpacks_to_a_flood", _TOO_LARGE)
                    if entry.filename.endswith((".xml", ".rels")) and b"<!DOCTYPE" in block:
                        raise Refused.because(
                            "no_spreadsheet",
                            "The spreadsheet declares a document type, which none does. It was not opened.",
                        )
        except (zipfile.BadZipFile, EOFError, zlib.error):
            raise Refused.because("broken_file", _BROKEN) from None


def rows_of(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Every row of the first sheet that has any cell, numbered as the spreadsheet numbers it."""
    look_at_archive(file)
    file.seek(0)
    try:
        book = calamine.CalamineWorkbook.from_filelike(file)
        sheet = book.get_sheet_by_index(0)
        first = sheet.start[0] + 1 if sheet.start else 1
        for offset, row in enumerate(sheet.iter_rows()):
            yield first + offset, [_text(cell) for cell in row]
    except (calamine.CalamineError, IndexError, OSError):
        raise Refused.because("broken_file", _BROKEN) from None


def _text(cell: object) -> str:
    if isinstance(cell, str):
        if len(cell) > limits.CELL_CHARACTERS_MAX:
            raise Refused.because(
                "cell_too_long",
                f"A cell has more than {limits.CELL_CHARACTERS_MAX:,} characters. No ledger needs so much.",
            )
        return cell
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, float):
        # Fifteen digits are what the spreadsheet shows; more is the noise of binary fractions.
        if cell.is_integer() and abs(cell) < 1e15:
            return f"{cell:.0f}"
        return Figure(format(Decimal(format(cell, ".15g")), "f"))
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat()
    return cell.isoformat() if isinstance(cell, dt.date) else str(cell)
