"""Parts that failed, that come late or twice, that are left of another night; and who works beside them."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import LazySettings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from collections_app.activity.events import Event
from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.chase import entries
from collections_app.chase.entries import Entry
from collections_app.jobs import nights, parts, tasks
from collections_app.jobs.stage_parts import StagePart
from collections_app.jobs.stage_runs import StageRun
from collections_app.ledger import customer_ranges
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.lib import turns
from tests.jobs.dividing import PARTS, night, quiet_night
from tests.jobs.town import AT, DIVISIBLE, TODAY, Town, derived
from tests.ledgertext import load

SECONDS_MAX = 30
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("divided", "sent_parts")]


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Which ranges positions were measured of; the third fails the first time."""
    measure, found, failed = positions.measure, list[int](), list[int]()

    def watched(*, within: CustomerRange | None = None, **asked: Any) -> int:
        if within is None:
            return measure(**asked)
        number = StagePart.objects.get(division__stage="measure_positions", first=within.first).number
        found.append(number)
        if number == 3 and not failed:
            failed.append(number)
            raise OSError("No space left on device")
        return measure(within=within, **asked)

    monkeypatch.setattr(positions, "measure", watched)
    return found


def test_a_part_that_failed_fails_its_stage_and_only_that_is_missed(
    large_town: Town, seen: list[int], settings: LazySettings
) -> None:
    whole = quiet_night(large_town, settings)
    ended = night(large_town)

    assert (ended["measure_positions"], ended["assign_segments"]) == ("failed", "stopped")
    failed = StageRun.objects.get(stage="measure_positions")
    assert failed.error == "OSError: No space left on device"
    assert "No space left on device" in Event.objects.get(what="night.failed").summary
    assert seen == [1, 2, 3, 4, 5]
    missed = [name for name, state in ended.items() if state != "done"]

    again = nights.run_missed(company=large_town.company, day=TODAY, at=AT, stages=missed)

    assert {each.state for each in again} == {"done"}
    assert seen == [1, 2, 3, 4, 5, 3]
    assert derived() == whole


def test_a_whole_night_does_all_of_it_again(large_town: Town, seen: list[int]) -> None:
    """Facts may be others by then."""
    night(large_town)

    assert set(night(large_town).values()) == {"done"}

    assert seen == [1, 2, 3, 4, 5, 1, 2, 3, 4, 5]


def test_a_night_that_was_killed_goes_on_with_the_parts_that_are_left(
    large_town: Town, seen: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "_end", lambda *given: 1 / 0)
        night(large_town, stages=["measure_positions"])

    assert {each.state for each in nights.run_once(company=large_town.company, day=TODAY, at=AT)} == {"done"}

    assert seen == [1, 2, 3, 4, 5, 3]


@pytest.fixture
def waiting(large_town: Town) -> list[int]:
    """Parts of a night that was killed before it did any."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parts, "_work", lambda division: 1 / 0)
        night(large_town, stages=["measure_positions"])
    return list(StagePart.objects.order_by("number").values_list("pk", flat=True))


def test_a_task_that_comes_late_or_twice_finds_nothing_to_do(large_town: Town, waiting: list[int]) -> None:
    for part in waiting:
        tasks.do_stage_part(part)
    assert Position.objects.count() == 0

    with turns.held("night", large_town.company.pk):
        in_time = in_another_thread(lambda: [parts.do(part, at=AT) for part in waiting])
        twice = in_another_thread(lambda: [parts.do(part, at=AT) for part in waiting])
    assert (in_time, twice) == ([True] * PARTS, [False] * PARTS)
    assert Position.objects.exists()

    with turns.held("night", large_town.company.pk):
        gone = in_another_thread(lambda: parts.do(waiting[-1] + 1, at=AT))
    assert gone is False


def test_a_newer_night_ends_the_parts_of_an_older(large_town: Town, waiting: list[int]) -> None:
    nights.run(company=large_town.company, day=TODAY + dt.timedelta(1), at=AT, stages=["expire_blocks"])

    assert StagePart.objects.count() == 0


def in_another_thread(deed: Callable[[], Any]) -> Any:
    """Who keeps a turn does not find it taken."""
    found: list[Any] = []

    def work() -> None:
        found.append(deed())
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    return found[0]


def test_who_is_added_meanwhile_is_in_one_of_the_parts(
    large_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    measure, added = positions.measure, list[int]()

    def watched(**asked: Any) -> int:
        if not added:
            text = "customer 900\ninvoice 900 N1 750.00 due=-9"
            added.append(load(text, company=large_town.company, today=TODAY).customers["900"].pk)
        return measure(**asked)

    monkeypatch.setattr(positions, "measure", watched)

    night(large_town, stages=["settle_promises", "measure_positions"])

    assert Position.objects.get(customer=added[0]).overdue == 750


def test_what_is_derived_by_day_waits_for_the_part_and_is_not_written_over(
    large_town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody derives one customer while the part of that customer is done, of what came in meanwhile."""
    night(large_town)
    refresh, later, one = (
        entries.refresh,
        AT + dt.timedelta(hours=6),
        Entry.objects.earliest("customer").customer_id,
    )
    threads: list[threading.Thread] = []

    def by_day() -> None:
        refresh(company=large_town.company, today=TODAY, at=later, customers=[one])
        connection.close()

    def watched(*, within: CustomerRange, **asked: Any) -> int:
        found = refresh(within=within, **asked)
        if within.first <= one <= within.last:
            threads.append(threading.Thread(target=by_day))
            threads[0].start()
            threads[0].join(0.2)
            assert threads[0].is_alive(), "it waits until this part is done"
        return found

    monkeypatch.setattr(entries, "refresh", watched)

    assert night(large_town, stages=["refresh_chase_list"]) == {"refresh_chase_list": "done"}

    threads[0].join()
    assert Entry.objects.get(customer=one).refreshed_at == later


def test_each_part_costs_the_same_few_statements(large_town: Town, settings: LazySettings) -> None:
    night(large_town)
    for stage in DIVISIBLE:
        spent = {}
        for size in (12, 8, 2):
            ranges = customer_ranges.cut(large_town.company, size=size)
            run = StageRun(company=large_town.company, day=TODAY, stage=stage, started_at=AT)
            with CaptureQueriesContext(connection) as queries:
                parts.run(run, ranges, goes_on=False)
            spent[len(ranges)] = len(queries)
        (two, of_two), (three, of_three), (many, of_many) = spent.items()
        each = of_three - of_two
        assert (two, three, many) == (2, 3, 12)
        assert each <= 25
        assert of_many <= of_two + (many - two) * each + 5, stage
