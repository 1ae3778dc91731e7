"""Letters: read by all who write to customers, changed by managers, tried on a customer as they are typed."""

import datetime as dt

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from collections_app.correspondence import default_letters, letter_drafts, letter_templates, letterheads
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose
from collections_app.ledger.companies import Company
from collections_app.people.rules import Role
from tests.desk import person
from tests.doors import HTMX, signed_in, text
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

LIST, URL = "/NG/letters/", "/NG/letters/level_1/en/"
LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-41
invoice 100 A2 800.00 due=-12
customer 200 "Brandt GmbH" country=DE
invoice 200 B1 300.00 due=-3
customer 300 "Paid Ltd"
"""
TYPED = {
    "customer": "100",
    "is_full": "on",
    "subject": "{{ oldest.number }}: when?",
    "body": "Hello, {{ oldest.asked }} of {{ oldest.number }}, please by {{ answer_by }}.\n\n{{ items }}",
    "html": "",
    "note": "Shorter",
    "revision": "0",
}


@pytest.fixture
def rows(db: None, today: dt.date) -> Rows:
    """Aged by the real day, since doors read the clock."""
    now = dt.datetime.now(dt.UTC).date()
    return load(LEDGER, company=company_of(country="GB"), today=now)


@pytest.fixture
def company(rows: Rows) -> Company:
    return rows.company


@pytest.fixture
def manager(company: Company) -> Client:
    return signed_in(person(company, "dana", Role.MANAGER))


@pytest.fixture
def collector(company: Company) -> Client:
    return signed_in(person(company, "priya", Role.COLLECTOR))


def test_the_list_shows_every_letter_in_every_language(company: Company, manager: Client) -> None:
    page = text(manager.get(LIST))
    for label in LANGUAGES.values():
        assert label in page
    assert "Final notice" in page
    assert page.count("original<span") == len(Purpose) * len(LANGUAGES)


def test_a_letter_opens_with_its_words_and_a_preview_over_a_customer(
    company: Company, manager: Client
) -> None:
    page = text(manager.get(f"{URL}?customer=100"))
    assert "As Harrow Tools reads it" in page
    assert "£2,000.00" in page
    assert "payment date?" in page
    assert "customer.number" in page  # among the values


def test_without_a_customer_it_is_tried_on_one_who_owes(company: Company, manager: Client) -> None:
    assert "As Brandt GmbH reads it" in text(manager.get(URL))


def test_the_html_of_a_preview_stands_alone_in_its_frame(company: Company, manager: Client) -> None:
    page = manager.get(f"{URL}?customer=100")
    frame = page.context["frame_url"]
    answer = manager.get(frame)
    assert "<table" in text(answer)
    assert answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script-src 'none'" in policy
    assert "frame-src 'self'" in page.headers["Content-Security-Policy"]


def test_a_preview_is_for_whoever_made_it(company: Company, manager: Client, collector: Client) -> None:
    frame = manager.get(f"{URL}?customer=100").context["frame_url"]
    assert collector.get(frame).status_code == 404


def test_words_are_tried_as_they_are_typed_and_nothing_is_kept(company: Company, manager: Client) -> None:
    answer = manager.post(f"{URL}look/", TYPED, headers=HTMX)
    page = text(answer)
    assert "A1: when?" in page
    assert "<html" not in page
    assert not LetterTemplate.objects.exists()


def test_a_plain_browser_previews_by_a_button_and_loses_no_word(company: Company, manager: Client) -> None:
    page = text(manager.post(f"{URL}look/", {**TYPED, "body": "Words of mine {{ oldest.number }}"}))
    assert "<html" in page
    assert "Words of mine {{ oldest.number }}</textarea>" in page
    assert "A1: when?" in page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"body": "One\n{{ oldest.nummer }}"}, "Words, line 2: There is no value “oldest.nummer”."),
        ({"body": "{% if oldest %}x"}, "Something is begun and not ended: {% endif %} is missing."),
        ({"html": "<script>x</script>"}, "HTML, line 1: &lt;script&gt; is not shown by mail programs"),
        ({"customer": "300"}, "There is no value “oldest.number” here."),
        ({"customer": "999"}, "No customer has the number “999”."),
    ],
)
def test_the_preview_says_what_is_wrong(
    company: Company, manager: Client, typed: dict[str, str], told: str
) -> None:
    answer = manager.post(f"{URL}look/", {**TYPED, **typed}, headers=HTMX)
    assert answer.status_code == 200
    assert told in text(answer)


def test_the_preview_says_what_the_tone_guard_says(company: Company, manager: Client) -> None:
    typed = {**TYPED, "body": f"{TYPED['body']}\n\nYou will regret this, and we go to court."}
    page = text(manager.post(f"{URL}look/", typed, headers=HTMX))
    assert "may not leave" in page
    assert "(T01)" in page


def test_a_draft_is_saved_then_published(company: Company, manager: Client) -> None:
    assert manager.post(URL, {**TYPED, "step": "save"}).status_code == 303
    assert letter_drafts.live(company, Purpose.LEVEL_1, "en") is None
    assert "A draft waits: saved by Dana" in text(manager.get(URL))
    assert "draft</span>" in text(manager.get(LIST))

    assert manager.post(URL, {**TYPED, "revision": "1", "step": "publish"}).status_code == 303
    live = letter_drafts.live(company, Purpose.LEVEL_1, "en")
    assert live is not None
    assert (live.number, live.subject, live.note) == (1, TYPED["subject"], "Shorter")
    assert "version 1<span" in text(manager.get(LIST))


def test_it_is_not_published_while_it_fails_for_a_customer_and_the_words_stay(
    company: Company, manager: Client
) -> None:
    broken = "{% if customer.number == '200' %}{{ consequence.action }}{% endif %} Words of mine"
    answer = manager.post(URL, {**TYPED, "body": broken, "step": "publish"})
    assert answer.status_code == 422
    page = text(answer)
    assert "Customer 200: Words, line 1: There is no value “consequence.action” here." in page
    assert "Words of mine" in page
    assert 'name="revision" value="1"' in page
    assert letter_drafts.live(company, Purpose.LEVEL_1, "en") is None


def test_two_people_at_once_the_slower_is_told_and_keeps_the_words(company: Company, manager: Client) -> None:
    other = signed_in(person(company, "tom", Role.MANAGER))
    manager.post(URL, {**TYPED, "step": "save"})
    answer = other.post(URL, {**TYPED, "body": "Mine", "step": "save"})
    assert answer.status_code == 422
    assert "Dana changed this draft since you opened it." in text(answer)
    assert "Mine</textarea>" in text(answer)


def test_a_version_can_be_read_and_taken_up_again_and_the_original_comes_back(
    company: Company, manager: Client
) -> None:
    manager.post(URL, {**TYPED, "step": "publish"})
    assert "Version 1" in text(manager.get(URL))
    assert "Published by Dana" in text(manager.get(f"{URL}versions/1/"))
    assert manager.post(f"{URL}original/").status_code == 303
    ours = default_letters.words_of(Purpose.LEVEL_1, "en")
    assert letter_drafts.words_now(company, Purpose.LEVEL_1, "en") == ours
    assert manager.post(f"{URL}versions/1/restore/").status_code == 303
    draft = letter_drafts.draft(company, Purpose.LEVEL_1, "en")
    assert draft is not None
    assert draft.subject == TYPED["subject"]
    assert manager.post(f"{URL}versions/1/restore/").status_code == 409
    assert manager.post(f"{URL}discard/", {"revision": "1"}).status_code == 303
    assert letter_drafts.draft(company, Purpose.LEVEL_1, "en") is None


def test_a_collector_reads_and_tries_letters_but_changes_none(company: Company, collector: Client) -> None:
    assert collector.get(LIST).status_code == 200
    page = text(collector.get(f"{URL}?customer=100"))
    assert "As Harrow Tools reads it" in page
    assert "Save the draft" not in page
    assert collector.post(f"{URL}look/", TYPED, headers=HTMX).status_code == 200
    for path in (URL, f"{URL}discard/", f"{URL}original/", "/NG/letters/letterhead/"):
        assert collector.post(path, TYPED).status_code == 403
    assert not LetterTemplate.objects.exists()


def test_who_sells_reads_no_letters_and_a_stranger_finds_none(company: Company) -> None:
    assert signed_in(person(company, "sam", Role.SALES)).get(LIST).status_code == 403
    other = company_of(code="OTHER")
    assert signed_in(person(other, "eve", Role.MANAGER)).get(LIST).status_code == 404


def test_a_letter_of_no_purpose_or_language_is_not_found(company: Company, manager: Client) -> None:
    for path in ("level_9/en/", "level_1/xx/", "level_1/en/versions/7/"):
        assert manager.get(f"{LIST}{path}").status_code == 404


def test_the_letterhead_is_changed_and_stands_in_the_next_letter(company: Company, manager: Client) -> None:
    typed = {
        "address": "1 Mill Lane",
        "reply_to": "credit@northgate.example",
        "phone": "0113 496 0000",
        "hours": "9 to 17",
        "bank_details": "IBAN GB29 NWBK 6016 1331 9268 19",
        "revision": "0",
    }
    page = "/NG/letters/letterhead/"
    assert manager.post(page, typed).status_code == 303
    assert letterheads.of(company).hours == "9 to 17"
    assert "IBAN GB29" in text(manager.get(f"{URL}?customer=100"))
    answer = manager.post(
        page, {**typed, "reply_to": "nobody", "sender_address": "us@elsewhere.example", "revision": "1"}
    )
    assert answer.status_code == 422
    assert "“nobody” is not an address for email." in text(answer)
    assert "Mail from “us@elsewhere.example” would be refused or taken for spam" in text(answer)
    assert "1 Mill Lane" in text(answer)
    assert letterheads.of(company).sender_address == ""


def test_the_editor_takes_few_queries_however_many_customers_there_are(
    company: Company, manager: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    more = "\n".join(f'customer 9{n} "More {n}"\ninvoice 9{n} M{n} 10.00 due=-9' for n in range(30))
    load(more, company=company, today=dt.datetime.now(dt.UTC).date())
    manager.get(URL)
    with django_assert_max_num_queries(26):
        manager.get(f"{URL}?customer=100")


def test_a_published_letter_is_on_the_shelf(company: Company, manager: Client) -> None:
    manager.post(URL, {**TYPED, "step": "publish"})
    shelf = letter_templates.shelf_of(company)
    assert shelf.letter(Purpose.LEVEL_1, "en-US").number == 1
    assert shelf.letter(Purpose.LEVEL_1, "de").number is None
