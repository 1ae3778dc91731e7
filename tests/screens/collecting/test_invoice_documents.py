"""Documents of invoices on screen: attached, downloaded safely, taken off; copies drawn of the rest."""

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django import DjangoAssertNumQueries

from collections_app.correspondence.invoice_documents import InvoiceDocument
from collections_app.ledger.invoices import Invoice
from collections_app.screens import invoice_documents
from tests.documents import PDF
from tests.screens.collecting.conftest import Office


def sent(office: Office, *files: tuple[str, bytes], number: str = "A1", key: str = "") -> Any:
    given = {
        "form_key": key or str(uuid4()),
        "invoice": office.rows.invoices[number].pk,
        "documents": [SimpleUploadedFile(name, content) for name, content in files],
    }
    return office.client(office.priya).post(office.url("100", "documents/new/"), given)


def listed(office: Office) -> str:
    return office.client(office.priya).get(office.url("100", "documents/")).content.decode()


def test_a_file_is_attached_listed_downloaded_and_taken_off(office: Office) -> None:
    key = str(uuid4())
    for _ in range(2):
        assert sent(office, ("signed A1.pdf", PDF), key=key).status_code == 303
    assert "signed A1.pdf" in listed(office)
    document = InvoiceDocument.objects.get()

    browser = office.client(office.priya)
    answer = browser.get(f"/NG/documents/{document.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="signed A1.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert answer["Cache-Control"] == "no-store"

    assert browser.post(f"/NG/documents/{document.pk}/withdraw/").status_code == 303
    assert "signed A1.pdf" not in listed(office)
    assert browser.get(f"/NG/documents/{document.pk}/").status_code == 404


def test_several_files_are_taken_all_or_none(office: Office) -> None:
    refused = sent(office, ("a.pdf", PDF), ("b.exe", b"MZ"), ("c.pdf", b"no pdf"))
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "b.exe" in text
    assert "c.pdf" in text
    assert not InvoiceDocument.objects.exists()


@pytest.mark.parametrize(("files", "question"), [((), "Choose a file."), ((("a.pdf", b""),), "is empty")])
def test_what_is_missing_is_asked_for(office: Office, files: Any, question: str) -> None:
    refused = sent(office, *files)
    assert refused.status_code == 422
    assert question in refused.content.decode()


def test_an_invoice_of_another_customer_is_none_to_choose(office: Office) -> None:
    refused = sent(office, ("a.pdf", PDF), number="B1")
    assert refused.status_code == 422
    assert "Select a valid choice" in refused.content.decode()


def test_a_copy_is_drawn_from_the_ledger_where_nothing_is_attached(office: Office) -> None:
    answer = office.client(office.priya).get(f"/NG/invoices/{office.rows.invoices['A1'].pk}/copy/")
    assert answer["Content-Disposition"] == 'attachment; filename="A1.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")


def test_every_invoice_has_a_copy_found_by_its_number(office: Office) -> None:
    sent(office, ("signed A1.pdf", PDF))
    Invoice.objects.filter(number="A2").update(open_amount=0, settled_on=office.today)
    browser = office.client(office.priya)

    rows = re.findall(r"<tr>.*?</tr>", listed(office), re.DOTALL)
    [first] = [row for row in rows if "settled" in row]
    assert "A2" in first
    assert "drawn from the ledger" in first
    found = browser.get(office.url("100", "documents/?number=a1")).content.decode()
    assert 'aria-label="Download a copy of A1">signed A1.pdf' in found
    assert "Download a copy of A2" not in found
    none = browser.get(office.url("100", "documents/?number=B1")).content.decode()
    assert "No invoice of theirs has a number that begins with “B1”." in none


def test_a_file_goes_to_the_invoice_it_was_asked_for_however_old_it_is(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(invoice_documents, "INVOICES_OFFERED", 0)
    old = office.rows.invoices["A1"].pk
    page = office.client(office.priya).get(office.url("100", f"documents/?invoice={old}"))
    assert f'<option value="{old}" selected>A1</option>' in page.content.decode()
    assert sent(office, ("a.pdf", PDF)).status_code == 303
    assert sent(office, ("b.pdf", PDF), number="B1").status_code == 422


@pytest.mark.parametrize("asked", ["²", "-1", "9" * 40, "A1"])
def test_an_invoice_that_is_none_is_asked_about_again(office: Office, asked: str) -> None:
    page = office.client(office.priya).get(office.url("100", f"documents/?invoice={asked}"))
    assert page.status_code == 200
    assert (
        "selected"
        not in page.content.decode().partition('id="document_invoice"')[2].partition("</select>")[0]
    )


def test_the_page_takes_as_many_queries_for_more_invoices(
    office: Office, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    browser = office.client(office.priya)
    with django_assert_max_num_queries(40) as before:
        browser.get(office.url("200", "documents/"))
    with django_assert_max_num_queries(len(before)):
        browser.get(office.url("100", "documents/"))


def test_strangers_and_sales_get_nothing(office: Office) -> None:
    sent(office, ("a.pdf", PDF))
    document = InvoiceDocument.objects.get()
    copy = f"/NG/invoices/{office.rows.invoices['A1'].pk}/copy/"
    for path in (f"/NG/documents/{document.pk}/", office.url("100", "documents/"), copy):
        assert office.client(office.tom).get(path).status_code == 404
        assert office.client(office.sam).get(path).status_code == 403
