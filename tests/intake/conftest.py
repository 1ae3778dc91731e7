"""What the tests of imports stand on: a company, and a way to import text as a file."""

import datetime as dt
from collections.abc import Callable

import pytest

from collections_app.intake import batches
from collections_app.intake.batches import Batch
from collections_app.ledger.companies import Company

AT = dt.datetime(2026, 3, 20, 12, 0, tzinfo=dt.UTC)
AS_OF = dt.date(2026, 3, 18)
Import = Callable[..., Batch]


@pytest.fixture
def company(db: None) -> Company:
    """A company of ours that keeps its ledger in euros."""
    return Company.objects.create(code="SAMPLE", name="Sample Trading", currency="EUR", created_at=AT)


@pytest.fixture
def import_text(company: Company) -> Import:
    """Imports text (or bytes): ``import_text("...", "own", kind="transactions")``."""

    def run(
        text: str | bytes,
        profile: str = "own",
        *,
        kind: str | None = None,
        as_of: dt.date | None = None,
        accepted: bool = True,
        at: dt.datetime = AT,
        name: str = "file.csv",
        check_only: bool = False,
    ) -> Batch:
        content = text.encode() if isinstance(text, str) else text
        day = (as_of or AS_OF) if kind in {"open-items", None} else None
        batch = batches.receive(
            company=company,
            file_name=name,
            content=[content],
            profile_name=profile,
            kind=kind,
            as_of=day,
            by=None,
            at=at,
        )
        if check_only:
            return batches.check(batch, at=at)
        return batches.apply(batch, accepted=accepted, by=None, at=at)

    return run
