"""When reminders may be blocked, for how long, and who lets them go on."""

import datetime as dt
from dataclasses import replace

import pytest

from collections_app.dunning.rules import blocking
from collections_app.dunning.rules.blocking import TERMS, BlockReason, Wish

TODAY = dt.date(2026, 3, 11)
DAY = dt.timedelta(days=1)
WISH = Wish(reason="clarifying", words="", until=TODAY + 7 * DAY, today=TODAY, may_work=True)


def codes(wish: Wish) -> list[str]:
    return [problem.code for problem in blocking.problems_of(wish)]


def test_a_block_with_a_reason_and_a_day_is_fine() -> None:
    assert codes(WISH) == []


@pytest.mark.parametrize("reason", list(BlockReason))
def test_each_reason_has_a_last_day(reason: BlockReason) -> None:
    last = TODAY + TERMS[reason].days_max * DAY
    wish = replace(WISH, reason=reason, words="see note")
    assert codes(replace(wish, until=TODAY)) == []
    assert codes(replace(wish, until=last)) == []
    assert codes(replace(wish, until=last + DAY)) == ["until"]
    assert codes(replace(wish, until=TODAY - DAY)) == ["until"]


def test_the_last_day_is_told() -> None:
    (problem,) = blocking.problems_of(replace(WISH, reason="on_its_way", until=TODAY + 15 * DAY))
    assert problem.message == "For this reason choose a day up to 25 March 2026 (14 days)."


def test_all_problems_are_told_at_once() -> None:
    wrong = replace(WISH, reason="other", words=" ", until=TODAY - DAY, may_work=False, is_theirs=False)
    assert codes(wrong) == ["may_not_work", "strange_invoice", "until", "words"]
    assert codes(replace(WISH, reason="mood")) == ["reason"]
    assert codes(replace(WISH, words="x" * 301)) == ["words"]


def test_who_blocked_them_already_is_named() -> None:
    (problem,) = blocking.problems_of(replace(WISH, standing_until=TODAY + 3 * DAY, standing_by="Dana"))
    assert problem.message == "Dana blocked them already, until 14 March 2026. Let reminders go on first."


@pytest.mark.parametrize(
    ("reason", "may_work", "is_manager", "code"),
    [
        ("clarifying", True, False, None),
        ("insolvency", True, True, None),
        ("insolvency", True, False, "needs_manager"),
        ("legal", True, False, "needs_manager"),
        ("clarifying", False, True, "may_not_work"),
    ],
)
def test_where_lawyers_are_the_reason_a_manager_lets_reminders_go_on(
    reason: str, may_work: bool, is_manager: bool, code: str | None
) -> None:
    found = blocking.problems_of_lifting(reason=reason, may_work=may_work, may_lift_grave=is_manager)
    assert [problem.code for problem in found] == ([code] if code else [])


def test_a_reason_is_told_with_what_was_written() -> None:
    assert blocking.told("plan", "") == "A payment plan is being agreed"
    assert blocking.told("plan", " three parts. ") == "A payment plan is being agreed, three parts"
    assert blocking.told("other", "their office moves") == "their office moves"
