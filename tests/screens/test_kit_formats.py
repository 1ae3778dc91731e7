"""How amounts, days and counts read on screen."""

import datetime as dt
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from collections_app.templatetags import formats

TODAY = dt.date(2026, 3, 11)
NOW = dt.datetime(2026, 3, 11, 10, 30, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("amount", "currency", "reads"),
    [
        (Decimal("36900"), "GBP", "£36,900.00"),
        (Decimal("-1.2"), "GBP", "−£1.20"),
        (Decimal("1200"), "CHF", "CHF\u00a01,200.00"),
        (Decimal("-1200"), "CHF", "CHF\u00a0−1,200.00"),
        (Decimal("1234567"), "JPY", "JPY\u00a01,234,567"),
        (Decimal("0.005"), "KWD", "KWD\u00a00.005"),
        (0, "EUR", "€0.00"),
        (None, "EUR", "–"),
    ],
)
def test_an_amount_reads_with_its_currency_and_its_own_decimals(
    amount: Decimal | None, currency: str, reads: str
) -> None:
    assert formats.amount(amount, currency) == reads


def test_a_whole_figure_is_rounded_half_up() -> None:
    assert formats.figure(Decimal("48200.50"), "EUR", whole=True) == "48,201"


def test_an_amount_that_rounds_to_nothing_has_no_minus() -> None:
    assert formats.figure(Decimal("-0.001"), "EUR") == "0.00"


@pytest.mark.parametrize(("points", "reads"), [(40, "+40"), (-5, "−5"), (0, "0"), (None, "–")])
def test_points_read_with_their_sign(points: int | None, reads: str) -> None:
    assert formats.signed(points) == reads


@pytest.mark.parametrize(
    ("on", "reads"),
    [(dt.date(2026, 3, 3), "3 Mar"), (dt.date(2025, 3, 3), "3 Mar 2025"), (None, "–")],
)
def test_a_day_names_its_year_only_when_it_is_another(on: dt.date | None, reads: str) -> None:
    assert formats.day(on, today=TODAY) == reads


def test_a_day_may_name_its_weekday() -> None:
    assert formats.day(TODAY, today=TODAY, weekday=True) == "Wed 11 Mar"


@pytest.mark.parametrize(
    ("at", "reads"),
    [
        (dt.datetime(2026, 3, 11, 5, 10, tzinfo=dt.UTC), "today 06:10"),
        (dt.datetime(2026, 3, 10, 23, 30, tzinfo=dt.UTC), "today 00:30"),
        (dt.datetime(2026, 3, 10, 16, 0, tzinfo=dt.UTC), "yesterday 17:00"),
        (dt.datetime(2026, 3, 12, 8, 0, tzinfo=dt.UTC), "tomorrow 09:00"),
        (dt.datetime(2025, 3, 3, 16, 0, tzinfo=dt.UTC), "3 Mar 2025 17:00"),
        (None, "–"),
    ],
)
def test_a_moment_is_told_in_the_readers_zone(at: dt.datetime | None, reads: str) -> None:
    assert formats.moment(at, now=NOW) == reads


@pytest.mark.parametrize(
    ("minutes", "reads"),
    [
        (0, "just now"),
        (1, "1 minute ago"),
        (59, "59 minutes ago"),
        (60, "1 hour ago"),
        (1440, "yesterday 10:30"),
    ],
)
def test_ago_stops_counting_after_a_day(minutes: int, reads: str) -> None:
    assert formats.ago(NOW - dt.timedelta(minutes=minutes), now=NOW) == reads


@pytest.mark.parametrize(
    ("on", "reads"),
    [
        (TODAY - dt.timedelta(days=41), "41 days overdue"),
        (TODAY - dt.timedelta(days=1), "1 day overdue"),
        (TODAY, "due today"),
        (TODAY + dt.timedelta(days=3), "due in 3 days"),
        (None, "no due date"),
    ],
)
def test_due_today_is_not_overdue(on: dt.date | None, reads: str) -> None:
    assert formats.due(on, today=TODAY) == reads


@pytest.mark.parametrize(
    ("days", "step"),
    [(-3, 0), (0, 0), (1, 1), (30, 1), (31, 2), (60, 2), (61, 3), (90, 3), (91, 4), (900, 4)],
)
def test_the_colour_of_an_age_follows_the_ageing_buckets(days: int, step: int) -> None:
    assert formats.age_step(days) == step


def test_counts_agree_with_their_word() -> None:
    assert [formats.counted(n, "entry", "entries") for n in (0, 1, 1204)] == [
        "0 entries",
        "1 entry",
        "1,204 entries",
    ]
