"""Files that must not get in, and odd ones that must: each is applied wholly, or refused wholly with a
sentence.
"""

import io
import itertools
import random
import zipfile
from collections.abc import Iterator
from decimal import Decimal

import openpyxl
import pytest

from collections_app.intake import limits
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from tests.intake.conftest import Import
from tests.intake.ledgers import messages

HEAD = "type,customer,customer_name,number,currency,amount,issued_on,due_on\n"
GOOD = "invoice,C1,Good Ltd,A-1,EUR,10.00,2026-01-02,2026-02-01\n"


def _assert_nothing_is_there() -> None:
    assert not Invoice.objects.exists()
    assert not Customer.objects.exists()


ROWS: dict[str, tuple[str, str]] = {
    "a formula": ("invoice,C1,=cmd|' /C calc'!A0,A-2,EUR,10.00,2026-01-02,", "bad_text"),
    "a formula with a plus": ("invoice,C1,+SUM(A1),A-2,EUR,10.00,2026-01-02,", "bad_text"),
    "a formula with an at": ("invoice,C1,@SUM(A1),A-2,EUR,10.00,2026-01-02,", "bad_text"),
    "an infinite amount": ("invoice,C1,X,A-2,EUR,1e400,2026-01-02,", "bad_amount"),
    "no number": ("invoice,C1,X,A-2,EUR,NaN,2026-01-02,", "bad_amount"),
    "a comma for decimals": ('invoice,C1,X,A-2,EUR,"1,5",2026-01-02,', "bad_amount"),
    "decimals beyond the cent": ("invoice,C1,X,A-2,EUR,1.005,2026-01-02,", "too_many_decimals"),
    "half a yen": ("invoice,C1,X,A-2,JPY,1.50,2026-01-02,", "too_many_decimals"),
    "no day of the calendar": ("invoice,C1,X,A-2,EUR,10.00,2026-02-31,", "bad_day"),
    "words for a day": ("invoice,C1,X,A-2,EUR,10.00,yesterday,", "bad_day"),
    "no such currency": ("invoice,C1,X,A-2,EUX,10.00,2026-01-02,", "bad_currency"),
    "before our time": ("invoice,C1,X,A-2,EUR,10.00,1989-12-31,", "day_out_of_range"),
    "due in the far future": ("invoice,C1,X,A-2,EUR,10.00,2026-01-02,2226-01-02", "day_out_of_range"),
    "no amount": ("invoice,C1,X,A-2,EUR,,2026-01-02,", "amount_missing"),
    "no customer": ("invoice,,,A-2,EUR,10.00,2026-01-02,", "customer_missing"),
    "no day": ("invoice,C1,X,A-2,EUR,10.00,,2026-02-01", "day_missing"),
    "an unknown type": ("inwoice,C1,X,A-2,EUR,10.00,2026-01-02,", "bad_type"),
    "a cell too few": ("invoice,C1,X,A-2,EUR,10.00,2026-01-02", "cells"),
    "a cell too many": ("invoice,C1,X,A-2,EUR,10.00,2026-01-02,,what", "cells"),
    "the same number, another amount": ("invoice,C1,X,A-1,EUR,11.00,2026-01-02,2026-02-01", "stands_twice"),
    "a number that never ends": (f"invoice,C1,X,{'9' * 65},EUR,10.00,2026-01-02,", "bad_number"),
    "more money than there is": (f"invoice,C1,X,A-2,EUR,{'9' * 16},2026-01-02,", "bad_amount"),
    "an allocation of nothing known": ("allocation,C1,X,A-9,EUR,1.00,2026-01-02,", "no_such_document"),
}


@pytest.mark.parametrize("what", ROWS)
def test_one_wrong_row_refuses_the_whole_file_and_is_named(
    what: str, import_text: Import, company: Company
) -> None:
    row, code = ROWS[what]
    batch = import_text(f"{HEAD}{GOOD}{row}\n", kind="transactions")

    assert batch.state == "refused"
    assert (3, code) in [(line, found) for line, _, found in messages(batch)]
    _assert_nothing_is_there()


def test_every_problem_is_named_by_line_and_by_the_column_of_the_file(
    import_text: Import, company: Company
) -> None:
    text = (
        "cust_number,clear_date,due_date,days_late,amount\n1,2019-01-03,2019-13-02,1,5\n2,x,2019-01-02,1,y\n"
    )
    batch = import_text(text, "b2b-closed", kind="transactions")

    assert messages(batch) == [
        (2, "due_date", "bad_day"),
        (3, "amount", "bad_amount"),
        (3, "clear_date", "bad_day"),
    ] or sorted(messages(batch)) == [
        (2, "due_date", "bad_day"),
        (3, "amount", "bad_amount"),
        (3, "clear_date", "bad_day"),
    ]


def _workbook(*rows: tuple[object, ...]) -> bytes:
    book, file = openpyxl.Workbook(write_only=True), io.BytesIO()
    sheet = book.create_sheet()
    for row in rows:
        sheet.append(row)
    book.save(file)
    return file.getvalue()


def _bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (64 << 20))
    return file.getvalue()


