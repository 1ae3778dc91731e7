"""How new the ledger is: as its newest list of open items, or as the newest day of its transactions."""

import datetime as dt

import pytest

from collections_app.intake import received
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office
from tests.dunning.test_old_bank_files import applied


@pytest.fixture
def office(db: None) -> Office:
    """Its bank files are never too old."""
    office = Office()
    office.company.bank_stale_after_hours = 0
    office.company.save()
    return office


def test_payments_of_each_day_do_not_make_a_list_of_last_month_new(office: Office) -> None:
    for days in (60, 30):
        applied(office, AT - days * DAY, as_of=TODAY - days * DAY)
    for days in (2, 1, 0):
        applied(office, AT - days * DAY, newest_on=TODAY - days * DAY)
    (stop,) = office.stops()
    assert stop.code == "old_ledger"
    assert "of 10 February 00:00" in stop.sentence
    applied(office, AT, as_of=TODAY)
    assert office.codes() == []


def test_an_older_list_that_is_brought_in_later_does_not_hide_the_newer_one(office: Office) -> None:
    applied(office, AT - DAY, as_of=TODAY - DAY)
    applied(office, AT, as_of=TODAY - 20 * DAY)
    assert received.newest(office.company).as_of == TODAY - DAY
    assert office.codes() == []


def test_transactions_of_long_ago_that_come_today_do_not_make_it_new(office: Office) -> None:
    applied(office, AT, newest_on=TODAY - 21 * DAY)
    assert office.codes() == ["old_ledger"]
    news = received.newest(office.company)
    assert (news.as_of, news.true_until) == (TODAY - 21 * DAY, dt.datetime(2026, 2, 19, tzinfo=dt.UTC))
    applied(office, AT, newest_on=TODAY)
    assert office.codes() == []


def test_a_ledger_that_began_with_a_list_is_kept_by_its_transactions(office: Office) -> None:
    applied(office, AT - 90 * DAY, as_of=TODAY - 90 * DAY)
    applied(office, AT - HOUR, newest_on=TODAY - DAY)
    assert office.codes() == []


def test_nothing_happens_on_days_of_rest_so_what_tells_of_friday_is_new_on_monday(office: Office) -> None:
    friday = dt.date(2026, 3, 6)
    monday = dt.datetime(2026, 3, 9, tzinfo=dt.UTC)
    applied(office, monday + 6 * HOUR, newest_on=friday)
    assert received.newest(office.company).true_until == monday
    assert office.codes(office.draft(), at=monday + 10 * HOUR) == []
    assert "old_ledger" in office.codes(office.draft(), at=monday + 37 * HOUR)


def test_a_list_of_friday_is_new_on_monday_morning_and_on_the_day_after_a_holiday(office: Office) -> None:
    """Exported and brought in on Friday evening; a limit of 36 hours."""
    monday = dt.datetime(2026, 3, 9, tzinfo=dt.UTC)
    for days in (10, 3):
        applied(office, monday - days * DAY + 18 * HOUR, as_of=(monday - days * DAY).date())
    assert office.company.stale_after_hours == 36
    assert office.codes(office.draft(), at=monday + 10 * HOUR) == []
    assert "old_ledger" in office.codes(office.draft(), at=monday + 37 * HOUR)

    good_friday = dt.datetime(2026, 4, 3, tzinfo=dt.UTC)
    applied(office, good_friday - 6 * HOUR, as_of=dt.date(2026, 4, 2))
    assert office.codes(office.draft(), at=good_friday + 4 * DAY + 10 * HOUR) == []


def test_in_the_week_a_list_is_old_after_as_many_hours_as_ever(office: Office) -> None:
    tuesday = dt.datetime(2026, 3, 10, tzinfo=dt.UTC)
    for days in (1, 0):
        applied(office, tuesday + 18 * HOUR - days * DAY, as_of=tuesday.date() - days * DAY)
    assert "old_ledger" not in office.codes(office.draft(), at=tuesday + DAY + 36 * HOUR)
    assert "old_ledger" in office.codes(office.draft(), at=tuesday + DAY + 37 * HOUR)


def test_a_day_that_is_not_over_is_told_up_to_the_moment_at_which_the_file_came(office: Office) -> None:
    applied(office, AT - HOUR, newest_on=TODAY)
    news = received.newest(office.company)
    assert (news.as_of, news.true_until) == (None, AT - HOUR)
