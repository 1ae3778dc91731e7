"""Customers that come with invoices: which of their spellings is kept."""

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from tests.intake.conftest import Import

NAMED = "type,customer,customer_name,number,open_amount,issued_on\n"
NAMELESS = "type,customer,number,open_amount,issued_on\n"


def _name_and_key() -> tuple[str, str]:
    customer = Customer.objects.get()
    return customer.name, customer.search_key


def test_the_most_frequent_spelling_is_kept_and_later_ones_change_nothing(
    import_text: Import, company: Company
) -> None:
    rows = ["Brandt GmbH ", "Brandt", "Brandt GmbH"]
    lines = [f"invoice,C1,{name},A{n},10,2026-01-02\n" for n, name in enumerate(rows)]
    import_text(NAMED + "".join(lines), kind="open-items")
    import_text(NAMED + "".join(line.replace("GmbH", "AG") for line in lines), kind="open-items")

    assert _name_and_key()[0] == "Brandt GmbH"


def test_a_customer_known_by_number_only_is_named_by_the_first_file_that_knows_the_name(
    import_text: Import, company: Company
) -> None:
    import_text(NAMELESS + "invoice,C1,A,10,2026-01-02\n", kind="open-items")
    assert _name_and_key() == ("C1", "c1 c1")

    import_text(NAMED + "invoice,C1,Brändt GmbH,A,10,2026-01-02\n", kind="open-items")

    assert _name_and_key() == ("Brändt GmbH", "c1 brandt gmbh")
