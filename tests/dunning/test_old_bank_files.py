"""How new the news of payments is: of the newest day that files tell of, whenever they were brought in."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from collections_app.dunning import stops
from collections_app.dunning.rules import old_figures
from collections_app.intake import received
from collections_app.intake.received import Batch
from collections_app.ledger.postings import Posting
from tests.dunning.office import AT, DAY, HOUR, TODAY, Office

LONDON = ZoneInfo("Europe/London")


@pytest.fixture
def office(db: None) -> Office:
    office = Office()
    office.company.stale_after_hours = 1000
    office.company.save()
    return office


def applied(
    office: Office, at: dt.datetime, *, newest_on: dt.date | None = None, as_of: dt.date | None = None
) -> None:
    """A file of payments up to a day, or a list of open items as of a day, brought in at a moment."""
    Batch.objects.create(
        company=office.company,
        kind="open-items" if as_of else "transactions",
        as_of=as_of,
        newest_on=newest_on,
        file_name="bank.csv",
        file_bytes=1,
        mapping={},
        received_at=at,
        state="applied",
        posting=Posting.objects.create(company=office.company, recorded_at=at, source="bank"),
        ended_at=at,
    )


def test_a_file_of_long_ago_that_is_brought_in_today_is_of_long_ago(office: Office) -> None:
    for days in (1, 2, 3):
        applied(office, AT - days * DAY, newest_on=TODAY - 30 * DAY)
    (stop,) = office.stops()
    assert stop.code == "old_bank"
    assert stop.sentence.startswith("Our news of payments is of 10 February 00:00, older than 72 hours.")
    applied(office, AT, newest_on=TODAY - DAY)
    assert office.codes() == []


def test_a_day_is_told_up_to_the_moment_at_which_the_file_came(office: Office) -> None:
    applied(office, AT - HOUR, newest_on=TODAY)
    assert received.newest_payments(office.company).files_until == AT - HOUR


def test_files_that_came_regularly_and_stay_away_make_it_wait(office: Office) -> None:
    for days in (3, 2, 1):
        applied(office, AT - days * DAY, newest_on=TODAY - days * DAY)
        applied(office, AT, as_of=TODAY)
    assert office.codes(at=AT + 2 * DAY) == []  # the newest day ended at midnight; a weekend is no longer
    assert office.codes(at=AT + 5 * DAY) == ["old_bank"]
    office.company.bank_stale_after_hours = 0
    assert office.codes(at=AT + 5 * DAY) == []


def test_until_they_come_regularly_a_list_of_open_items_is_news_of_payments_too(office: Office) -> None:
    applied(office, AT - 30 * DAY, newest_on=TODAY - 30 * DAY)
    assert office.codes() == ["old_bank"]
    applied(office, AT, as_of=TODAY - DAY)
    assert office.codes() == []
    assert office.codes(at=AT + 5 * DAY) == ["old_bank"]


def test_lists_of_open_items_are_limited_though_nobody_set_a_limit(office: Office) -> None:
    applied(office, AT, as_of=TODAY - DAY)
    assert office.codes() == []
    assert office.codes(at=AT + 5 * DAY) == ["old_bank"]


def test_a_ledger_that_no_file_brought_in_has_no_limit_for_payments(office: Office) -> None:
    assert office.codes() == []
    assert stops.house_of(office.company).bank_limit_hours is None


def test_whoever_sets_the_limit_reads_how_new_the_news_is(office: Office) -> None:
    def told() -> str:
        return old_figures.of_payments(stops.house_of(office.company), LONDON)

    assert told() == "No file has told of payments yet; that never counts as old."
    applied(office, AT, newest_on=TODAY - 2 * DAY)
    assert told() == (
        "Payments are known up to Tuesday 10 March, 00:00; that counts as old after 72 hours, "
        "days of rest not counted."
    )


def test_a_bank_file_of_before_easter_is_new_on_the_day_after(office: Office) -> None:
    """Thursday's; Good Friday and Easter Monday are no days of banks."""
    thursday, tuesday = dt.datetime(2026, 4, 2, tzinfo=dt.UTC), dt.datetime(2026, 4, 7, tzinfo=dt.UTC)
    for days in (2, 1, 0):
        applied(office, thursday + 17 * HOUR - days * DAY, newest_on=thursday.date() - days * DAY)
    assert office.codes(office.draft(), at=tuesday + 10 * HOUR) == []
    assert "old_bank" in office.codes(office.draft(), at=tuesday + 4 * DAY)
