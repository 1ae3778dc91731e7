"""A letter that the tone guard blocks does not leave by itself: its draft is held back and says why."""

import datetime as dt

import pytest

from collections_app.correspondence import default_letters
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.message_rows import Message
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import approvals
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from tests.dunning.reminding import by_hand, drafts, dunned, morning, with_contact


@pytest.fixture
def harrow(company: Company, today: dt.date) -> Customer:
    return with_contact(company, today=today)


def template(company: Company, more: str, *, at: dt.datetime) -> None:
    """A live letter, published while nobody was there whom it would offend."""
    words = default_letters.words_of(Purpose.LEVEL_1, "en")
    LetterTemplate.objects.create(
        company=company,
        purpose="level_1",
        language="en",
        number=1,
        state="live",
        subject=words.subject,
        body=f"{words.body}\n{more}",
        made_at=at,
        saved_at=at,
        published_at=at,
    )


def test_a_letter_of_a_run_is_held_back_for_the_words_of_its_template(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    template(company, "{% if customer.number == '100' %}Pay, or else we go to court.{% endif %}", at=at)

    found = dunned(company, today, at)

    (draft,) = drafts(company)
    assert (found.approved.released, draft.state) == (0, "held_back")
    assert "“or else” reads like a threat" in draft.stops[0]["sentence"]
    assert draft.stops[0]["then"] == "person"
    assert not Message.objects.exists()


def test_a_run_again_finds_the_same(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    template(company, "Pay, or else.", at=at)
    dunned(company, today, at)
    dunned(company, today, at)
    assert [draft.state for draft in drafts(company)] == ["held_back"]


def test_whoever_approves_it_is_told_why_it_stays(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime, priya: User
) -> None:
    template(company, "DE02 1203 0000 0000 2020 51", at=at)
    morning(company, today)
    draft = by_hand(drafts(company)[0])

    found = approvals.approve([draft], company=company, by=priya, at=at)

    assert (found.released, found.held_back) == (0, [draft.pk])
    draft.refresh_from_db()
    assert "not the account that is on file" in draft.stops[0]["sentence"]


def test_the_letter_that_we_bring_along_leaves(
    company: Company, harrow: Customer, today: dt.date, at: dt.datetime
) -> None:
    assert dunned(company, today, at).approved.released == 1
