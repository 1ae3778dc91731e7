"""What holds an order: each rule at its boundary, and the sentence that people read."""

from dataclasses import replace
from decimal import Decimal

import pytest

from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Broken, Exclusion, Forced, Group
from collections_app.holds.rules.netting import net
from collections_app.holds.rules.reasons import Decision, ReasonCode
from collections_app.holds.rules.rule_sets import Exemption, RuleSet, problems_of, read, write
from tests.rules.holding import DAY, NOTHING, TODAY, facts, item, limit, order, standing

OLD = replace(NOTHING, overdue_days=90)
USED = replace(NOTHING, limit_percent=100)


def codes(decision: Decision) -> list[str]:
    return [code.value for code in decision.codes]


@pytest.mark.parametrize(("late", "held"), [(90, False), (91, True)])
def test_an_order_waits_when_an_invoice_is_more_than_ninety_days_overdue(late: int, held: bool) -> None:
    assert decide(facts(standing(item(1, "120.00", late=late))), RuleSet()).is_held is held


@pytest.mark.parametrize(("cover", "held"), [("119.99", True), ("120.00", False)])
def test_cash_that_is_not_set_against_anything_counts_for_the_oldest_first(cover: str, held: bool) -> None:
    known = facts(standing(item(2, "500.00", late=40), item(1, "120.00", late=100), cover=cover))

    assert decide(known, OLD).is_held is held


def test_what_is_contested_holds_nothing_but_the_rest_of_the_invoice_does() -> None:
    assert not decide(facts(standing(item(1, "120.00", late=100, disputed="120.00"))), OLD).is_held

    (reason,) = decide(facts(standing(item(1, "120.00", late=100, disputed="100.00"))), OLD).reasons
    assert reason.figures["amount"] == "20.00"


def test_cash_in_one_currency_does_not_count_in_another() -> None:
    known = facts(
        standing(item(1, "10.00", late=100), currency="EUR"), standing(cover="5000.00"), rates={"EUR": "0.86"}
    )

    assert codes(decide(known, OLD)) == ["overdue_days"]


def test_the_sentence_names_invoices_days_and_amounts_a_currency_for_itself() -> None:
    known = facts(
        standing(item(1, "120.00", late=100), item(2, "80.50", late=95), cover="20.00"),
        standing(item(3, "40.00", late=120), currency="EUR"),
    )

    euros, pounds = decide(known, OLD).reasons
    assert euros.sentence == (
        "A3 is 120 days overdue with €40.00; after 90 days nothing more is delivered on credit."
    )
    assert pounds.sentence == (
        "2 invoices are more than 90 days overdue, £180.50 in all: A1 with £100.00, 100 days; "
        "A2 with £80.50, 95 days. £20.00 that is not set against any invoice yet was counted."
    )


@pytest.mark.parametrize(("amount", "held"), [("400.00", False), ("400.01", True)])
def test_the_limit_takes_open_items_orders_in_hand_and_this_order(amount: str, held: bool) -> None:
    known = facts(
        standing(item(1, "500.00", late=-5), cover="100.00", orders="200.00"),
        order=order(amount),
        limit=limit("1000.00"),
    )

    assert decide(known, USED).is_held is held


def test_the_limit_tells_what_it_is_made_of() -> None:
    known = facts(
        standing(item(1, "700.00"), cover="50.00", orders="200.00"), order=order("300"), limit=limit("1000")
    )

    (reason,) = decide(known, USED).reasons
    assert reason.sentence == (
        "With this order £1,150.00 would be on credit, more than the credit limit of £1,000.00: "
        "£700.00 open, less £50.00 not set against any invoice yet, £200.00 of other orders in hand, "
        "£300.00 of this order."
    )


