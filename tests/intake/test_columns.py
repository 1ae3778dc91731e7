"""Columns are understood as a whole where they are plain, with the very same answers as cell by cell."""

import csv
import io

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from collections_app.intake import columns, fields, readers
from collections_app.intake.cells import Figure
from collections_app.intake.profile_rules import Mapping
from collections_app.intake.rules import FileKind

MAPPING = Mapping(FileKind.TRANSACTIONS, {})
BY_NAME = {field.name: field for field in fields.BY_KIND[FileKind.TRANSACTIONS]}
_LETTERS = st.characters(codec="utf-8", exclude_categories=["Cs"])
_CELLS = st.one_of(
    st.text(_LETTERS, max_size=8),
    st.text("0123456789.,- ", max_size=8),
    st.text("aB-=+@ \t\n'0\u00a0ä\x1c", max_size=8),
    st.just("x" * 101),
)


def one_by_one(name: str, column: list[str]) -> list[str | None]:
    known = columns.Cells(readers.reader_of(BY_NAME[name], MAPPING))
    return [known[text] for text in column]


@pytest.mark.parametrize("name", ["amount", "number", "customer", "reference", "customer_name"])
@given(cells=st.lists(_CELLS, min_size=1, max_size=6))
def test_a_column_means_what_its_cells_mean(name: str, cells: list[str]) -> None:
    known = columns.Cells(readers.reader_of(BY_NAME[name], MAPPING), readers.plain_of(BY_NAME[name], MAPPING))

    assert [value or None for value in known.understand(cells)] == one_by_one(name, cells)


def test_columns_that_differ_everywhere_are_taken_as_they_stand() -> None:
    known = columns.Cells(
        readers.reader_of(BY_NAME["reference"], MAPPING), readers.plain_of(BY_NAME["reference"], MAPPING)
    )
    column = ["PO 1", "PO 2", "", "Größe 3"]

    assert known.understand(column) is column
    assert not known


def test_numbers_of_a_spreadsheet_are_not_taken_for_texts_of_the_same_letters() -> None:
    german = Mapping(FileKind.TRANSACTIONS, {}, decimal_mark=",")
    known = columns.Cells(
        readers.reader_of(BY_NAME["amount"], german), readers.plain_of(BY_NAME["amount"], german)
    )

    assert list(known.understand([Figure("1.234"), "1.234"])) == ["1.234", "1234.0"]


@given(st.lists(st.tuples(_CELLS, st.none() | _CELLS), min_size=1, max_size=6))
@example([("\r", None)])
def test_what_is_written_for_copy_reads_as_it_was(rows: list[tuple[str, str | None]]) -> None:
    lines = list(range(2, len(rows) + 2))

    text = columns.as_csv(lines, [list(column) for column in zip(*rows, strict=True)])

    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        [str(line), first, second or ""] for line, (first, second) in zip(lines, rows, strict=True)
    ]
