"""What caused disputes stands on their figures, in money."""

from decimal import Decimal

from collections_app.contact import disputes
from collections_app.contact.disputes import Dispute
from tests.doors import text
from tests.screens.collecting.conftest import Office


def test_the_figures_tell_what_caused_the_closed_ones_and_what_it_cost(office: Office) -> None:
    invoice = office.rows.invoices["B1"]
    lodged = disputes.lodge(
        customer=invoice.customer, invoice=invoice, amount=Decimal(250), reason="PRICE",
        by=office.priya, at=office.at,
    )  # fmt: skip
    browser = office.client(office.priya)
    before = text(browser.get("/NG/disputes/figures/"))
    closed = {"state": "accepted", "closed_by": office.dana, "closed_at": office.at, "cause": "carrier"}
    Dispute.objects.filter(pk=lodged.pk).update(**closed, credited=Decimal(120))
    after = text(browser.get("/NG/disputes/figures/"))

    assert "No dispute with a cause was closed" in before
    assert "Lost or damaged on the way" in after
    assert "£120.00" in after
    assert "Price or discount (1)" in after
