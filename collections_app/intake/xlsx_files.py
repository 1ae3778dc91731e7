"""Reads the first sheet of a spreadsheet (XLSX) as numbered rows of text. The archive is looked at before
it is unpacked.
"""

import os
import struct
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from collections_app.correspondence.rules import archives
from collections_app.intake import limits, xlsx_parts, xlsx_sheets
from collections_app.lib.refusals import Refused

_ENTRY_BYTES_MAX = 512  # in the directory
_TOO_LARGE = (
    "The spreadsheet unpacks to far more than a ledger needs, so it was not opened. Save it again, or as CSV."
)


def look_at_archive(file: BinaryIO) -> None:
    """Refuse what is no spreadsheet, is broken, or would unpack to a flood (a zip bomb).

    The directory of an archive may lie about its sizes; no more than it says is ever unpacked.
    """
    entries_told, directory_bytes = archives.directory_of(_tail(file)) or (0, 0)
    if max(entries_told, directory_bytes // _ENTRY_BYTES_MAX) > limits.XLSX_ENTRIES_MAX:
        raise Refused.because("unpacks_to_a_flood", _TOO_LARGE)
    if not entries_told:
        raise xlsx_parts.broken()
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            entries = archive.infolist()
            if archives.is_packed_otherwise(entries):
                raise xlsx_parts.broken()
            names = {entry.filename for entry in entries}
            unpacked, packed = sum(e.file_size for e in entries), sum(e.compress_size for e in entries)
            if len(entries) > limits.XLSX_ENTRIES_MAX or unpacked > limits.XLSX_BYTES_MAX:
                raise Refused.because("unpacks_to_a_flood", _TOO_LARGE)
            if unpacked > 1 << 20 and unpacked > limits.XLSX_RATIO_MAX * max(packed, 1):
                raise Refused.because("unpacks_to_a_flood", _TOO_LARGE)
            if "[Content_Types].xml" not in names or not any(name.startswith("xl/") for name in names):
                raise Refused.because("no_spreadsheet", "The file is an archive but not an XLSX spreadsheet.")
            if any(entry.flag_bits & 1 for entry in entries):
                raise Refused.because(
                    "locked_file", "The spreadsheet is protected by a password. Save it without one."
                )
    except (zipfile.BadZipFile, struct.error, NotImplementedError, OSError, ValueError):
        raise xlsx_parts.broken() from None


def _tail(file: BinaryIO) -> bytes:
    """The end of the archive, which tells how much it holds."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - archives.END_BYTES_MAX))
    return file.read()


def rows_of(file: BinaryIO) -> Iterator[tuple[int, list[str]]]:
    """Every row of the first sheet that has any cell, numbered as the spreadsheet numbers it, one after the
    other.
    """
    look_at_archive(file)
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            yield from xlsx_sheets.rows_of(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError):
        raise xlsx_parts.broken() from None
