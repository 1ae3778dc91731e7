"""A demo of a few dozen customers and the whole cast: every story is in it, and it is quickly made."""

import datetime as dt
import io
from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

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


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[seeding.Seeded]:
    """One tiny demo for all tests of a module, which only read; rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seeding.seed(
            size=TINY, seed=1, today=TODAY, progress=Progress(io.StringIO()), at=AT, night_on=TODAY
        )
        transaction.set_rollback(True)
