"""The first rows of a file, as they stand and as a mapping understands them. Nothing is changed."""

import io
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO

from collections_app.intake import file_parts, files, headers, keeping, limits
from collections_app.intake.batches import Batch
from collections_app.intake.faults import Fault
from collections_app.intake.files import Shape
from collections_app.intake.headers import Row
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.reading import Reading

ROWS_LOOKED_AT = 200


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its text, what is understood (None for nothing), and why it cannot be understood."""

    text: str
    value: str | None
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """The rows below the headers, a cell for each field that is found; faults of whole rows beside them."""

    headers: Sequence[str]
    columns: dict[str, int]
    lines: Sequence[tuple[int, dict[str, Cell]]]
    faults: Sequence[Fault]


@dataclass(frozen=True, slots=True)
class Look:
    """What a file is: its shape and its first rows, not understood yet."""

    shape: Shape
    rows: Sequence[Row]

    def table(self, has_header: bool, first_line: int = 0) -> tuple[list[str], list[list[str]]]:
        """The headers (made up where the file has none) and the rows below them, from ``first_line`` on."""
        rows = [row for line, row in self.rows if line >= first_line]
        if not rows:
            return [], []
        if has_header:
            return rows[0], rows[1:]
        return [f"column {place + 1}" for place in range(len(rows[0]))], rows


def look(batch: Batch) -> Look:
    """The shape of a file and its first rows. Raises ``Refused`` when it cannot be read at all."""
    keeping.require_file(batch)
    with _opened(batch) as file:
        shape = files.shape_of(file)
        return Look(shape, list(itertools.islice(files.rows_of(file, shape), ROWS_LOOKED_AT)))


def preview(looked: Look, mapping: Mapping, *, rows: int = 12) -> Preview:
    """How ``mapping`` reads the first rows. Raises ``Refused`` when it does not find its headers."""
    reading = Reading(iter([(line, list(row)) for line, row in looked.rows]), mapping)
    lines, texts, understood = reading.first(rows)
    places = reading.found.columns
    shown = [
        (
            line,
            {
                name: _cell(reading, name, texts[n][place], understood[name][n])
                for name, place in places.items()
            },
        )
        for n, line in enumerate(lines)
    ]
    return Preview(
        reading.found.headers, places, shown, [fault for fault in reading.faults.kept if not fault.column]
    )


def header_line(looked: Look, mapping: Mapping) -> int:
    """The line on which the headers stand under ``mapping``, or the first line that has the most of them."""
    if not mapping.has_header:
        return 0
    found = [
        (len(headers.places(row, mapping)[0]), -line) for line, row in looked.rows[: limits.HEADER_ROWS_MAX]
    ]
    return -max(found)[1] if found else 0


def _cell(reading: Reading, field: str, text: str, value: str | None) -> Cell:
    return Cell(text, value, reading.cells[field].failed.get(text, "") if field in reading.cells else "")


@contextmanager
def _opened(batch: Batch) -> Iterator[BinaryIO]:
    """The beginning of a file; the whole of a spreadsheet, whose table of contents stands at its end."""
    first = file_parts.first(batch)
    whole = batch.file_bytes <= len(first)
    if not whole and not first.startswith(b"PK"):
        end = first.rfind(b"\n") + 1
        first = first[: end + end % 2] if end else first
    if whole or not first.startswith(b"PK"):
        yield io.BytesIO(first)
        return
    with file_parts.spooled(batch) as file:
        yield file
