"""What follows a batch that a system brought in: orders go at once and past everything that takes long, and
many batches are derived together.
"""

import datetime as dt
import threading
from typing import Any

import pytest
from django.db import connection

from collections_app.celery import app
from collections_app.intake import aftermaths
from collections_app.intake.batches import Batch
from collections_app.jobs import freeing, ledger_followers, tasks
from collections_app.jobs.schedule import BEAT, FOLLOW_LEDGER_TASK, FREE_ORDERS_TASK, QUEUE_OF
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger.companies import Company
from collections_app.lib import clock, turns
from collections_app.runtime import children
from collections_app.runtime.home import Home
from tests.holds.selling import LEDGER, Shop, held
from tests.jobs.conftest import AT, LATER, TODAY
from tests.jobs.test_systems import paid
from tests.ledgerrows import company_of
from tests.ledgertext import load


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def shop(company: Company, monkeypatch: pytest.MonkeyPatch) -> Shop:
    monkeypatch.setattr(clock, "now", lambda: AT)
    shop = Shop(load(LEDGER, company=company, today=TODAY), AT)
    shop.order("SO-1", "50.00")
    return shop


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, list[int], str]]:
    """What workers were told, instead of a broker."""
    told: list[tuple[str, list[int], str]] = []

    def send(name: str, args: list[int], kwargs: object = None, queue: str = "", **more: object) -> None:
        told.append((name, args, queue))

    monkeypatch.setattr(app, "send_task", send)
    return told


def nights_run() -> int:
    """How many stages were run by now; each night replaces those of the day."""
    return StageRun.objects.count()


def test_orders_are_freed_by_a_task_that_derives_nothing(shop: Shop, company: Company) -> None:
    paid(company)
    assert held() == ["SO-1"]

    tasks.free_orders(company.pk)
    assert (held(), nights_run()) == ([], 0)
    tasks.free_orders(company.pk)
    assert aftermaths.not_freed(company) == []


def test_that_task_has_a_worker_where_nothing_long_ever_stands(sent: list[Any], shop: Shop) -> None:
    assert ledger_followers.start(paid(shop.company)) is True
    assert [(name, queue) for name, _ids, queue in sent] == [
        (FREE_ORDERS_TASK, "at_once"),
        (FOLLOW_LEDGER_TASK, "now"),
    ]
    long = {"jobs.check_import", "jobs.apply_import", "jobs.run_night", FOLLOW_LEDGER_TASK}
    assert "at_once" not in {QUEUE_OF[name] for name in long}
    workers = [child.command for child in children.all_of(Home.for_tests(), 3) if "worker" in child.command]
    assert [["--queues=at_once" in words, "--concurrency=2" in words] for words in workers] == [
        [False, True],
        [True, False],
    ]


def test_many_batches_are_derived_together(shop: Shop, company: Company) -> None:
    first = paid(company)
    Batch.objects.filter(pk=first.pk).update(form_key="")
    paid(company)
    paid(company)

    tasks.follow_ledger(company.pk)
    assert nights_run() > 0
    runs = list(StageRun.objects.values_list("pk", "started_at"))
    tasks.follow_ledger(company.pk)
    assert list(StageRun.objects.values_list("pk", "started_at")) == runs
    assert aftermaths.not_followed(company) == []


def test_a_batch_that_was_committed_while_a_night_was_running_is_followed_by_the_next(
    shop: Shop, company: Company
) -> None:
    """It says of itself that it ended before the night began, and the night did not see it."""
    paid(company)
    ledger_followers.derive(company=company, at=LATER)
    late = paid(company)
    Batch.objects.filter(pk=late.pk).update(ended_at=AT)

    assert ledger_followers.follow(company=company, at=LATER) == 1


@pytest.mark.django_db(transaction=True)
def test_who_finds_another_at_it_keeps_no_worker_waiting_and_the_other_looks_once_more(
    shop: Shop, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    paid(company)
    told: list[int] = []
    real = ledger_followers.derive

    def meanwhile() -> None:
        try:
            paid(company)
            told.append(ledger_followers.follow(company=company, at=AT))
        finally:
            connection.close()

    def derive(**facts: Any) -> list[StageRun]:
        stages = real(**facts)
        if not told:
            other = threading.Thread(target=meanwhile)
            other.start()
            other.join(30)
        return stages

    monkeypatch.setattr(ledger_followers, "derive", derive)

    assert ledger_followers.follow(company=company, at=AT) == 2
    assert told == [0]
    assert aftermaths.not_followed(company) == []


@pytest.mark.django_db(transaction=True)
def test_orders_are_freed_while_everything_is_being_derived(shop: Shop, company: Company) -> None:
    paid(company)

    def at_once() -> None:
        try:
            tasks.free_orders(company.pk)
        finally:
            connection.close()

    with turns.held("night", company.pk), turns.held("follow ledger", company.pk):
        worker = threading.Thread(target=at_once)
        worker.start()
        worker.join(30)
        assert held() == []


def test_the_clock_hands_out_what_nobody_followed(
    shop: Shop, company: Company, sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The worker was killed after the file was applied."""
    ended = paid(company).ended_at or AT
    monkeypatch.setattr(clock, "now", lambda: ended)
    tasks.follow_forgotten_batches()
    assert sent == []  # somebody may be at it

    monkeypatch.setattr(clock, "now", lambda: ended + dt.timedelta(minutes=1))
    tasks.follow_forgotten_batches()
    assert [name for name, _ids, _queue in sent] == [FREE_ORDERS_TASK, FOLLOW_LEDGER_TASK]
    tasks.free_orders(company.pk)
    del sent[:]
    tasks.follow_ledger(company.pk)
    tasks.follow_forgotten_batches()
    # Beside it, and once more when all is derived.
    today = company.today(at=ended).isoformat()
    assert [(name, args) for name, args, _queue in sent] == [("jobs.read_ahead", (company.pk, today))] * 2
    assert BEAT["follow_forgotten_batches"]["task"] == tasks.follow_forgotten_batches.name


def test_what_was_followed_is_handed_out_no_more(shop: Shop, company: Company, sent: list[Any]) -> None:
    batch = paid(company)
    freeing.free(company=company, at=AT)
    ledger_followers.follow(company=company, at=AT)
    batch.refresh_from_db()

    assert ledger_followers.start(batch) is True
    assert sent == []
