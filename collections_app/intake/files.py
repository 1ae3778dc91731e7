"""Opens whatever file arrives, by what it is and not by what it is called, as a stream of numbered rows of
text.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from collections_app.intake import csv_files, limits, xlsx_files
from collections_app.lib.refusals import Refused

_NOT_A_TABLE = {
    b"%PDF": "a PDF document",
    b"\xd0\xcf\x11\xe0": "a spreadsheet of the old kind (XLS)",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a packed file (gzip)",
    b"7z\xbc\xaf": "a packed file (7z)",
    b"<?xm": "an XML file",
    b"<htm": "a web page",
    b"<!DO": "a web page",
    b"{\\rt": "a text document (RTF)",
    b"PAR1": "a Parquet file",
    b"\x7fELF": "a program",
}


@dataclass(frozen=True, slots=True)
class Shape:
    """What was found out about a file: ``form`` is csv or xlsx; the others are empty for xlsx."""

    form: str
    encoding: str = ""
    separator: str = ""


def shape_of(file: BinaryIO) -> Shape:
    """Look at the first bytes. Raises ``Refused`` for an empty file or one that is no table."""
    file.seek(0)
    head = file.read(8)
    if not head:
        raise Refused.because("empty_file", "The file is empty.")
    if head.startswith(b"PK"):
        return Shape("xlsx")
    for mark, what in _NOT_A_TABLE.items():
        if head.startswith(mark):
            raise Refused.because("no_table", f"The file is {what}. Save it as CSV or XLSX.")
    return Shape("csv", *csv_files.shape_of(file))


def is_cut_short(file: BinaryIO, shape: Shape) -> bool:
    """Whether a text ends inside its last line; a workbook that does is refused when it is opened."""
    return shape.form == "csv" and csv_files.is_cut_short(file, shape.encoding)


def rows_of(file: BinaryIO, shape: Shape) -> Iterator[tuple[int, list[str]]]:
    """The rows that are not blank, each with its line."""
    rows = (
        xlsx_files.rows_of(file)
        if shape.form == "xlsx"
        else csv_files.rows_of(file, shape.encoding, shape.separator)
    )
    for count, (line, row) in enumerate(rows):
        if count >= limits.ROWS_MAX:
            raise Refused.because(
                "too_many_rows", f"The file has more than {limits.ROWS_MAX:,} rows. Divide it by customers."
            )
        if len(row) > limits.COLUMNS_MAX:
            raise Refused.because(
                "too_many_columns",
                f"Line {line} has {len(row):,} cells; at most {limits.COLUMNS_MAX} are read.",
            )
        if row and any(row):
            yield line, row
