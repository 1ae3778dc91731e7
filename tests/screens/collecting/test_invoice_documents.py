"""Documents of invoices on screen: attached, downloaded safely, taken off; copies drawn of the rest."""

from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from collections_app.correspondence.invoice_documents import InvoiceDocument
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


def test_strangers_and_sales_get_nothing(office: Office) -> None:
    sent(office, ("a.pdf", PDF))
    document = InvoiceDocument.objects.get()
    copy = f"/NG/invoices/{office.rows.invoices['A1'].pk}/copy/"
    for path in (f"/NG/documents/{document.pk}/", office.url("100", "documents/"), copy):
        assert office.client(office.tom).get(path).status_code == 404
        assert office.client(office.sam).get(path).status_code == 403
