"""A collector signed in to a small product of two companies."""

import copy
import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings as product
from django.test import Client
from pytest_django import Settings

from collections_app.ledger.companies import Company, Membership
from collections_app.people import sessions
from collections_app.people.rules import Role
from collections_app.people.users import User

CREATED = dt.datetime(2026, 1, 5, 9, 0, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def sessions_are_noted_seldom(monkeypatch: pytest.MonkeyPatch) -> None:
    """On a slow day a minute passes between two pages of one test, and the note of it is a query more."""
    monkeypatch.setattr(sessions, "NOTED_EVERY", dt.timedelta(hours=1))


@pytest.fixture
def companies(db: None) -> tuple[Company, Company]:
    """One the collector belongs to, one of strangers."""
    ours = Company.objects.create(
        code="OURS", name="Northgate Ltd", currency="GBP", time_zone="Europe/London", created_at=CREATED
    )
    theirs = Company.objects.create(code="THEIRS", name="Strangers Inc", currency="USD", created_at=CREATED)
    return ours, theirs


@pytest.fixture
def collector(companies: tuple[Company, Company]) -> User:
    """Somebody who works for the first company only."""
    user = User.objects.create_user("priya", "a-long-password", full_name="Priya Nair", role=Role.COLLECTOR)
    Membership.objects.create(company=companies[0], user=user)
    return user


@pytest.fixture
def manager(companies: tuple[Company, Company]) -> User:
    """Somebody who answers for the whole of the first company."""
    user = User.objects.create_user("dana", "a-long-password", full_name="Dana Cole", role=Role.MANAGER)
    Membership.objects.create(company=companies[0], user=user)
    return user


@pytest.fixture
def kit(settings: Settings) -> None:
    """The small product instead of the real one."""
    settings.ROOT_URLCONF = "tests.screens.kit_urls"
    templates = copy.deepcopy(product.TEMPLATES)
    templates[0]["DIRS"] = [product.ROOT / "templates", Path(__file__).parent / "kit_templates"]
    settings.TEMPLATES = templates


@pytest.fixture
def browser(kit: None, collector: User) -> Client:
    """A plain browser, signed in."""
    client = Client()
    client.force_login(collector)
    return client


@pytest.fixture
def htmx() -> dict[str, str]:
    """What htmx adds to its requests."""
    return {"HX-Request": "true", "HX-Current-URL": "http://testserver/OURS/chase/?view=mine"}
