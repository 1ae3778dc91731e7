"""Segments on screen: read, drafted, moved and published."""

import datetime as dt
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from collections_app.chase.entries import Entry
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import assignments, drafts, segments, versions
from collections_app.segmentation.assignments import Assignment
from collections_app.segmentation.versions import SegmentVersion
from tests.crowd import customer
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of
from tests.ledgertext import load

SEGMENTS, DRAFT = "/NG/segments/", "/NG/segments/draft/"
TERMS = {"name": "Germans", "least_days_overdue": "5", "least_amount": "10", "habit_grace_days": ""}
GERMAN = {"lines": "1", "match": "all", "fact-0": "country", "op-0": "is", "value-0": "DE"}


@pytest.fixture
def company(db: None) -> Company:
    company = company_of()
    versions.ensure_default(company=company, by=None, at=clock.now())
    return company


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def browser(dana: User) -> Client:
    return signed_in(dana)


@pytest.fixture
def now() -> dt.datetime:
    return clock.now()


@pytest.fixture
def draft(company: Company, dana: User, now: dt.datetime) -> SegmentVersion:
    return drafts.begin(company=company, by=dana, at=now)


def _names(company: Company) -> list[str]:
    draft = versions.draft(company)
    assert draft is not None
    return [segment.code for segment in segments.of(draft)]


def _owed(amount: int) -> dict[str, dict[str, Decimal]]:
    return {"GBP": {"exposure": Decimal(amount), "overdue": Decimal(amount)}}


def test_a_new_company_shows_the_usual_segments(browser: Client) -> None:
    page = text(browser.get(SEGMENTS))
    assert "Good payer, late but steady" in page
    assert "day 1, and 3 days after their usual delay" in page
    assert "everybody else" in page


def test_it_shows_what_each_segment_holds(
    browser: Client, company: Company, draft: SegmentVersion, dana: User, now: dt.datetime
) -> None:
    customer(company, "100", owes=_owed(150_000))
    drafts.publish(draft=draft, revision=0, note="", by=dana, at=now)
    assignments.assign(company=company, today=now.date())
    assert "£150,000" in text(browser.get(SEGMENTS))


def test_it_explains_why_a_customer_is_in_their_segment(browser: Client, company: Company) -> None:
    customer(company, "100", owes=_owed(150_000), name="Brandt GmbH")
    page = text(browser.get(SEGMENTS, {"customer": "100"}))
    assert "Brandt GmbH" in page
    assert "total owed is at least 100,000 GBP" in page
    assert "theirs: 150,000 GBP" in page


def test_an_unknown_number_is_answered_in_a_sentence(browser: Client) -> None:
    assert "There is no customer with the number “404” here." in text(
        browser.get(SEGMENTS, {"customer": "404"})
    )


@pytest.mark.parametrize("role", [Role.COLLECTOR, Role.SALES])
def test_others_may_not_see_or_change_segments(company: Company, draft: SegmentVersion, role: Role) -> None:
    browser = signed_in(person(company, "priya", role))
    assert browser.get(SEGMENTS).status_code == 403
    assert browser.get(DRAFT).status_code == 403
    assert browser.post(f"{DRAFT}publish/", {"revision": 0}).status_code == 403


def test_a_stranger_finds_nothing(draft: SegmentVersion) -> None:
    stranger = signed_in(person(company_of("OTHER"), "mallory", Role.MANAGER))
    for address in (SEGMENTS, DRAFT, f"{DRAFT}segments/key/"):
        assert stranger.get(address).status_code == 404


def test_nothing_is_changed_by_reading(browser: Client, draft: SegmentVersion) -> None:
    for deed in ("begin/", "publish/", "discard/", "segments/key/move/", "segments/key/remove/"):
        assert browser.get(DRAFT + deed).status_code == 405


def test_changing_begins_a_draft_and_leads_to_it(browser: Client, company: Company) -> None:
    response = browser.post(f"{DRAFT}begin/")
    assert (response.status_code, response["Location"]) == (303, DRAFT)
    assert versions.draft(company) is not None


def test_without_a_draft_its_address_leads_to_the_live_segments(browser: Client) -> None:
    assert browser.get(DRAFT)["Location"] == SEGMENTS


