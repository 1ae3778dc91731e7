"""A demo of a few dozen customers and the whole cast: every story is in it."""

import io
from collections.abc import Iterator

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from collections_app.management.demo import seeding
from collections_app.management.demo.progress import Progress
from tests.demo.conftest import AT, TINY, TODAY


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[seeding.Seeded]:
    """One tiny demo for all tests of this folder, which only read; rolled back after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield seeding.seed(
            size=TINY, seed=1, today=TODAY, progress=Progress(io.StringIO()), at=AT, night_on=TODAY
        )
        transaction.set_rollback(True)
