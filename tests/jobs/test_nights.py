"""The night: in order, once, again, alone, late, two at a time, and with a stage that fails."""

import datetime as dt
from collections.abc import Iterator
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from collections_app.activity.events import Event
from collections_app.celery import app
from collections_app.chase.entries import Entry
from collections_app.jobs import nights, schedule, tasks
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from tests.desk import on_list
from tests.ledgerrows import company_of, moment
from tests.ledgertext import load

LEDGER = """
customer 100
invoice 100 A1 1200.00 due=-41
customer 200
invoice 200 B1 300.00 due=-9
"""
NAMES = [stage.name for stage in schedule.STAGES]


@pytest.fixture
def company(db: None, today: dt.date) -> Company:
    company = company_of()
    load(LEDGER, company=company, today=today)
    return company


def run(company: Company, today: dt.date, **facts: Any) -> dict[str, str]:
    return {
        each.stage: each.state for each in nights.run(company=company, day=today, at=moment(today), **facts)
    }


def derived(company: Company) -> list[dict[str, Any]]:
    """What stands on the list, whenever it was refreshed."""
    rows = list(Entry.objects.filter(company=company).order_by("pk").values())
    return [{name: value for name, value in row.items() if name != "refreshed_at"} for row in rows]


def test_every_stage_stands_after_those_it_builds_on() -> None:
    for position, stage in enumerate(schedule.STAGES):
        assert set(stage.after) <= set(NAMES[:position])


def test_the_stages_run_in_order_and_each_is_recorded(company: Company, today: dt.date) -> None:
    assert run(company, today) == dict.fromkeys(NAMES, "done")

    recorded = StageRun.objects.filter(company=company, day=today).order_by("position")
    assert [each.stage for each in recorded] == NAMES
    assert {each.stage: each.rows for each in recorded}["refresh_chase_list"] == 2
    assert on_list(company) == ["100", "200"]
    assert nights.has_ended(company=company, day=today)


def test_twice_is_once(company: Company, today: dt.date) -> None:
    run(company, today)
    first = derived(company)

    run(company, today)

    assert derived(company) == first
    assert StageRun.objects.count() == len(NAMES)


def test_a_stage_may_run_alone(company: Company, today: dt.date) -> None:
    run(company, today)
    first = derived(company)
    for name in NAMES:
        assert run(company, today, stages=[name]) == {name: "done"}

    assert derived(company) == first


def test_an_unknown_stage_is_refused(company: Company, today: dt.date) -> None:
    with pytest.raises(Refused, match="There is no stage tea_break"):
        run(company, today, stages=["tea_break"])


@pytest.fixture
def ledger_contradicts_itself(company: Company) -> None:
    Invoice.objects.filter(number="A1").update(open_amount=5)


@pytest.fixture
def habits_cannot_be_measured(company: Company) -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE pay_habit RENAME TO pay_habit_away")
        yield
        cursor.execute("ALTER TABLE pay_habit_away RENAME TO pay_habit")


@pytest.mark.usefixtures("ledger_contradicts_itself")
def test_a_ledger_that_contradicts_itself_is_told_loudly_and_the_list_stands(
    company: Company, today: dt.date
) -> None:
    assert run(company, today)["check_ledger"] == "failed"

    assert on_list(company) == ["100", "200"]
    told = Event.objects.get(what="night.failed")
    assert "A1" in told.summary
    assert nights.has_ended(company=company, day=today)


@pytest.mark.usefixtures("habits_cannot_be_measured")
def test_a_failed_stage_stops_those_that_build_on_it_and_only_those(company: Company, today: dt.date) -> None:
    assert run(company, today) == {
        "free_orders": "done",
        "settle_promises": "done",
        "measure_positions": "done",
        "measure_habits": "failed",
        "assign_segments": "stopped",
        "forecast": "stopped",
        "dunning_run": "stopped",
        "check_orders": "stopped",
        "warn_of_holds": "stopped",
        "refresh_chase_list": "stopped",
        "snapshot": "stopped",
        "remind_colleagues": "done",
        "escalate_disputes": "done",
        "expire_blocks": "done",
        "expire_write_offs": "done",
        "check_ledger": "done",
    }

    stopped = StageRun.objects.get(stage="refresh_chase_list")
    assert stopped.error == "Not run, because assign_segments did not end well."


def test_the_list_does_without_a_forecast_that_failed(company: Company, today: dt.date) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE forecast_week RENAME TO forecast_week_away")
        ended = run(company, today)
        cursor.execute("ALTER TABLE forecast_week_away RENAME TO forecast_week")

    assert (ended["forecast"], ended["refresh_chase_list"]) == ("failed", "done")
    assert on_list(company) == ["100", "200"]


