"""Files of quantities and prices without amounts: the rows of a document are worked out and added up."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from collections_app.intake import guesses, prices, profiles
from collections_app.intake.profile_rules import from_json
from collections_app.intake.rules import FileKind
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from tests.intake.conftest import AT, Import
from tests.intake.ledgers import messages

HEAD = (
    "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,"
    "*Description,*Quantity,*UnitAmount,Discount,*TaxType,Currency\n"
)
TAXED = "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,*Quantity,*UnitAmount,TaxType,TaxAmount,Currency\n"
SHARED = Path(__file__).resolve().parents[3] / "shared" / "data" / "erp_exports" / "xero"


def amounts() -> dict[str, Decimal]:
    """What each document came to, and wholly open."""
    assert all(invoice.open_amount == invoice.amount for invoice in Invoice.objects.all())
    return dict(Invoice.objects.values_list("number", "amount"))


def test_rows_of_one_number_are_worked_out_and_added(import_text: Import, company: Company) -> None:
    text = (
        HEAD
        + "Kauri,K1,15/01/2026,14/02/2026,Planks,3,33.335,,Tax Exempt,EUR\n"
        + "Kauri,K1,15/01/2026,14/02/2026,Nails,12,0.10,25%,Tax Exempt,EUR\n"
        + "Kauri,K1,15/01/2026,14/02/2026,Delivered to the yard,,,,,\n"
        + "Kauri,K2,15/01/2026,14/02/2026,Returned planks,-2,10.00,,No VAT,EUR\n"
    )
    batch = import_text(text, "xero-template")

    assert batch.state == "applied", messages(batch)
    # 3 x 33.335 is 100.005, in euros 100.01; 12 x 0.10 less a quarter is 0.90.
    assert amounts() == {"K1": Decimal("100.91"), "K2": Decimal("20.00")}
    assert dict(Invoice.objects.values_list("number", "kind")) == {"K1": "invoice", "K2": "credit_note"}
    assert batch.summary["totals"] == {"EUR": "80.91"}


def test_the_tax_of_a_column_is_added(import_text: Import, company: Company) -> None:
    text = (
        TAXED
        + "Kauri,K1,15/01/2026,14/02/2026,2,50.00,20% (VAT on Income),20.00,EUR\n"
        + "Kauri,K1,15/01/2026,14/02/2026,1,10.00,20% (VAT on Income),2.00,EUR\n"
    )
    batch = import_text(text, "xero-template", accepted=False)

    assert batch.state == "applied", batch.summary
    assert amounts() == {"K1": Decimal("132.00")}


def test_a_total_that_is_stated_counts_and_has_the_tax_in_it(import_text: Import, company: Company) -> None:
    head = TAXED.replace("*Quantity", "Total,*Quantity")
    text = head + "Kauri,K1,15/01/2026,14/02/2026,132.00,2,50.00,20% (VAT on Income),20.00,EUR\n"
    text += "Kauri,K1,15/01/2026,14/02/2026,,1,10.00,20% (VAT on Income),2.00,EUR\n"
    batch = import_text(text, "xero-template", accepted=False)

    assert batch.state == "applied", messages(batch)
    assert amounts() == {"K1": Decimal("132.00")}


def test_it_asks_when_a_tax_is_named_and_its_amount_is_not(import_text: Import, company: Company) -> None:
    text = HEAD + "Kauri,K1,15/01/2026,14/02/2026,Planks,2,50.00,,20% (VAT on Income),EUR\n"

    asked = import_text(text, "xero-template", accepted=False)

    (question,) = asked.summary["questions"]
    assert (asked.state, question["code"]) == ("checked", "tax_in_prices")
    assert question["message"].startswith(
        "1 row bears a tax (“20% (VAT on Income)”) whose amount stands in no column."
    )
    assert import_text(text, "xero-template", name="again.csv").state == "applied"
    assert amounts() == {"K1": Decimal("100.00")}


@pytest.mark.parametrize(
    "name",
    [
        "Tax Exempt",
        "No VAT",
        "Zero Rated Income",
        "0% (VAT)",
        "0.0 %",
        "GST Free Income",
        "BAS Excluded",
        "None",
    ],
)
def test_a_tax_that_adds_nothing_is_not_asked_about(name: str) -> None:
    assert prices.tax_questions({name: 5}) == []


@pytest.mark.parametrize("name", ["20% (VAT on Income)", "15% GST on Income", "10% tax", "Standard"])
def test_a_tax_that_may_add_something_is_asked_about(name: str) -> None:
    assert len(prices.tax_questions({name: 5, "No VAT": 3})) == 1


def test_what_is_missing_is_told_by_line_and_column(import_text: Import, company: Company) -> None:
    text = (
        HEAD
        + "Kauri,K1,15/01/2026,14/02/2026,Planks,,33.00,,Tax Exempt,EUR\n"
        + "Kauri,K2,15/01/2026,14/02/2026,Planks,3,,,Tax Exempt,EUR\n"
        + "Kauri,K3,15/01/2026,14/02/2026,Planks,3,1.00,130,Tax Exempt,EUR\n"
        + "Kauri,K4,15/01/2026,14/02/2026,Nothing but words,,,,,EUR\n"
        + "Kauri,K5,15/01/2026,14/02/2026,Planks,many,1.00,,Tax Exempt,EUR\n"
    )
    batch = import_text(text, "xero-template")

    assert batch.state == "refused"
    assert [problem for problem in messages(batch) if problem[2] != "amount_missing"] == [
        (2, "*Quantity", "quantity_missing"),
        (3, "*UnitAmount", "unit_price_missing"),
        (4, "Discount", "discount_out_of_range"),
        (6, "*Quantity", "bad_amount"),
    ]
    assert not Invoice.objects.exists()


def test_currencies_of_other_decimals_are_rounded_to_theirs(import_text: Import, company: Company) -> None:
    text = HEAD + "Kauri,Y1,15/01/2026,14/02/2026,Tea,3,33.5,,No VAT,JPY\n"
    text += "Kauri,T1,15/01/2026,14/02/2026,Tea,3,1.1115,,No VAT,TND\n"

    batch = import_text(text, "xero-template")

    assert batch.state == "applied", messages(batch)
    assert amounts() == {"Y1": Decimal(101), "T1": Decimal("3.335")}


_LINE = st.tuples(
    st.decimals("0.01", 500, places=2), st.decimals("0.0001", 900, places=4), st.integers(0, 100)
)


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.lists(_LINE, min_size=1, max_size=4), min_size=1, max_size=5))
def test_documents_come_to_what_a_person_works_out(
    import_text: Import, company: Company, documents: list[list[tuple[Decimal, Decimal, int]]]
) -> None:
    Invoice.objects.all().delete()
    text, wanted = HEAD, dict[str, Decimal]()
    for place, lines in enumerate(documents):
        for quantity, price, discount in lines:
            text += f"Kauri,N{place},15/01/2026,,Tea,{quantity},{price},{discount},No VAT,EUR\n"
            worth = (quantity * price * (100 - discount) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
            wanted[f"N{place}"] = wanted.get(f"N{place}", Decimal(0)) + worth

    batch = import_text(text, "xero-template", name=f"{hash(text)}.csv")

    assert batch.state == "applied", messages(batch)
    assert amounts() == {number: amount for number, amount in wanted.items() if amount}


def test_the_guess_for_such_a_file_reads_prices_and_one_for_a_file_of_amounts_does_not() -> None:
    priced = [
        (1, HEAD.strip().split(",")),
        (2, ["Kauri", "K1", "15/01/2026", "", "Tea", "2", "5.00", "", "", "EUR"]),
    ]
    guess = guesses.guess(priced, kind=FileKind.TRANSACTIONS)
    assert (guess.lines, guess.columns["unit_price"], guess.columns["quantity"]) == (
        "priced",
        ("*UnitAmount",),
        ("*Quantity",),
    )

    stated = [
        (1, ["Customer", "Invoice", "Date", "Quantity", "Price", "Total"]),
        (2, ["C", "1", "1/2/2026", "x", "y", "3"]),
    ]
    guess = guesses.guess(stated, kind=FileKind.TRANSACTIONS)
    assert guess.lines == "one"
    assert guess.columns.keys().isdisjoint({"quantity", "unit_price"})


def test_a_profile_of_prices_names_both_columns(company: Company) -> None:
    mapping = {"kind": "transactions", "columns": {"customer": ["who"], "quantity": ["n"]}, "lines": "priced"}

    with pytest.raises(Refused, match="quantity and the price"):
        from_json(mapping)

    columns = {"customer": ["who"], "quantity": ["n"], "unit_price": ["each"]}
    assert profiles.save(
        company=company, title="Priced", mapping=mapping | {"columns": columns}, by=None, at=AT
    ).pk


def _headers() -> list[str]:
    path = SHARED / "sales_invoice_import_template_headers.txt"
    lines = path.read_text("utf-8").splitlines() if path.exists() else [HEAD.strip()]
    return [line for line in lines if line and not line.startswith("#")]


@pytest.mark.parametrize("header", _headers())
def test_every_generation_of_the_template_is_read(header: str, import_text: Import, company: Company) -> None:
    values = {
        "*ContactName": "Kauri", "*InvoiceNumber": "K1", "*InvoiceDate": "15/01/2026",
        "*DueDate": "14/02/2026", "Total": "30.00", "*Quantity": "3",
        "*UnitAmount": "10.00", "*TaxType": "No VAT", "Currency": "EUR",
    }  # fmt: skip
    row = ",".join(values.get(name, "") for name in header.split(","))

    batch = import_text(f"{header}\n{row}\n", "xero-template", accepted=False)

    assert batch.state == "applied", messages(batch)
    (invoice,) = Invoice.objects.all()
    assert (invoice.amount, invoice.due_on) == (30, dt.date(2026, 2, 14))
