"""Nights of a large company in few words; the fixture ``divided`` makes one large."""

import datetime as dt
from typing import Any

from django.conf import LazySettings
from django.db import connection

from collections_app.jobs import nights
from collections_app.jobs.stage_runs import StageRun
from tests.jobs.town import AT, DIVISIBLE, TABLES, TODAY, Town, derived

SIZE = 5
PARTS = 5


def night(town: Town, day: dt.date = TODAY, stages: list[str] | None = None) -> dict[str, str]:
    """Run the whole night, or some stages of it; how each ended."""
    runs = nights.run(company=town.company, day=day, at=AT, stages=stages)
    return {each.stage: each.state for each in runs}


def counts() -> dict[str, int]:
    """How many rows each stage that may be divided touched, and that may be done again from the beginning."""
    again = set(DIVISIBLE) - {"dunning_run"}
    return dict(StageRun.objects.filter(stage__in=again).values_list("stage", "rows"))


def forget() -> None:
    """As if nothing had ever been derived."""
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(TABLES)}")


def quiet_night(town: Town, settings: LazySettings) -> dict[str, list[tuple[Any, ...]]]:
    """What comes of it undivided; then forgotten."""
    settings.NIGHT_RANGE_CUSTOMERS = 0
    assert set(night(town).values()) == {"done"}
    found = derived()
    forget()
    settings.NIGHT_RANGE_CUSTOMERS = SIZE
    return found
