"""Procedures in versions: drafted, edited, published from a day on; levels that are switched on."""

import datetime as dt
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.dunning import levels, procedures
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules import packs
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.users import User


@pytest.fixture
def draft(company: Company, dana: User, at: dt.datetime) -> ProcedureVersion:
    procedures.ensure_default(company=company, by=None, at=at)
    return procedures.begin(company=company, segment_code="standard", by=dana, at=at)


def test_every_segment_begins_with_the_procedure_of_the_pack(
    company: Company, today: dt.date, at: dt.datetime
) -> None:
    assert procedures.ensure_default(company=company, by=None, at=at) == 7
    assert procedures.ensure_default(company=company, by=None, at=at) == 0

    found = procedures.in_force(company=company, day=today)
    assert {code: each.procedure for code, each in found.items()} == {
        code: packs.starter(code, "GBP") for code in packs.PACK
    }


def test_a_version_is_in_force_from_its_day_on(
    company: Company, draft: ProcedureVersion, dana: User, today: dt.date, at: dt.datetime
) -> None:
    fewer = draft.procedure.steps[:3]
    edited = procedures.edit(version=draft, steps=fewer, revision=0, by=dana, at=at)
    monday = today + dt.timedelta(5)
    procedures.publish(version=edited, revision=1, in_force_from=monday, note="Fewer", by=dana, at=at)

    def steps(day: dt.date) -> int:
        return len(procedures.in_force(company=company, day=day)["standard"].procedure.steps)

    assert (steps(today - dt.timedelta(90)), steps(monday - dt.timedelta(1)), steps(monday)) == (9, 9, 3)
    (newest, first) = procedures.history(company=company, segment_code="standard")
    assert (newest.published_by, newest.note, first.number) == (dana, "Fewer", 1)
    assert Event.objects.filter(what="procedure.published", by=dana).count() == 1


def test_two_people_get_one_draft_and_the_slower_is_told(
    company: Company, draft: ProcedureVersion, dana: User, at: dt.datetime
) -> None:
    assert procedures.begin(company=company, segment_code="standard", by=dana, at=at) == draft
    procedures.edit(version=draft, steps=draft.procedure.steps[:2], revision=0, by=dana, at=at)

    with pytest.raises(Refused, match="Somebody else changed"):
        procedures.edit(version=draft, steps=draft.procedure.steps[:1], revision=0, by=dana, at=at)


def test_steps_that_are_out_of_order_are_refused_with_every_problem(
    draft: ProcedureVersion, dana: User, at: dt.datetime
) -> None:
    steps = [replace(step, is_automatic=True, enters_by_age=True) for step in draft.procedure.steps]

    with pytest.raises(Refused) as refused:
        procedures.edit(version=draft, steps=steps, revision=0, by=dana, at=at)

    assert {problem.code for problem in refused.value.problems} == {
        "final_first", "final_by_clock", "deed_by_clock",
    }  # fmt: skip


def test_what_was_published_never_changes(
    draft: ProcedureVersion, dana: User, today: dt.date, at: dt.datetime
) -> None:
    procedures.publish(version=draft, revision=0, in_force_from=today, by=dana, at=at)

    with pytest.raises(Refused, match="published or discarded"):
        procedures.edit(version=draft, steps=(), revision=0, by=dana, at=at)


def test_nothing_is_in_force_from_a_day_that_is_over(
    draft: ProcedureVersion, dana: User, today: dt.date, at: dt.datetime
) -> None:
    with pytest.raises(Refused, match="today"):
        procedures.publish(version=draft, revision=0, in_force_from=today - dt.timedelta(1), by=dana, at=at)


def test_a_discarded_draft_leaves_what_is_in_force(
    company: Company, draft: ProcedureVersion, dana: User, at: dt.datetime
) -> None:
    procedures.discard(version=draft, revision=0, by=dana, at=at)

    assert procedures.draft(company=company, segment_code="standard") is None
    assert len(procedures.history(company=company, segment_code="standard")) == 1


def test_collectors_edit_no_procedures_and_switch_no_levels(
    company: Company, draft: ProcedureVersion, priya: User, today: dt.date, at: dt.datetime
) -> None:
    with pytest.raises(Refused, match="role"):
        procedures.edit(version=draft, steps=(), revision=0, by=priya, at=at)
    with pytest.raises(Refused, match="role"):
        levels.switch(company=company, highest_level=5, from_on=today, by=priya, at=at)


def test_all_levels_are_on_until_somebody_says_otherwise(
    company: Company, dana: User, today: dt.date, at: dt.datetime
) -> None:
    assert levels.highest_on(company=company, day=today) == 5
    levels.switch(company=company, highest_level=1, from_on=today, by=dana, at=at)
    levels.switch(company=company, highest_level=2, from_on=today + dt.timedelta(7), by=dana, at=at)

    assert [levels.highest_on(company=company, day=today + dt.timedelta(n)) for n in (-1, 0, 6, 7)] == [
        5,
        1,
        1,
        2,
    ]


def test_a_level_that_is_none_is_refused(
    company: Company, dana: User, today: dt.date, at: dt.datetime
) -> None:
    with pytest.raises(Refused, match="Levels go"):
        levels.switch(company=company, highest_level=6, from_on=today, by=dana, at=at)
    with pytest.raises(Refused, match="later day"):
        levels.switch(company=company, highest_level=3, from_on=today - dt.timedelta(1), by=dana, at=at)


def test_levels_are_switched_on_one_at_a_time_by_whomever_and_off_at_once(
    company: Company, dana: User, today: dt.date, at: dt.datetime
) -> None:
    def switch(level: int, days: int = 0) -> None:
        from_on = today + dt.timedelta(days)
        levels.switch(company=company, highest_level=level, from_on=from_on, by=dana, at=at)

    switch(-1)
    with pytest.raises(Refused, match="One level at a time: the next is “Before the due date”"):
        switch(5)
    switch(0)
    switch(1, days=7)
    with pytest.raises(Refused, match="the next is “First reminder”"):
        switch(2, days=6)
    switch(2, days=7)
    switch(0, days=8)


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"in_force_from": None}, "procedure_that_is_published_says_since_when"),
        ({"number": 2, "state": "draft"}, "procedure_that_is_published_says_since_when"),
        ({"number": 2}, "procedure_version_number_is_used_once"),
    ],
)
def test_the_database_guards_versions(
    draft: ProcedureVersion, facts: dict[str, object], constraint: str
) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        ProcedureVersion.objects.filter(state="published", segment_code="standard").update(**facts)
