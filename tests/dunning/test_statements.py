"""A statement says what the ledger says, leaves as a file, and is kept as it left."""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest

from collections_app.correspondence import paper, stored_files
from collections_app.correspondence.messages import Message
from collections_app.correspondence.rules import letter_items, sheets
from collections_app.correspondence.rules.letter_values import LetterValues
from collections_app.correspondence.rules.letters import Rendered
from collections_app.correspondence.rules.sheets import Aged
from collections_app.dunning import statements
from collections_app.ledger.companies import Company
from collections_app.ledger.contacts import Contact
from collections_app.ledger.customers import Customer
from collections_app.ledger.rules import buckets
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Role
from collections_app.people.users import User
from tests.desk import person
from tests.doors import signed_in, text
from tests.ledgerrows import Rows
from tests.ledgertext import load
from tests.letter_values import FULL, VALUES

MORE = """
customer 300 "Venburn" currency=EUR
invoice 300 V1 900.00 due=-20
credit_note 300 VC 50.00 on=-3
receipt 300 VP 70.00 on=-2
"""


@pytest.fixture
def vogel(harrow: Customer, at: dt.datetime) -> Contact:
    return harrow.contacts.create(
        name="Anna Vogel", email="a.vogel@harrow.example", language="de", is_primary=True, recorded_at=at
    )


def test_its_documents_its_ageing_and_its_balance_come_to_the_same() -> None:
    """4,200 and 1,000 overdue, a credit of 120, cash of 70 that is set against nothing: 5,010."""
    parts = (Decimal(5200), Decimal(0), Decimal(0), Decimal(0))
    aged = Aged("GBP", buckets((30, 60, 90)), Decimal(0), parts, Decimal(-120), Decimal(-70))
    (sheet, _) = sheets.statement_of(FULL, [aged, aged])["currencies"]
    assert [row[-1] for row in sheet["rows"]] == ["£4,200.00", "£1,000.00", "-£120.00"]
    assert sheet["unallocated"] == ["Payments not yet set against a document", "-£70.00"]
    assert sheet["balance"] == ["Balance", "£5,010.00"]
    assert [amount for _, amount in sheet["ageing"]] == [
        "£0.00",
        "£5,200.00",
        "£0.00",
        "£0.00",
        "£0.00",
        "-£120.00",
        "-£70.00",
        "£5,010.00",
    ]


def test_the_sheet_of_a_customer_is_the_ledgers(
    company: Company, rows: Rows, today: dt.date, monkeypatch: pytest.MonkeyPatch
) -> None:
    load(MORE, company=company, today=today)
    seen: list[Aged] = []

    def drawn(*, values: LetterValues, aged: Sequence[Aged]) -> bytes:
        seen.extend(aged)
        return b"%PDF-"

    monkeypatch.setattr(paper, "statement", drawn)
    name, _ = statements.draw(company.customers.get(number="300"), today=today)
    assert name == f"Statement 300 {today.isoformat()}.pdf"
    assert [(each.currency, each.balance) for each in seen] == [("EUR", Decimal(780))]


def test_it_is_a_pdf_and_the_same_on_the_same_day(harrow: Customer, today: dt.date) -> None:
    drawn = [statements.draw(harrow, today=today)[1] for _ in range(2)]
    assert drawn[0].startswith(b"%PDF-")
    assert drawn[0] == drawn[1]


def test_a_customer_who_owes_nothing_gets_an_empty_one(company: Company, rows: Rows, today: dt.date) -> None:
    load('customer 400 "Quiet"', company=company, today=today)
    assert statements.draw(company.customers.get(number="400"), today=today)[1].startswith(b"%PDF-")


