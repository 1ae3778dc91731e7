"""A sheet is read row by row, whatever wrote it: numbers, days, shared and own texts, and cells far out."""

import datetime as dt
import io
import tracemalloc
import zipfile
from collections.abc import Iterable

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.intake import limits, xlsx_files
from collections_app.lib.refusals import Refused

Cell = str | int | float | bool | dt.date | None

TYPES = "<Types/>"
BOOK = (
    '<x:workbook xmlns:x="m" xmlns:r="r"><x:workbookPr date1904="{epoch}"/><x:sheets>'
    '<x:sheet name="Chart" r:id="rId9"/><x:sheet name="List" r:id="rId1"/></x:sheets></x:workbook>'
)
RELATIONS = (
    '<Relationships><Relationship Id="rId9" Type="t/chartsheet" Target="chartsheets/sheet1.xml"/>'
    '<Relationship Id="rId1" Type="t/worksheet" Target="/xl/worksheets/a.xml"/></Relationships>'
)
STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-407]d/ mmm\\\\ yyyy;@"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.00&quot; days&quot;"/></numFmts>'
    '<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="20"/></cellXfs></styleSheet>'
)
TEXTS = (
    "<sst><si><t>plain</t></si><si><r><t>rich </t></r><r><t>text</t></r></si>"
    "<si><t>東京</t><rPh><t>トウキョウ</t></rPh></si><si><t>two_x000D_lines</t></si></sst>"
)


