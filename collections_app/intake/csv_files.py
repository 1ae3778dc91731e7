"""Reads a file of separated values as a stream of numbered rows: its encoding and its separator are found
out.
"""

import codecs
import csv
import io
from collections.abc import Iterator
from contextlib import suppress
from typing import BinaryIO

from collections_app.intake import limits
from collections_app.lib.refusals import Refused

Row = tuple[int, list[str]]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t|"
# How a letter inside a file is written whose encoding begins it with a mark.
_WITHOUT_MARK = {
    "utf-8-sig": ("utf-8",), "utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be"),
}  # fmt: skip
_LAST_LETTERS = ("\n", "\r", '"', " ", "\x1a")
_LETTER_BYTES_MAX = 4

csv.field_size_limit(limits.CELL_CHARACTERS_MAX)


def encoding_of(file: BinaryIO) -> str:
    """UTF-8, UTF-16 (also without its mark) or, when the bytes are no UTF-8, Windows-1252. Leaves the file
    at its start.

    The whole file is looked at: one letter in the last line can tell.
    """
    file.seek(0)
    head = file.read(4096)
    for mark, name in _MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        evens, odds = head[0::2].count(0), head[1::2].count(0)
        if max(evens, odds) > len(head) // 4 and min(evens, odds) == 0:
            return "utf-16-le" if odds else "utf-16-be"
        raise Refused.because(
            "nul_bytes",
            "The file has NUL bytes in it, so it is not a text file. Export it again as CSV or XLSX.",
        )
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        for block in iter(lambda: file.read(limits.BLOCK_BYTES), b""):
            if b"\0" in block:
                raise Refused.because(
                    "nul_bytes",
                    "The file has NUL bytes in it, so it is damaged or not a text file. Export it again.",
                )
            decoder.decode(block)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def separator_of(head: str) -> str:
    """The mark that parts the cells most evenly in the first lines; a comma when none does."""
    # A cell without end is refused when the rows are read; here the beginnings of lines are enough.
    lines = [line[: limits.CELL_CHARACTERS_MAX // 30] for line in head.splitlines()[:30] if line.strip()]
    if not lines:
        return ","
    counts = {
        mark: [sum(1 for _ in row) for row in csv.reader(lines, delimiter=mark)] for mark in _SEPARATORS
    }
    best = max(_SEPARATORS, key=lambda mark: (_evenness(counts[mark]), -_SEPARATORS.index(mark)))
    return best if max(counts[best]) > 1 else ","


def _evenness(widths: list[int]) -> tuple[int, int]:
    common = max(set(widths), key=lambda width: (widths.count(width) if width > 1 else 0, width))
    return (widths.count(common) if common > 1 else 0, common)


def shape_of(file: BinaryIO) -> tuple[str, str]:
    """The encoding and the separator of a file."""
    encoding = encoding_of(file)
    file.seek(0)
    head = codecs.getincrementaldecoder(encoding)(errors="replace").decode(file.read(65_536))
    return encoding, separator_of(head)


def rows_of(file: BinaryIO, encoding: str, separator: str) -> Iterator[Row]:
    """Every row with the number of the line on which it begins. Raises ``Refused`` where the file breaks
    off.
    """
    file.seek(0)
    text = io.TextIOWrapper(file, encoding=encoding, errors="strict", newline="")
    reader = csv.reader(text, delimiter=separator, strict=True)
    # A NUL was found as a byte already, unless a mark at the beginning said what the file is, rightly or not.
    begins, is_wide = 1, encoding in _WITHOUT_MARK or encoding.startswith("utf-16")
    try:
        for row in reader:
            if is_wide and any("\0" in cell for cell in row):
                raise Refused.because(
                    "nul_bytes",
                    f"Line {begins} has NUL characters in it, so the file is damaged. Export it again.",
                )
            yield begins, row
            begins = reader.line_num + 1
    except csv.Error as broken:
        raise Refused.because("broken_file", _sentence(str(broken), begins)) from None
    except UnicodeError:
        raise Refused.because(
            "broken_text",
            f"From line {begins} on the file holds bytes that are no {encoding} text. Export it again "
            "as UTF-8.",
        ) from None
    finally:
        with suppress(ValueError):  # whoever broke off may have closed the file already
            text.detach()


def is_cut_short(file: BinaryIO, encoding: str) -> bool:
    """Whether the last line has no end, as it is when a copy was interrupted inside of it."""
    file.seek(0, io.SEEK_END)
    file.seek(max(0, file.tell() - _LETTER_BYTES_MAX))
    tail = file.read(_LETTER_BYTES_MAX)
    ways = _WITHOUT_MARK.get(encoding, (encoding,))
    return not any(tail.endswith(letter.encode(way)) for way in ways for letter in _LAST_LETTERS)


def _sentence(error: str, line: int) -> str:
    if "field larger" in error:
        return (
            f"A cell that begins in line {line} has more than {limits.CELL_CHARACTERS_MAX:,} characters. "
            "No ledger needs so much; a quotation mark may be missing."
        )
    if "unexpected end of data" in error:
        return (
            f"The file ends inside a quoted cell that begins in line {line}. It seems to be only a part of "
            "the file; export it again."
        )
    return f"Line {line} cannot be parted into cells: a quotation mark stands where none may stand."