def test_it_is_made_ready_once_in_the_language_of_the_contact_with_the_file(
    vogel: Contact, priya: User, at: dt.datetime
) -> None:
    made = [
        statements.prepare(key="statement:1", customer=vogel.customer, contact=vogel, by=priya, at=at)
        for _ in range(2)
    ]
    assert made[0] == made[1]
    message = Message.objects.get()
    assert (message.kind, message.state, message.language) == ("statement", "ready", "de")
    assert message.subject == "Ihr Kontoauszug vom 11. März 2026"
    assert "anbei erhalten Sie" in message.body
    assert "<table" in message.body_html
    (kept,) = (each.stored_file for each in message.attachments.all())
    assert kept.name == "Kontoauszug 100 2026-03-11.pdf"
    assert stored_files.content_of(kept).startswith(b"%PDF-")


def test_it_refuses_when_nobody_can_read_it(harrow: Customer, priya: User, at: dt.datetime) -> None:
    with pytest.raises(Refused, match="Nobody with an email address"):
        statements.prepare(key="statement:1", customer=harrow, contact=None, by=priya, at=at)


def test_who_sells_may_not_send_one(company: Company, vogel: Contact, sam: User, at: dt.datetime) -> None:
    with pytest.raises(Refused, match="Your role does not include this"):
        statements.prepare(key="statement:1", customer=vogel.customer, contact=vogel, by=sam, at=at)


def test_a_letter_on_paper_has_the_table_where_it_stands(today: dt.date) -> None:
    letter = Rendered("Subject", "Hello\n\nOne\ntwo\n\n{table}\n\nBye", "")
    table = letter_items.text_of(VALUES)
    data = sheets.letter_of(subject="S", text=letter.text.replace("{table}", table), values=VALUES)
    assert data["before"] == [["Hello"], ["One", "two"]]
    assert data["after"] == [["Bye"]]
    assert data["tables"][0][1] == ["INV-1042", "PO 77120", "14 Mar 2026", "£4,200.00", False]
    assert data["address"] == ["Osei & Sons", "Kofi Osei", "2 High Street", "York YO1 9AA"]


def test_a_letter_with_a_table_that_was_changed_by_hand_is_drawn_as_it_was_typed() -> None:
    data = sheets.letter_of(subject="S", text="Hello\n\nINV-1042   £4,200.00\n\nBye", values=VALUES)
    assert data["tables"] == []
    assert data["before"] == [["Hello"], ["INV-1042   £4,200.00"], ["Bye"]]


def test_what_is_written_is_never_read_as_markup() -> None:
    odd = '#panic("x") *bold* $x$ \\ #import "a"'
    assert paper.letter(subject=odd, text=f"{odd}\n\n{odd}", values=FULL).startswith(b"%PDF-")


def test_the_page_offers_it_and_makes_it_ready(company: Company, vogel: Contact, priya: User) -> None:
    browser, page = signed_in(priya), f"/NG/customers/{vogel.customer_id}/statement/"
    shown = browser.get(page)
    assert "Anna Vogel" in text(shown)
    key = str(shown.context["form"]["form_key"].value())
    for _ in range(2):
        assert browser.post(f"{page}send/", {"form_key": key, "contact": vogel.pk}).status_code == 303
    assert Message.objects.count() == 1
    assert "Made ready before" in text(browser.get(page))
    answer = browser.get(f"{page}pdf/")
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert "Statement" in text(browser.get(f"/NG/customers/{vogel.customer_id}/"))


def test_a_form_without_a_contact_says_so(company: Company, harrow: Customer, priya: User) -> None:
    answer = signed_in(priya).post(
        f"/NG/customers/{harrow.pk}/statement/send/", {"form_key": "9b2d4f5e-0000-4000-8000-000000000001"}
    )
    assert answer.status_code == 422
    assert "Nobody with an email address is on file here." in text(answer)


def test_a_stranger_finds_no_statement(company: Company, harrow: Customer) -> None:
    other = Company.objects.create(code="OTHER", name="O", currency="EUR", created_at=company.created_at)
    eve = signed_in(person(other, "eve", Role.MANAGER))
    for path in ("", "pdf/"):
        assert eve.get(f"/NG/customers/{harrow.pk}/statement/{path}").status_code == 404
