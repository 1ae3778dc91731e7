"""The terms of a segment on screen: written, counted meanwhile, and refused with every problem."""

from decimal import Decimal

import pytest
from django.test import Client

from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.segmentation import drafts, segments
from collections_app.segmentation.versions import SegmentVersion
from tests.crowd import customer
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import company_of

DRAFT = "/NG/segments/draft/"
TERMS = {"name": "Germans", "least_days_overdue": "5", "least_amount": "10", "habit_grace_days": ""}
GERMAN = {"lines": "1", "match": "all", "fact-0": "country", "op-0": "is", "value-0": "DE"}


@pytest.fixture
def company(db: None) -> Company:
    return company_of()


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def browser(dana: User) -> Client:
    return signed_in(dana)


@pytest.fixture
def draft(company: Company, dana: User) -> SegmentVersion:
    return drafts.begin(company=company, by=dana, at=clock.now())


def _owed(amount: int) -> dict[str, dict[str, Decimal]]:
    return {"GBP": {"exposure": Decimal(amount), "overdue": Decimal(amount)}}


def test_a_segment_is_added(browser: Client, company: Company, draft: SegmentVersion) -> None:
    response = browser.post(f"{DRAFT}new/", {**TERMS, **GERMAN, "revision": 0})
    assert (response.status_code, response["Location"]) == (303, DRAFT)
    made = segments.of(draft)[-2]
    assert (made.name, made.least_days_overdue, made.least_amount) == ("Germans", 5, Decimal(10))
    assert made.rule == {"match": "all", "conditions": [{"fact": "country", "op": "is", "value": ["DE"]}]}


def test_a_segment_is_changed(browser: Client, draft: SegmentVersion) -> None:
    response = browser.post(f"{DRAFT}segments/new/", {**TERMS, **GERMAN, "revision": 0})
    assert response.status_code == 303
    assert [segment.name for segment in segments.of(draft)][3] == "Germans"


def test_a_wrong_segment_keeps_what_was_typed_and_tells_every_problem(
    browser: Client, draft: SegmentVersion
) -> None:
    wrong = {
        "lines": "2",
        "match": "any",
        "fact-0": "exposure",
        "op-0": "at_least",
        "value-0": "lots",
        "fact-1": "",
    }
    response = browser.post(
        f"{DRAFT}new/", {**TERMS, **wrong, "name": "Standard", "revision": 0, "value-1": "7"}
    )
    page = text(response)
    assert response.status_code == 422
    assert "There is already a segment called “Standard”." in page
    assert "Condition 1: for “total owed”, “lots” is not an amount. Write it like 1234.50." in page
    assert "Condition 2: choose what it asks about." in page
    assert 'value="lots"' in page


def test_a_field_that_is_no_figure_is_refused_beside_the_rule(browser: Client, draft: SegmentVersion) -> None:
    response = browser.post(f"{DRAFT}new/", {**TERMS, **GERMAN, "least_days_overdue": "soon", "revision": 0})
    assert response.status_code == 422
    assert 'aria-invalid="true"' in text(response)


def test_the_count_follows_the_conditions_while_they_are_written(
    browser: Client, company: Company, draft: SegmentVersion
) -> None:
    customer(company, "100", owes=_owed(500), country="DE")
    customer(company, "200", country="DE", classification="key")
    answer = browser.post(f"{DRAFT}new/look/", {**TERMS, **GERMAN}, headers=HTMX)
    page = text(answer)
    assert answer.status_code == 200
    assert "1 customer" in page
    assert "2 customers meet the conditions; segments above take the others." in page
    assert "500" in page
    assert 'id="conditions"' not in page, "what is being typed is left alone"


def test_an_unfinished_condition_is_not_counted(browser: Client, draft: SegmentVersion) -> None:
    page = text(browser.post(f"{DRAFT}new/look/", {**TERMS, **GERMAN, "value-0": ""}, headers=HTMX))
    assert "Finish the conditions to see whom they take." in page


def test_a_chosen_fact_brings_its_own_comparisons_and_unit(browser: Client, draft: SegmentVersion) -> None:
    asked = {**TERMS, **GERMAN, "fact-0": "exposure", "step": "chosen"}
    page = text(browser.post(f"{DRAFT}segments/key/look/", asked, headers=HTMX))
    assert 'value="at_least" selected' in page
    assert "GBP</span>" in page
    assert 'id="count"' in page


def test_conditions_are_added_and_taken_out_without_scripts(browser: Client, draft: SegmentVersion) -> None:
    more = browser.post(f"{DRAFT}segments/key/look/", {**TERMS, **GERMAN, "step": "add"})
    assert "<html" in text(more)
    assert 'name="fact-1"' in text(more)
    assert 'value="DE"' in text(more)
    fewer = browser.post(f"{DRAFT}segments/key/look/", {**TERMS, **GERMAN, "step": "drop-0"})
    assert 'name="fact-0"' not in text(fewer)


def test_it_offers_the_values_that_customers_have(
    browser: Client, company: Company, draft: SegmentVersion
) -> None:
    customer(company, "100", country="DE")
    assert '<option value="DE">' in text(browser.post(f"{DRAFT}new/look/", {**GERMAN, "step": "chosen"}))
