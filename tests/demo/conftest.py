"""A demo of a few dozen customers and the whole cast, quickly made."""

import datetime as dt
import io
from collections.abc import Callable

import pytest

from collections_app.management.demo import seeding
from collections_app.management.demo.progress import Progress
from collections_app.management.demo.sizes import Size
from collections_app.management.demo.staff import STAFF

TODAY = dt.date(2026, 3, 11)
AT = dt.datetime(2026, 3, 11, 6, 30, tzinfo=dt.UTC)
TINY = Size("tiny", 40, 12, 1.5, 120, 0.6, STAFF)

Seed = Callable[..., seeding.Seeded]


@pytest.fixture
def seed() -> Seed:
    """Seeds a tiny demo; another ``seed`` number makes another."""

    def seeded(*, seed: int = 1, size: Size = TINY, progress: Progress | None = None) -> seeding.Seeded:
        progress = progress or Progress(io.StringIO())
        return seeding.seed(size=size, seed=seed, today=TODAY, progress=progress, at=AT, night_on=TODAY)

    return seeded
