"""Promises to pay: recorded, refused, withdrawn, replaced, and settled from allocations only."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.contact import disputes, endings, promises
from collections_app.contact.promises import Promise, PromisedInvoice
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.rules import Basis
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from tests.ledgerrows import Rows

DAY = dt.timedelta(days=1)


class Desk:
    """Records promises of one customer in few words; ``today`` is a Wednesday."""

    def __init__(self, rows: Rows, customer: Customer, by: User, at: dt.datetime) -> None:
        self.rows, self.customer, self.by, self.at = rows, customer, by, at
        self.today = at.date()

    def promise(self, *numbers: str, amount: str, days: int = 2, **given: object) -> Promise:
        invoices = [self.rows.invoices[number] for number in numbers]
        lines = promises.lines_for(self.customer, Decimal(amount), invoices)
        facts = {"currency": "GBP", "at": self.at, "today": self.today, "lines": lines, **given}
        return promises.record(
            customer=self.customer,
            amount=Decimal(amount),
            promised_on=self.today + days * DAY,
            by=self.by,
            **facts,  # type: ignore[arg-type]
        )

    def paid(self, number: str, amount: str, *, days: int, basis: Basis = Basis.STATED) -> None:
        """Money that comes in some days from today and is known at noon of that day."""
        on = self.today + days * DAY
        Allocation.objects.create(
            company=self.rows.company,
            invoice=self.rows.invoices[number],
            currency="GBP",
            amount=Decimal(amount),
            basis=basis,
            posted_on=on,
            recorded_at=dt.datetime.combine(max(on, self.today), dt.time(12), dt.UTC),
            posting=self.rows.posting,
        )
        invoice = self.rows.invoices[number]
        invoice.open_amount -= Decimal(amount)
        invoice.settled_on = None if invoice.open_amount else on
        invoice.save(update_fields=["open_amount", "settled_on"])

    def settle(self, *, days: int) -> int:
        at = self.at + days * DAY + dt.timedelta(hours=8)
        return endings.settle(company=self.rows.company, today=self.today + days * DAY, at=at)


@pytest.fixture
def desk(rows: Rows, harrow: Customer, priya: User, at: dt.datetime) -> Desk:
    return Desk(rows, harrow, priya, at)


def codes(refused: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [problem.code for problem in refused.value.problems]


def test_it_spreads_the_amount_over_the_oldest_first(desk: Desk) -> None:
    promise = desk.promise("A2", "A1", amount="1500")

    assert [(line.invoice.number, line.amount) for line in promise.lines.order_by("pk")] == [
        ("A1", Decimal(1200)),
        ("A2", Decimal(300)),
    ]
    assert Event.objects.get().summary == "Promised £1,500.00 for 13 March 2026"


def test_it_leaves_the_disputed_part_out(desk: Desk) -> None:
    a1 = desk.rows.invoices["A1"]
    disputes.lodge(
        customer=desk.customer, invoice=a1, amount=Decimal(200), reason="PRICE", by=desk.by, at=desk.at
    )

    lines = promises.lines_for(desk.customer, Decimal(1100), [a1, desk.rows.invoices["A2"]])
    assert [(invoice.number, amount) for invoice, amount in lines] == [
        ("A1", Decimal(1000)),
        ("A2", Decimal(100)),
    ]


def test_it_refuses_with_every_reason_at_once(desk: Desk) -> None:
    desk.promise("A2", amount="800")
    a1, a2, c1 = (desk.rows.invoices[number] for number in ("A1", "A2", "C1"))
    disputes.lodge(
        customer=desk.customer, invoice=a1, amount=a1.open_amount, reason="QTY", by=desk.by, at=desk.at
    )
    lines = [
        (a1, Decimal(1201)),
        (a2, Decimal(1)),
        (c1, Decimal(50)),
        (desk.rows.invoices["B1"], Decimal(1)),
    ]
    with pytest.raises(Refused) as refused:
        desk.promise(amount="2000.005", days=-1, currency="EUR", lines=lines)

    assert codes(refused) == [
        "too_exact",
        "promised_in_the_past",
        "strange_invoices",
        "does_not_add_up",
        *("other_currency", "beyond_the_open_amount", "wholly_disputed"),
        *("other_currency", "already_promised"),
        *("not_owed", "other_currency"),
    ]
    assert Promise.objects.count() == 1


def test_it_refuses_a_promise_beyond_the_open_amount(desk: Desk) -> None:
    with pytest.raises(Refused, match=r"Only £1,200.00 of A1 is open") as refused:
        desk.promise("A1", amount="1200.01")

    assert codes(refused) == ["beyond_the_open_amount"]


@pytest.mark.parametrize(
    ("amount", "numbers", "code"), [("0", ["A1"], "nothing_promised"), ("10", [], "no_invoices")]
)
def test_it_refuses_a_promise_of_nothing_and_for_nothing(
    desk: Desk, amount: str, numbers: list[str], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        desk.promise(*numbers, amount=amount)

    assert code in codes(refused)


def test_a_later_promise_replaces_the_one_that_runs(desk: Desk) -> None:
    first = desk.promise("A1", "A2", amount="2000")
    second = desk.promise("A1", amount="1200", days=7, replaces=True)

    first.refresh_from_db()
    assert (first.state, first.settled_on, first.replaced_by) == ("replaced", desk.today, second)
    assert PromisedInvoice.objects.filter(is_running=True).count() == 1


def test_withdrawing_it_lets_the_replaced_one_run_again(desk: Desk) -> None:
    first = desk.promise("A1", amount="1200")
    second = desk.promise("A1", amount="1200", days=7, replaces=True)
    promises.withdraw(second, by=desk.by, at=desk.at, today=desk.today)

    first.refresh_from_db()
    assert (first.state, first.settled_on, first.replaced_by) == ("running", None, None)
    assert PromisedInvoice.objects.get(is_running=True).promise == first


# Promised for Friday 13 March, in two days; the grace ends on Tuesday 17 March, in six.
# (in days, amount) of each payment; seen in days; verdict; paid
@pytest.mark.parametrize(
    ("payments", "seen_after", "state", "paid"),
    [
        ([], 6, "running", 0),
        ([], 7, "broken", 0),
        ([(2, 1200)], 2, "kept", 1200),
        ([(1, 1200)], 1, "kept", 1200),
        ([(2, 1180)], 2, "running", 1180),
        ([(2, 1180)], 5, "kept", 1180),
        ([(2, 1170)], 7, "partly_kept", 1170),
        ([(5, 1200)], 5, "kept_late", 1200),
        ([(6, 1200)], 6, "kept_late", 1200),
        ([(7, 1200)], 7, "broken", 0),
        ([(1, 600), (6, 600)], 7, "kept_late", 1200),
        ([(1, 600), (8, 600)], 8, "partly_kept", 600),
    ],
)
def test_it_is_settled_by_what_was_paid_and_when(
    desk: Desk, payments: list[tuple[int, int]], seen_after: int, state: str, paid: int
) -> None:
    promise = desk.promise("A1", amount="1200")
    for days, amount in payments:
        desk.paid("A1", str(amount), days=days)
    desk.settle(days=seen_after)

    promise.refresh_from_db()
    assert (promise.state, promise.paid_amount) == (state, Decimal(paid))


def test_a_day_of_rest_moves_the_promised_day(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200", days=3)  # a Saturday: Monday keeps it
    desk.paid("A1", "1200", days=5)
    desk.settle(days=5)

    promise.refresh_from_db()
    assert promise.state == "kept"


def test_settling_twice_ends_nothing_twice(desk: Desk) -> None:
    desk.promise("A1", amount="1200")

    assert [desk.settle(days=9), desk.settle(days=9)] == [1, 0]
    assert list(Event.objects.order_by("pk").values_list("what", "summary"))[1:] == [
        ("promise.broken", "Promise broken: £1,200.00 for 13 March 2026")
    ]


def test_money_that_came_before_the_promise_does_not_keep_it(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200", at=desk.at)
    desk.paid("A1", "1200", days=-1)
    desk.settle(days=1)

    promise.refresh_from_db()
    assert (promise.state, promise.paid_amount) == ("withdrawn", Decimal(0))


def test_what_was_credited_is_no_longer_promised(desk: Desk) -> None:
    promise = desk.promise("A1", amount="1200")
    desk.paid("A1", "200", days=1, basis=Basis.CREDIT_NOTE)
    desk.paid("A1", "1000", days=2)
    desk.settle(days=2)

    promise.refresh_from_db()
    assert (promise.state, promise.paid_amount) == ("kept", Decimal(1000))


def test_too_much_on_one_invoice_does_not_pay_for_another(desk: Desk) -> None:
    promise = desk.promise("A1", "A2", amount="1500")  # 1200 and 300
    desk.paid("A2", "800", days=1)
    desk.settle(days=7)

    promise.refresh_from_db()
    assert (promise.state, promise.paid_amount) == ("partly_kept", Decimal(300))


def test_one_receipt_keeps_one_promise(desk: Desk) -> None:
    first = desk.promise("A1", amount="600")
    desk.paid("A1", "600", days=1)
    desk.settle(days=1)
    second = desk.promise("A1", amount="600", days=4, at=desk.at + 1.5 * DAY)
    desk.settle(days=9)

    for promise in (first, second):
        promise.refresh_from_db()
    assert (first.state, second.state) == ("kept", "broken")


def test_the_queries_do_not_grow_with_the_promises(desk: Desk, django_assert_num_queries: object) -> None:
    for number in ("A1", "A2", "A3"):
        desk.promise(number, amount="100", days=int(number[1]))
    with django_assert_num_queries(4):  # type: ignore[operator]
        assert desk.settle(days=20) == 3


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"amount": 0}, "promise_amount_is_positive"),
        ({"state": "kept"}, "promise_that_runs_is_not_settled"),
        ({"settled_on": dt.date(2026, 3, 1)}, "promise_that_runs_is_not_settled"),
    ],
)
def test_the_database_guards_a_promise(desk: Desk, change: dict[str, object], constraint: str) -> None:
    promise = desk.promise("A1", amount="100")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Promise.objects.filter(pk=promise.pk).update(**change)


def test_the_database_wants_a_replaced_promise_to_have_ended(desk: Desk) -> None:
    one, two = desk.promise("A1", amount="100"), desk.promise("A2", amount="100")
    named = "promise_that_is_replaced_names_its_successor"
    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        Promise.objects.filter(pk=one.pk).update(replaced_by=two)


def test_the_database_lets_an_invoice_run_in_one_promise(desk: Desk) -> None:
    one, two = desk.promise("A1", amount="100"), desk.promise("A2", amount="100")
    a1 = desk.rows.invoices["A1"]
    with pytest.raises(IntegrityError, match="invoice_has_one_running_promise"), transaction.atomic():
        PromisedInvoice.objects.create(promise=two, invoice=a1, amount=1)
    with pytest.raises(IntegrityError, match="promise_names_an_invoice_once"), transaction.atomic():
        PromisedInvoice.objects.create(promise=one, invoice=a1, amount=1, is_running=False)
    with pytest.raises(IntegrityError, match="promised_amount_is_positive"), transaction.atomic():
        PromisedInvoice.objects.filter(promise=one).update(amount=0)


def test_another_company_is_left_alone(desk: Desk, company: Company) -> None:
    desk.promise("A1", amount="1200")
    other = Company.objects.create(code="OT", name="Other", currency="GBP", created_at=desk.at)

    assert endings.settle(company=other, today=desk.today + 30 * DAY, at=desk.at + 30 * DAY) == 0
