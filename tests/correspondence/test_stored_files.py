"""Files are kept as they came, known by their digest, and the database guards what is known of them."""

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from collections_app.correspondence import stored_files
from collections_app.correspondence.stored_files import StoredContent, StoredFile
from collections_app.lib.refusals import Refused
from tests.documents import PDF

AT = dt.datetime(2026, 3, 11, 9, 15, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


def test_it_keeps_the_bytes_with_what_is_known_of_them() -> None:
    kept = stored_files.keep(name="../proof.pdf", content=PDF, by=None, at=AT)

    found = StoredFile.objects.get(pk=kept.pk)
    assert (found.name, found.kind, found.size_bytes) == ("proof.pdf", "pdf", len(PDF))
    assert found.sha256 == hashlib.sha256(PDF).hexdigest()
    assert found.media_type == "application/pdf"
    assert stored_files.content_of(found) == PDF


def test_it_refuses_what_the_rule_refuses_and_keeps_nothing() -> None:
    with pytest.raises(Refused, match="cannot be taken"):
        stored_files.keep(name="run.exe", content=b"MZ", by=None, at=AT)
    assert not StoredFile.objects.exists()
    assert not StoredContent.objects.exists()


def test_a_list_of_files_reads_no_bytes() -> None:
    stored_files.keep(name="proof.pdf", content=PDF, by=None, at=AT)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        list(StoredFile.objects.all())
    assert "content" not in asked.captured_queries[0]["sql"]


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"name": ""}, "stored_file_has_a_name"),
        ({"size_bytes": 0}, "stored_file_is_of_a_size_we_take"),
        ({"size_bytes": 99_999_999}, "stored_file_is_of_a_size_we_take"),
        ({"kind": "exe"}, "stored_file_has_a_known_kind"),
        ({"sha256": "x"}, "stored_file_has_a_digest"),
    ],
)
def test_the_database_guards_what_is_known_of_a_file(facts: dict[str, Any], constraint: str) -> None:
    known = {"name": "a.pdf", "kind": "pdf", "size_bytes": 1, "sha256": "0" * 64, "uploaded_at": AT}
    with pytest.raises(IntegrityError, match=constraint):
        StoredFile.objects.create(**{**known, **facts})
