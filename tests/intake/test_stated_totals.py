"""Totals that a file states are set beside its rows: they agree, or somebody is asked."""

import pytest

from collections_app.intake import profiles
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from tests.intake.conftest import AT, Import
from tests.intake.ledgers import messages

SAP = "Account,Document Number,Document Type,Document Date,Net Due Date,Amount in Local Currency\n"
QUICKBOOKS = ",Date,Transaction type,Num,Term,Due date,Open balance\n"


def sap(*rows: str) -> str:
    """A list of line items; a row without number and date is a total."""
    lines = ""
    for row in rows:
        account, number, amount = row.split()
        lines += (
            f"{account},,,,,{amount}\n".replace("-,", ",", 1)
            if number == "total"
            else f"{account},{number},RV,3/1/2026,3/31/2026,{amount}\n"
        )
    return SAP + lines


def asked(batch: Batch) -> list[str]:
    return [
        question["message"] for question in batch.summary["questions"] if question["code"] == "totals_differ"
    ]


def test_totals_of_customers_of_several_customers_and_of_all_agree(
    import_text: Import, company: Company
) -> None:
    text = sap(
        "1 11 10.00", "1 12 5.50", "1 total 15.50",
        "2 21 4.50", "2 total 4.50",
        "- total 20.00",
        "3 31 1.00", "3 32 -0.25", "3 total 0.75",
        "- total 20.75",
    )  # fmt: skip
    batch = import_text(text, "sap-fbl5n", accepted=False)

    assert batch.state == "applied", messages(batch)
    assert batch.summary["notes"] == ["5 rows of totals agree with the rows above."]


def test_a_total_that_differs_is_asked_about(import_text: Import, company: Company) -> None:
    text = sap("1 11 10.00", "1 total 15.50", "2 21 4.50", "2 total 4.50", "- total 20.00")

    batch = import_text(text, "sap-fbl5n", accepted=False)

    assert batch.state == "checked"
    assert asked(batch) == [
        "Line 3 states a total of €15.50 in “Amount in Local Currency”, but the rows above it add up to "
        "€10.00. 1 more total differs. Rows may be missing. Apply the file as it is?"
    ]
    assert batch.summary["notes"] == ["1 row of totals agrees with the rows above."]
    assert import_text(text, "sap-fbl5n", name="again.csv").state == "applied"


def test_the_report_of_quickbooks(import_text: Import, company: Company) -> None:
    rows = (
        "Total Energies,,,,,,\n"
        ',02/25/2026,Invoice,5004,Upon Receipt,03/27/2026,"1,000.00"\n'
        ",02/26/2026,Credit Memo,5005,,03/27/2026,-100.00\n"
        "Total for Total Energies,,,,,,{first}\n"
        "Acme,,,,,,\n"
        ",02/25/2026,Invoice,5006,,03/27/2026,50.00\n"
        "Total for Acme,,,,,,$50.00\n"
        "TOTAL,,,,,,{last}\n"
    )
    good = import_text(
        QUICKBOOKS + rows.format(first="$900.00", last="$950.00"), "quickbooks-open", accepted=False
    )
    assert good.state == "applied", good.summary
    assert good.summary["notes"] == ["3 rows of totals agree with the rows above."]
    assert sorted(good.company.customers.values_list("name", flat=True)) == ["Acme", "Total Energies"]

    bad = import_text(
        QUICKBOOKS + rows.format(first="$900.00", last="$951.00"),
        "quickbooks-open",
        accepted=False,
        name="bad.csv",
    )
    assert asked(bad) == [
        "Line 9 states a total of €951.00 in “Open balance”, but the rows above it add up to €950.00. "
        "Rows may be missing. Apply the file as it is?"
    ]


@pytest.fixture
def of_currencies(company: Company) -> str:
    """A profile for lists whose totals stand at rows without a number."""
    columns = {
        "customer": ["who"],
        "number": ["no"],
        "issued_on": ["day"],
        "amount": ["total"],
        "currency": ["cur"],
    }
    mapping = {"kind": "transactions", "columns": columns, "total_when_empty": ["number"]}
    return profiles.save(company=company, title="Currencies", mapping=mapping, by=None, at=AT).name


def test_totals_are_never_compared_across_currencies(
    of_currencies: str, import_text: Import, company: Company
) -> None:
    text = (
        "who,no,day,total,cur\nC1,1,2026-01-02,10.00,EUR\nC1,2,2026-01-02,7.00,USD\n"
        "C1,,,{euros},EUR\nC1,,,7.00,USD\nC1,,,17.00,\n"
    )
    right = import_text(text.format(euros="10.00"), of_currencies, kind="transactions", accepted=False)
    assert right.state == "applied", right.summary
    assert right.summary["notes"] == [
        "2 rows of totals agree with the rows above.",
        "1 row of totals was read over.",
    ]

    wrong = import_text(
        text.format(euros="17.00"), of_currencies, kind="transactions", accepted=False, name="wrong.csv"
    )
    assert asked(wrong) == [
        "Line 4 states a total of €17.00 in “total”, but the rows above it add up to €10.00. "
        "Rows may be missing. Apply the file as it is?"
    ]


def test_a_row_of_totals_without_an_amount_is_read_over(import_text: Import, company: Company) -> None:
    batch = import_text(sap("1 11 10.00") + "1,,,,,\n1,,,,,see below\n", "sap-fbl5n", accepted=False)

    assert batch.state == "applied", messages(batch)
    assert batch.summary["notes"] == ["2 rows of totals were read over."]
