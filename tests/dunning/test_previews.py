"""Previews: who would get what on a day, before a procedure goes live."""

import datetime as dt

from collections_app.dunning import levels, previews
from collections_app.dunning.draft_rows import ReminderDraft
from collections_app.dunning.rules.ladder import Why
from collections_app.dunning.rules.steps import Channel, Procedure, Step
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from tests.dunning.reminding import LEDGER, later, morning
from tests.ledgertext import load

EARLIER = Procedure("standard", (Step("letter+1", 1, Channel.LETTER, 1),))


def towns(company: Company, today: dt.date) -> dict[str, int]:
    """One customer who is nine days late, another who is one day late."""
    other = LEDGER.replace("100", "200").replace(" A", " B").replace(" H", " K")
    load(
        LEDGER + other.replace("due=-9", "due=-1").replace("due=-2", "due=+10"), company=company, today=today
    )
    return dict(Customer.objects.values_list("number", "pk"))


def test_a_preview_says_who_would_get_what_and_writes_nothing(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    ids = towns(company, today)
    morning(company, later(today, -1))
    ReminderDraft.objects.all().delete()

    found = previews.of_day(company=company, day=today, at=at)

    assert found.by_step == {(1, Channel.EMAIL): 1}
    assert [line.customer for line in found.reminded] == [ids["100"]]
    assert found.why == {Why.TAKE: 1, Why.TOO_EARLY: 1}
    assert not ReminderDraft.objects.exists()


def test_a_day_ahead_is_told_as_the_ledger_is_now(company: Company, today: dt.date, at: dt.datetime) -> None:
    ids = towns(company, today)
    morning(company, today)

    found = previews.of_day(company=company, day=later(today, 2), at=at)

    assert {line.customer for line in found.reminded} == set(ids.values())


def test_a_procedure_that_is_not_live_is_compared_with_the_one_in_force(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    ids = towns(company, today)
    morning(company, today)

    changes = {
        each.customer: each for each in previews.compare(company=company, day=today, instead=EARLIER, at=at)
    }

    assert set(changes) == set(ids.values())
    late = changes[ids["200"]]
    assert late.before is not None
    assert late.after is not None
    assert (late.before.steps, [step.code for step in late.after.steps]) == ((), ["letter+1"])


def test_what_one_more_level_would_send_is_told_before_it_is_switched_on(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    towns(company, today)
    morning(company, today)
    levels.switch(company=company, highest_level=0, from_on=today, by=None, at=at)

    assert previews.of_day(company=company, day=today, at=at).reminded == []
    assert len(previews.of_day(company=company, day=today, highest_level=1, at=at).reminded) == 1
