"""A stage by ranges of customers writes the rows that it writes for everybody at once, wherever it is cut."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from collections_app.forecasting.forecast_invoices import ForecastInvoice
from collections_app.jobs.schedule import STAGES
from tests.jobs.town import (
    CUSTOMERS,
    DIVISIBLE,
    MONDAY,
    NEXT_MONDAY,
    TODAY,
    YESTERDAY,
    Town,
    derived,
    ranges_from,
)  # fmt: skip

pytestmark = pytest.mark.django_db
DERIVED_BY = ["measure_positions", "measure_habits", "assign_segments", "forecast", "refresh_chase_list"]
# What it writes stays: see test_reminders_in_parts.
WRITES_TO_CUSTOMERS = "dunning_run"


@contextmanager
def forgotten() -> Iterator[None]:
    """What is written inside is as if it had never been."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


# Between which customers, by their place; the same place again makes an empty range, and so do those outside.
edges = st.lists(st.integers(-2, CUSTOMERS + 2), min_size=1, max_size=6)


def at(town: Town, places: list[int]) -> list[int]:
    ids = town.ids
    return [max(1, ids[0] + place) if place < 0 or place >= len(ids) else ids[place] for place in places]


def nights(town: Town) -> Iterator[dt.date]:
    """Their days; before the last, money came."""
    yield from (YESTERDAY, TODAY, MONDAY)
    town.pay()
    yield NEXT_MONDAY


def test_these_are_the_stages() -> None:
    assert list(DIVISIBLE) == [
        stage.name for stage in STAGES if stage.name in {*DERIVED_BY, WRITES_TO_CUSTOMERS}
    ]


@settings(
    max_examples=12, deadline=None, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(seed=st.integers(0, 10_000), places=st.lists(edges, min_size=20, max_size=20))
def test_ranges_come_to_the_whole(seed: int, places: list[list[int]]) -> None:
    """The first night fills empty tables, the third freezes a week, the last compares what came in it; each
    stage is cut elsewhere.
    """
    with forgotten():
        town = Town(seed)
        with forgotten():
            rows = [town.whole(stage, day=day) for day in nights(town) for stage in DERIVED_BY]
            whole = derived()
        cuts = iter(places)
        counted = [
            town.by_ranges(stage, ranges_from(at(town, next(cuts))), day=day)
            for day in nights(town)
            for stage in DERIVED_BY
        ]

        assert derived() == whole
        assert counted == rows
        assert all(whole[table] for table in whole)
        assert ForecastInvoice.objects.filter(forecast__monday=MONDAY, expected__gt=0, came__gt=0).exists()
