"""What letters say of customers comes from the ledger, for many at once, and asks for what the chase list
asks for.
"""

import datetime as dt
from decimal import Decimal

import pytest
from pytest_django import DjangoAssertNumQueries

from collections_app.behaviour import positions
from collections_app.behaviour.positions import Position
from collections_app.contact import disputes, promises
from collections_app.correspondence import letter_templates, letterheads
from collections_app.correspondence.rules import letter_judging, letters, purposes
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.purposes import Purpose
from collections_app.dunning import letter_facts, letter_trials, stops
from collections_app.dunning.rules import answering
from collections_app.ledger.companies import Company
from collections_app.lib.working_days import Calendar
from collections_app.people.users import User
from collections_app.segmentation import assignments, portfolios
from collections_app.segmentation.rules.conditions import Rule
from tests.ledgerrows import Rows, moment
from tests.ledgertext import load

MORE = """
customer 300 "Venburn" currency=EUR
invoice 300 V1 900.00 due=-20
invoice 300 V2 100.00 due=0
credit_note 300 VC 50.00 on=-3
receipt 300 VP 70.00 on=-2
customer 400 "Quiet"
"""


def values(company: Company, *numbers: str, today: dt.date) -> list[LetterValues]:
    ids = [company.customers.get(number=number).pk for number in numbers]
    found = letter_facts.values_for(company=company, customers=ids, today=today)
    return [found[each] for each in ids]


def test_a_letter_names_every_open_document_the_oldest_first(
    company: Company, rows: Rows, today: dt.date
) -> None:
    (harrow,) = values(company, "100", today=today)
    (table,) = harrow.tables
    assert [(row.number, row.days_overdue) for row in table.rows] == [("A1", 41), ("A2", 12), ("A3", 0)]
    assert (table.overdue, table.total, table.asked) == (Decimal(2000), Decimal(2500), Decimal(2000))
    assert (harrow.customer.number, harrow.customer.name) == ("100", "Harrow Tools")


def test_what_is_disputed_or_promised_is_not_asked_for(
    company: Company, rows: Rows, priya: User, today: dt.date, at: dt.datetime
) -> None:
    harrow = rows.customers["100"]
    disputes.lodge(
        customer=harrow,
        invoice=rows.invoices["A1"],
        amount=Decimal(200),
        reason="PRICE",
        by=priya,
        at=at,
    )
    promises.record(
        customer=harrow,
        amount=Decimal(800),
        currency="GBP",
        promised_on=today + dt.timedelta(days=2),
        lines=[(rows.invoices["A2"], Decimal(800))],
        by=priya,
        today=today,
        at=at,
    )
    (found,) = values(company, "100", today=today)
    (table,) = found.tables
    assert (table.asked, table.set_aside) == (Decimal(1000), Decimal(1000))
    assert found.oldest is not None
    assert (found.oldest.number, found.oldest.disputed) == ("A1", Decimal(200))


def test_it_asks_for_what_the_chase_list_asks_for(company: Company, rows: Rows, today: dt.date) -> None:
    load(MORE, company=company, today=today)
    positions.measure(company=company, today=today)
    for number in ("100", "200", "300"):
        (found,) = values(company, number, today=today)
        (position,) = Position.objects.filter(customer__number=number)
        due_today = sum(
            row.asked for table in found.tables for row in table.rows if row.is_owed and row.due_on == today
        )
        assert found.tables[0].asked == position.to_collect - due_today
    assert found.tables[0].asked == Decimal(900 - 50 - 70)


