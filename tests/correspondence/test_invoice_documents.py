"""Documents of invoices: the file that was attached, else a copy drawn from the ledger, which adds up."""

import datetime as dt
from decimal import Decimal
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from collections_app.activity.events import Event
from collections_app.correspondence import invoice_copies, invoice_documents, stored_files
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import copying
from collections_app.correspondence.rules.copying import Original, Settling
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.invoices import Invoice
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.documents import PDF
from tests.ledgerrows import Rows, company_of
from tests.ledgertext import load

LEDGER = """
customer 100 "Harrow Tools"
invoice 100 A1 1200.00 due=-41
invoice 100 A2 800.00 due=-12
receipt 100 P1 450.00 on=-5
allocation P1 A1 450.00 on=-5
customer 200 "Brandt GmbH"
invoice 200 B1 300.00 due=-3
"""
ORIGINAL = Original(
    company="Northgate Ltd",
    customer="Brandt GmbH",
    customer_number="90001",
    address="Hauptstr. 1\n\n80331 München",
    kind="invoice",
    number="INV-1",
    reference="",
    currency="EUR",
    amount=Decimal("1000.00"),
    issued_on=dt.date(2026, 1, 3),
    due_on=dt.date(2026, 2, 2),
    terms="",
    settlings=(
        Settling(dt.date(2026, 2, 5), "payment", Decimal("900.00")),
        Settling(dt.date(2026, 2, 9), "payment", Decimal("-100.00")),
    ),
)


@pytest.fixture
def at(today: dt.date) -> dt.datetime:
    return dt.datetime.combine(today, dt.time(9, 15), dt.UTC)


@pytest.fixture
def company(db: None) -> Company:
    return company_of(country="GB")


@pytest.fixture
def rows(company: Company, today: dt.date) -> Rows:
    return load(LEDGER, company=company, today=today)


@pytest.fixture
def priya(company: Company) -> User:
    return person(company, "priya", Role.COLLECTOR)


@pytest.fixture
def vogel(rows: Rows, at: dt.datetime) -> Contact:
    return rows.customers["100"].contacts.create(
        name="Anna Vogel", email="a.vogel@harrow.example", language="de", is_primary=True, recorded_at=at
    )


def with_company(rows: Rows, *numbers: str) -> list[Invoice]:
    ids = [rows.invoices[number].pk for number in numbers]
    found = Invoice.objects.select_related("customer", "company").in_bulk(ids)
    return [found[number] for number in ids]


def test_a_drawn_copy_adds_up_in_the_readers_language() -> None:
    data = copying.copy_of(ORIGINAL, language="de", country="DE", day=dt.date(2026, 3, 12))

    assert data["title"] == "Kopie: Rechnung INV-1"
    assert data["address"] == ["Brandt GmbH", "Hauptstr. 1", "80331 München"]
    assert [(row["what"], row["amount"]) for row in data["rows"]] == [
        ("Rechnungsbetrag", "1.000,00\u00a0€"),
        ("Zahlung", "-900,00\u00a0€"),
        ("Zahlung zurückgegeben", "100,00\u00a0€"),
    ]
    assert data["open"] == "200,00\u00a0€"
    assert ("Fällig am", "2. Februar 2026") in data["facts"]
    assert "Ihr Zeichen" not in dict(data["facts"])


def test_paper_and_words_are_those_of_the_reader() -> None:
    american = copying.copy_of(ORIGINAL, language="en", country="US", day=dt.date(2026, 3, 12))
    polish = copying.copy_of(ORIGINAL, language="pl", country="PL", day=dt.date(2026, 3, 12))
    assert (american["paper"], american["drawn"]) == ("us-letter", "Drawn on March 12, 2026")
    assert (polish["paper"], polish["language"], polish["title"]) == ("a4", "en", "Copy of invoice INV-1")


def test_a_copy_is_drawn_where_no_file_is_attached(rows: Rows, today: dt.date) -> None:
    [copy] = invoice_documents.copies_of(with_company(rows, "A1"), language="en", day=today)

    assert (copy.name, copy.media_type, copy.stored_file) == ("A1.pdf", "application/pdf", None)
    assert copy.content.startswith(b"%PDF-")
    [again] = invoice_documents.copies_of(with_company(rows, "A1"), language="en", day=today)
    assert again.content == copy.content