def test_a_night_that_was_killed_is_run_again(company: Company, today: dt.date) -> None:
    run(company, today)
    StageRun.objects.filter(stage="check_ledger").update(state="running", ended_at=None)

    assert not nights.has_ended(company=company, day=today)
    assert nights.run_once(company=company, day=today, at=moment(today))
    assert nights.run_once(company=company, day=today, at=moment(today)) == []


@pytest.mark.parametrize(
    ("utc", "due_on"),
    [
        (dt.datetime(2026, 3, 10, 19, 59, tzinfo=dt.UTC), None),  # 04:59 on the 11th in Tokyo
        (dt.datetime(2026, 3, 10, 20, 0, tzinfo=dt.UTC), dt.date(2026, 3, 11)),
        (dt.datetime(2026, 3, 11, 14, 59, tzinfo=dt.UTC), dt.date(2026, 3, 11)),
        (dt.datetime(2026, 3, 11, 15, 0, tzinfo=dt.UTC), None),  # midnight: the 12th has begun
    ],
)
def test_the_hour_and_the_day_are_those_of_the_company(
    utc: dt.datetime, due_on: dt.date | None, db: None
) -> None:
    company = company_of(time_zone="Asia/Tokyo")

    found = nights.due(at=utc)

    assert found == ([(company, due_on)] if due_on else [])
    if due_on:
        nights.run(company=company, day=due_on, at=utc)
        assert nights.due(at=utc) == []


@pytest.mark.django_db(transaction=True)
def test_two_at_once_give_one_night(today: dt.date) -> None:
    company = company_of()
    load(LEDGER, company=company, today=today)
    barrier, ended = Barrier(2), []

    def work() -> None:
        barrier.wait()
        ended.append(run(company, today))
        connection.close()

    threads = [Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert ended == [dict.fromkeys(NAMES, "done")] * 2
    assert StageRun.objects.count() == len(NAMES)
    assert on_list(company) == ["100", "200"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("habits_cannot_be_measured")
def test_side_by_side_too_a_failed_stage_stops_those_that_build_on_it(
    company: Company, today: dt.date
) -> None:
    ended = run(company, today)

    assert ended["measure_habits"] == "failed"
    assert {name for name, state in ended.items() if state == "stopped"} >= {
        "assign_segments",
        "refresh_chase_list",
    }
    assert ended["check_ledger"] == ended["measure_positions"] == "done"
    assert StageRun.objects.filter(company=company, state="stopped").exists()


@pytest.mark.django_db(transaction=True)
def test_a_task_leaves_a_night_to_the_worker_that_is_at_it(today: dt.date) -> None:
    company = company_of()
    load(LEDGER, company=company, today=today)
    barrier, counts = Barrier(4), []

    def work() -> None:
        barrier.wait()
        counts.append(len(nights.run_once(company=company, day=today, at=moment(today))))
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(counts) == [0, 0, 0, len(NAMES)]


def test_the_task_takes_an_id_and_a_day_and_may_run_twice(company: Company, today: dt.date) -> None:
    for _ in range(2):
        tasks.run_night(company.pk, today.isoformat())

    assert on_list(company) == ["100", "200"]
    assert StageRun.objects.count() == len(NAMES)


def test_every_task_has_its_queue_and_its_time_limit_and_beat_knows_them() -> None:
    conf = app.conf
    ours = {name: task for name, task in app.tasks.items() if name.startswith("jobs.")}
    # Each queue has a key of its own, or a message would be handed out once for every queue.
    queues = {queue.routing_key for queue in conf.task_queues}
    assert len(queues) == len(conf.task_queues)

    assert set(ours) == set(conf.task_routes)
    assert {route["queue"] for route in conf.task_routes.values()} <= queues
    assert all(task.time_limit for task in ours.values())
    assert {entry["task"] for entry in conf.beat_schedule.values()} <= set(ours)


@pytest.mark.parametrize(
    ("stage", "verb"),
    [
        ("dunning_run", "runs.run"),
        ("warn_of_holds", "early_warnings.warn"),
        ("remind_colleagues", "colleague_reminders.remind"),
        ("escalate_disputes", "dispute_escalations.escalate"),
    ],
)
def test_a_night_of_a_past_day_writes_to_nobody(
    company: Company, today: dt.date, monkeypatch: pytest.MonkeyPatch, stage: str, verb: str
) -> None:
    """Neither to customers nor to colleagues: what it would say was of that day."""

    def write(**facts: Any) -> int:
        raise Refused.because("wrote", f"It wrote as of {facts['today']}.")

    monkeypatch.setattr(f"collections_app.jobs.schedule.{verb}", write)
    past = today - dt.timedelta(days=3)

    [late] = nights.run(company=company, day=past, at=moment(today), stages=[stage])
    [due] = nights.run(company=company, day=today, at=moment(today), stages=[stage])

    assert (late.state, late.rows) == ("done", 0)
    assert (due.state, due.error) == ("failed", f"It wrote as of {today}.")