def test_many_customers_take_as_many_queries_as_one(
    company: Company, rows: Rows, today: dt.date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    load(MORE, company=company, today=today)
    ids = list(company.customers.values_list("pk", flat=True))
    for some in (ids[:1], ids):
        with django_assert_num_queries(4):
            assert len(letter_facts.values_for(company=company, customers=some, today=today)) == len(some)


def test_a_customer_who_owes_nothing_has_no_table(company: Company, rows: Rows, today: dt.date) -> None:
    load(MORE, company=company, today=today)
    (quiet,) = values(company, "400", today=today)
    assert quiet.tables == ()
    assert quiet.oldest is None


def test_customers_of_another_company_are_left_out(company: Company, rows: Rows, today: dt.date) -> None:
    other = Company.objects.create(code="OTHER", name="Other", currency="EUR", created_at=company.created_at)
    ids = [customer.pk for customer in rows.customers.values()]
    assert letter_facts.values_for(company=other, customers=ids, today=today) == {}


def test_the_primary_contact_reads_it_unless_they_have_no_address(
    company: Company, rows: Rows, today: dt.date, at: dt.datetime
) -> None:
    harrow = rows.customers["100"]
    harrow.contacts.create(name="Boss", email="", is_primary=True, recorded_at=at)
    harrow.contacts.create(name="Zoe Last", email="zoe@harrow.example", language="nl", recorded_at=at)
    harrow.contacts.create(name="Gone", email="gone@harrow.example", is_active=False, recorded_at=at)
    (found,) = values(company, "100", today=today)
    assert (found.contact.name, found.contact.first_name, found.contact.email, found.language) == (
        "Zoe Last",
        "Zoe",
        "zoe@harrow.example",
        "nl",
    )


def test_who_stands_in_signs(company: Company, rows: Rows, priya: User, tom: User, today: dt.date) -> None:
    at = dt.datetime.combine(today, dt.time(9), dt.UTC)
    mine = portfolios.create(company=company, name="All", rule=Rule(), collector=priya, by=None, at=at)
    assignments.assign(company=company, today=today)
    (found,) = values(company, "100", today=today)
    assert found.collector.name == str(priya)
    portfolios.set_stand_in(
        portfolio=mine, stand_in=tom, start=today, end=today + dt.timedelta(days=3), by=None, at=at
    )
    (found,) = values(company, "100", today=today)
    assert found.collector.name == str(tom)


def test_the_letterhead_is_on_it(
    company: Company, rows: Rows, dana: User, today: dt.date, at: dt.datetime
) -> None:
    letterheads.change(
        company=company,
        address="1 Mill Lane\nLeeds",
        sender_name="",
        sender_address="",
        reply_to="credit@northgate.example",
        phone="0113 496 0000",
        hours="9 to 17",
        bank_details="IBAN GB29 NWBK 6016 1331 9268 19",
        revision=0,
        by=dana,
        at=at,
    )
    (found,) = values(company, "100", today=today)
    assert found.company.bank_details == "IBAN GB29 NWBK 6016 1331 9268 19"


def test_every_default_letter_can_be_written_from_the_ledger(
    company: Company, rows: Rows, today: dt.date
) -> None:
    shelf = letter_templates.shelf_of(company)
    (harrow,) = values(company, "100", today=today)
    for level, purpose in purposes.LEVELS.items():
        told = answering.at_level(harrow, level, ours=company.calendar, theirs=company.calendar)
        letter = letter_templates.render(shelf.letter(purpose, "en"), values=told)
        # Before the due date it is about what falls due, later about what is overdue.
        named, asked = ("A3", "500.00") if level == 0 else ("A1", "2,000.00")
        assert named in letter.text
        assert asked in letter.text
        assert ("A1" if level == 0 else "A3") not in letter.text


def test_customers_are_read_by_the_language_of_their_letters(
    company: Company, rows: Rows, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(letter_facts, "BATCH_CUSTOMERS", 1)
    load(MORE, company=company, today=today)
    company.customers.filter(number="200").update(language="de-AT")

    def of(language: str) -> list[str]:
        ids = [customer.pk for customer in company.customers.order_by("pk")]
        read = letter_facts.read_by_language(company=company, language=language, today=today, customers=ids)
        return sorted(each.customer.number for each in read)

    assert of("en") == ["100", "300", "400"]
    assert of("de") == ["200"]
    assert of("fr") == []


def test_a_template_is_checked_against_customers_and_names_the_one_it_fails_for(
    company: Company, rows: Rows, today: dt.date
) -> None:
    words = letters.Words("x", "{% if customer.number == '200' %}\n{{ hold.frees }}{% endif %} x")
    template = letters.compiled(words, purpose=Purpose.STATEMENT, language="en")
    ids = [customer.pk for customer in rows.customers.values()]
    read = letter_facts.read_by_language(company=company, language="en", today=today, customers=ids)
    (problem,) = letter_judging.problems_over(template, read)
    assert problem.message == "Customer 200: Words, line 2: There is no value “hold.frees” here."


@pytest.mark.parametrize(("level", "by"), [(0, 16), (1, 17), (2, 16), (3, 18), (4, 20), (5, 25), (None, 17)])
def test_an_answer_is_asked_for_by_a_day_that_is_worked(level: int | None, by: int, today: dt.date) -> None:
    """Today is Wednesday 11 March; the working days after it are 12, 13, 16, 17, 18, 19 and 20."""
    gb = Calendar(country="GB")
    assert answering.answer_by(level, today=today, ours=gb, theirs=gb) == dt.date(2026, 3, by)


def test_an_answer_is_not_asked_for_on_their_holiday() -> None:
    """In 2026 Good Friday is 3 April and Easter Monday the 6th in England; neither is a holiday in Dubai."""
    ours, theirs = Calendar(country="AE", weekend=(5, 6)), Calendar(country="GB", subdivision="ENG")
    day = answering.answer_by(0, today=dt.date(2026, 3, 31), ours=ours, theirs=theirs)
    assert day == dt.date(2026, 4, 7)


def test_their_day_of_rest_is_that_of_their_country_in_a_letter_as_when_it_leaves(
    company: Company, today: dt.date
) -> None:
    """In Egypt Friday and Saturday are free, here Saturday and Sunday: from Tuesday 10 March on, three days
    of ours end on Friday the 13th, and the next day that both work is Monday.
    """
    tuesday = today - dt.timedelta(1)
    nile = load("customer 300 country=EG\ninvoice 300 E1 90.00 due=-9", company=company, today=today)
    ids = [nile.customers["300"].pk]
    theirs = stops.facts_for(company=company, customers=ids, at=moment(tuesday))[ids[0]].calendar
    letter = letter_facts.values_for(company=company, customers=ids, today=tuesday)[ids[0]]
    written = letter_trials.for_purpose(letter, Purpose.LEVEL_2, company=company)

    assert theirs.weekend == (4, 5)
    assert written.answer_by == dt.date(2026, 3, 16)