def test_a_limit_is_compared_in_the_companys_currency_by_the_rate_of_the_day() -> None:
    known = facts(
        standing(item(1, "500.00")),
        standing(item(2, "100.00"), currency="EUR"),
        order=order("400.00"),
        limit=limit("1000.00"),
        rates={"EUR": "0.86"},
    )
    assert not decide(replace(known, order=order("414.00")), USED).is_held

    (reason,) = decide(replace(known, order=order("414.01")), USED).reasons
    assert "€100.00 and £914.01 (by today's rates £1,000.01)" in reason.sentence


def test_what_is_all_in_the_limits_own_currency_needs_no_rate() -> None:
    known = facts(
        standing(item(1, "900.00"), currency="USD"), order=order("100", "USD"), limit=limit("1000", "USD")
    )

    assert not decide(known, USED).is_held
    assert codes(decide(replace(known, order=order("101", "USD")), USED)) == ["limit_used"]


def test_what_cannot_be_compared_is_not_let_through_unseen() -> None:
    known = facts(standing(item(1, "1.00"), currency="USD"), order=order("1"), limit=limit("1000"))

    (reason,) = decide(known, USED).reasons
    assert reason.code == ReasonCode.NO_RATE
    assert reason.sentence.startswith("No exchange rate from USD to GBP is known for today")


def test_no_limit_known_is_no_limit_and_a_limit_of_nothing_is_cash_only() -> None:
    known = facts(standing(item(1, "1.00")), order=order("1"))

    assert not decide(known, USED).is_held
    assert decide(replace(known, limit=limit("0")), USED).is_held
    assert not decide(facts(standing(cover="1.00"), order=order("1"), limit=limit("0")), USED).is_held


@pytest.mark.parametrize(("others", "held"), [("8900.00", False), ("8900.01", True)])
def test_the_limit_of_a_group_takes_what_the_others_have(others: str, held: bool) -> None:
    group = Group("Harrow Holdings", limit("10000"), {"GBP": Decimal(others)})
    known = facts(standing(item(1, "1000.00")), order=order("100"), limit=limit("5000"), group=group)

    assert decide(known, RuleSet()).is_held is held


def test_who_has_all_paid_is_not_held_for_the_group() -> None:
    group = Group("Harrow Holdings", limit("10000"), {"GBP": Decimal("20000")})

    assert decide(facts(order=order("1"), group=group), RuleSet()).is_held
    assert not decide(facts(standing(cover="1"), order=order("1"), group=group), RuleSet()).is_held


@pytest.mark.parametrize(("most", "held"), [("300.00", False), ("299.99", True)])
def test_too_much_overdue_counts_what_is_overdue_and_not_covered(most: str, held: bool) -> None:
    rules = replace(NOTHING, overdue_amount=Decimal(most))
    known = facts(
        standing(item(1, "350.00", late=1), item(2, "900.00", late=0), item(3, "9", late=None), cover="50")
    )

    assert decide(known, rules).is_held is held


def test_money_that_nobody_allocated_covers_the_oldest_first() -> None:
    """Practice B1: 600 against 50 over ninety days and 900 of 61 to 90: none and 350 are left of them."""
    worked = standing(
        item(1, "3590.00", late=-5),
        item(2, "1800.00", late=20),
        item(3, "900.00", late=70),
        item(4, "50.00", late=95),
        cover="600",
    )

    left = {each.days_overdue(TODAY): each.uncovered for each in net(worked)}
    assert left == {95: 0, 70: 350, 20: 1800, 0: 3590}
    assert not decide(facts(worked), OLD).is_held
    assert decide(facts(replace(worked, cover=Decimal("49.99"))), OLD).is_held


def test_broken_promises_hold_while_something_of_them_is_unpaid() -> None:
    rules = replace(NOTHING, broken_promises=2)
    broken = (Broken(7, TODAY - DAY * 40, (1,)), Broken(8, TODAY - DAY * 9, (1, 2)))
    known = facts(standing(item(2, "30.00", late=20)), broken=broken)

    (reason,) = decide(known, rules).reasons
    assert reason.sentence == (
        "2 promises to pay were broken within a year, the last for 2 March 2026, and £30.00 of it is unpaid: "
        "A2 with £30.00, 20 days."
    )
    assert not decide(replace(known, broken=broken[:1]), rules).is_held
    assert not decide(facts(standing(item(3, "30.00", late=20)), broken=broken), rules).is_held


