"""Which step to take today: the cases of the trade, one by one."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from collections_app.correspondence.rules import MessageState
from collections_app.dunning.rules import ladder, leaving, packs
from collections_app.dunning.rules.ladder import Decision, Falling, Known, Owed, Taken, Why
from collections_app.dunning.rules.leaving import Unsent
from collections_app.dunning.rules.reasons import sentence
from collections_app.dunning.rules.steps import Channel, Procedure, Step, Unit
from collections_app.lib.working_days import Calendar

TODAY = dt.date(2026, 3, 11)  # a Wednesday
CALENDAR = Calendar("GB", "ENG")
STANDARD = packs.starter("standard", "GBP")


def ago(days: int) -> dt.date:
    return TODAY - dt.timedelta(days)


def owes(days: int, amount: str = "1000", currency: str = "GBP") -> Owed:
    return Owed(currency, ago(days), Decimal(amount), Decimal(amount))


def climbing(
    code: str, days_ago: int, *, procedure: Procedure = STANDARD, days: int = 30, **facts: Any
) -> Known:
    """Somebody whose oldest is overdue by ``days`` and who got the step ``code`` some days ago."""
    step = procedure.step(code)
    assert step is not None
    taken = Taken.of(step, ago(days_ago))
    return Known(owed=(owes(days),), is_climbing=True, taken=taken, **facts)


def asked(
    known: Known, *, procedure: Procedure | None = STANDARD, today: dt.date = TODAY, highest_level: int = 5
) -> Decision:
    return ladder.decide(procedure, known, highest_level=highest_level, calendar=CALENDAR, today=today)


def taken(decision: Decision) -> list[str]:
    return [step.code for step in decision.steps]


def test_the_first_reminder_goes_three_days_after_the_due_date() -> None:
    monday = Known(owed=(owes(2),))

    assert asked(monday).why == Why.TOO_EARLY
    assert taken(asked(monday, today=TODAY + dt.timedelta(1))) == ["email+3"]


def test_the_oldest_collectable_invoice_sets_the_day_whatever_its_currency() -> None:
    known = Known(owed=(owes(1), owes(5, currency="EUR")))

    assert taken(asked(known)) == ["email+3"]
    assert asked(known).oldest_due_on == ago(5)


def test_what_is_not_overdue_starts_no_ladder() -> None:
    assert asked(Known(owed=(owes(0),))).why == Why.NOTHING_DUE
    assert asked(Known()).why == Why.NOTHING_DUE


def test_somebody_far_behind_begins_at_the_bottom() -> None:
    assert taken(asked(Known(owed=(owes(300),)))) == ["email+3"]


def test_the_next_step_keeps_its_distance_after_a_missed_week() -> None:
    # 30 days overdue, and the first reminder went out only two days ago: four days lie between the two.
    decision = asked(climbing("email+3", 2))

    assert (decision.why, decision.day) == (Why.SPACING, TODAY + dt.timedelta(2))
    assert taken(asked(climbing("email+3", 4))) == ["email+7"]


def test_no_step_is_left_out() -> None:
    assert taken(asked(climbing("email+7", 20, days=90))) == ["call+14"]


def test_steps_of_one_day_are_taken_together() -> None:
    assert taken(asked(climbing("letter+21", 9))) == ["email+30", "hold_proposal+30"]


def test_past_the_last_step_nothing_comes_again() -> None:
    assert asked(climbing("task+60", 90, days=150)).why == Why.END


def test_the_last_step_comes_again_where_the_procedure_says_so() -> None:
    steps = (Step("call+5", 5, Channel.CALL, 1, repeat_days=14),)
    procedure = Procedure("own", steps)

    assert asked(climbing("call+5", 13, procedure=procedure), procedure=procedure).why == Why.SPACING
    assert taken(asked(climbing("call+5", 14, procedure=procedure), procedure=procedure)) == ["call+5"]


def test_a_level_that_is_not_switched_on_is_waited_for() -> None:
    known = climbing("call+14", 9, days=90)

    assert asked(known, highest_level=2).why == Why.LEVEL_OFF
    assert taken(asked(known, highest_level=3)) == ["letter+21"]


def by_age(*codes: str) -> Procedure:
    steps = tuple(replace(step, enters_by_age=step.code in codes) for step in STANDARD.steps)
    return Procedure("standard", steps)


def test_the_age_enters_where_the_procedure_says_so() -> None:
    known = Known(owed=(owes(16),))

    assert taken(asked(known, procedure=by_age("email+7", "call+14", "letter+21"))) == ["call+14"]
    assert taken(asked(known, procedure=by_age("letter+21"))) == ["email+3"]


def test_while_levels_are_switched_on_one_at_a_time_everybody_enters_from_below() -> None:
    assert taken(asked(Known(owed=(owes(90),)), procedure=by_age("letter+21"), highest_level=4)) == [
        "email+3"
    ]


def test_a_message_that_waits_for_a_decision_keeps_its_place() -> None:
    decision = asked(climbing("email+3", 30, waits_since=ago(4)))

    assert decision.why == Why.WAITS


def test_nothing_graver_follows_a_letter_that_lies_here_still() -> None:
    decision = asked(climbing("email+3", 30, unposted_since=ago(9)))

    assert (decision.why, decision.day) == (Why.UNPOSTED, ago(9))
    assert "approved on" in sentence(decision)


def test_what_a_person_put_off_stays_off_until_its_day() -> None:
    assert asked(climbing("email+3", 10, put_off_until=TODAY + dt.timedelta(1))).why == Why.PUT_OFF
    assert taken(asked(climbing("email+3", 10, put_off_until=TODAY))) == ["email+7"]


def test_a_contact_lately_makes_the_message_wait() -> None:
    decision = asked(Known(owed=(owes(10),), last_contact_on=ago(2)))

    assert (decision.why, decision.day) == (Why.CONTACT, TODAY + dt.timedelta(1))
    assert taken(asked(Known(owed=(owes(10),), last_contact_on=ago(3)))) == ["email+3"]


def test_a_steady_payer_is_left_alone_for_as_long_as_they_usually_take() -> None:
    steady = packs.starter("steady", "GBP")

    def known(days: int) -> Known:
        return Known(owed=(owes(days),), usual_days=Decimal("12.0"))

    assert asked(known(14), procedure=steady).why == Why.USUAL_DELAY
    assert taken(asked(known(15), procedure=steady)) == ["email+7"]
    assert taken(asked(replace(known(7), usual_days=None), procedure=steady)) == ["email+7"]
    # Who pays early is no reason to write before the day of the step.
    assert asked(replace(known(6), usual_days=Decimal(-9)), procedure=steady).why == Why.TOO_EARLY


def test_a_step_for_larger_amounts_is_passed_over_below_them() -> None:
    steps = (
        Step("email+3", 3, Channel.EMAIL, 1),
        Step("call+7", 7, Channel.CALL, 2, least_amount=Decimal(5000)),
        Step("email+14", 14, Channel.EMAIL, 2),
    )
    procedure = Procedure("own", steps)
    small, large = climbing("email+3", 12, procedure=procedure), owes(30, "5000")

    assert taken(asked(small, procedure=procedure)) == ["email+14"]
    assert taken(asked(replace(small, owed=(large,)), procedure=procedure)) == ["call+7"]
    # Amounts without a rate are never too small.
    no_rate = replace(large, currency="XAF", worth=None)
    assert taken(asked(replace(small, owed=(no_rate,)), procedure=procedure)) == ["call+7"]


def test_currencies_are_compared_and_never_added() -> None:
    procedure = Procedure("own", (Step("call+1", 1, Channel.CALL, 1, least_amount=Decimal(150)),))
    known = Known(owed=(owes(9, "100"), owes(9, "100", "EUR")))

    assert asked(known, procedure=procedure).why == Why.SMALL


def test_all_that_is_overdue_promised_or_disputed_makes_the_ladder_rest() -> None:
    known = replace(climbing("email+3", 10), owed=())

    assert asked(known).why == Why.NOTHING_COLLECTABLE


def test_nobody_is_reminded_on_a_day_of_rest() -> None:
    assert asked(Known(owed=(owes(9),)), today=dt.date(2026, 3, 14)).why == Why.REST_DAY
    assert asked(Known(owed=(owes(9),)), today=dt.date(2026, 4, 3)).why == Why.REST_DAY  # Good Friday


def test_what_is_due_on_a_saturday_counts_from_monday() -> None:
    known = Known(owed=(Owed("GBP", dt.date(2026, 3, 7), Decimal(10), Decimal(10)),))  # a Saturday

    assert asked(known).why == Why.TOO_EARLY
    assert taken(asked(known, today=dt.date(2026, 3, 12))) == ["email+3"]


def test_a_step_for_a_saturday_is_taken_on_monday_and_the_next_does_not_slip() -> None:
    due = dt.date(2026, 3, 11)  # +3 is a Saturday, +7 the Wednesday after
    monday = dt.date(2026, 3, 16)
    decision = asked(Known(owed=(Owed("GBP", due, Decimal(10), Decimal(10)),)), today=monday)
    assert (taken(decision), decision.counts_on) == (["email+3"], dt.date(2026, 3, 14))

    first = Taken.of(decision.steps[0], dt.date(2026, 3, 14))
    known = Known(owed=(Owed("GBP", due, Decimal(10), Decimal(10)),), is_climbing=True, taken=first)
    assert taken(asked(known, today=dt.date(2026, 3, 18))) == ["email+7"]


def test_working_days_are_counted_as_such() -> None:
    steps = (Step("email", 5, Channel.EMAIL, 1, Unit.WORKING_DAYS),)
    procedure = Procedure("own", steps)

    assert asked(Known(owed=(owes(6),)), procedure=procedure).why == Why.TOO_EARLY
    assert taken(asked(Known(owed=(owes(7),)), procedure=procedure)) == ["email"]


def falling(days: int, amount: str = "1000", *asked_by: str) -> Falling:
    return Falling(days, TODAY + dt.timedelta(days), Decimal(amount), frozenset(asked_by))


def test_what_falls_due_is_asked_about_once_in_one_message() -> None:
    known = Known(falling=(falling(1), falling(3), falling(4), falling(2, "10", "email-3")))
    decision = asked(known)

    assert taken(decision) == ["email-3"]
    assert decision.invoices == (1, 3)


def test_nothing_is_asked_about_what_falls_due_while_something_is_overdue() -> None:
    known = Known(owed=(owes(1),), falling=(falling(3),))

    assert asked(known).why == Why.TOO_EARLY


def test_a_key_account_is_called_about_large_invoices_only() -> None:
    key = packs.starter("key", "GBP")

    assert asked(Known(falling=(falling(7, "9999.99"),)), procedure=key).why == Why.NOTHING_DUE
    decision = asked(Known(falling=(falling(7, "10000"), falling(6, "20"))), procedure=key)
    assert (taken(decision), decision.invoices) == (["call-7"], (7,))


def test_a_procedure_edited_meanwhile_goes_on_after_the_last_step_that_was_taken() -> None:
    edited = Procedure(
        "standard",
        (
            Step("new+5", 5, Channel.EMAIL, 1),
            Step("new+10", 10, Channel.EMAIL, 2),
            Step("call+14", 14, Channel.CALL, 2),
            Step("email+16", 16, Channel.EMAIL, 3),
        ),
    )
    gone = Known(owed=(owes(40),), is_climbing=True, taken=Taken("email+7", 2, 7, ago(20)))

    assert taken(asked(gone, procedure=edited)) == ["new+10"]
    assert taken(asked(climbing("call+14", 20), procedure=edited)) == ["email+16"]
    # A level that was reached is never left downward.
    third = Known(owed=(owes(40),), is_climbing=True, taken=Taken("letter+4", 3, 4, ago(20)))
    assert taken(asked(third, procedure=edited)) == ["email+16"]


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_is_a_sentence(why: Why) -> None:
    rung = STANDARD.ladder[0]
    decision = Decision(why, steps=rung.steps, next=rung, day=TODAY, oldest_due_on=ago(9))

    said = sentence(decision)
    assert said.endswith(".")
    assert "None" not in said


@pytest.mark.parametrize("state", [MessageState(state) for state in leaving.IN_THE_WAY])
def test_nothing_graver_follows_an_email_that_did_not_leave(state: MessageState) -> None:
    unsent = Unsent(ago(9), state, "Money is here.")
    decision = asked(climbing("email+3", 30, unsent=unsent))

    assert (decision.why, decision.day) == (Why.UNSENT, ago(9))
    assert "approved on" in sentence(decision)
    assert "(Money is here); the next waits for it." in sentence(decision)


def test_each_state_of_a_message_counts_for_something_on_the_ladder() -> None:
    assert set(leaving.COUNTS) == set(MessageState)
