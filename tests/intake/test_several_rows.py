"""Documents of several rows: what belongs together is one document, what does not never is."""

from decimal import Decimal

import pytest

from collections_app.intake import profiles
from collections_app.intake.builtin_profiles import Available
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from tests.intake.conftest import AT, Import
from tests.intake.ledgers import assert_proven, messages

SAGE = "Type,Account Reference,Date,Reference,Details,Net Amount,Tax Code,Tax Amount\n"
XERO = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type\n"
QUICKBOOKS = "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,*ItemAmount,Currency\n"


def _held() -> set[tuple[str, str, Decimal | int]]:
    return set(Invoice.objects.values_list("kind", "number", "open_amount"))


def _own_profile(company: Company, **settings: object) -> Available:
    columns = {"customer": ["who"], "number": ["no"], "amount": ["total"], "issued_on": ["day"]}
    mapping = {"kind": "transactions", "columns": columns} | settings
    saved = profiles.save(company=company, title="Our export", mapping=mapping, by=None, at=AT)
    return profiles.named(saved.name, company=company)


def test_one_number_is_an_invoice_a_credit_note_and_a_receipt(import_text: Import, company: Company) -> None:
    rows = (
        "SI,OAK,15/01/2026,100,goods,50.00,T1,10.00\nSC,OAK,16/01/2026,100,back,20.00,T1,4.00\n"
        "SR,OAK,17/01/2026,100,paid,36.00,T9,0.00\n"
    )
    batch = import_text(SAGE + rows, "sage50-audit", kind="transactions")

    assert batch.state == "applied", messages(batch)
    assert _held() == {("invoice", "100", 60), ("credit_note", "100", 24)}
    assert Payment.objects.values_list("kind", "number", "amount").get() == ("receipt", "100", Decimal(36))
    assert_proven(company)


def test_an_invoice_and_a_credit_note_of_one_number_stay_two_on_a_list(
    import_text: Import, company: Company
) -> None:
    rows = (
        "Tui,7,02/03/2026,01/04/2026,100,100,EUR,Sales invoice\n"
        "Tui,7,03/03/2026,01/04/2026,-30,-30,EUR,Sales credit note\n"
    )
    assert import_text(XERO + rows, "xero-invoices", kind="open-items").state == "applied"
    assert _held() == {("invoice", "7", 100), ("credit_note", "7", 30)}


def test_repeated_totals_without_types_are_told_apart_by_their_sign(
    import_text: Import, company: Company
) -> None:
    profile = _own_profile(company, lines="repeated")
    text = (
        "who,no,total,day\nC1,7,100,2026-01-02\nC1,7,-30,2026-01-02\nC1,7,100,2026-01-02\nC1,7,,2026-01-02\n"
    )
    batch = import_text(text, profile.name, kind="transactions")
    assert batch.state == "applied", messages(batch)
    assert _held() == {("invoice", "7", 100), ("credit_note", "7", 30)}


def test_repeated_totals_that_differ_are_refused(import_text: Import, company: Company) -> None:
    rows = (
        "Tui,7,02/03/2026,01/04/2026,100,100,EUR,Sales invoice\n"
        "Tui,7,02/03/2026,01/04/2026,90,90,EUR,Sales invoice\n"
    )
    batch = import_text(XERO + rows, "xero-invoices", kind="open-items")
    assert [code for _, _, code in messages(batch)] == ["stands_twice"]


def test_a_discount_among_rows_that_add_up_lessens_the_document(
    import_text: Import, company: Company
) -> None:
    rows = "9,Oak,3/1/2026,3/31/2026,,100.00,EUR\n,,,,,-5.00,\n"
    assert import_text(QUICKBOOKS + rows, "quickbooks-template", kind="transactions").state == "applied"
    assert _held() == {("invoice", "9", 95)}


def test_rows_with_a_side_add_up_each_with_its_own(import_text: Import, company: Company) -> None:
    columns = {"customer": ["who"], "number": ["no"], "amount": ["total"], "issued_on": ["day"]}
    profile = _own_profile(company, lines="summed", columns=columns | {"side_mark": ["side"]})
    text = "who,no,total,day,side\nC1,7,100,2026-01-02,S\nC1,7,30,2026-01-02,H\n"
    assert import_text(text, profile.name, kind="transactions").state == "applied"
    assert _held() == {("invoice", "7", 70)}


@pytest.mark.parametrize("second", ["1,Oak,3/1/2026,3/31/2026,,100.00,USD", ",,,,,-100.00,USD"])
def test_a_document_in_two_currencies_is_refused(second: str, import_text: Import, company: Company) -> None:
    text = f"{QUICKBOOKS}1,Oak,3/1/2026,3/31/2026,,100.00,EUR\n{second}\n"
    batch = import_text(text, "quickbooks-template", kind="transactions")

    assert messages(batch)[0] == (3, "Currency", "two_currencies")
    assert "stands in EUR and in USD" in batch.problems.order_by("pk")[0].message
    assert not Invoice.objects.exists()


def test_a_type_that_changes_within_a_document_is_refused(import_text: Import, company: Company) -> None:
    columns = {
        "customer": ["who"],
        "number": ["no"],
        "amount": ["total"],
        "issued_on": ["day"],
        "type": ["t"],
    }
    filled = ["number", "customer", "issued_on", "type"]
    profile = _own_profile(company, lines="summed", columns=columns, fills_down=filled)
    text = "who,no,total,day,t\nC1,7,100,2026-01-02,invoice\n,,30,,\n,,30,,credit note\n"
    batch = import_text(text, profile.name, kind="transactions")
    assert messages(batch)[0] == (4, "t", "two_types")


def test_allocations_beside_documents_of_several_rows_keep_their_sources(
    import_text: Import, company: Company
) -> None:
    columns = {name: [name] for name in ("customer", "number", "amount", "issued_on", "type", "source")}
    profile = _own_profile(company, lines="summed", columns=columns)
    text = (
        "type,customer,number,amount,issued_on,source\ninvoice,C1,7,60,2026-01-02,\ninvoice,C1,7,40,2026-01-02,\n"
        "receipt,C1,P,-70,2026-01-05,\nallocation,C1,7,30,2026-01-05,P\nallocation,C1,7,40,2026-01-05,P\n"
    )
    batch = import_text(text, profile.name, kind="transactions")
    assert batch.state == "applied", messages(batch)
    assert _held() == {("invoice", "7", 30)}
    assert_proven(company)
