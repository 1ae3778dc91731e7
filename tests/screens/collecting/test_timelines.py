"""The timeline filtered: by kind, by person, by words, by days."""

import datetime as dt

import pytest

from collections_app.activity import events
from collections_app.chase import timeline, working
from collections_app.chase.timeline import Filter
from collections_app.contact import standing_notes
from collections_app.contact.rules.noting import NoteKind
from tests.desk import call
from tests.screens.collecting.conftest import Office

DAY = dt.timedelta(days=1)


@pytest.fixture
def told(office: Office) -> Office:
    """Priya called today, Dana yesterday; Priya put a note on the card."""
    harrow = office.customer("100")
    working.log_contact(
        call(said="100% on Friday, net_of A1"), customer=harrow, by=office.priya, at=office.at
    )
    working.log_contact(call(said="wants a copy"), customer=harrow, by=office.dana, at=office.at - DAY)
    standing_notes.record(
        customer=harrow, kind=NoteKind.HABIT, words="copies by email", by=office.priya, at=office.at
    )
    return office


def shown(office: Office, **wanted: object) -> list[str]:
    page = timeline.read(office.customer("100"), Filter(**wanted))  # type: ignore[arg-type]
    return [item.quote or item.sentence for item in page.items]


def test_each_person_has_their_part_of_it(told: Office) -> None:
    assert shown(told, who=told.dana.pk, choice="contacts") == ["wants a copy"]
    assert [str(user) for user in timeline.authors(told.customer("100"))] == sorted(
        [str(told.dana), str(told.priya)]
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("COPY", ["wants a copy"]),
        ("100%", ["100% on Friday, net_of A1"]),
        ("net_of", ["100% on Friday, net_of A1"]),
        ("netXof", []),
        ("A1", ["100% on Friday, net_of A1", "Invoice A1"]),
        ("\\", []),
    ],
)
def test_words_are_found_as_they_are_typed(told: Office, words: str, found: list[str]) -> None:
    assert shown(told, words=words) == found


def test_what_was_taken_back_stays_and_who_took_it_back_is_told(told: Office) -> None:
    # Of the same day, also shortly before midnight: a contact is taken back on its day only.
    at, harrow = told.at + dt.timedelta(microseconds=1), told.customer("100")
    log = working.log_contact(call(said="wrong customer"), customer=harrow, by=told.priya, at=told.at)
    working.undo_contact(log, by=told.dana, at=at)

    newest, *_ = timeline.read(harrow, Filter(choice="contacts")).items
    assert (newest.sentence, newest.who, newest.key.at) == ("Took back: No answer", str(told.dana), at)
    [struck] = [item for item in timeline.read(harrow).items if item.is_withdrawn]
    assert struck.quote == "wrong customer"


def test_a_reminder_stands_among_the_messages(told: Office) -> None:
    events.record(
        "reminder.approved", "Approved: first reminder by email", company=told.company,
        customer=told.customer("100"), facts={}, by=told.priya, at=told.at,
    )  # fmt: skip
    assert shown(told, choice="messages") == ["Approved: first reminder by email"]
    assert shown(told, choice="changes") == []


def test_days_are_the_companys_and_both_are_included(told: Office) -> None:
    assert shown(told, choice="contacts", since=told.today) == ["100% on Friday, net_of A1"]
    assert shown(told, choice="contacts", until=told.today - DAY) == ["wants a copy"]
    assert len(shown(told, choice="contacts", since=told.today - DAY, until=told.today)) == 2


def test_notes_have_a_kind_of_their_own(told: Office) -> None:
    assert shown(told, choice="notes") == ["Noted (agreed habit): copies by email"]


def test_the_filter_is_part_of_the_address_and_of_every_link(told: Office) -> None:
    url = told.url("100", f"timeline/?show=contacts&who={told.dana.pk}&words=copy")
    text = told.client(told.priya).get(url).content.decode()

    assert "wants a copy" in text
    assert "100% on Friday" not in text
    assert f"?show=money&amp;who={told.dana.pk}&amp;words=copy" in text
    assert "Filter: on" in text


def test_a_wrong_day_is_asked_about_and_the_rest_still_counts(told: Office) -> None:
    url = told.url("100", "timeline/?show=contacts&since=31.02.&words=copy")
    text = told.client(told.priya).get(url).content.decode()

    assert "Enter a valid date." in text
    assert "wants a copy" in text
    assert "100% on Friday" not in text


def test_an_author_who_is_none_is_asked_about(told: Office) -> None:
    text = told.client(told.priya).get(told.url("100", "timeline/?who=999999")).content.decode()
    assert "Select a valid choice" in text


def test_a_filter_that_fits_nothing_says_so(told: Office) -> None:
    text = told.client(told.priya).get(told.url("100", "timeline/?words=zebra")).content.decode()
    assert "Nothing here fits. Widen the filter" in text
