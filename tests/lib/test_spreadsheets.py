"""What a spreadsheet would take for a formula leaves as a text; figures stay figures."""

import csv
import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from collections_app.lib import spreadsheets
from collections_app.lib.spreadsheets import Cell, Table

LEADS = ["=1+1", "+44 20 7946 0000", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "＝1+1"]


def table(*cells: Cell) -> Table:
    return Table("A/B: [list]", ["Head"], [[cell] for cell in cells], len(cells))


def csv_cells(*cells: Cell) -> list[str]:
    file = io.BytesIO()
    spreadsheets.write_csv(file, table(*cells))
    return [row[0] for row in csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"), newline=""))][1:]


def book_cells(*cells: Cell) -> list[openpyxl.cell.Cell]:
    file = io.BytesIO()
    spreadsheets.write_workbook(file, table(*cells))
    return [row[0] for row in openpyxl.load_workbook(file).worksheets[0].iter_rows(min_row=2)]


@pytest.mark.parametrize("text", LEADS)
def test_a_text_that_begins_like_a_formula_is_quoted(text: str) -> None:
    assert csv_cells(text) == [f"'{text}"]
    (cell,) = book_cells(text)
    assert cell.quotePrefix
    assert cell.value.replace("_x000D_", "\r") == text  # how a workbook spells it, ISO 29500, 22.4.2.4


def test_a_figure_below_zero_stays_a_figure() -> None:
    assert csv_cells(Decimal("-12.50"), -3) == ["-12.50", "-3"]
    amount, count = book_cells(Decimal("-12.50"), -3)
    assert (amount.value, amount.data_type, amount.number_format) == (-12.5, "n", "#,##0.00")
    assert (count.value, count.data_type) == (-3, "n")


def test_cells_do_not_take_over_what_the_one_before_was() -> None:
    found = book_cells("=1", "plain", Decimal("1.5"), Decimal("2"), None, "#N/A", dt.date(2026, 3, 31), "=2")

    assert [cell.value for cell in found] == [
        "=1", "plain", 1.5, 2, None, "#N/A", dt.datetime(2026, 3, 31), "=2",  # noqa: DTZ001
    ]  # fmt: skip
    assert [cell.quotePrefix for cell in found] == [True, False, False, False, False, False, False, True]
    assert found[2].number_format == "#,##0.0"
    assert found[3].number_format == "#,##0"


def test_a_text_that_no_workbook_may_hold_goes_without_it() -> None:
    (cell,) = book_cells("bell\x07 and \ud800 half")

    assert cell.value == "bell and  half"


def test_quotes_commas_and_lines_come_back_as_they_were() -> None:
    assert csv_cells('a "b", c\nd', "Müller & Söhne") == ['a "b", c\nd', "Müller & Söhne"]