def test_a_segment_is_moved_by_a_plain_browser_and_by_htmx(
    browser: Client, company: Company, draft: SegmentVersion
) -> None:
    move = f"{DRAFT}segments/key/move/"
    assert browser.post(move, {"revision": 0, "places": -1}).status_code == 303
    assert _names(company)[:2] == ["key", "watch"]
    answer = browser.post(move, {"revision": 1, "places": 1}, headers=HTMX)
    assert _names(company)[:2] == ["watch", "key"]
    page = text(answer)
    assert 'id="draft" hx-swap-oob="true"' in page
    assert "“Key account” moved down." in page
    assert "<html" not in page


def test_a_move_on_what_a_colleague_changed_shows_what_they_did(
    browser: Client, draft: SegmentVersion, dana: User, now: dt.datetime
) -> None:
    segments.move(segment=segments.of(draft)[0], places=1, revision=0, by=dana, at=now)
    answer = browser.post(f"{DRAFT}segments/small/move/", {"revision": 0, "places": -1}, headers=HTMX)
    assert answer.status_code == 422
    assert "Dana: moved segment “Watch-list or insured at risk” down." in text(answer)
    assert 'name="revision" value="1"' in text(answer)


def test_a_segment_is_taken_out(browser: Client, company: Company, draft: SegmentVersion) -> None:
    browser.post(f"{DRAFT}segments/small/remove/", {"revision": 0})
    assert "small" not in _names(company)


def test_a_draft_is_discarded(browser: Client, company: Company, draft: SegmentVersion) -> None:
    assert browser.post(f"{DRAFT}discard/", {"revision": 0})["Location"] == SEGMENTS
    assert versions.draft(company) is None


def test_the_draft_tells_who_would_move(browser: Client, company: Company, draft: SegmentVersion) -> None:
    customer(company, "100", country="DE", name="Brandt GmbH")
    browser.post(f"{DRAFT}new/", {**TERMS, **GERMAN, "revision": 0})
    page = text(browser.get(DRAFT))
    assert "1 customer against the live version" in page
    assert "Brandt GmbH" in page


def test_its_queries_do_not_grow_with_customers(
    browser: Client, company: Company, draft: SegmentVersion
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            browser.get(DRAFT)
        return len(captured)

    customer(company, "100", country="DE")
    queries()
    few = queries()
    for number in range(200, 230):
        customer(company, str(number), country="DE", owes=_owed(10))
    assert queries() <= few + 1
    assert few < 24


def test_publishing_places_everybody_and_derives_the_chase_list(
    browser: Client, company: Company, draft: SegmentVersion, now: dt.datetime
) -> None:
    load(
        'customer 100 "Brandt GmbH" country=DE\ninvoice 100 A1 900.00 due=-41',
        company=company,
        today=now.date(),
    )
    browser.post(f"{DRAFT}new/", {**TERMS, **GERMAN, "revision": 0})
    # Every customer with so few invoices is new; the Germans are to come first.
    for revision in range(1, 6):
        browser.post(f"{DRAFT}segments/germans/move/", {"revision": revision, "places": -1})
    response = browser.post(f"{DRAFT}publish/", {"revision": 6, "note": "Germans apart"})
    assert (response.status_code, response["Location"]) == (303, SEGMENTS)
    placed = Assignment.objects.get(customer__number="100").segment
    assert placed is not None
    assert placed.code == "germans"
    assert Entry.objects.get(customer__number="100").segment == placed
    assert "Germans apart" not in text(browser.get(SEGMENTS)), (
        "the note belongs to the history of the version"
    )


def test_a_pack_that_leaves_somebody_over_is_not_published(
    browser: Client, company: Company, draft: SegmentVersion
) -> None:
    browser.post(f"{DRAFT}segments/standard/remove/", {"revision": 0})
    response = browser.post(f"{DRAFT}publish/", {"revision": 1, "note": "typed with care"})
    assert response.status_code == 422
    assert "must take everybody else" in text(response)
    assert "typed with care" in text(response)
    assert versions.draft(company) is not None


def test_an_earlier_version_is_shown_and_becomes_a_draft(
    browser: Client, company: Company, draft: SegmentVersion
) -> None:
    browser.post(f"{DRAFT}publish/", {"revision": 0, "note": ""})
    assert "Good payer" in text(browser.get(f"{SEGMENTS}versions/1/"))
    assert browser.post(f"{SEGMENTS}versions/1/restore/")["Location"] == DRAFT
    assert browser.post(f"{SEGMENTS}versions/1/restore/").status_code == 409
