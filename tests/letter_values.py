"""A letter's values for tests: a customer of Northgate with two invoices past due, one in part disputed, and
a credit.
"""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

from collections_app.correspondence.rules.letter_values import (
    Action,
    AgreedValues,
    CollectorValues,
    CompanyValues,
    Consequence,
    ContactValues,
    CurrencyTable,
    CustomerValues,
    HoldValues,
    InterestRow,
    LetterValues,
    Protocol,
    Row,
)
from collections_app.ledger.rules import InvoiceKind

TODAY = dt.date(2026, 3, 20)
ANSWER_BY = dt.date(2026, 3, 26)


def row(
    number: str,
    open_: str,
    *,
    due: dt.date | None = dt.date(2026, 3, 14),
    kind: InvoiceKind = InvoiceKind.INVOICE,
    reference: str = "",
    disputed: str = "0",
    promised: str = "0",
) -> Row:
    """A document of February, with this much open of it."""
    return Row(
        number=number,
        kind=kind,
        reference=reference,
        invoiced_on=dt.date(2026, 2, 12),
        due_on=due,
        days_overdue=max(0, (TODAY - due).days) if due else 0,
        amount=Decimal(open_),
        open=Decimal(open_),
        disputed=Decimal(disputed),
        promised=Decimal(promised),
    )


ONE = (row("INV-1042", "4200", reference="PO 77120"),)
SEVERAL = (
    *ONE,
    row("INV-1043", "1000", due=dt.date(2026, 3, 15), disputed="200"),
    row("CN-7", "-120", due=None, kind=InvoiceKind.CREDIT_NOTE),
)

VALUES = LetterValues(
    company=CompanyValues(
        name="Northgate Ltd",
        address="1 Mill Lane\nLeeds LS1 4AB",
        reply_to="credit@northgate.example",
        phone="0113 496 0000",
        hours="9:00 to 17:00",
        bank_details="IBAN GB29 NWBK 6016 1331 9268 19\nNorthgate Ltd",
    ),
    customer=CustomerValues("00123", "Osei & Sons", "2 High Street\nYork YO1 9AA", "GB"),
    contact=ContactValues.named("Kofi Osei", "kofi@osei.example"),
    collector=CollectorValues("Priya Shah", "priya@northgate.example"),
    language="en",
    today=TODAY,
    answer_by=ANSWER_BY,
    tables=(CurrencyTable.of("GBP", ONE),),
    level=1,
    agreed=AgreedValues(
        on=TODAY,
        theirs=("Pay £4,200.00 by 26 March 2026 (INV-1042)",),
        ours=("Send a copy: INV-1042, by 20 March 2026",),
        looking_into=("£200.00 of invoice INV-1043.",),
    ),
    hold=HoldValues(("SO-8812",), "GBP", Decimal("2680")),
)

# Everything that can be told is told.
FULL = replace(
    VALUES,
    tables=(CurrencyTable.of("GBP", SEVERAL), CurrencyTable.of("EUR", (row("INV-2001", "99.50"),))),
    written_on=(dt.date(2026, 3, 3), dt.date(2026, 3, 10)),
    attached=("INV-1042.pdf",),
    consequence=Consequence(Action.HOLD, dt.date(2026, 4, 1)),
    protocol=Protocol(30, ("INV-1042.pdf",)),
    interest=(InterestRow("INV-1042", "GBP", 6, Decimal("11.75"), Decimal("8.11"), Decimal("70")),),
    hold=HoldValues(("SO-8812", "SO-8813"), "GBP", Decimal("2680")),
)
