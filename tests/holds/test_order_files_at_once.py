"""A file of orders while the machines' door takes in orders as well: what is newer stands."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from collections_app.holds import order_files, orders, rule_versions
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import Stated
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.intake.rules import FileKind
from collections_app.intake.work import Side
from collections_app.ledger.customers import Customer
from tests.holds.selling import LEDGER, Shop
from tests.ledgerrows import company_of
from tests.ledgertext import load
from tests.together import Elsewhere, interleaved

pytestmark = pytest.mark.django_db(transaction=True)
AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(minutes=1)


@pytest.fixture
def shop() -> Shop:
    company = company_of()
    rule_versions.ensure_default(company=company, by=None, at=AT)
    return Shop(load(LEDGER, company=company, today=AT.date()), AT)


def take_in(
    shop: Shop,
    number: str,
    amount: str,
    *,
    customer: str = "200",
    state: str = "in_hand",
    at: dt.datetime = LATER,
) -> None:
    found = Customer.objects.select_related("company").get(number=customer)
    stated = Stated(number, Decimal(amount), "GBP", shop.today, state=state)
    orders.take_in(customer=found, stated=stated, by=None, at=at)


def bring(shop: Shop, rows: str, *, meanwhile: Callable[[], None] = lambda: None) -> Batch:
    """A file of orders; ``meanwhile`` happens after it was read and before it is written."""

    def write(*args: object) -> None:
        meanwhile()
        order_files.write(*args)  # type: ignore[arg-type]

    batch = batches.receive(
        company=shop.company, file_name="orders.csv", content=[f"number,customer,amount\n{rows}".encode()],
        profile_name="own", kind="orders", by=None, at=AT,
    )  # fmt: skip
    sides = {**order_files.SIDES, FileKind.ORDERS: Side(order_files.examine, write)}
    return batches.apply(batch, by=None, at=AT, sides=sides)


def elsewhere(deed: Callable[[], None]) -> None:
    """It is done by another connection, and committed."""
    with Elsewhere(deed):
        pass


@pytest.mark.parametrize("customer", ["200", "100"])
def test_what_came_in_while_a_file_was_read_is_not_written_over(shop: Shop, customer: str) -> None:
    """New to the file; to whichever customer it went."""
    batch = bring(
        shop,
        "SO-1,200,20\nSO-2,200,20\n",
        meanwhile=lambda: elsewhere(lambda: take_in(shop, "SO-2", "30", customer=customer)),
    )

    assert batch.state == "refused"
    assert [problem.message for problem in batch.problems.all()] == [
        "Order SO-2 (line 3) came in from elsewhere while this file was read. Bring the file again if it is "
        "the newer one."
    ]
    order = Order.objects.get()
    assert (order.number, order.amount, order.customer.number) == ("SO-2", Decimal(30), customer)


def test_an_order_that_was_delivered_while_a_file_was_read_stays_delivered(shop: Shop) -> None:
    take_in(shop, "SO-1", "20", at=AT)
    batch = bring(
        shop,
        "SO-1,200,25\n",
        meanwhile=lambda: elsewhere(lambda: take_in(shop, "SO-1", "20", state="delivered")),
    )

    assert batch.state == "refused"
    assert (Order.objects.get().state, Order.objects.get().amount) == ("delivered", Decimal(20))


def test_a_number_that_goes_to_another_customer_at_that_very_moment_stays_theirs(shop: Shop) -> None:
    def theirs() -> None:
        take_in(shop, "SO-1", "30", customer="100")

    found: list[Batch] = []
    interleaved(theirs, lambda: found.append(bring(shop, "SO-1,200,20\n")))

    assert found[0].state == "refused"
    assert Order.objects.get().customer.number == "100"


def test_a_file_waits_for_whoever_takes_in_an_order_of_the_same_customer_and_sees_what_they_wrote(
    shop: Shop,
) -> None:
    take_in(shop, "SO-1", "20", at=AT)
    found: list[Batch] = []
    interleaved(
        lambda: take_in(shop, "SO-1", "25"), lambda: found.append(bring(shop, "SO-1,200,30\nSO-3,200,5\n"))
    )
    assert (found[0].state, Order.objects.get().amount) == ("refused", Decimal(25))

    assert bring(shop, "SO-1,200,30\nSO-3,200,5\n").state == "applied"
    assert [order.amount for order in Order.objects.order_by("number")] == [30, 5]
