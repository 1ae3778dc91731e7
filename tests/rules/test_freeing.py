"""The smallest payment that frees an order, what a payment would do, and when an order will be held."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from collections_app.holds.rules import deciding, foreseeing, paying
from collections_app.holds.rules.facts import Broken, Exclusion, Facts, Forced, Group, Standing
from collections_app.holds.rules.foreseeing import Ahead
from collections_app.holds.rules.netting import Netted, net
from collections_app.holds.rules.paying import Line
from collections_app.holds.rules.rule_sets import RuleSet
from tests.rules.holding import DAY, NOTHING, TODAY, facts, item, limit, order, standing


def smallest(known: Facts, rules: RuleSet | None = None) -> list[tuple[str, str, str]] | None:
    lines = paying.smallest_payment(known, rules or RuleSet())
    return None if lines is None else [(one.number, one.currency, f"{one.amount:f}") for one in lines]


def test_it_asks_for_the_invoices_that_are_too_old_and_for_nothing_else() -> None:
    known = facts(standing(item(1, "120.00", late=100), item(2, "80.50", late=95), item(3, "999", late=60)))

    assert smallest(known) == [("A1", "GBP", "120.00"), ("A2", "GBP", "80.50")]


def test_it_asks_only_for_what_is_neither_covered_nor_contested() -> None:
    known = facts(standing(item(1, "120.00", late=100), item(2, "80", late=95, disputed="30"), cover="100"))

    assert smallest(known) == [("A1", "GBP", "20.00"), ("A2", "GBP", "50")]


def test_a_part_of_the_oldest_overdue_invoice_is_enough_for_a_limit() -> None:
    known = facts(
        standing(item(1, "600", late=-9), item(2, "300", late=20), item(3, "300", late=40)),
        order=order("200"),
        limit=limit("1000"),
    )

    assert smallest(known) == [("A3", "GBP", "300"), ("A2", "GBP", "100.00")]


def test_what_must_be_paid_is_not_given_up_for_money_in_advance_when_another_currency_is_the_last() -> None:
    known = facts(
        standing(item(1, "100", late=5), item(2, "500", late=100), orders="700"),
        order=order("10", "EUR"), limit=limit("650"), broken=(Broken(1, TODAY - DAY * 9, (1,)),),
    )  # fmt: skip

    assert smallest(known, RuleSet(broken_promises=1)) == [
        ("A2", "GBP", "500"), ("A1", "GBP", "100"), ("", "GBP", "50.00"), ("", "EUR", "10.00")
    ]  # fmt: skip


def test_beside_money_that_was_paid_back_no_more_is_asked_for_in_advance_than_frees() -> None:
    """1.00 for the promise and 1.00 in advance do: 3.00 in advance are not asked for."""
    known = facts(
        standing(item(1, "1", late=5), item(2, "4", late=5, disputed="4"), cover="-2", orders="2"),
        order=order("1", "EUR"), group=Group("All", limit("6"), {"GBP": Decimal(-1)}),
        broken=(Broken(1, TODAY - DAY * 9, (1,)),),
    )  # fmt: skip

    assert smallest(known, RuleSet(broken_promises=1)) == [
        ("A1", "GBP", "1"), ("", "GBP", "1.00"), ("", "EUR", "1.00")
    ]  # fmt: skip


def test_money_in_advance_is_asked_for_when_all_invoices_are_not_enough() -> None:
    known = facts(
        standing(item(1, "100"), orders="500"), order=order("700", currency="EUR"),
        limit=limit("1000"), rates={"EUR": "0.90"},
    )  # fmt: skip

    assert smallest(known) == [("A1", "GBP", "100"), ("", "GBP", "130.00")]


def test_a_first_order_is_paid_for_in_its_own_currency() -> None:
    known = facts(order=order("70000", "JPY"), is_new=True)

    assert smallest(known, replace(NOTHING, holds_first_order=True)) == [("", "JPY", "70000")]


def test_a_hold_that_a_person_placed_is_freed_by_no_payment() -> None:
    known = facts(standing(item(1, "120", late=100)), forced=(Forced("Stop", "Dana", TODAY),))

    assert smallest(known) is None


def test_the_invoices_of_a_giant_are_netted_once_and_not_for_every_payment_that_is_tried(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = 4000
    known = facts(
        standing(*(item(n, "10", late=20) for n in range(many))), order=order("95"), limit=limit("1000")
    )
    looked_at: list[int] = []

    def counted(each: Standing) -> list[Netted]:
        looked_at.append(len(each.items))
        return net(each)

    monkeypatch.setattr(deciding, "net", counted)
    lines = smallest(known) or []

    assert (len(lines), lines[-1]) == (3910, ("A3909", "GBP", "5.00"))  # 40,000 + 95 - 1,000
    assert many <= sum(looked_at) < 1.1 * many


def test_invoices_of_two_currencies_that_rules_see_alike_are_made_smaller_by_the_last_of_them() -> None:
    """Pounds are paid last and to the penny; what that leaves over is a yen, and not one for each invoice."""
    known = facts(
        standing(*(item(n, "100", late=9) for n in range(1, 4)), currency="JPY"),
        standing(item(9, "5.00", late=8)),
        order=order("1", "JPY"),
        rates={"JPY": "0.00517"},
    )

    lines = smallest(known, replace(NOTHING, overdue_amount=Decimal("0.999")))
    assert lines == [
        ("A1", "JPY", "100"), ("A2", "JPY", "100"), ("A3", "JPY", "99"), ("A9", "GBP", "4.01"),
    ]  # fmt: skip


def test_what_is_free_needs_no_payment() -> None:
    assert smallest(facts(standing(item(1, "120", late=90)), order=order("10"))) == []


def test_a_currency_without_a_rate_is_paid_off() -> None:
    known = facts(standing(item(1, "5"), currency="USD"), order=order("10"), limit=limit("100"))

    assert smallest(known) == [("A1", "USD", "5")]


def test_what_was_promised_and_not_kept_is_paid_invoice_by_invoice() -> None:
    known = facts(
        standing(item(1, "50", late=40), item(2, "30", late=10), item(3, "20", late=5)),
        broken=tuple(Broken(n, TODAY - DAY * n, (2, 3)) for n in (1, 2, 3)),
    )

    assert smallest(known) == [("A2", "GBP", "30"), ("A3", "GBP", "20")]


def test_what_a_whole_penny_pays_too_much_is_taken_off_the_finer_yen() -> None:
    """1.551 + 4.00 is a little short of the 5.552 to be paid, and 4.01 is a yen and more too much."""
    known = facts(
        standing(item(1, "300", late=9), currency="JPY"),
        standing(item(2, "5.00", late=8)),
        order=order("1", "JPY"),
        rates={"JPY": "0.00517"},
    )

    lines = smallest(known, replace(NOTHING, overdue_amount=Decimal("0.999")))
    assert lines == [("A1", "JPY", "299"), ("A2", "GBP", "4.01")]


def test_a_group_is_freed_by_paying_for_all_of_ones_own() -> None:
    group = Group("Harrow Holdings", limit("1000"), {"GBP": Decimal(5000)})
    known = facts(standing(item(1, "10"), cover="2"), order=order("7"), group=group)

    assert smallest(known) == [("A1", "GBP", "8"), ("", "GBP", "7.00")]


@pytest.mark.parametrize(("paid", "held"), [("200.49", True), ("200.50", False), ("5000", False)])
def test_what_if_tells_the_answer_after_a_payment_and_what_it_would_settle(paid: str, held: bool) -> None:
    known = facts(standing(item(1, "120.00", late=100), item(2, "80.50", late=95), item(3, "10", late=1)))

    found = paying.what_if(known, RuleSet(), {"GBP": Decimal(paid)})
    assert found.decision.is_held is held
    assert sum(line.amount for line in found.lines) == Decimal(paid)
    assert [line.number for line in found.lines][:2] == ["A1", "A2"]


def test_a_payment_larger_than_all_is_on_account() -> None:
    found = paying.what_if(facts(standing(item(1, "120", late=100))), RuleSet(), {"GBP": Decimal(200)})

    assert found.lines == (Line("GBP", Decimal(120), 1, "A1"), Line("GBP", Decimal(80)))


@pytest.mark.parametrize(
    ("known", "on"),
    [
        (facts(standing(item(1, "120", late=80))), TODAY + DAY * 11),
        (facts(standing(item(1, "120", late=76))), None),
        (facts(standing(item(1, "120", late=100))), None),  # held already
        (facts(standing(item(1, "1")), limit=limit("9", expires_on=TODAY + DAY * 3)), TODAY + DAY * 4),
        (
            facts(standing(item(1, "9", late=99)), exclusions=(Exclusion("", TODAY + DAY * 2),)),
            TODAY + DAY * 3,
        ),
    ],
)
def test_it_is_known_before_on_which_day_orders_will_be_held(known: Facts, on: dt.date | None) -> None:
    found = foreseeing.first_hold(known, [Ahead(TODAY, RuleSet())], within_days=14)

    assert (found.on if found else None) == on
