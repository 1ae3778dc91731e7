"""What holds for every ledger, procedure and calendar of runs, however often nobody ran."""

import datetime as dt
from decimal import Decimal
from itertools import groupby, pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from collections_app.dunning.rules import packs
from collections_app.dunning.rules.procedures import problems_of
from collections_app.dunning.rules.steps import Channel, Procedure, Step, Unit
from collections_app.lib.working_days import Calendar
from tests.rules.ladder_lives import Bill, Life, live

FIRST = dt.date(2025, 11, 3)
DAYS = 150
EXAMPLES = 50
CALENDARS = (Calendar("GB", "ENG"), Calendar("AE", weekend=(4, 5)), Calendar("DE", "BY"))

day = st.integers(0, DAYS).map(lambda n: FIRST + dt.timedelta(n))


@st.composite
def bills(draw: st.DrawFn) -> list[Bill]:
    drawn = draw(
        st.lists(
            st.tuples(
                day,
                st.integers(1, 20_000),
                st.sampled_from(["GBP", "GBP", "EUR"]),
                st.none() | st.integers(-10, 90),
                st.none() | st.tuples(st.integers(0, 60), st.integers(0, 30)),
            ),
            min_size=1,
            max_size=8,
        )
    )
    return [
        Bill(
            number,
            due_on,
            Decimal(amount),
            currency,
            None if paid is None else due_on + dt.timedelta(paid),
            None if rests is None else (
                due_on + dt.timedelta(rests[0]), due_on + dt.timedelta(rests[0] + rests[1])
            ),
        )
        for number, (due_on, amount, currency, paid, rests) in enumerate(drawn)
    ]  # fmt: skip


@st.composite
def procedures(draw: st.DrawFn) -> Procedure:
    """Steps on rising days, levels that never fall; in days or in working days."""
    unit = draw(st.sampled_from(list(Unit)))
    days = draw(st.lists(st.integers(1, 60), min_size=1, max_size=7, unique=True).map(sorted))
    levels = sorted(draw(st.lists(st.integers(1, 5), min_size=len(days), max_size=len(days))))
    steps = [
        Step(f"step{number}", offset, draw(st.sampled_from(list(Channel))), level, unit)
        for number, (offset, level) in enumerate(zip(days, levels, strict=True))
    ]
    before = draw(st.lists(st.integers(-10, 0), max_size=2, unique=True))
    steps += [Step(f"before{offset}", offset, Channel.EMAIL, 0) for offset in before]
    made = Procedure("own", tuple(steps))
    problems = problems_of(made)
    assume("final_first" not in {problem.code for problem in problems})
    assert problems == []
    return made


# Daily runs with some days left out, or a whole week or month.
run_days = st.lists(st.tuples(st.integers(0, DAYS), st.sampled_from([1, 1, 3, 7, 30])), max_size=6).map(
    lambda gaps: [
        FIRST + dt.timedelta(n) for n in range(DAYS + 90) if not any(at <= n < at + long for at, long in gaps)
    ]
)
either = procedures() | st.sampled_from(list(packs.PACK)).map(lambda code: packs.starter(code, "GBP"))
lives = st.builds(Life, bills(), either, st.sampled_from(CALENDARS))


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days)
def test_a_run_takes_one_rung_and_never_sends_two_messages(life: Life, days: list[dt.date]) -> None:
    live(life, days)

    for _, of_day in groupby(life.happened, key=lambda each: each.on):
        steps = [each.step for each in of_day]
        assert sum(step.channel.is_message for step in steps) <= 1
        assert len({(step.offset, step.unit) for step in steps}) == 1
        assert len({step.channel for step in steps}) == len(steps)


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days)
def test_nothing_is_left_out_or_repeated_and_no_level_falls(life: Life, days: list[dt.date]) -> None:
    live(life, days)

    in_order = [step.code for rung in life.procedure.ladder for step in rung.steps]
    for number in range(1, life.climbs + 1):
        taken = [each.step for each in life.of_climb(number)]
        levels = [step.level for step in taken]
        assert [step.code for step in taken] == in_order[: len(taken)]
        assert levels == sorted(levels)


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days)
def test_the_distance_between_steps_never_shrinks_below_the_procedures(
    life: Life, days: list[dt.date]
) -> None:
    """A step for a day of rest counts from that day: two lie nearer by days of rest only."""
    live(life, days)

    for number in range(1, life.climbs + 1):
        for before, after in pairwise(life.of_climb(number)):
            if (before.step.offset, before.step.unit) == (after.step.offset, after.step.unit):
                assert after.on == before.on
            elif after.step.unit == Unit.DAYS:
                assert (after.on - before.counts_on).days >= after.step.offset - before.step.offset
            else:
                least = max(
                    1, round(Decimal(after.step.offset) * 7 / 5) - round(Decimal(before.step.offset) * 7 / 5)
                )
                assert life.calendar.count(before.counts_on, after.on) >= max(1, least * 5 // 7)
            rested = life.calendar.on_or_after(before.counts_on)
            assert before.on in (before.counts_on, rested)


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days)
def test_nothing_happens_before_its_day_on_a_day_of_rest_or_without_anything_collectable(
    life: Life, days: list[dt.date]
) -> None:
    live(life, days)

    by_number = {bill.number: bill for bill in life.bills}
    for each in life.happened:
        assert life.calendar.is_working_day(each.on)
        about = [by_number[number] for number in each.invoices]
        assert about
        assert all(bill.is_collectable(each.on) for bill in about)
        if each.step.is_before_due:
            assert all(bill.due_on >= each.on for bill in about)
        else:
            assert min(bill.due_on for bill in about) + dt.timedelta(each.step.offset) <= each.on


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days)
def test_nobody_is_asked_twice_by_the_same_step_about_what_falls_due(life: Life, days: list[dt.date]) -> None:
    live(life, days)

    asked = [
        (each.step.code, number)
        for each in life.happened
        if each.step.is_before_due
        for number in each.invoices
    ]
    assert len(asked) == len(set(asked))


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days, st.integers(-1, 5))
def test_no_level_is_taken_that_is_not_switched_on(life: Life, days: list[dt.date], highest: int) -> None:
    life.highest_level = highest
    live(life, days)

    assert all(each.step.level <= highest for each in life.happened)


@settings(max_examples=EXAMPLES, deadline=None)
@given(lives, run_days)
def test_the_order_of_invoices_does_not_matter(life: Life, days: list[dt.date]) -> None:
    again = Life(list(reversed(life.bills)), life.procedure, life.calendar)
    live(life, days)
    live(again, days)

    assert [(each.on, each.step.code, set(each.invoices)) for each in life.happened] == [
        (each.on, each.step.code, set(each.invoices)) for each in again.happened
    ]


def test_a_simulated_year_of_the_starting_pack_reminds_as_the_table_says() -> None:
    """Nobody pays: each segment's steps come in order on the table's days, moved on by days of rest only."""
    calendar = CALENDARS[0]
    for code in packs.PACK:
        bill = Bill(1, dt.date(2025, 6, 2), Decimal(50_000))
        life = Life([bill], packs.starter(code, "GBP"), calendar)
        live(life, [dt.date(2025, 5, 1) + dt.timedelta(n) for n in range(365)])
        for each in life.happened:
            meant = bill.due_on + dt.timedelta(each.step.offset)
            assert each.on == calendar.on_or_after(meant), (code, each.step.code)
        assert [each.step.code for each in life.happened] == [
            step.code for rung in (*life.procedure.before_due, *life.procedure.ladder) for step in rung.steps
        ]
