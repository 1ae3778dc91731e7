"""What is agreed with a customer during the day decides at once about their orders that wait."""

import datetime as dt
from decimal import Decimal

import pytest

from collections_app.chase import working
from collections_app.contact.conversations import Contested
from collections_app.contact.disputes import Dispute
from collections_app.contact.rules import Outcome
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.desk import call, person
from tests.holds.selling import LEDGER, Shop, held, said
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def shop(company: Company, today: dt.date) -> Shop:
    """Harrow's order waits for an old invoice of 480."""
    at = dt.datetime.combine(today, dt.time(9, 15), dt.UTC)
    shop = Shop(load(LEDGER, company=company, today=today), at)
    shop.order("SO-1", "100.00")
    assert held() == ["SO-1"]
    return shop


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya")


def dispute(shop: Shop, by: User, amount: str = "480.00") -> Dispute:
    contested = (Contested(shop.rows.invoices["A1"], Decimal(amount), "PRICE"),)
    working.log_contact(
        call(Outcome.DISPUTES, contested=contested), customer=shop.rows.customers["100"], by=by, at=shop.at
    )
    return Dispute.objects.get()


def test_an_invoice_that_is_disputed_on_the_phone_holds_no_order_any_more(shop: Shop, priya: User) -> None:
    dispute(shop, priya)
    assert held() == []
    assert said() == (
        "Order SO-1 over £100.00 is free after something was agreed with the customer: "
        "nothing holds it any more"
    )


def test_a_dispute_that_was_a_mistake_holds_the_order_again(shop: Shop, priya: User) -> None:
    working.take_back_dispute(dispute(shop, priya), by=priya, at=shop.at)
    assert held() == ["SO-1"]


def test_a_smaller_dispute_leaves_the_rest_to_be_paid(shop: Shop, priya: User) -> None:
    lodged = dispute(shop, priya)
    working.change_disputed_amount(lodged, amount=Decimal("80.00"), by=priya, at=shop.at)
    assert held() == ["SO-1"]
