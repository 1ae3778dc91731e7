"""A letter is tried out with a customer's own facts, and with examples of what they have not."""

import datetime as dt

import pytest

from collections_app.contact import contact_logs
from collections_app.contact.rules import Channel, Direction, Outcome
from collections_app.correspondence import default_letters
from collections_app.correspondence.rules import letter_judging, letter_tone, letters
from collections_app.correspondence.rules.purposes import LANGUAGES, Purpose
from collections_app.dunning import letter_trials
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.ledger.rules import InvoiceKind
from collections_app.people.users import User
from tests.ledgerrows import Rows
from tests.ledgertext import load


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("purpose", [each for each in Purpose if each != Purpose.LEVEL_0])
def test_with_examples_each_letter_tells_everything_and_passes_the_guard(
    harrow: Customer, purpose: Purpose, language: str, today: dt.date
) -> None:
    values = letter_trials.values_of(harrow, purpose=purpose, language=language, today=today, is_full=True)
    words = default_letters.words_of(purpose, language)
    letter = letters.render(letters.compiled(words, purpose=purpose, language=language), values=values)
    hits = letter_tone.hits_of(letter, values=values, purpose=purpose, language=language)
    assert [hit.rule for hit in hits if hit.severity == "block"] == []


def test_a_letter_is_tried_in_its_own_language_on_whoever_reads_another(
    company: Company, rows: Rows, today: dt.date
) -> None:
    brandt = rows.customers["200"]
    brandt.language = "de"
    brandt.save()
    values = letter_trials.values_of(
        brandt, purpose=Purpose.LEVEL_1, language="en", today=today, is_full=False
    )
    assert values.language == "en"
    assert values.written_on == ()
    assert values.consequence is None


def test_whom_a_reminder_would_go_to_is_read_at_its_level(
    company: Company, rows: Rows, today: dt.date
) -> None:
    found = list(letter_trials.readers(company=company, purpose=Purpose.LEVEL_3, language="en", today=today))
    assert sorted({each.customer.number for each in found}) == ["100", "200"]
    assert {each.level for each in found} == {3}
    named = {row.number for each in found for table in each.tables for row in table.rows}
    assert named == {"A1", "A2", "B1"}  # what is not due yet is no matter of a reminder
    assert all(row.kind == InvoiceKind.INVOICE for each in found for row in each.tables[0].rows)


def test_suggestions_begin_with_who_reads_the_language(company: Company, rows: Rows, today: dt.date) -> None:
    Customer.objects.filter(number="100").update(language="nl")
    found = letter_trials.suggested(company, language="nl", today=today)
    assert [customer.number for customer in found] == ["100", "200"]


KINDS = """
customer 300 "Soon Ltd"
invoice 300 S1 90.00 due=+5
customer 400 "Later Ltd"
invoice 400 L1 90.00 due=+60
customer 500 "Credit Ltd"
credit_note 500 C1 50.00 on=-3
customer 600 "Talk Ltd"
customer 700 "Silent Ltd"
"""


@pytest.mark.parametrize(
    ("purpose", "numbers"),
    [
        (Purpose.LEVEL_0, ["100", "300"]),
        (Purpose.LEVEL_1, ["100", "200"]),
        (Purpose.LEVEL_5, ["100", "200"]),
        (Purpose.STATEMENT, ["100", "200", "300", "400", "500"]),
        (Purpose.HOLD_NOTICE, ["100", "200", "300", "400", "500"]),
        (Purpose.SUMMARY, ["100", "200", "300", "400", "500", "600"]),
    ],
)
def test_a_letter_is_tried_on_the_readers_of_its_own_kind(
    company: Company,
    rows: Rows,
    tom: User,
    today: dt.date,
    at: dt.datetime,
    purpose: Purpose,
    numbers: list[str],
) -> None:
    more = load(KINDS, company=company, today=today)
    contact_logs.log(
        customer=more.customers["600"],
        outcome=Outcome.INFORMED,
        channel=Channel.CALL,
        direction=Direction.OUT,
        said="As agreed.",
        by=tom,
        at=at,
    )
    asked = letter_trials.customers_of(company=company, purpose=purpose, today=today)
    assert (
        list(Customer.objects.filter(pk__in=asked).order_by("number").values_list("number", flat=True))
        == numbers
    )


@pytest.mark.parametrize("purpose", Purpose)
def test_each_letter_that_we_bring_along_could_be_published(
    company: Company, rows: Rows, purpose: Purpose, today: dt.date
) -> None:
    load(KINDS, company=company, today=today)
    template = letters.compiled(default_letters.words_of(purpose, "en"), purpose=purpose, language="en")
    readers = list(letter_trials.readers(company=company, purpose=purpose, language="en", today=today))
    assert readers
    assert letter_judging.problems_over(template, readers, calendar=company.calendar) == []


def test_a_threat_in_a_branch_that_nobody_needs_today_is_found(
    company: Company, rows: Rows, today: dt.date
) -> None:
    words = default_letters.words_of(Purpose.LEVEL_4, "en")
    body = f"{words.body}\n{{% if interest %}}Pay, or else.{{% endif %}}"
    template = letters.compiled(letters.Words(words.subject, body), purpose=Purpose.LEVEL_4, language="en")
    readers = letter_trials.readers(company=company, purpose=Purpose.LEVEL_4, language="en", today=today)
    problems = letter_judging.problems_over(template, readers, calendar=company.calendar)
    assert [problem.code for problem in problems] == ["T02"]
