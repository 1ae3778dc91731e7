"""A proof round: that the ledger of a company was proven on a night, and whether all of it or what was new.

A night proves what postings touched since the last round, and all of the ledger once a week, when nothing was
proven before, and when so much was touched that all of it costs no more. So a row that was changed behind the
ledger's back, by no posting, is found within a week, and so is what follows from a customer who was given
another parent; ``check_ledger`` by hand finds both at once. What does not follow keeps its postings unproven,
and is told again every night until it is put right.
"""

import datetime as dt
from dataclasses import dataclass

from django.db import models

from collections_app.ledger import bookmarks
from collections_app.ledger.companies import Company
from collections_app.ledger.proofs import Touched
from collections_app.lib.sql import Statement, array

WHOLE_EVERY_DAYS = 7
# Documents; looking so many up one by one costs as much as reading a ledger of a million.
TOUCHED_MAX = 20_000
_READER = "proof"
_FIND_TOUCHED = Statement(__file__, "find_touched_documents")


class ProofRound(models.Model):
    """One round in which everything followed; a round that failed leaves no row."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()
    is_whole = models.BooleanField()
    posting_count = models.PositiveIntegerField()  # proven for the first time
    proven_at = models.DateTimeField()

    class Meta:
        db_table = "proof_round"


@dataclass(frozen=True, slots=True)
class Round:
    """What is to be proven: the postings that are new, and the documents they touched; None is everything."""

    company: Company
    day: dt.date
    postings: tuple[int, ...]
    touched: Touched | None

    @property
    def is_whole(self) -> bool:
        return self.touched is None

    @property
    def is_empty(self) -> bool:
        """Nothing new: what was proven stands."""
        return not self.is_whole and not self.postings


def begin(*, company: Company, today: dt.date) -> Round:
    """What the night of ``today`` has to prove. A posting that is committed from now on belongs to the next
    one.
    """
    postings = tuple(bookmarks.new_to(_READER, company=company))
    since = today - dt.timedelta(WHOLE_EVERY_DAYS)
    proven = ProofRound.objects.filter(company=company, is_whole=True, day__gt=since)
    return Round(company, today, postings, _touched(postings) if proven.exists() else None)


def end(done: Round, *, at: dt.datetime) -> None:
    """Note that everything in the round followed; an empty one leaves no trace."""
    if done.is_empty:
        return
    bookmarks.keep(_READER, done.postings)
    ProofRound.objects.create(
        company=done.company,
        day=done.day,
        is_whole=done.is_whole,
        posting_count=len(done.postings),
        proven_at=at,
    )


def _touched(postings: tuple[int, ...]) -> Touched | None:
    row = _FIND_TOUCHED.row({"postings": array(postings)})
    invoices, payments = row["invoices"], row["payments"]
    return None if len(invoices) + len(payments) > TOUCHED_MAX else Touched(invoices, payments)
