"""Orders that come in and what is decided of them, in few words."""

import datetime as dt
from decimal import Decimal
from typing import Any

from collections_app.activity.events import Event
from collections_app.holds import checks, orders, rule_versions
from collections_app.holds.checks import Answer
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.orders import Taken
from collections_app.holds.rules.ordering import Moment, Stated
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.payments import Payment
from collections_app.ledger.postings import Posting
from collections_app.people.users import User
from tests.ledgerrows import Rows, moment

DAY = dt.timedelta(days=1)
LEDGER = """
customer 100 "Harrow Tools" limit=5000
invoice 100 A1 480.00 due=-100
invoice 100 A2 1200.00 due=-12
customer 200 "Brandt GmbH" limit=1000
invoice 200 B1 300.00 due=-3
"""


class Shop:
    """A ledger, and the orders of its customers at one moment."""

    def __init__(self, rows: Rows, at: dt.datetime) -> None:
        self.rows, self.at, self.company = rows, at, rows.company
        self.today = at.date()

    def order(self, number: str, amount: str, *, customer: str = "100", **facts: Any) -> Taken:
        """It comes in, new or changed."""
        given = {"currency": "GBP", "placed_on": self.today, **facts}
        at = given.pop("at", self.at)
        stated = Stated(number=number, amount=Decimal(amount), **given)
        return orders.take_in(customer=self.rows.customers[customer], stated=stated, by=None, at=at)

    def ask(self, amount: str, *, customer: str = "100", currency: str = "") -> Answer:
        return checks.ask(
            customer=self.rows.customers[customer],
            amount=Decimal(amount),
            currency=currency,
            today=self.today,
        )

    def recheck(self, *, days: int = 0, why: Moment = Moment.NIGHT, **facts: Any) -> int:
        return checks.recheck(company=self.company, moment=why, at=self.at + DAY * days, **facts)

    def pay(
        self,
        amount: str,
        *,
        invoice: str = "",
        customer: str = "100",
        number: str = "P1",
        currency: str = "GBP",
    ) -> None:
        """Money comes in, set against an invoice or against nothing, as an import writes it."""
        shared: dict[str, Any] = {
            "company": self.company,
            "posting": Posting.objects.create(
                company=self.company, recorded_at=moment(self.today), source="bank"
            ),
            "currency": currency,
            "amount": Decimal(amount),
            "posted_on": self.today,
            "recorded_at": moment(self.today),
        }
        payment = Payment.objects.create(
            **shared,
            customer=self.rows.customers[customer],
            kind="receipt",
            number=number,
            unallocated_amount=Decimal(amount),
        )
        if invoice:
            Allocation.objects.create(
                **shared, payment=payment, invoice=self.rows.invoices[invoice], basis="payment"
            )
        balances.refresh(posting=shared["posting"])


def codes(hold: Hold | None) -> list[str]:
    """Why an order waits."""
    return [reason["code"] for reason in hold.newest_decision["reasons"]] if hold else []


def held() -> list[str]:
    """The numbers of the orders that wait."""
    return list(Hold.objects.standing().order_by("order__number").values_list("order__number", flat=True))


def happened() -> list[str]:
    """What was told, in order."""
    return list(Event.objects.order_by("pk").values_list("what", flat=True))


def said() -> str:
    """The newest sentence that was told."""
    return Event.objects.order_by("-pk").values_list("summary", flat=True)[0]


def again(order: Order) -> Order:
    order.refresh_from_db()
    return order


def rules(shop: Shop, wanted: RuleSet, by: User) -> None:
    """These rules are in force from today on."""
    draft = rule_versions.begin(company=shop.company, by=by, at=shop.at)
    draft = rule_versions.edit(version=draft, rules=wanted, revision=0, by=by, at=shop.at)
    rule_versions.publish(version=draft, revision=1, in_force_from=shop.today, by=None, at=shop.at)
