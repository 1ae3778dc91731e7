"""Numbers and days of a spreadsheet are what the sheet holds, however its texts are read."""

import datetime as dt
import io
from decimal import Decimal

import openpyxl
import pytest

from collections_app.intake import profiles
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from tests.intake.conftest import AT, Import
from tests.intake.ledgers import messages


def _sheet(*rows: tuple[object, ...]) -> bytes:
    book, file = openpyxl.Workbook(), io.BytesIO()
    sheet = book.active
    assert sheet is not None
    for row in (("who", "no", "total", "day"), *rows):
        sheet.append(row)
    book.save(file)
    return file.getvalue()


@pytest.fixture
def german(company: Company) -> str:
    """A profile for texts such as 1.234,50 and 02.01.2026, in Tunisian dinars, which have three decimals."""
    columns = {"customer": ["who"], "number": ["no"], "amount": ["total"], "issued_on": ["day"]}
    mapping = {
        "kind": "transactions",
        "columns": columns,
        "decimal_mark": ",",
        "days": ["D-M-Y"],
        "currency": "TND",
    }
    saved = profiles.save(company=company, title="German sheet", mapping=mapping, by=None, at=AT)
    return saved.name


def test_numbers_pass_by_the_decimal_mark_and_texts_do_not(
    german: str, import_text: Import, company: Company
) -> None:
    day = dt.date(2026, 2, 1)
    wanted = {
        "A": (1.234, "1.234"),
        "B": (0.125, "0.125"),
        "C": (1234.5, "1234.5"),
        "D": ("1.234", "1234"),
        "E": ("1.234,5", "1234.5"),
        "F": (1234, "1234"),
        "G": (0.1 + 0.2, "0.3"),
    }
    content = _sheet(*(("C1", number, value, day) for number, (value, _) in wanted.items()))
    batch = import_text(content, german, kind="transactions")

    assert batch.state == "applied", messages(batch)
    held = dict(Invoice.objects.values_list("number", "amount"))
    assert held == {number: Decimal(amount) for number, (_, amount) in wanted.items()}


@pytest.mark.parametrize(
    "day", [dt.date(2026, 2, 1), dt.datetime.fromisoformat("2026-02-01T08:30"), "01.02.2026"]
)
def test_a_day_of_the_sheet_is_that_day(
    day: object, german: str, import_text: Import, company: Company
) -> None:
    batch = import_text(_sheet(("C1", "A", 5, day)), german, kind="transactions")
    assert batch.state == "applied", messages(batch)
    assert Invoice.objects.get().issued_on == dt.date(2026, 2, 1)
