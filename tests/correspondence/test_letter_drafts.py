"""A company writes letters of its own: draft, publish, history, and back to the original."""

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from collections_app.activity.events import Event
from collections_app.correspondence import default_letters, letter_drafts, letter_templates
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.rules.letters import Words
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.ledgerrows import company_of
from tests.letter_values import VALUES

OURS = Words("{{ oldest.number }}: when?", "Hello {{ contact.name }},\n\n{{ items }}\n\nBye")


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def dana(company: Company) -> User:
    return person(company, "dana", Role.MANAGER)


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


def saved(
    company: Company, by: User, at: dt.datetime, words: Words = OURS, revision: int = 0
) -> LetterTemplate:
    return letter_drafts.save(
        company=company,
        purpose=Purpose.LEVEL_1,
        language="en",
        words=words,
        revision=revision,
        by=by,
        at=at,
    )


def reset(company: Company, by: User, at: dt.datetime) -> bool:
    return letter_drafts.back_to_default(
        company=company, purpose=Purpose.LEVEL_1, language="en", by=by, at=at
    )


def subject_now(company: Company) -> str:
    letter = letter_templates.shelf_of(company).letter(Purpose.LEVEL_1, "en-GB")
    return letter_templates.render(letter, values=VALUES).subject


def test_without_one_of_its_own_a_company_writes_ours(company: Company) -> None:
    assert subject_now(company) == "Invoice INV-1042, £4,200.00, due 14 March 2026: payment date?"


def test_a_draft_changes_nothing_until_it_is_published(company: Company, dana: User, at: dt.datetime) -> None:
    draft = saved(company, dana, at)
    assert subject_now(company).startswith("Invoice INV-1042")
    letter_drafts.publish(draft=draft, revision=1, customers=[VALUES], note="Shorter", by=dana, at=at)
    assert subject_now(company) == "INV-1042: when?"


def test_every_save_keeps_who_and_when(company: Company, dana: User, at: dt.datetime) -> None:
    tom = person(company, "tom", Role.ADMINISTRATOR)
    saved(company, dana, at)
    later = at + dt.timedelta(hours=1)
    draft = saved(company, tom, later, words=replace(OURS, body="Hello"), revision=1)
    assert (draft.made_by, draft.saved_by, draft.saved_at, draft.revision) == (dana, tom, later, 2)
    told = list(Event.objects.order_by("pk").values_list("what", "by__username"))
    assert told == [("letter.saved", "dana"), ("letter.saved", "tom")]


def test_the_same_words_saved_twice_have_one_effect(company: Company, dana: User, at: dt.datetime) -> None:
    saved(company, dana, at)
    again = saved(company, dana, at, words=replace(OURS, body=OURS.body.replace("\n", "\r\n")), revision=1)
    assert again.revision == 1
    assert Event.objects.count() == 1


def test_it_refuses_a_save_on_an_older_draft_and_names_who_was_faster(
    company: Company, dana: User, at: dt.datetime
) -> None:
    saved(company, dana, at)
    with pytest.raises(Refused, match="Dana changed this draft since you opened it"):
        saved(company, dana, at, words=replace(OURS, body="x"))


def test_it_refuses_a_template_with_all_that_is_wrong_in_it(
    company: Company, dana: User, at: dt.datetime
) -> None:
    with pytest.raises(Refused) as refused:
        saved(company, dana, at, words=Words("{{ oldest.nummer }}", "Hello\n{% if x %}"))
    assert [problem.code for problem in refused.value.problems] == ["subject", "body"]
    assert not LetterTemplate.objects.exists()


def test_it_refuses_to_publish_what_cannot_be_written_to_a_customer(
    company: Company, dana: User, at: dt.datetime
) -> None:
    draft = saved(company, dana, at, words=replace(OURS, body="One\n{{ interest.total | first }}"))
    with pytest.raises(Refused, match="Customer 00123: Words, line 2"):
        letter_drafts.publish(draft=draft, revision=1, customers=[VALUES], by=dana, at=at)
    assert letter_drafts.live(company, Purpose.LEVEL_1, "en") is None


def test_it_refuses_to_publish_what_the_tone_guard_would_not_let_leave(
    company: Company, dana: User, at: dt.datetime
) -> None:
    threat = replace(OURS, body=f"{OURS.body}\n\nPay within a week, or else we go to court.")
    draft = saved(company, dana, at, words=threat)
    others = [VALUES, replace(VALUES, customer=replace(VALUES.customer, number="00124"))]
    with pytest.raises(Refused) as refused:
        letter_drafts.publish(draft=draft, revision=1, customers=others, by=dana, at=at)
    problems = {problem.code: problem.message for problem in refused.value.problems}
    assert list(problems) == ["T02", "T01"]
    assert problems["T01"].startswith("“court” speaks of courts or collectors")
    assert problems["T01"].endswith("(T01, in the letter to customer 00123 and 1 more)")
    assert subject_now(company).startswith("Invoice INV-1042")


