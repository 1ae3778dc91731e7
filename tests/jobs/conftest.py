"""A company that is too large for a request, and what its worker is told."""

import datetime as dt

import pytest
from django.conf import LazySettings
from django.core.cache import cache

from collections_app.celery import app
from collections_app.chase import regroupings
from collections_app.chase.entries import Entry
from collections_app.chase.regroupings import Regrouping
from collections_app.jobs import parts, tasks
from collections_app.jobs import regroupings as work
from collections_app.jobs.schedule import DO_STAGE_PART_TASK, QUEUE_OF
from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import portfolios, versions
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from tests.desk import person
from tests.jobs import dividing, town
from tests.ledgerrows import company_of
from tests.ledgertext import load

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)
TODAY = AT.date()
LATER = AT + dt.timedelta(minutes=5)
LEDGER = """
customer 100
invoice 100 A1 1200.00 due=-41
customer 200
invoice 200 B1 300.00 due=-9
"""


class Office:
    """A company of two customers, of whom one is too many for a request; both are looked after by Priya."""

    def __init__(self) -> None:
        self.company: Company = company_of()
        load(LEDGER, company=self.company, today=TODAY)
        self.priya, self.tom = person(self.company, "priya"), person(self.company, "tom")
        self.dana = person(self.company, "dana", Role.MANAGER)
        self.all = portfolios.create(
            company=self.company, name="All", rule=Rule(), collector=self.priya, by=self.dana, at=AT
        )
        versions.ensure_default(company=self.company, by=None, at=AT)

    def hand_to(self, collector: User, *, at: dt.datetime = AT) -> Portfolio:
        """What a manager does on screen."""
        with work.following(company=self.company, today=TODAY, at=at):
            return portfolios.change(
                portfolio=self.all, name="All", rule=Rule(), collector=collector, by=self.dana, at=at
            )

    def collectors(self) -> set[str]:
        """Who works the list, as it stands."""
        listed = Entry.objects.filter(company=self.company, left_out="")
        return set(listed.values_list("collector__username", flat=True))

    def standing(self) -> Regrouping:
        return Regrouping.objects.get(company=self.company)


@pytest.fixture
def nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(regroupings, "SMALL_CUSTOMERS_MAX", 1)
    cache.clear()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the worker was told, instead of a broker."""
    sent: list[int] = []
    monkeypatch.setattr(tasks.follow_decisions, "delay", sent.append)
    return sent


@pytest.fixture
def office(db: None) -> Office:
    return Office()


@pytest.fixture
def divided(settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stages of companies with more than five customers are divided."""
    settings.NIGHT_RANGE_CUSTOMERS = dividing.SIZE
    monkeypatch.setattr(customer_ranges, "PLACE_BITS", 0)
    monkeypatch.setattr(parts, "WAIT_SECONDS", 0.01)
    monkeypatch.setattr(clock, "now", lambda: town.AT)


@pytest.fixture
def large_town() -> town.Town:
    return town.Town(7)


@pytest.fixture
def sent_parts(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The parts that workers were told of, instead of a broker."""
    told: list[int] = []

    def send(name: str, args: list[int], queue: str = "", **more: object) -> None:
        assert (name, queue) == (DO_STAGE_PART_TASK, QUEUE_OF[DO_STAGE_PART_TASK]) == (name, "night")
        told.extend(args)

    monkeypatch.setattr(app, "send_task", send)
    return told
