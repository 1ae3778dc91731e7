"""A report that takes long is read by a worker while a page says so, and by whoever asks where none does."""

import datetime as dt
from typing import Any

import pytest
from django.test import Client
from kombu.exceptions import OperationalError

from collections_app.jobs import tasks
from collections_app.people.rules import Role
from collections_app.reports import derived, long_readings, measure_sums, snapshots
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows, company_of, moment
from tests.ledgertext import load

pytestmark = pytest.mark.django_db

LEDGER = """
customer 100 "Harrow Tools" country=GB
invoice 100 A1 1200.10 due=-95 issued=-125
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 3000.00 due=-40 issued=-70
"""
PAGES = ("/NG/reports/", "/NG/reports/measures/")
WAITS = "The report is being read"


@pytest.fixture
def rows(today: dt.date, monkeypatch: pytest.MonkeyPatch) -> Rows:
    """A company too large for a request."""
    monkeypatch.setattr(derived, "FEW_MAX", 0)
    return load(LEDGER, company=company_of("NG", country="GB"), today=today)


@pytest.fixture
def dana(rows: Rows) -> Client:
    return signed_in(person(rows.company, "dana", Role.MANAGER))


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Any, ...]]:
    """What workers were told, in which queue."""
    found: list[tuple[Any, ...]] = []
    monkeypatch.setattr(
        tasks.read_ahead, "apply_async", lambda args, *, queue, expires: found.append((queue, *args))
    )
    return found


def asked(today: dt.date, more: str = "") -> str:
    return f"?as_of={today - dt.timedelta(5)}&currency=GBP{more}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("more", ["", "&country=DE", "&into=GBP"])
def test_a_worker_is_told_once_and_the_page_comes_when_it_was_read(
    dana: Client, today: dt.date, told: list[tuple[Any, ...]], page: str, more: str
) -> None:
    address = page + asked(today, more)
    first, second = text(dana.get(address)), text(dana.get(address))
    assert (WAITS in first, WAITS in second, len(told)) == (True, True, 1)
    assert f'href="{address.replace("&", "&amp;")}"' in first

    (queue, *args), *_ = told
    assert queue == "now"
    tasks.read_ahead(*args)
    read = text(dana.get(address))
    assert WAITS not in read
    assert ("£4,200.10" if "country" not in more else "£3,000.00") in read


def test_what_was_known_is_read_so_too(dana: Client, today: dt.date, told: list[tuple[Any, ...]]) -> None:
    address = f"/NG/reports/measures/{asked(today, f'&known_on={today - dt.timedelta(4)}')}"
    assert WAITS in text(dana.get(address))
    tasks.read_ahead(*told[0][1:])
    assert "as known at the end of" in text(dana.get(address))


def test_a_chart_that_is_drawn_from_all_measures_waits_in_its_own_place(
    dana: Client, today: dt.date, told: list[tuple[Any, ...]]
) -> None:
    address, part = f"/NG/reports/charts/rolling/{asked(today)}", {"HX-Request": "true"}
    assert WAITS in text(dana.get(address))
    waiting = text(dana.get(address, headers=part))
    assert ("This chart is read" in waiting, "<main" in waiting, len(told)) == (True, False, 1)
    # As the page asks that waits.
    assert "<main" in text(dana.get(address, headers={**part, "HX-Boosted": "true"}))
    tasks.read_ahead(*told[0][1:])
    assert "This chart is read" not in text(dana.get(address, headers=part))


def test_a_posting_meanwhile_sends_nobody_to_wait_again(
    dana: Client, rows: Rows, today: dt.date, told: list[tuple[Any, ...]]
) -> None:
    address = f"/NG/reports/measures/{asked(today)}"
    dana.get(address)
    tasks.read_ahead(*told[0][1:])
    load("customer 100\ninvoice 100 A3 7.77 due=-9", company=rows.company, today=today)
    assert "£4,207.87" in text(dana.get(address))


def test_without_a_broker_it_is_read_at_once(
    dana: Client, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise OperationalError

    monkeypatch.setattr(tasks.read_ahead, "apply_async", refuse)
    for page in PAGES:
        assert "£4,200.10" in text(dana.get(page + asked(today)))


def test_without_a_worker_it_is_read_after_a_while(
    dana: Client, today: dt.date, told: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"/NG/reports/measures/{asked(today)}"
    assert WAITS in text(dana.get(address))
    monkeypatch.setattr(long_readings, "ASKED_SECONDS_MAX", -1)
    assert "£4,200.10" in text(dana.get(address))


def test_today_and_the_dashboard_of_a_past_day_that_a_night_kept_are_there_at_once(
    dana: Client, rows: Rows, today: dt.date, told: list[tuple[Any, ...]]
) -> None:
    for days in (5, 0):
        day = today - dt.timedelta(days)
        snapshots.refresh(company=rows.company, today=day, at=moment(day))
    measure_sums.keep(company=rows.company, day=today, at=moment(today))
    for address in (PAGES[0] + asked(today), *(f"{page}?as_of={today}" for page in PAGES)):
        assert WAITS not in text(dana.get(address)), address
    assert told == []


def test_all_measures_of_a_kept_day_are_read_beside_and_its_dashboard_once_it_is_posted_into(
    dana: Client, rows: Rows, today: dt.date, told: list[tuple[Any, ...]]
) -> None:
    """What each took to pay is not kept of a past day; nor is what was posted since."""
    dashboard, every = (page + asked(today) for page in PAGES)
    for days in (5, 0):
        day = today - dt.timedelta(days)
        snapshots.refresh(company=rows.company, today=day, at=moment(day))
    assert (WAITS in text(dana.get(dashboard)), WAITS in text(dana.get(every))) == (False, True)

    load("customer 100\ninvoice 100 A3 7.77 due=-9", company=rows.company, today=today)
    assert WAITS in text(dana.get(dashboard))


@pytest.mark.parametrize("more", ["", "&country=DE"])
def test_nobody_waits_for_a_few_customers(
    dana: Client, today: dt.date, told: list[tuple[Any, ...]], monkeypatch: pytest.MonkeyPatch, more: str
) -> None:
    monkeypatch.setattr(derived, "FEW_MAX", 1 if more else 2)
    for page in PAGES:
        assert WAITS not in text(dana.get(page + asked(today, more)))
    assert told == []