def test_it_refuses_a_threat_that_stands_in_the_html_alone(
    company: Company, dana: User, at: dt.datetime
) -> None:
    page = "<p>Hello {{ contact.name }},</p>{{ items }}<p>Pay, or <b>else</b> we go to court.</p>"
    draft = saved(company, dana, at, words=replace(OURS, html=page))
    with pytest.raises(Refused, match="“court” speaks"):
        letter_drafts.publish(draft=draft, revision=1, customers=[VALUES], by=dana, at=at)


def test_it_refuses_an_account_that_is_not_on_the_letterhead(
    company: Company, dana: User, at: dt.datetime
) -> None:
    """Each refusal is about words of the template: the fraud guard reads them too."""
    draft = saved(company, dana, at, words=replace(OURS, body=f"{OURS.body}\nDE02 1203 0000 0000 2020 51"))
    with pytest.raises(Refused, match="not the account that is on file"):
        letter_drafts.publish(draft=draft, revision=1, customers=[VALUES], by=dana, at=at)


def test_a_letter_that_nobody_would_get_is_published_all_the_same(
    company: Company, dana: User, at: dt.datetime
) -> None:
    letter_drafts.publish(draft=saved(company, dana, at), revision=1, customers=[], by=dana, at=at)
    assert subject_now(company) == "INV-1042: when?"


def test_versions_stay_and_an_earlier_one_can_be_taken_up_again(
    company: Company, dana: User, at: dt.datetime
) -> None:
    first = saved(company, dana, at)
    letter_drafts.publish(draft=first, revision=1, customers=[], by=dana, at=at)
    second = saved(company, dana, at, words=replace(OURS, subject="Second"))
    letter_drafts.publish(draft=second, revision=1, customers=[], by=dana, at=at)
    versions = letter_drafts.history(company, Purpose.LEVEL_1, "en")
    assert [(each.number, each.state) for each in versions] == [(2, "live"), (1, "history")]
    draft = letter_drafts.restored(versions[1], revision=0, by=dana, at=at)
    assert (draft.number, draft.words) == (3, OURS)


def test_back_to_the_original_leaves_the_history(company: Company, dana: User, at: dt.datetime) -> None:
    letter_drafts.publish(draft=saved(company, dana, at), revision=1, customers=[], by=dana, at=at)
    assert reset(company, dana, at) is True
    ours = default_letters.words_of(Purpose.LEVEL_1, "en")
    assert letter_drafts.words_now(company, Purpose.LEVEL_1, "en") == ours
    assert reset(company, dana, at) is False
    assert letter_drafts.history(company, Purpose.LEVEL_1, "en").count() == 1


def test_a_discarded_draft_is_gone_and_cannot_be_published(
    company: Company, dana: User, at: dt.datetime
) -> None:
    draft = saved(company, dana, at)
    letter_drafts.discard(draft=draft, revision=1, by=dana, at=at)
    with pytest.raises(Refused, match="published or discarded meanwhile"):
        letter_drafts.publish(draft=draft, revision=1, customers=[], by=dana, at=at)


def test_a_collector_may_not_change_a_letter(
    company: Company, dana: User, priya: User, at: dt.datetime
) -> None:
    draft = saved(company, dana, at)
    deeds: tuple[Callable[[], object], ...] = (
        lambda: saved(company, priya, at),
        lambda: letter_drafts.publish(draft=draft, revision=1, customers=[], by=priya, at=at),
        lambda: letter_drafts.discard(draft=draft, revision=1, by=priya, at=at),
        lambda: reset(company, priya, at),
    )
    for deed in deeds:
        with pytest.raises(Refused, match="Your role does not include this"):
            deed()


def test_two_live_versions_or_drafts_of_one_letter_cannot_be(
    company: Company, dana: User, at: dt.datetime
) -> None:
    draft = saved(company, dana, at)
    draft.pk, draft.number = None, 7
    with pytest.raises(IntegrityError, match="letter_has_one_draft_template"), transaction.atomic():
        draft.save()
    draft.state, draft.published_at = "live", at
    draft.save()
    draft.pk, draft.number = None, 8
    with pytest.raises(IntegrityError, match="letter_has_one_live_template"), transaction.atomic():
        draft.save()
    draft.number, draft.state = 7, "history"
    with pytest.raises(IntegrityError, match="letter_template_number_is_used_once"), transaction.atomic():
        draft.save()


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ({"state": "live"}, "letter_template_that_is_published_says_when"),
        ({"purpose": "advert"}, "letter_template_has_a_known_purpose"),
        ({"language": "xx"}, "letter_template_has_a_known_language"),
    ],
)
def test_the_database_refuses_a_version_that_cannot_be(
    company: Company, dana: User, at: dt.datetime, change: dict[str, str], constraint: str
) -> None:
    draft = saved(company, dana, at)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        LetterTemplate.objects.filter(pk=draft.pk).update(**change)
