"""What a procedure must be like before it goes live."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from collections_app.correspondence.rules.letter_values import Action
from collections_app.dunning.rules import packs, written
from collections_app.dunning.rules.procedures import problems_of
from collections_app.dunning.rules.steps import Channel, Procedure, Step, Unit
from collections_app.segmentation.rules import packs as segment_packs

EMAIL = Step("email+3", 3, Channel.EMAIL, 1)


def codes(*steps: Step) -> set[str]:
    return {problem.code for problem in problems_of(Procedure("own", steps))}


@pytest.mark.parametrize("segment", packs.PACK)
def test_the_starting_procedures_are_in_order(segment: str) -> None:
    assert problems_of(packs.starter(segment, "GBP")) == []


def test_every_starting_segment_has_a_procedure() -> None:
    assert {starter.code for starter in segment_packs.starters("GBP")} == set(packs.PACK)


def test_a_segment_of_their_own_starts_with_the_standard_procedure() -> None:
    assert packs.starter("garden-centres", "GBP").steps == packs.starter("standard", "GBP").steps


def test_amounts_fit_a_currency_without_a_minor_unit() -> None:
    assert packs.starter("key", "JPY").steps[0].least_amount == 1_000_000


def test_no_starting_procedure_lets_the_clock_send_what_a_person_should_read_first() -> None:
    automatic = [step for steps in packs.PACK.values() for step in steps if step.is_automatic]

    assert automatic
    assert max(step.level for step in automatic) <= 2


# A final notice that comes after a first reminder.
LAST = replace(EMAIL, code="email+30", offset=30, level=4)


def test_nobody_begins_with_a_final_notice() -> None:
    assert codes(EMAIL, replace(LAST, enters_by_age=True)) == {"final_first"}
    assert codes(LAST) == {"final_first"}
    # What only we hear of is no word to them.
    assert codes(Step("task+3", 3, Channel.TASK, 1), LAST) == {"final_first"}
    assert codes(Step("call+3", 3, Channel.CALL, 1), LAST) == set()
    assert codes(Step("task+30", 30, Channel.TASK, 5)) == set()


def test_a_procedure_that_begins_with_a_final_notice_is_refused_in_a_sentence() -> None:
    (problem,) = problems_of(Procedure("own", (LAST,)))

    assert problem.message == (
        "A final notice is not the first word: put a message or a call before the email 30 days after the "
        "due date."
    )


def test_a_final_notice_is_approved_by_a_person_and_comes_once() -> None:
    assert codes(EMAIL, replace(LAST, is_automatic=True, repeat_days=30)) == {
        "final_by_clock",
        "final_again",
    }


def test_calls_and_holds_are_never_automatic() -> None:
    assert codes(replace(EMAIL, channel=Channel.HOLD_PROPOSAL, is_automatic=True)) == {"deed_by_clock"}


FINAL = replace(LAST, announces=Action.AGENCY, announced_days=3)


def test_a_final_notice_may_announce_what_happens() -> None:
    assert codes(EMAIL, FINAL) == set()
    assert codes(replace(EMAIL, level=3, announces=Action.HOLD, announced_days=1)) == set()


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"level": 3}, "announces_early"),
        ({"level": 2, "announces": Action.HOLD}, "announces_early"),
        ({"announced_days": 0}, "announced_days"),
        ({"announced_days": 61}, "announced_days"),
        ({"channel": Channel.CALL}, "announces"),
        ({"purpose": "statement"}, "announces"),
        ({"level": 3, "announces": Action.HOLD, "is_automatic": True}, "announces_by_clock"),
    ],
)
def test_nothing_is_announced_early_by_the_clock_or_without_a_day(
    changed: dict[str, Any], problem: str
) -> None:
    assert codes(EMAIL, replace(FINAL, **changed)) == {problem}


def test_what_a_step_announces_is_written_down_with_it() -> None:
    (row,) = written.write([FINAL])

    assert (row["announces"], row["announced_days"]) == ("agency", 3)
    assert written.read("own", [row]).steps == (FINAL,)


def test_there_is_one_message_a_day() -> None:
    letter = Step("letter+3", 3, Channel.LETTER, 1)

    assert codes(EMAIL, letter) == {"two_messages"}
    assert codes(EMAIL, replace(letter, offset=4)) == set()
    assert codes(EMAIL, Step("call+3", 3, Channel.CALL, 1)) == set()


def test_levels_never_fall() -> None:
    assert codes(replace(EMAIL, level=2), Step("call+9", 9, Channel.CALL, 1)) == {"level_falls"}
    assert codes(EMAIL, Step("call+3", 3, Channel.CALL, 2)) == {"two_levels"}


def test_level_zero_is_for_the_days_up_to_the_due_date() -> None:
    assert codes(replace(EMAIL, level=0)) == {"level_of_day"}
    assert codes(replace(EMAIL, offset=-3)) == {"level_of_day"}
    assert codes(replace(EMAIL, offset=0, level=0)) == set()


def test_all_problems_of_a_step_are_told_at_once() -> None:
    wrong = replace(
        EMAIL,
        offset=400,
        level=6,
        quiet_days=-1,
        least_amount=Decimal(-1),
        habit_grace_days=91,
        note="x" * 201,
    )

    assert codes(wrong, wrong) >= {
        "offset", "level", "quiet_days", "least_amount", "habit_grace", "note", "code_twice", "two_messages",
    }  # fmt: skip


def test_only_the_last_step_comes_again_and_not_every_day() -> None:
    last = Step("call+9", 9, Channel.CALL, 2, repeat_days=6)

    assert codes(replace(EMAIL, repeat_days=9), last) == {"repeat_not_last", "repeat_days"}


def test_working_days_stand_in_order_with_days() -> None:
    """Five working days are a week, and so after the sixth day."""
    week = Step("call+5", 5, Channel.CALL, 2, Unit.WORKING_DAYS)

    assert codes(EMAIL, week, Step("task+6", 6, Channel.TASK, 1)) == set()
    assert codes(EMAIL, week, Step("task+8", 8, Channel.TASK, 1)) == {"level_falls"}


@pytest.mark.parametrize(
    ("purpose", "found"),
    [
        ("", set()),
        ("level_1", set()),
        ("statement", set()),
        ("level_2", {"purpose"}),
        ("summary", {"purpose"}),
        ("hold_notice", {"purpose"}),
    ],
)
def test_a_step_sends_the_letter_of_its_level_or_the_statement(purpose: str, found: set[str]) -> None:
    assert codes(replace(EMAIL, purpose=purpose)) == found
