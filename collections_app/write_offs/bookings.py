"""What a write-off does to the ledger: rows that settle its invoices, and rows that undo them."""

import datetime as dt

from collections_app.ledger import balances
from collections_app.ledger.allocations import Allocation
from collections_app.ledger.postings import Posting
from collections_app.ledger.rules import Basis, Side
from collections_app.people.users import User
from collections_app.write_offs.write_off_rows import WriteOff


def post(write_off: WriteOff, *, by: User, at: dt.datetime) -> None:
    """Settle each line of ``write_off`` as of today. Its invoices are held by whoever decides."""
    today = write_off.company.today(at=at)
    posting = _posting(write_off, f"Write-off {write_off.number}", by=by, at=at)
    for line in write_off.lines.order_by("pk"):
        line.allocation = Allocation.objects.create(
            company=write_off.company,
            invoice_id=line.invoice_id,
            currency=write_off.currency,
            amount=line.amount,
            side=Side.SETTLES,
            basis=Basis.WRITE_OFF,
            posted_on=today,
            recorded_at=at,
            posting=posting,
        )
        line.save()
    write_off.posted_on = today
    balances.refresh(posting=posting)


def undo(write_off: WriteOff, *, by: User, at: dt.datetime) -> None:
    """Restore what each line settled, as of today: what was written off is owed again."""
    today = write_off.company.today(at=at)
    posting = _posting(write_off, f"Write-off {write_off.number} taken back", by=by, at=at)
    for line in write_off.lines.filter(allocation__isnull=False).order_by("pk"):
        Allocation.objects.create(
            company=write_off.company,
            invoice_id=line.invoice_id,
            currency=write_off.currency,
            amount=line.amount,
            side=Side.RESTORES,
            basis=Basis.WRITE_OFF,
            reverses_id=line.allocation_id,
            posted_on=today,
            recorded_at=at,
            posting=posting,
        )
    balances.refresh(posting=posting)


def _posting(write_off: WriteOff, source: str, *, by: User, at: dt.datetime) -> Posting:
    company = write_off.company
    return Posting.objects.create(company=company, recorded_at=at, recorded_by=by, source=source)
