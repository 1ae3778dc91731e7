# ruff: noqa: E501 - tables and files are read across, a line each
"""Every built-in profile reads the shape of file that it is for, with the traps of that shape."""

from decimal import Decimal
from pathlib import Path

import pytest

from collections_app.intake import profiles
from collections_app.intake.builtin_profiles import BUILTIN, Available
from collections_app.intake.profile_rules import from_json
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from tests.intake.conftest import Import
from tests.intake.ledgers import assert_proven, ledger, messages

SHARED = Path(__file__).parents[3] / "shared" / "data"

SHAPES = {
    "quickbooks-open": (
        ",Date,Transaction type,Num,Term,Due date,Open balance\nNorthern Bikes,,,,,,\n,03/14/2026,Invoice,77,Net 30,04/13/2026,\"1,250.00\"\n"
        ",03/15/2026,Credit Memo,78,,03/15/2026,-50.00\nTotal for Northern Bikes,,,,,,\"$1,200.00\"\nTOTAL,,,,,,\"$1,200.00\"\n",
        {("Northern Bikes", "invoice", "77", "1250"), ("Northern Bikes", "credit_note", "78", "50")},
    ),
    "quickbooks-template": (
        "*InvoiceNo,*Customer,*InvoiceDate,*DueDate,Terms,*ItemAmount\n9,Oak & Ash,3/1/2026,3/31/2026,Net 30,5.00\n,,,,,7.50\n10,Elm,3/2/2026,4/1/2026,Net 30,1.00\n",
        {("Oak & Ash", "invoice", "9", "12.5"), ("Elm", "invoice", "10", "1")},
    ),
    "xero-invoices": (
        "ContactName,InvoiceNumber,Reference,InvoiceDate,DueDate,Total,InvoiceAmountDue,Currency,Type,Status\n"
        "Tui Bakery,I-1,,02/03/2026,01/04/2026,115.0000,115.0000,NZD,Sales invoice,Awaiting Payment\n"
        "Tui Bakery,I-1,,02/03/2026,01/04/2026,115.0000,115.0000,NZD,Sales invoice,Awaiting Payment\n"
        "Tui Bakery,I-2,,03/03/2026,02/04/2026,20.0000,0.0000,NZD,Sales invoice,Paid\n"
        "Tui Bakery,I-3,,03/03/2026,02/04/2026,20.0000,20.0000,NZD,Sales invoice,Voided\n",
        {("Tui Bakery", "invoice", "I-1", "115")},
    ),
    "xero-aged": (
        "Aged Receivables Detail,,,,,,,\nTui Ltd,,,,,,,\nAs at 31 March 2026,,,,,,,\nAgeing by due date,,,,,,,\n"
        "Invoice Date,Due Date,Invoice Number,Invoice Reference,< 1 Month,1 Month,Older,Total\n"
        "Rata Cafe,,,,,,,\n02/03/2026,20/03/2026,I-7,PO 9,80.00,0.00,0.00,80.00\n05/03/2026,05/03/2026,CN-1,,-30.00,0.00,0.00,-30.00\n"
        "Total Rata Cafe,,,,50.00,0.00,0.00,50.00\nKauri Inn,,,,,,,\n01/02/2026,20/02/2026,I-8,,0.00,12.50,0.00,12.50\n"
        "Total Kauri Inn,,,,0.00,12.50,0.00,12.50\nTotal,,,,50.00,12.50,0.00,62.50\n",
        {("Rata Cafe", "invoice", "I-7", "80"), ("Rata Cafe", "credit_note", "CN-1", "30"), ("Kauri Inn", "invoice", "I-8", "12.5")},
    ),
    "coupa-receivables": (
        "R-1;D100;20260301;20260331;1250.50;EUR;I;first order;;;20260301;;;\r\nR-2;D100;20260302;20260401;-50.50;EUR;C;;;;20260302;;;\r\n",
        {("D100", "invoice", "R-1", "1250.5"), ("D100", "credit_note", "R-2", "50.5")},
    ),
    "xero-template": (
        "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,Total,Currency\nKauri,K1,15/01/2026,14/02/2026,90.00,NZD\nKauri,K1,15/01/2026,14/02/2026,90.00,NZD\n",
        {("Kauri", "invoice", "K1", "90")},
    ),
    "sap-fbl5n": (
        'Account,Document Number,Document Type,Document Date,Net Due Date,Amount in Local Currency\n0042,18,RV,3/1/2026,3/31/2026,"2,213.31"\n0042,19,DG,3/2/2026,3/2/2026,"-213.31"\n0042,,,,,"2,000.00"\n',
        {("42", "invoice", "18", "2213.31"), ("42", "credit_note", "19", "213.31")},
    ),
    "sap-bsid": (
        "BUKRS,KUNNR,BELNR,BLART,BLDAT,ZFBDT,ZBD1T,WAERS,WRBTR,SHKZG\n1000,0000000042,18,RV,20260301,20260302,30,EUR,10.00,S\n1000,0000000042,19,DG,20260301,20260301,0,EUR,4.00,H\n",
        {("42", "invoice", "18", "10"), ("42", "credit_note", "19", "4")},
    ),
    "sap-fbl5n-nl": (
        'Debiteur,Documentnummer,Documentsoort,Documentdatum,Netto-vervaldatum,Bedrag in lokale valuta\n17,9,RV,02-01-2026,01-02-2026,"1.234,50"\n',
        {("17", "invoice", "9", "1234.5")},
    ),
    "sage50-audit": (
        "Type,Account Reference,Date,Reference,Details,Net Amount,Tax Code,Tax Amount\nSI,OAK,15/01/2026,101,goods,100.00,T1,20.00\nSI,OAK,15/01/2026,101,more,10.00,T1,2.00\nSC,OAK,16/01/2026,C1,back,50.00,T1,10.00\nBP,OAK,17/01/2026,7,rent,9.00,T9,0.00\n",
        {("OAK", "invoice", "101", "132"), ("OAK", "credit_note", "C1", "60")},
    ),
    "dynamics-bc": (
        '"Posting Date","Document Type","Document No.","Customer No.","Currency Code","Amount","Remaining Amount","Due Date"\n1/15/2026,Invoice,PS1,C10,,"1,000.00",400.00,2/14/2026\n1/20/2026,Credit Memo,PC1,C10,EUR,-100.00,-100.00,1/20/2026\n',
        {("C10", "invoice", "PS1", "400"), ("C10", "credit_note", "PC1", "100")},
    ),
    "odoo-invoices": (
        "Number,Invoice Partner Display Name,Invoice/Bill Date,Due Date,Total Signed,Amount Due Signed,Currency,Status\nINV/1,Azul,2026-01-05,2026-02-04,120,100,EUR,Posted\nRINV/1,Azul,2026-01-05,2026-02-04,-12,-12,EUR,Posted\nINV/2,Azul,2026-01-05,2026-02-04,5,5,EUR,Draft\n",
        {("Azul", "invoice", "INV/1", "100"), ("Azul", "credit_note", "RINV/1", "12")},
    ),
    "b2b-open": (
        "business_code,cust_number,name_customer,buisness_year,doc_id,posting_date,due_in_date,cust_payment_terms,converted_usd\nU1,0200,OAK ,2020,19.0,01-03-2020,16-03-2020,N8,64.125\nU1,200,OAK co,2020,20,13-03-2020,28-03-2020,N8,10\n",
        {("200", "invoice", "19", "64.125"), ("200", "invoice", "20", "10")},
    ),
    "b2b-raw": (
        "cust_number,name_customer,clear_date,doc_id,posting_date,document_create_date,due_in_date,invoice_currency,total_open_amount,isOpen\n0200,OAK,2020-01-16 00:00:00,19,2020-01-04,20200104,20200119.0,USD,5.5,0\n0200,OAK,,20,2020-01-05,20200105,20200120.0,USD,6.5,1\n",
        {("200", "invoice", "19", "0"), ("200", "invoice", "20", "6.5")},
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", SHAPES)
def test_a_builtin_profile_reads_its_shape(name: str, import_text: Import, company: Company) -> None:
    text, wanted = SHAPES[name]
    profile = profiles.named(name, company=company)
    batch = import_text(text, name, kind=profile.mapping.kind)

    assert batch.state == "applied", messages(batch)
    held = Invoice.objects.values_list("customer__number", "kind", "number", "open_amount")
    assert {(c, k, n, Decimal(a)) for c, k, n, a in held} == {(c, k, n, Decimal(a)) for c, k, n, a in wanted}
    assert_proven(company)


def test_a_list_of_contacts_with_titles_and_a_footer(import_text: Import, company: Company) -> None:
    text = '"Our Firm",,,,\nCustomer Contact List,,,,\n\nCustomer full name,Phone numbers,Email,Full name,Bill address\nNorthern Bikes,555 0101,ap@bikes.example,Ann Lee,1 Hill Rd\nElm,,,,\n" Monday, March 16, 2026 01:46 PM GMT-05:00",,,,\n'
    batch = import_text(text, "quickbooks-contacts", kind="customers")

    assert batch.state == "applied", messages(batch)
    assert Contact.objects.values_list("customer__number", "name", "email", "is_primary").get() == (
        "Northern Bikes",
        "Ann Lee",
        "ap@bikes.example",
        True,
    )


def test_payments_come_with_a_list_of_open_items(import_text: Import, company: Company) -> None:
    text = "Posting Date,Document Type,Document No.,Customer No.,Remaining Amount\n1/21/2026,Payment,P1,C10,-50.00\n1/22/2026,Refund,R1,C10,20.00\n"
    import_text(text, "dynamics-bc", kind="open-items")

    assert sorted(Payment.objects.values_list("kind", "unallocated_amount")) == [
        ("receipt", Decimal(50)),
        ("refund", Decimal(20)),
    ]


def test_settled_rows_without_numbers_are_the_same_in_any_order(
    import_text: Import, company: Company
) -> None:
    rows = [
        "7,2019-01-03,2019-01-02,1,5.00",
        "7,2019-01-03,2019-01-02,1,5.00",
        "007,2019-02-03,2019-01-02,1,5.00",
    ]
    head = "cust_number,clear_date,due_date,days_late,amount\n"
    import_text(head + "\n".join(rows) + "\n", "b2b-closed", kind="transactions")
    once = ledger(company)
    assert len(once["invoices"]) == 3

    batch = import_text(head + "\n".join(reversed(rows)) + "\n", "b2b-closed", kind="transactions")
    assert (batch.summary["new"], batch.summary["unchanged"]) == (0, 3)
    assert ledger(company) == once


@pytest.mark.parametrize("profile", BUILTIN, ids=lambda p: f"{p.name} {p.mapping.kind}")
def test_a_mapping_comes_back_from_json_as_it_was(profile: Available) -> None:
    assert from_json(profile.mapping.as_json()) == profile.mapping


REAL = [
    ("b2b_receivables/closed_32000.csv", "b2b-closed", 32000, "0.00"),
    ("b2b_receivables/open_9681_ddmmyyyy.csv", "b2b-open", 9681, "310427858.97"),
    ("b2b_receivables/raw_format_sample_2_rows.csv", "b2b-raw", 2, "0.00"),
    ("late_payment_histories/invoices_before_2013-07-01.csv", "late-payments", 1930, "0.00"),
]


@pytest.mark.parametrize(
    ("path", "profile", "rows", "still_open"), [case for case in REAL if (SHARED / case[0]).exists()]
)
def test_a_real_file_arrives_whole_and_a_second_time_changes_nothing(
    path: str, profile: str, rows: int, still_open: str, import_text: Import, company: Company
) -> None:
    content, kind = (SHARED / path).read_bytes(), profiles.named(profile, company=company).mapping.kind
    first = import_text(content, profile, kind=kind)
    second = import_text(content, profile, kind=kind)

    assert (first.state, first.summary["new"]) == ("applied", rows)
    assert (second.state, second.summary["new"], second.summary["unchanged"]) == ("applied", 0, rows)
    assert second.summary["moves"][-1]["after"] == still_open
    assert_proven(company)


IN_TWO_CURRENCIES = {
    "odoo-invoices": (
        "Number,Partner,Invoice Date,Due Date,Total Signed,Amount Due Signed,Currency,Status\n"
        "INV/1,Azul,2026-01-05,2026-02-04,120,100,USD,Posted\n",
        ("EUR", Decimal(100)),
    ),
    "sap-fbl5n": (
        "Account,Document Number,Document Type,Document Date,Net Due Date,Amount in Local Currency,Currency\n"
        "0042,18,RV,3/1/2026,3/31/2026,100.00,USD\n",
        ("EUR", Decimal(100)),
    ),
    "sap-bsid": (
        "KUNNR,BELNR,BLART,BLDAT,ZFBDT,ZBD1T,WAERS,DMBTR,WRBTR,SHKZG\n"
        "42,18,RV,20260301,20260301,30,USD,100.00,110.00,S\n",
        ("USD", Decimal(110)),
    ),
}


@pytest.mark.parametrize("name", IN_TWO_CURRENCIES)
def test_an_amount_is_kept_in_the_currency_it_is_stated_in(
    name: str, import_text: Import, company: Company
) -> None:
    text, wanted = IN_TWO_CURRENCIES[name]
    batch = import_text(text, name, kind="open-items")
    assert batch.state == "applied", messages(batch)
    assert Invoice.objects.values_list("currency", "open_amount").get() == wanted


def test_amounts_that_were_not_converted_are_not_taken_for_dollars(
    import_text: Import, company: Company
) -> None:
    text = "cust_number,name_customer,doc_id,posting_date,due_in_date,invoice_currency,total_open_amount\n"
    batch = import_text(text + "0200,OAK,19,01-03-2020,16-03-2020,CAD,64.12\n", "b2b-open", kind="open-items")
    assert [code for _, _, code in messages(batch)] == ["no_headers"]