def _archive(*names: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return file.getvalue()


WHOLE = (HEAD + GOOD).encode()
SHEET = _workbook(
    tuple(HEAD.strip().split(",")),
    ("invoice", "C1", "Good Ltd", "A-1", "EUR", 10, "2026-01-02", "2026-02-01"),
)
FILES: dict[str, tuple[bytes, str]] = {
    "a cell of a megabyte": (
        WHOLE + b"invoice,C1," + b"x" * (1 << 20) + b",A-2,EUR,1,2026-01-02,\n",
        "broken_file",
    ),
    "a false mark before wide letters": (b"\xef\xbb\xbf" + WHOLE.decode().encode("utf-16-le"), "nul_bytes"),
    "NUL bytes": (WHOLE + b"invoice,C1,a\0b,A-2,EUR,1,2026-01-02,\n", "nul_bytes"),
    "half a file": (WHOLE + b'invoice,C1,"Good L', "broken_file"),
    "half a spreadsheet": (SHEET[: len(SHEET) // 2], "broken_file"),
    "a zip bomb": (_bomb(), "unpacks_to_a_flood"),
    "an archive of a million": (
        _archive(*(f"xl/{n}" for n in range(limits.XLSX_ENTRIES_MAX + 1))),
        "unpacks_to_a_flood",
    ),
    "an archive that is no spreadsheet": (_archive("a.txt"), "no_spreadsheet"),
    "only a header": (HEAD.encode(), ""),
    "only blanks": (b"\n\n , \n", "no_headers"),
    "a PDF document": (b"%PDF-1.7 ...", "no_table"),
    "an old spreadsheet": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no_table"),
    "other headers": (b"a,b,c\n1,2,3\n", "no_headers"),
    "too many columns": (b"type," * 500 + b"\n", "too_many_columns"),
    "bytes that are no letters": (b"\xff\x81\x8d\x90,customer,amount\n", "broken_text"),
}


@pytest.mark.parametrize("what", FILES)
def test_a_file_that_cannot_be_right_is_refused_in_a_sentence(
    what: str, import_text: Import, company: Company
) -> None:
    content, code = FILES[what]
    batch = import_text(content, kind="transactions", name="what.csv")

    if code:
        assert (batch.state, batch.problems.get().code) == ("refused", code)
        assert batch.problems.get().message.endswith(".")
    else:
        assert batch.state == "applied"
    _assert_nothing_is_there()


ODD: dict[str, bytes] = {
    "a mark at the beginning": b"\xef\xbb\xbf" + WHOLE,
    "UTF-16": (HEAD + GOOD).encode("utf-16"),
    "UTF-16 without its mark": (HEAD + GOOD).encode("utf-16-le"),
    "Windows-1252": (HEAD + GOOD.replace("Good Ltd", "Gööd Ltd")).encode("cp1252"),
    "semicolons": WHOLE.replace(b",", b";"),
    "tabs": WHOLE.replace(b",", b"\t"),
    "upright lines": WHOLE.replace(b",", b"|"),
    "line ends of Windows": WHOLE.replace(b"\n", b"\r\n"),
    "line ends of old": WHOLE.replace(b"\n", b"\r"),
    "no line end at the end": WHOLE.rstrip(),
    "blank lines between": WHOLE.replace(b"\n", b"\n\n"),
    "headers in capitals and with blanks": HEAD.upper().replace(",", " , ").encode() + GOOD.encode(),
    "quoted cells": (
        HEAD + '"invoice","C1","Good, Ltd","A-1","EUR","10.00","2026-01-02","2026-02-01"\n'
    ).encode(),
    "times behind the days": WHOLE.replace(b"2026-01-02", b"2026-01-02 00:00:00"),
    "a spreadsheet": SHEET,
    "a row twice": WHOLE + GOOD.encode(),
}


@pytest.mark.parametrize("what", ODD)
def test_an_odd_file_gives_the_same_ledger_as_a_plain_one(
    what: str, import_text: Import, company: Company
) -> None:
    batch = import_text(ODD[what], kind="transactions")

    assert batch.state == "applied", list(batch.problems.values())
    assert Invoice.objects.values_list("number", "open_amount").get() == ("A-1", Decimal(10))


def _damaged(rng: random.Random) -> Iterator[bytes]:
    """Good files with something done to them: cut off, letters exchanged, cells swapped, other characters
    let in.
    """
    text = HEAD + "".join(
        f"invoice,C{n},Name {n},N-{n},EUR,{n}.25,2026-01-{n:02d},2026-02-{n:02d}\n" for n in range(1, 9)
    )
    strange = [
        "\0",
        '"',
        ",",
        "\n",
        "=",
        "-",
        "1e400",
        "\u202f",
        "ß",
        "31/02/2026",
        "'",
        ";",
        "\t",
        "٣",
        "NaN",
        "\ufeff",
    ]
    for _ in itertools.count():
        damaged = text
        for _ in range(rng.randint(1, 3)):
            place = rng.randrange(len(damaged))
            deed = rng.randrange(4)
            if deed == 0:
                damaged = damaged[:place] or "x"
            elif deed == 1:
                damaged = damaged[:place] + rng.choice(strange) + damaged[place:]
            elif deed == 2:
                damaged = damaged[:place] + damaged[place + rng.randint(1, 30) :] or "x"
            else:
                lines = damaged.split("\n")
                rng.shuffle(lines)
                damaged = "\n".join(lines)
        yield damaged.encode(rng.choice(["utf-8", "utf-8", "utf-16", "cp1252"]), errors="replace")


def test_a_hundred_and_fifty_damaged_files_are_each_taken_wholly_or_refused_wholly(
    import_text: Import, company: Company
) -> None:
    for seen, content in enumerate(itertools.islice(_damaged(random.Random(20260311)), 150)):
        before = Invoice.objects.count()
        batch: Batch = import_text(content, kind="transactions", name=f"{seen}.csv")
        if batch.state == "refused":
            assert batch.problem_count > 0
            assert Invoice.objects.count() == before
        else:
            assert batch.state == "applied"
            assert Invoice.objects.count() == before + batch.summary["new"]
