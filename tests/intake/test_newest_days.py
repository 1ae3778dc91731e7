"""Up to which day a file tells of what happened, whenever it is brought in."""

import datetime as dt

import pytest

from tests.intake.conftest import AT, Import

HEAD = "type,customer,number,amount,issued_on,due_on,posted_on,settled_on\n"
INVOICE = "invoice,C1,A,100,2026-01-02,2026-12-31,,\n"
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize(
    ("rows", "newest_on"),
    [
        (INVOICE, dt.date(2026, 1, 2)),  # that it falls due later tells of nothing
        (f"{INVOICE}receipt,C1,P1,40,,,2026-01-20,\n", dt.date(2026, 1, 20)),
        (f"{INVOICE}invoice,C1,B,70,2026-01-03,2026-02-03,,2026-02-05\n", dt.date(2026, 2, 5)),
    ],
)
def test_it_is_the_newest_day_on_which_anything_in_it_happened(
    import_text: Import, rows: str, newest_on: dt.date
) -> None:
    assert import_text(HEAD + rows, kind="transactions").newest_on == newest_on


def test_a_file_with_nothing_but_known_rows_still_tells_of_its_days(import_text: Import) -> None:
    import_text(HEAD + INVOICE, kind="transactions")
    again = import_text(f"{HEAD}{INVOICE}\n", kind="transactions", at=AT + DAY)
    assert (again.state, again.newest_on) == ("applied", dt.date(2026, 1, 2))
