"""Orders come in by file: all of them or none, each checked as if it had come alone."""

import datetime as dt
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.management import call_command

from collections_app.activity.events import Event
from collections_app.holds import order_files, releases
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company
from collections_app.people.users import User
from tests.holds.selling import Shop, codes, held
from tests.intake.conftest import AT

SAMPLES = Path(__file__).parents[2] / "docs" / "samples"
Bring = Callable[..., Batch]


@pytest.fixture
def bring(company: Company, at: dt.datetime) -> Bring:
    """Imports text as a file of orders, or only checks it."""

    def run(text: str, *, kind: str = "orders", check_only: bool = False, at: dt.datetime = at) -> Batch:
        batch = batches.receive(
            company=company,
            file_name="orders.csv",
            content=[text.encode()],
            profile_name="own",
            kind=kind,
            by=None,
            at=at,
        )
        if check_only:
            return batches.check(batch, at=at, sides=order_files.SIDES)
        return batches.apply(batch, by=None, at=at, sides=order_files.SIDES)

    return run


def problems(batch: Batch) -> list[tuple[int, str, str]]:
    return list(batch.problems.order_by("line", "pk").values_list("line", "column", "code"))


def test_the_sample_of_the_documentation_arrives_whole_and_twice_changes_nothing(
    bring: Bring, company: Company
) -> None:
    Company.objects.filter(pk=company.pk).update(currency="EUR")
    company.refresh_from_db()
    assert bring((SAMPLES / "customers.csv").read_text("utf-8"), kind="customers").state == "applied"

    first = bring((SAMPLES / "orders.csv").read_text("utf-8"), at=AT)

    assert first.state == "applied", problems(first)
    assert (first.summary["new"], first.summary["changed"]) == (5, 0)
    order = Order.objects.get(number="SO-4002")
    assert (order.customer.number, str(order.amount), order.wanted_on) == (
        "000120",
        "420.500",
        dt.date(2026, 3, 20),
    )
    assert (order.exemption_class, order.salesperson_code, order.source) == ("spare-parts", "sam", "webshop")
    assert Order.objects.get(number="SO-4003").currency == "EUR"
    assert set(Order.objects.in_hand().values_list("number", flat=True)) == {"SO-4001", "SO-4002", "SO-4003"}
    told = Event.objects.count()

    again = bring((SAMPLES / "orders.csv").read_text("utf-8"), at=AT)
    assert (again.summary["new"], again.summary["changed"], again.summary["unchanged"]) == (0, 0, 5)
    assert Event.objects.count() == told + 2  # that the file came, and that it was applied


def test_orders_of_a_file_wait_for_the_reasons_for_which_they_would_wait_alone(
    bring: Bring, shop: Shop
) -> None:
    """100 owes too old an invoice; 200 has 700 left of the limit, and who stands first takes it first."""
    batch = bring(
        "number,customer,amount,currency\nSO-1,100,50,GBP\nSO-2,200,600,GBP\nSO-3,200,101,GBP\nSO-4,200,100,GBP\n"
    )

    assert batch.state == "applied", problems(batch)
    assert held() == ["SO-1", "SO-3"]
    assert codes(Hold.objects.get(order__number="SO-1")) == ["overdue_days"]
    assert Hold.objects.get(order__number="SO-1").moment == "entry"
    told = Event.objects.filter(what__startswith="order.").order_by("facts__order")
    assert [(each.what, each.facts["order"]) for each in told] == [
        ("order.held", "SO-1"),
        ("order.received", "SO-2"),
        ("order.held", "SO-3"),
        ("order.received", "SO-4"),
    ]
    goes = told[3]
    assert goes.summary == "Order SO-4 over £100.00 came in: it goes"
    assert goes.facts["figures"]["orders"] == {"GBP": "600.00"}
    assert goes.facts["rules"] == Hold.objects.filter(order__number="SO-3").get().rules_id


def test_a_username_of_another_company_in_a_file_names_nobody(bring: Bring, shop: Shop, sam: User) -> None:
    text = "number,customer,amount,salesperson\nSO-1,200,10.00,sam\n"
    bring(text)
    assert Order.objects.get().salesperson == sam
    sam.companies.clear()
    bring(text.replace("10.00", "11.00"))
    assert (Order.objects.get().salesperson, Order.objects.get().salesperson_code) == (None, "sam")


