"""A working day of the ledger that is measured: invoices go out and money comes in, as one posting.

Without it a night would find the ledger as the night before left it, which no night does.
"""

import datetime as dt

from django.db import transaction

from collections_app.ledger import balances
from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting
from collections_app.lib.sql import Statement

_STATEMENTS = tuple(Statement(__file__, name) for name in ("post_receipts", "post_invoices"))


@transaction.atomic
def work(company: Company, *, day: dt.date, at: dt.datetime) -> Posting:
    """Of a hundred customers two pay their two oldest invoices, and four are invoiced: what is open stays as
    much.
    """
    posting = Posting.objects.create(company=company, recorded_at=at, source="benchmark")
    for statement in _STATEMENTS:
        statement.execute({"company": company.pk, "posting": posting.pk, "day": day, "at": at})
    balances.refresh(posting=posting)
    return posting
