"""The first rows of a file as they stand and as a mapping reads them, for the screen on which a mapping is made."""

import itertools
from contextlib import contextmanager
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import BinaryIO

from collections_app.intake import files, guesses, limits
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.reading import Fault, Reading
from collections_app.intake.received import Batch
from collections_app.intake.rules import FileKind
from collections_app.intake.work import spooled
from collections_app.lib.refusals import Refused


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row: its line, its cells as they stand, and what each field is understood to say."""

    line: int
    cells: tuple[str, ...]
    understood: dict[str, str | None]


@dataclass(frozen=True, slots=True)
class Preview:
    """What was found out about a file, and its first rows. ``refused`` is the sentence when it cannot be read so."""

    form: str = ""
    encoding: str = ""
    separator: str = ""
    headers: tuple[str, ...] = ()
    header_line: int = 0
    # The place (from 0) of the column that each field is read from.
    columns: dict[str, int] = field(default_factory=dict)
    rows: tuple[PreviewRow, ...] = ()
    faults: tuple[Fault, ...] = ()
    refused: str = ""


def preview(source: Batch | bytes, mapping: Mapping, *, rows: int = 20) -> Preview:
    """Read the first ``rows`` rows under ``mapping``. Never raises for what is wrong with the file: it says it."""
    with _opened(source) as file:
        shape = files.Shape("")
        try:
            shape = files.shape_of(file)
            reading = Reading(files.rows_of(file, shape), mapping)
            lines, cells, understood = reading.first(rows)
        except Refused as refusal:
            return Preview(shape.form, shape.encoding, shape.separator, refused=str(refusal))
    return Preview(
        form=shape.form,
        encoding=shape.encoding,
        separator=shape.separator,
        headers=reading.found.headers,
        header_line=reading.found.line,
        columns=reading.found.columns,
        rows=tuple(
            PreviewRow(line, tuple(row), {name: column[place] for name, column in understood.items()})
            for place, (line, row) in enumerate(zip(lines, cells, strict=True))
        ),
        faults=tuple(reading.faults.kept),
    )


def guess(source: Batch | bytes, *, kind: FileKind) -> Mapping:
    """A mapping to begin with, from the headers and the first rows. Raises ``Refused`` when the file is no table."""
    with _opened(source) as file:
        rows = list(itertools.islice(files.rows_of(file, files.shape_of(file)), limits.HEADER_ROWS_MAX + 60))
    return guesses.guess([row for _, row in rows], kind=kind)


@contextmanager
def _opened(source: Batch | bytes) -> Iterator[BinaryIO]:
    if isinstance(source, bytes):
        yield BytesIO(source)
    else:
        with spooled(source) as file:
            yield file  # type: ignore[misc]