def test_a_check_tells_what_the_file_would_change_and_changes_nothing(bring: Bring, shop: Shop) -> None:
    batch = bring("number,customer,amount,currency\nSO-1,100,50,GBP\n", check_only=True)

    assert (batch.state, batch.summary["new"]) == ("checked", 1)
    assert batch.summary["samples"][0]["becomes"] == "50.00"
    assert not Order.objects.exists()


def test_one_wrong_row_keeps_all_of_the_file_out_and_every_problem_is_told_by_line(
    bring: Bring, shop: Shop
) -> None:
    shop.order("SO-8", "20")
    shop.order("SO-9", "20")
    shop.order("SO-9", "20", state="delivered")

    batch = bring(
        "number,customer,amount,currency,state\n"
        "SO-1,100,50,GBP,in_hand\n"
        ",100,50,GBP,\n"
        "SO-2,nobody,50,GBP,\n"
        "SO-3,100,0,GBP,\n"
        "SO-4,100,1.005,GBP,\n"
        "SO-5,100,,GBP,\n"
        "SO-6,100,5,GBP,lost\n"
        "SO-8,200,20,GBP,\n"
        "SO-9,100,20,GBP,in_hand\n"
        "SO-7,100,5,GBP,\n"
        "SO-7,100,6,GBP,\n"
    )

    assert batch.state == "refused"
    assert problems(batch) == [
        (3, "number", "number_missing"),
        (4, "customer", "no_such_customer"),
        (5, "amount", "amount"),
        (6, "amount", "too_many_decimals"),
        (7, "amount", "amount_missing"),
        (8, "state", "bad_type"),
        (9, "customer", "other_customer"),
        (10, "state", "ended"),
        (12, "number", "stands_twice"),
    ]
    assert Order.objects.count() == 2


def test_what_a_file_says_was_delivered_waits_for_nothing_and_its_request_ends(
    bring: Bring, shop: Shop, sam: User
) -> None:
    order = shop.order("SO-1", "50").order
    releases.ask(order, reason="They collect it today", by=sam, at=shop.at)

    bring(
        "number,customer,state\nSO-1,100,delivered\n".replace("state", "state,amount").replace(
            "delivered", "delivered,"
        )
    )

    order.refresh_from_db()
    assert (order.state, str(order.amount)) == ("delivered", "50.000")
    assert Hold.objects.get().ending == "order_ended"
    assert order.releases.get().because == "The order was delivered."


def test_an_empty_cell_keeps_what_is_known(bring: Bring, shop: Shop) -> None:
    shop.order("SO-1", "50", customer="200", exemption_class="spare", salesperson_code="sam")

    bring("number,customer,amount,exemption_class,wanted_on\nSO-1,200,60,,2026-12-24\n")

    order = Order.objects.get()
    assert (str(order.amount), order.exemption_class, order.salesperson_code) == ("60.000", "spare", "sam")
    assert order.wanted_on == dt.date(2026, 12, 24)


def test_the_command_takes_orders_and_the_night_after_it_leaves_them_as_decided(
    company: Company, shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "orders.csv"
    file.write_text("number,customer,amount,currency\nSO-1,100,50,GBP\nSO-2,200,50,GBP\n", "utf-8")

    call_command(
        "import_ledger",
        str(file),
        "--company",
        company.code,
        "--profile",
        "own",
        "--kind",
        "orders",
        "--json",
    )

    answer = json.loads(capsys.readouterr().out)
    assert (answer["applied"], answer["new"], answer["totals"]) == (True, 2, {})
    assert {stage["state"] for stage in answer["stages"]} == {"done"}
    assert "SO-1" in held()


def test_the_ledgers_own_side_does_not_take_orders(company: Company, at: dt.datetime) -> None:
    """A door that forgot to name the side of orders finds out at once."""
    batch = batches.receive(
        company=company, file_name="o.csv", content=[b"number,customer,amount\nS,1,1\n"], profile_name="own",
        kind="orders", by=None, at=at,
    )  # fmt: skip
    with pytest.raises(KeyError):
        batches.check(batch, at=at)