def sheet(
    *rows: str, epoch: str = "0", texts: str = TEXTS, styles: str = STYLES
) -> list[tuple[int, list[str]]]:
    """The rows of a spreadsheet whose sheet says ``rows``."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in {
            "[Content_Types].xml": TYPES,
            "xl/workbook.xml": BOOK.format(epoch=epoch),
            "xl/_rels/workbook.xml.rels": RELATIONS,
            "xl/styles.xml": styles,
            "xl/sharedStrings.xml": texts,
            "xl/worksheets/a.xml": f"<worksheet><sheetData>{''.join(rows)}</sheetData></worksheet>",
        }.items():
            archive.writestr(name, text)
    return list(xlsx_files.rows_of(file))


def written(rows: Iterable[Iterable[Cell]]) -> io.BytesIO:
    """A spreadsheet that openpyxl writes."""
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    made = book.create_sheet()
    for row in rows:
        made.append(list(row))
    book.save(file)
    return file


CELLS: dict[str, tuple[str, str]] = {
    "a shared text": ('<c r="A1" t="s"><v>0</v></c>', "plain"),
    "a rich text": ('<c r="A1" t="s"><v>1</v></c>', "rich text"),
    "a text without how it is spoken": ('<c r="A1" t="s"><v>2</v></c>', "東京"),
    "a text with a mark of Windows": ('<c r="A1" t="s"><v>3</v></c>', "two lines"),
    "a text of its own": (
        '<c r="A1" t="inlineStr"><is><r><t>of </t></r><r><t>its own</t></r></is></c>',
        "of its own",
    ),
    "what a formula came to": ('<c r="A1" t="str"><f>A2&amp;A3</f><v>came to</v></c>', "came to"),
    "a number of a formula": ('<c r="A1"><f>1+1</f><v>2</v></c>', "2"),
    "a whole number": ('<c r="A1"><v>1234</v></c>', "1234"),
    "a fraction with noise": ('<c r="A1"><v>0.30000000000000004</v></c>', "0.3"),
    "a small number": ('<c r="A1"><v>1E-3</v></c>', "0.001"),
    "yes": ('<c r="A1" t="b"><v>1</v></c>', "True"),
    "an error": ('<c r="A1" t="e"><v>#N/A</v></c>', "#N/A"),
    "a day": ('<c r="A1" s="1"><v>46000</v></c>', "2025-12-09"),
    "a day with its time": ('<c r="A1" s="2"><v>46000.75</v></c>', "2025-12-09"),
    "a day in words": ('<c r="A1" t="d"><v>2025-12-09T00:00:00</v></c>', "2025-12-09"),
    "the first day there is": ('<c r="A1" s="1"><v>1</v></c>', "1900-01-01"),
    "a time": ('<c r="A1" s="4"><v>0.5</v></c>', "12:00"),
    "an amount whose form has the word days in it": ('<c r="A1" s="3"><v>12.5</v></c>', "12.5"),
    "a number too large for a day": ('<c r="A1" s="1"><v>99999999</v></c>', "99999999"),
}


@pytest.mark.parametrize("what", CELLS)
def test_a_cell_says(what: str) -> None:
    cell, text = CELLS[what]

    ((line, row),) = sheet(f'<row r="7">{cell}</row>')

    assert (line, [str.__str__(value) for value in row]) == (7, [text])


def test_days_of_the_other_epoch() -> None:
    assert sheet('<row r="1"><c r="A1" s="1"><v>44538</v></c></row>', epoch="1") == [(1, ["2025-12-09"])]


def test_cells_without_a_reference_follow_each_other_and_gaps_stay() -> None:
    rows = sheet(
        '<row r="2"><c t="s"><v>0</v></c><c><v>5</v></c><c r="E2"><v>6</v></c></row>',
        "<row><c><v>7</v></c></row>",
        '<row r="9"><c r="B9"><v>8</v></c><c r="F9" s="1"/></row>',
    )

    assert rows == [
        (2, ["plain", "5", "", "", "6"]),
        (3, ["7", "", "", "", ""]),
        (9, ["", "8", "", "", ""]),
    ]


def test_a_cell_in_the_last_corner_makes_no_rows_before_it() -> None:
    rows = sheet(
        '<row r="1"><c r="A1"><v>1</v></c></row>', '<row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    )

    assert rows == [(1, ["1"]), (1048576, ["2"])]


REFUSED: dict[str, tuple[str, str]] = {
    "a cell in the last column": ('<row r="1"><c r="XFD1"><v>1</v></c></row>', "too_many_columns"),
    "a cell too long": (
        f'<row r="1"><c t="inlineStr"><is><t>{"x" * (limits.CELL_CHARACTERS_MAX + 1)}</t></is></c></row>',
        "cell_too_long",
    ),
    "a text that is not there": ('<row r="1"><c t="s"><v>99</v></c></row>', "broken_file"),
    "a mark that does not end": ('<row r="1"><c', "broken_file"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_it_refuses_in_a_sentence(what: str) -> None:
    row, code = REFUSED[what]

    with pytest.raises(Refused) as refusal:
        sheet(row)

    assert [problem.code for problem in refusal.value.problems] == [code]


def test_it_refuses_declared_document_types_and_texts_beyond_all_measure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with pytest.raises(Refused, match="document type"):
        sheet(texts=f'<!DOCTYPE sst [<!ENTITY a "b">]>{TEXTS}')
    monkeypatch.setattr(limits, "XLSX_TEXTS_MAX", 10)
    with pytest.raises(Refused, match="more room"):
        sheet()


def test_a_spreadsheet_without_a_sheet_of_cells_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("xl/workbook.xml", BOOK.format(epoch="0"))
        archive.writestr("xl/_rels/workbook.xml.rels", "<Relationships/>")

    with pytest.raises(Refused, match="cannot be opened"):
        list(xlsx_files.rows_of(file))


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=12)
_CELLS = st.one_of(
    st.none(),
    _TEXT.filter(lambda text: not text.startswith("=") and "_x" not in text),
    st.integers(-(10**14), 10**14),
    st.decimals(-(10**9), 10**9, places=3, allow_nan=False).map(float),
    st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)),
)


def _said(cell: Cell) -> str:
    if isinstance(cell, float):
        return f"{cell:.0f}" if cell.is_integer() else f"{cell:.3f}".rstrip("0")
    return "" if cell is None else cell.isoformat() if isinstance(cell, dt.date) else str(cell)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), max_size=8))
def test_what_was_written_is_read(rows: list[list[Cell]]) -> None:
    said = [(line, [_said(cell) for cell in row]) for line, row in enumerate(rows, start=1)]

    read = dict(xlsx_files.rows_of(written([["a", "b", "c"], *rows])))

    assert {line: [str.__str__(cell) for cell in row] for line, row in read.items() if any(row)} == {
        1: ["a", "b", "c"],
        **{line + 1: row for line, row in said if any(row)},
    }


def test_a_sheet_is_read_in_the_room_of_a_few_rows() -> None:
    file = written(["same text", n, n / 7] for n in range(8_000))

    tracemalloc.start()
    rows = sum(1 for _ in xlsx_files.rows_of(file))
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert rows == 8_000
    assert most < 2 << 20  # as lists the rows would take five times as much
