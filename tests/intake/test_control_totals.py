"""The ledger holds what its last list of open items added up to, whatever came later."""

import datetime as dt

import pytest

from collections_app.intake import control_totals
from collections_app.intake.received import Batch
from collections_app.intake.rules import BatchState, FileKind
from tests import ledgertext
from tests.ledgerrows import Rows, company_of, moment

pytestmark = pytest.mark.django_db

TEXT = """
customer 100 "Harrow Tools"
invoice 100 A1 120.00 due=-41
invoice 100 A2 9.50 currency=EUR
receipt 100 P1 20.00 on=-3
"""


def applied(rows: Rows, *, as_of: dt.date, totals: dict[str, str]) -> Batch:
    return Batch.objects.create(
        company=rows.company,
        kind=FileKind.OPEN_ITEMS,
        profile_name="own",
        mapping={},
        as_of=as_of,
        file_name="open.csv",
        file_bytes=1,
        file_sha256="0" * 64,
        state=BatchState.APPLIED,
        summary={"proven": totals},
        received_at=moment(as_of),
        posting=rows.posting,
    )


def test_it_proves_a_ledger_that_holds_what_the_file_added_up_to(today: dt.date) -> None:
    rows = ledgertext.load(TEXT, company=company_of(), today=today)
    applied(rows, as_of=today, totals={"GBP": "100.00", "EUR": "9.50"})
    ledgertext.load("customer 100\ninvoice 100 LATER 5.00 on=+1", company=rows.company, today=today)

    assert control_totals.prove() == []
    assert control_totals.prove(company=rows.company) == []


def test_it_names_the_currency_and_the_difference(today: dt.date) -> None:
    rows = ledgertext.load(TEXT, company=company_of(), today=today)
    applied(rows, as_of=today, totals={"GBP": "100.00", "EUR": "9.49", "USD": "1.00"})

    assert [problem.message for problem in control_totals.prove()] == [
        "NG, open.csv as of 2026-03-11: its rows add up to 9.49 EUR, "
        "but the ledger then held 9.50 (difference 0.01).",
        "NG, open.csv as of 2026-03-11: its rows add up to 1.00 USD, "
        "but the ledger then held 0.00 (difference -1.00).",
    ]