@pytest.mark.parametrize(("days", "held"), [(0, False), (-1, True)])
def test_an_expired_limit_is_none(days: int, held: bool) -> None:
    known = facts(order=order("100"), limit=limit("1000", expires_on=TODAY + DAY * days))

    assert decide(known, RuleSet()).is_held is held


def test_a_first_order_waits_unless_it_is_paid_in_advance() -> None:
    rules = replace(NOTHING, holds_first_order=True)

    assert codes(decide(facts(order=order("100"), is_new=True), rules)) == ["first_order"]
    assert not decide(facts(standing(cover="100"), order=order("100"), is_new=True), rules).is_held
    assert not decide(facts(order=order("100")), rules).is_held


def test_all_reasons_are_told_and_the_one_of_a_person_first() -> None:
    known = facts(
        standing(item(1, "2000.00", late=100)),
        order=order("1"),
        limit=limit("1000", expires_on=TODAY - DAY),
        forced=(Forced("Cheque came back.", "Dana Reyes", TODAY - DAY),),
    )

    decision = decide(known, RuleSet())
    assert codes(decision) == ["forced", "overdue_days", "limit_used", "limit_expired"]
    assert decision.reasons[0].sentence == (
        "Dana Reyes put all orders on hold on 10 March 2026: Cheque came back."
    )


def test_an_exclusion_sets_its_own_rule_aside_until_its_day_and_never_a_persons_word() -> None:
    known = facts(
        standing(item(1, "2000.00", late=100)),
        limit=limit("1000"),
        exclusions=(Exclusion("overdue_days", TODAY, "Plan agreed.", "Dana Reyes"),),
    )

    decision = decide(known, RuleSet())
    assert codes(decision) == ["limit_used"]
    assert decision.set_aside[0].because == "Set aside by Dana Reyes until 11 March 2026: Plan agreed."
    assert codes(decide(replace(known, today=TODAY + DAY), RuleSet())) == ["overdue_days", "limit_used"]

    everything = replace(known, exclusions=(Exclusion("", TODAY),))
    assert not decide(everything, RuleSet()).is_held
    assert decide(replace(everything, forced=(Forced("Stop", "Dana", TODAY),)), RuleSet()).is_held


def test_an_exempt_class_goes_out_and_says_who_answers_for_it() -> None:
    rules = replace(RuleSet(), exemptions=(Exemption("medical", "Ruth Bailey"),))
    known = facts(standing(item(1, "2000.00", late=100)), order=order("1", exemption_class="Medical"))

    decision = decide(known, rules)
    assert not decision.is_held
    assert decision.set_aside[0].because == (
        "Orders of the class “medical” are not held; Ruth Bailey answers for it."
    )
    forced = replace(known, forced=(Forced("Stop", "Dana", TODAY),))
    assert codes(decide(forced, rules)) == ["forced"]


def test_a_set_of_rules_is_kept_and_read_again() -> None:
    rules = RuleSet(overdue_amount=Decimal("1000.50"), exemptions=(Exemption("medical", "Ruth"),))

    assert read(write(rules)) == rules
    assert read({}) == RuleSet()


def test_a_set_with_wrong_settings_is_told_all_that_is_wrong() -> None:
    wrong = RuleSet(
        overdue_days=-1,
        limit_percent=0,
        overdue_amount=Decimal("NaN"),
        exemptions=(Exemption("a", "x"), Exemption("A", "")),
    )

    assert [problem.code for problem in problems_of(wrong)] == [
        "overdue_days",
        "limit_percent",
        "overdue_amount",
        "exemptions",
        "exemptions",
    ]
    assert problems_of(RuleSet()) == []
