"""The sample files that come with the product: they carry everything the ledger holds, and all of it
arrives.
"""

import datetime as dt
from decimal import Decimal
from pathlib import Path

from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.ledger.payments import Payment
from tests.intake.conftest import Import
from tests.intake.ledgers import assert_proven, ledger, open_of

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"


def _text(name: str) -> str:
    return (SAMPLES / name).read_text("utf-8")


def test_the_customers_arrive_with_parents_limits_terms_and_contacts(
    import_text: Import, company: Company
) -> None:
    batch = import_text(_text("customers.csv"), kind="customers")

    assert (batch.state, batch.summary["new"]) == ("applied", 7)
    north = Customer.objects.select_related("parent").get(number="000120")
    assert north.parent is not None
    assert (north.parent.number, north.credit_limit, north.language) == ("000100", Decimal(12000), "sv")
    group = Customer.objects.get(number="000100")
    assert (group.classification, group.terms, group.insurer_report_days, group.collector_code) == (
        "key",
        "30 EOM",
        60,
        "priya",
    )
    assert group.tax_number == "SE556677889901"  # as it is compared
    assert group.collector is None  # nobody here has that name yet
    assert Customer.objects.get(number="K-7").search_key == "k 7 konigsbau mobel gmbh"
    assert list(Contact.objects.filter(is_primary=True).order_by("name").values_list("name", flat=True)) == [
        "Elsa Nyberg",
        "Frau Dr. Vogel",
    ]


def test_the_transactions_arrive_with_allocations_to_several_invoices_and_reversals(
    import_text: Import, company: Company
) -> None:
    import_text(_text("customers.csv"), kind="customers")
    batch = import_text(_text("transactions.csv"), kind="transactions")

    assert batch.state == "applied", list(batch.problems.values())
    assert set(Invoice.objects.values_list("kind", flat=True)) == {
        "invoice",
        "debit_note",
        "credit_note",
        "finance_charge",
    }
    assert set(Payment.objects.values_list("kind", flat=True)) == {"receipt", "reversal", "refund"}
    assert open_of(company, "INV-1001") == 0
    assert open_of(company, "INV-1002") == 800
    assert open_of(company, "CN-31") == 50
    assert Payment.objects.get(number="R-501").unallocated_amount == 50
    # The cheque came back: its receipt counts for nothing and the instalment is open again.
    assert open_of(company, "INV-2001", "1") == 300
    assert Payment.objects.get(number="R-502").unallocated_amount == 0
    # The refund used up the credit note, and an allocation that was taken back leaves both sides open.
    assert open_of(company, "CN-32") == 0
    assert (open_of(company, "INV-3002"), Payment.objects.get(number="R-503").unallocated_amount) == (
        Decimal("99.90"),
        Decimal("99.90"),
    )
    assert Invoice.objects.get(number="INV-3001").settled_on == dt.date(2026, 1, 8)
    # 12 January and 30 days, to the end of that month.
    assert Invoice.objects.get(number="INV-1001").due_on == dt.date(2026, 2, 28)
    assert_proven(company)


def test_the_list_of_open_items_arrives_and_the_next_one_settles_what_vanished(
    import_text: Import, company: Company
) -> None:
    first = import_text(_text("open-items.csv"), kind="open-items", as_of=dt.date(2026, 3, 11))
    assert first.state == "applied", list(first.problems.values())
    assert first.summary["totals"] == {"EUR": "1384.15"}

    later = import_text(_text("open-items-a-week-later.csv"), kind="open-items", as_of=dt.date(2026, 3, 18))

    assert later.state == "applied", list(later.problems.values())
    assert (later.summary["new"], later.summary["changed"], later.summary["unchanged"]) == (1, 1, 3)
    assert open_of(company, "INV-1002") == 500
    assert open_of(company, "INV-2001", "2") == 0
    assert Payment.objects.get(number="R-501").unallocated_amount == 0
    vanished = Allocation.objects.get(invoice__number="FC-3")
    assert (vanished.basis, vanished.posted_on, vanished.amount) == (
        "implied",
        dt.date(2026, 3, 18),
        Decimal("4.15"),
    )
    assert Customer.objects.get(number="000100").name == "Lindqvist Group"  # another spelling does not rename
    assert_proven(company)


def test_every_sample_twice_changes_nothing(import_text: Import, company: Company) -> None:
    for _ in range(2):
        for name, kind in (("customers.csv", "customers"), ("transactions.csv", "transactions")):
            batch = import_text(_text(name), kind=kind)
            assert batch.state == "applied", list(batch.problems.values())
        once = ledger(company)
    assert (batch.summary["new"], batch.summary["changed"], batch.summary["settled"]) == (0, 0, 0)
    import_text(_text("transactions.csv"), kind="transactions")
    assert ledger(company) == once
    assert_proven(company)
