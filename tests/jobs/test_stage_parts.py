"""A night of a large company: its stages are divided into parts, which workers share. Rows are the truth."""

import itertools
import os
import signal
import subprocess
import sys
import threading
from collections import Counter
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection, transaction
from kombu.exceptions import OperationalError

from collections_app.behaviour import positions
from collections_app.celery import app
from collections_app.jobs import tasks
from collections_app.jobs.stage_parts import StageDivision, StagePart
from collections_app.ledger.customer_ranges import CustomerRange
from tests.faults.workers import environment
from tests.jobs.dividing import PARTS, counts, night, quiet_night
from tests.jobs.town import CUSTOMERS, DIVISIBLE, TODAY, YESTERDAY, Town, derived

SECONDS_MAX = 30
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("divided", "sent_parts")]


def test_a_night_in_parts_comes_to_the_night_undivided(
    large_town: Town, sent_parts: list[int], settings: LazySettings
) -> None:
    whole = quiet_night(large_town, settings)
    counted = counts()
    assert (sent_parts, StagePart.objects.count()) == ([], 0)

    assert set(night(large_town).values()) == {"done"}

    assert derived() == whole
    assert counts() == counted
    told = StagePart.objects.order_by("pk")
    assert sorted(sent_parts) == [each.pk for each in told]
    assert Counter(told.values_list("division__stage", flat=True)) == dict.fromkeys(DIVISIBLE, PARTS)
    assert set(told.values_list("state", "told")) == {("done", None)}
    assert all(each.is_over and each.given is None for each in StageDivision.objects.all())


def test_a_second_night_takes_the_place_of_the_first(large_town: Town) -> None:
    night(large_town, YESTERDAY)
    night(large_town)
    first = derived()

    assert set(night(large_town).values()) == {"done"}

    assert derived() == first
    assert StagePart.objects.count() == PARTS * len(DIVISIBLE)
    assert set(StageDivision.objects.values_list("day", flat=True)) == {TODAY}


def test_below_the_size_nothing_is_divided(
    large_town: Town, sent_parts: list[int], settings: LazySettings
) -> None:
    settings.NIGHT_RANGE_CUSTOMERS = CUSTOMERS

    assert set(night(large_town).values()) == {"done"}

    assert (sent_parts, StagePart.objects.count(), StageDivision.objects.count()) == ([], 0, 0)


def test_in_a_transaction_of_the_caller_nothing_is_divided(large_town: Town, sent_parts: list[int]) -> None:
    with transaction.atomic():
        assert set(night(large_town).values()) == {"done"}

    assert (sent_parts, StagePart.objects.count()) == ([], 0)


def test_two_workers_share_the_parts_and_each_is_done_once(
    large_town: Town, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = quiet_night(large_town, settings)
    both, begun = threading.Barrier(2, timeout=SECONDS_MAX), itertools.count(1)
    done, measure = list[tuple[int, int]](), positions.measure
    workers: list[threading.Thread] = []
    app.finalize()  # makes the tasks, which is done at their first call else, and by one thread only

    def together(*, within: CustomerRange | None = None, **asked: Any) -> int:
        assert within
        if next(begun) <= 2:
            both.wait()  # which one alone would never get past
        done.append((threading.get_ident(), within.first))
        return measure(within=within, **asked)

    def work(part: int) -> None:
        tasks.do_stage_part(part)
        connection.close()

    def send(name: str, args: list[int], **more: object) -> None:
        workers.append(threading.Thread(target=work, args=args))
        workers[-1].start()

    monkeypatch.setattr(positions, "measure", together)
    monkeypatch.setattr(app, "send_task", send)

    assert set(night(large_town).values()) == {"done"}

    for worker in workers:
        worker.join()
    assert derived() == whole
    assert len({first for _, first in done}) == len(done) == PARTS
    assert len({who for who, _ in done}) >= 2


def killed_in_the_middle(part: StagePart) -> None:
    """A worker of another process wrote the part, did not commit it, and is no more."""
    words = [sys.executable, "-m", "tests.jobs.part_worker", str(part.pk)]
    with subprocess.Popen(words, env=environment(), stdout=subprocess.PIPE, text=True) as worker:
        assert worker.stdout
        assert worker.stdout.readline() == "written\n"
        assert not StagePart.objects.waiting().filter(pk=part.pk, state="done").exists()
        with transaction.atomic():
            assert part.pk not in {each.pk for each in StagePart.objects.free()}
        os.kill(worker.pid, signal.SIGKILL)


def test_what_a_worker_had_that_was_killed_is_done_again(
    large_town: Town, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = quiet_night(large_town, settings)
    struck: list[int] = []

    def send(name: str, args: list[int], **more: object) -> None:
        part = StagePart.objects.get(pk=args[0])
        if part.division.stage == "measure_positions" and not struck:
            struck.append(part.pk)
            killed_in_the_middle(part)

    monkeypatch.setattr(app, "send_task", send)

    assert set(night(large_town).values()) == {"done"}

    assert struck
    assert derived() == whole


def test_without_a_broker_the_night_ends(
    large_town: Town, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = quiet_night(large_town, settings)

    def nobody(*given: object, **more: object) -> None:
        raise OperationalError("nobody there")

    monkeypatch.setattr(app, "send_task", nobody)

    assert set(night(large_town).values()) == {"done"}
    assert derived() == whole