def test_the_newest_attached_file_is_the_copy_until_it_is_taken_off(
    rows: Rows, priya: User, at: dt.datetime, today: dt.date
) -> None:
    [invoice] = with_company(rows, "A1")
    key = uuid4()
    for _ in range(2):
        document = invoice_documents.attach(
            invoice=invoice, name="../A1 signed.pdf", content=PDF, form_key=key, by=priya, at=at
        )
    [copy] = invoice_documents.copies_of([invoice], language="en", day=today)
    assert (copy.name, copy.content) == ("A1 signed.pdf", PDF)

    invoice_documents.withdraw(document, by=priya, at=at)
    invoice_documents.withdraw(document, by=priya, at=at)
    [copy] = invoice_documents.copies_of([invoice], language="en", day=today)
    assert copy.stored_file is None
    assert [event.what for event in Event.objects.order_by("pk")] == [
        "invoice_document.attached",
        "invoice_document.withdrawn",
    ]


def test_a_file_that_is_not_what_it_says_is_refused(rows: Rows, priya: User, at: dt.datetime) -> None:
    with pytest.raises(Refused):
        invoice_documents.attach(
            invoice=with_company(rows, "A1")[0], name="A1.pdf", content=b"MZ\x90", by=priya, at=at
        )
    assert not Event.objects.exists()


def test_queries_do_not_grow_with_the_invoices(
    rows: Rows, today: dt.date, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    invoices = with_company(rows, "A1", "A2", "B1")
    with django_assert_num_queries(2):
        invoice_documents.copies_of(invoices, language="en", day=today)


def test_copies_are_made_ready_once_in_the_language_of_the_contact(
    rows: Rows, vogel: Contact, priya: User, at: dt.datetime
) -> None:
    invoices = with_company(rows, "A1", "A2")
    made = [
        invoice_copies.prepare(
            key="copy:1", customer=vogel.customer, invoices=invoices, contact=vogel, by=priya, at=at
        )
        for _ in range(2)
    ]
    assert made[0] == made[1]
    message = Message.objects.get()
    assert (message.to_address, message.language) == ("a.vogel@harrow.example", "de")
    assert message.subject.startswith("Kopien von 2 Rechnungen")
    assert "- A1\n- A2\n" in message.body
    files = [each.stored_file for each in message.attachments.order_by("position")]
    assert [(file.name, file.kind) for file in files] == [("A1.pdf", "pdf"), ("A2.pdf", "pdf")]


def test_what_left_can_be_read_again_after_the_ledger_moved_on(
    rows: Rows, vogel: Contact, priya: User, at: dt.datetime
) -> None:
    message = invoice_copies.prepare(
        key="copy:1",
        customer=vogel.customer,
        invoices=with_company(rows, "A1"),
        contact=vogel,
        by=priya,
        at=at,
    )
    stored = message.attachments.get().stored_file
    assert stored_files.content_of(stored).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("numbers", "has_address", "code"),
    [((), True, "no_invoice"), (("B1",), True, "strange_invoices"), (("A1",), False, "no_address")],
)
def test_copies_that_cannot_leave_are_refused_with_the_reason(
    rows: Rows,
    vogel: Contact,
    priya: User,
    at: dt.datetime,
    numbers: tuple[str, ...],
    has_address: bool,
    code: str,
) -> None:
    vogel.email = vogel.email if has_address else ""
    with pytest.raises(Refused) as refused:
        invoice_copies.prepare(
            key="copy:1",
            customer=vogel.customer,
            invoices=with_company(rows, *numbers),
            contact=vogel,
            by=priya,
            at=at,
        )
    assert [problem.code for problem in refused.value.problems] == [code]
    assert not Message.objects.exists()


def test_sales_attach_nothing(company: Company, rows: Rows, at: dt.datetime) -> None:
    sam = person(company, "sam", Role.SALES)
    with pytest.raises(Refused):
        invoice_documents.attach(
            invoice=with_company(rows, "A1")[0], name="A1.pdf", content=PDF, by=sam, at=at
        )
