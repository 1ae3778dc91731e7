"""What we wrote into the ledger ourselves, beside lists of open items that do not know of it yet."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.dunning import interest_charges, interest_terms
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.people.rules import Role
from tests.desk import person
from tests.intake.conftest import AT, Import
from tests.intake.ledgers import assert_proven, open_of

DAY = dt.timedelta(days=1)
HEAD = "type,customer,number,amount,open_amount,issued_on,due_on\n"
INVOICE = "invoice,C1,A,1000,1000,2026-01-02,2026-02-01\n"


@pytest.fixture
def charge(import_text: Import, company: Company) -> Invoice:
    """Interest on an invoice that an import brought, posted here on 20 March."""
    import_text(HEAD + INVOICE, kind="open-items")
    Company.objects.update(country="DE")
    company.refresh_from_db()
    dana, ruth = (person(company, name, Role.MANAGER) for name in ("dana", "ruth"))
    interest_terms.switch(company=company, on=True, by=dana, at=AT)
    late = Invoice.objects.select_related("customer__company", "company").get(number="A")
    proposed = interest_charges.propose(late, reason="Third time late", by=dana, at=AT)
    posted = interest_charges.approve(proposed, by=ruth, at=AT + dt.timedelta(hours=1)).posted
    assert posted is not None
    return posted


def bring(import_text: Import, rows: str, *, days: int) -> None:
    """The list of so many days after the charge."""
    day = AT + days * DAY
    import_text(HEAD + rows, kind="open-items", as_of=day.date(), at=day)


def test_a_list_that_does_not_know_a_charge_of_ours_leaves_it_open(
    import_text: Import, company: Company, charge: Invoice
) -> None:
    bring(import_text, INVOICE, days=1)
    bring(import_text, "invoice,C1,B,50,50,2026-01-02,2026-02-01\n", days=2)

    assert open_of(company, charge.number) == charge.amount > 0
    assert open_of(company, "A") == 0
    assert_proven(company)


def test_once_a_list_has_stated_it_a_list_without_it_settles_it(
    import_text: Import, company: Company, charge: Invoice
) -> None:
    amount = charge.amount
    stated = f"finance_charge,C1,{charge.number},{amount},{amount},2026-03-20,2026-04-03\n"
    bring(import_text, INVOICE + stated, days=1)
    known = open_of(company, charge.number)
    bring(import_text, INVOICE, days=5)

    assert known == amount
    assert open_of(company, charge.number) == 0
    assert Allocation.objects.get(invoice=charge).basis == "implied"
    assert_proven(company)


def test_a_charge_in_a_currency_of_its_own_is_proven_too(
    import_text: Import, company: Company, charge: Invoice
) -> None:
    """Nothing else of that currency is left on the list."""
    Invoice.objects.filter(pk=charge.pk).update(currency="USD")
    bring(import_text, INVOICE, days=1)

    assert open_of(company, charge.number) == charge.amount
    assert_proven(company)


def test_a_file_of_what_happened_settles_it_like_any_other_document(
    import_text: Import, company: Company, charge: Invoice
) -> None:
    text = (
        "type,customer,number,amount,issued_on,due_on\n"
        f"finance_charge,C1,{charge.number},{charge.amount},2026-03-20,2026-04-03\n"
    )
    import_text(text, kind="transactions", at=AT + DAY)
    charge.refresh_from_db()

    assert not charge.is_ours_alone
    assert charge.open_amount == charge.amount > Decimal(0)
    assert_proven(company)
