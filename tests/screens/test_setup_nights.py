"""The nights of all companies on screen: how each stage went, and one that failed is asked for once more."""

import datetime as dt
import json
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from redis import Redis

from collections_app.activity.events import Event
from collections_app.celery import app
from collections_app.jobs import night_rows, nights, restarts, tasks, vitals
from collections_app.jobs.rules import of_nights
from collections_app.jobs.stage_parts import StageDivision, StagePart
from collections_app.jobs.stage_runs import NIGHT_SECONDS_MAX, StageRun
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import company_of

ERROR = "ValueError: a figure is missing"


@pytest.fixture
def company(db: None) -> Company:
    cache.clear()
    app.control.purge()
    return company_of()


@pytest.fixture
def ada(company: Company) -> User:
    return person(company, "ada", Role.ADMINISTRATOR)


def ran(company: Company, states: dict[str, str], *, days_ago: int = 0, seconds_ago: int = 600) -> StageRun:
    """A night as it ended; its first stage."""
    at = clock.now() - dt.timedelta(seconds=seconds_ago)
    day = company.today(at=clock.now()) - dt.timedelta(days=days_ago)
    for place, (stage, state) in enumerate(states.items()):
        StageRun.objects.create(
            company=company, day=day, stage=stage, position=place, state=state, rows=1200, seconds="1.250",
            error=ERROR if state == "failed" else "", started_at=at,
            ended_at=None if state == "running" else at,
        )  # fmt: skip
    return StageRun.objects.get(company=company, day=day, position=0)


FAILED = {
    "measure_habits": "failed",
    "assign_segments": "stopped",
    "snapshot": "stopped",
    "check_ledger": "done",
}


def handed_out() -> list[Any]:
    """What workers were told of stages, newest first: arguments of the task."""
    with Redis.from_url(settings.REDIS_URL) as broker:
        found = [json.loads(each) for each in broker.lrange("night", 0, -1)]
    return [each for each in found if each["headers"]["task"] == "jobs.run_stages_again"]


def test_each_night_tells_its_state_seconds_and_rows(company: Company, ada: User) -> None:
    first = ran(company, FAILED)
    ran(company, {"measure_habits": "done"}, days_ago=1)
    browser = signed_in(ada)

    page = text(browser.get("/setup/nights/"))
    assert ">not complete<" in page
    assert ">complete<" in page
    assert '<td class="num" data-label="Not done">3</td>' in page
    assert '<td class="num" data-label="Rows">4,800</td>' in page
    assert '<td class="num" data-label="Seconds">5.000</td>' in page
    page = text(browser.get(f"/setup/nights/{company.code}/{first.day}/"))
    assert ERROR in page
    assert page.count("Run again") == 1, "the others run with it"
    assert browser.get(f"/setup/nights/{company.code}/2020-01-01/").status_code == 404
    assert browser.get(f"/setup/nights/{company.code}/someday/").status_code == 404


def test_a_stage_that_is_done_in_parts_tells_how_far_it_is(company: Company, ada: User) -> None:
    first = ran(company, {"measure_positions": "running", "forecast": "done", "check_ledger": "running"})
    for stage, done in (("measure_positions", 7), ("forecast", 12)):
        division = StageDivision.objects.create(
            company=company, stage=stage, day=first.day, at=first.started_at
        )
        for number in range(12):
            StagePart.objects.create(
                company=company, division=division, number=number, first=number, last=number,
                state="done" if number < done else "waiting",
            )  # fmt: skip

    page = text(signed_in(ada).get(f"/setup/nights/{company.code}/{first.day}/"))

    assert "7 of 12 parts" in page
    assert page.count(" parts<") == 1, "of what is over nothing more is told"


def test_many_nights_take_as_many_questions_as_one(
    company: Company, ada: User, django_assert_max_num_queries: Any
) -> None:
    for days in range(20):
        ran(company, {"measure_habits": "done"}, days_ago=days)
    browser = signed_in(ada)
    browser.get("/setup/")
    with django_assert_max_num_queries(8):
        page = text(browser.get("/setup/nights/"))
    assert page.count(">complete<") == night_rows.NIGHTS_MAX


