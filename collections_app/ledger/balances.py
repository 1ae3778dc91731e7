"""Balances: what is open on an invoice and what is left of a payment, derived from their allocations.

Whoever inserts an invoice or a payment writes it down as wholly open (a reversal as 0), then its allocations,
and calls ``refresh`` in the same transaction. The database refuses an open amount below zero or above the
amount.
"""

from django.db import transaction

from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting
from collections_app.lib import planning
from collections_app.lib.sql import Statement, run_several

_STATEMENTS = (Statement(__file__, "refresh_invoices"), Statement(__file__, "refresh_payments"))


@transaction.atomic
def refresh(*, posting: Posting | None = None, company: Company | None = None) -> int:
    """Derive balances again for what one posting touched, or for a whole company; the number of rows that
    changed.

    Raises ``ValueError`` unless exactly one of the two is given, and ``IntegrityError`` when something is
    settled by more than its amount.
    """
    if (posting is None) == (company is None):
        raise ValueError("Balances are refreshed for one posting or for one company.")
    params = {"posting": posting.pk if posting else None, "company": company.pk if company else None}
    with planning.joining_sets(whole=company is not None):
        return run_several(_STATEMENTS, params)
