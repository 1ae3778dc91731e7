"""Files are kept for a while after the end of their import; what they said stays."""

import datetime as dt

import pytest

from collections_app.intake import batches, handovers, keeping, previews
from collections_app.intake.batches import Batch, FilePart
from collections_app.intake.limits import FILE_KEPT_DAYS
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from tests.intake.conftest import AT, Import

TEXT = "type,customer,number,amount,issued_on\ninvoice,C1,A,5,2026-01-02\n"
KEPT = dt.timedelta(days=FILE_KEPT_DAYS)


def test_the_file_of_an_import_that_ended_long_ago_is_removed(import_text: Import, company: Company) -> None:
    old = import_text(TEXT, kind="transactions")
    import_text(TEXT, kind="transactions", at=AT + dt.timedelta(days=1))
    waiting = import_text(TEXT, kind="transactions", check_only=True)

    assert keeping.drop_old_files(at=AT + KEPT - dt.timedelta(seconds=1)) == 0
    assert keeping.drop_old_files(at=AT + KEPT + dt.timedelta(minutes=1)) == 1
    assert keeping.drop_old_files(at=AT + KEPT + dt.timedelta(minutes=1)) == 0

    assert set(FilePart.objects.values_list("batch", flat=True)) >= {waiting.pk}
    assert FilePart.objects.count() == 2
    kept = Batch.objects.get(pk=old.pk)
    assert (kept.summary["new"], len(kept.file_sha256)) == (1, 64)
    again = import_text(TEXT, kind="transactions", at=AT + KEPT)
    assert again.summary["notes"] == ["The very same file was applied before."]


def test_a_file_that_is_gone_is_told_in_a_sentence(import_text: Import, company: Company) -> None:
    batch = import_text("who,what\n1,2\n", kind="transactions")
    assert batch.state == "refused"
    keeping.drop_old_files(at=AT + KEPT)

    with pytest.raises(Refused, match="not kept any more"):
        handovers.read_as(batch, profile_name="own", kind="customers", by=None, at=AT)
    with pytest.raises(Refused, match="Bring it in again"):
        previews.look(batch)
    assert list(batches.problem_lines(batch))[1:]