def test_a_stage_that_failed_is_asked_about_and_runs_with_what_it_stopped(
    company: Company, ada: User
) -> None:
    run = ran(company, FAILED)
    browser = signed_in(ada)
    address = f"/setup/nights/stages/{run.pk}/"

    page = text(browser.get(address))
    assert "With it runs what waited for it: assign segments, snapshot." in page
    assert handed_out() == []

    answer = browser.post(address)
    assert (answer.status_code, answer["Location"]) == (303, f"/setup/nights/{company.code}/{run.day}/")
    again = browser.post(address)
    assert again.status_code == 422
    assert "It was asked for a moment ago" in text(again)

    event = Event.objects.get(what="night.stage_started")
    assert event.by == ada
    assert event.facts["stages"] == ["measure_habits", "assign_segments", "snapshot"]
    assert len(handed_out()) == 1


def test_what_was_done_meanwhile_is_not_run_twice(company: Company, today: dt.date) -> None:
    run = ran(company, FAILED)
    stages = night_rows.with_those_behind(run, at=clock.now())
    day = run.day.isoformat()
    tasks.run_stages_again(company.pk, day, stages)
    began = set(StageRun.objects.filter(stage__in=stages).values_list("stage", "state", "started_at"))
    assert {state for _, state, _ in began} == {"done"}

    tasks.run_stages_again(company.pk, day, stages)
    assert set(StageRun.objects.filter(stage__in=stages).values_list("stage", "state", "started_at")) == began


@pytest.mark.parametrize(
    ("states", "days_ago", "why"),
    [
        ({"forecast": "done"}, 0, "It was done."),
        ({"forecast": "failed"}, 1, "A later night has run since"),
        ({"forecast": "failed", "snapshot": "running"}, 0, "The night is running."),
        ({"snapshot": "stopped", "measure_habits": "failed"}, 0, "It runs with the stage that stopped it."),
    ],
)
def test_what_may_not_run_again_says_why(
    company: Company, ada: User, states: dict[str, str], days_ago: int, why: str
) -> None:
    run = ran(company, states, days_ago=days_ago)
    if days_ago:
        ran(company, {"forecast": "done"})
    browser = signed_in(ada)
    assert why in text(browser.get(f"/setup/nights/stages/{run.pk}/"))
    answer = browser.post(f"/setup/nights/stages/{run.pk}/")
    assert answer.status_code == 422
    assert not Event.objects.filter(what="night.stage_started").exists()
    assert handed_out() == []


def test_page_figures_and_doctor_say_the_same(company: Company) -> None:
    """Also of a stage whose worker was killed: it never said that it failed."""
    run = ran(company, {"forecast": "running", "snapshot": "failed"}, seconds_ago=NIGHT_SECONDS_MAX + 1)
    at = clock.now()
    [night] = night_rows.newest(at=at)
    [vital] = [each for each in vitals.read(at=at) if each.measure == "nights"]
    said = [each.sentence for each in of_nights({"NG": vital.seconds}, {"NG": vital.number})]

    assert (night.missed, night.running, night.state) == (2, 0, "not complete")
    assert vital.number == 2
    assert said == ["In the newest night of NG 2 stages did not get done: Set-up, Nights tells why."]
    assert [row.state for row in night_rows.stages(company, run.day, at=at)] == ["cut off", "failed"]
    assert restarts.is_running(company, at=at) is False


def test_only_administrators_see_the_nights_of_all_companies(company: Company) -> None:
    ran(company, FAILED)
    assert signed_in(person(company, "dana", Role.MANAGER)).get("/setup/nights/").status_code == 403
    assert Client().get("/setup/nights/").status_code == 302


def test_nothing_is_run_of_a_night_that_has_no_missed_stage(company: Company, today: dt.date) -> None:
    ran(company, {"forecast": "done"})
    assert nights.run_missed(company=company, day=today, at=clock.now(), stages=["forecast"]) == []


def test_a_night_is_not_made_good_once_a_later_one_began(company: Company, today: dt.date) -> None:
    """It was asked for in time, and its turn came late."""
    missed = ran(company, FAILED, days_ago=1)
    ran(company, {"forecast": "running"}, seconds_ago=5)

    assert nights.run_missed(company=company, day=missed.day, at=clock.now(), stages=["measure_habits"]) == []
