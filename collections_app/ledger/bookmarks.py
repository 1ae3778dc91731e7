"""A bookmark: that a reader of the ledger has taken in a posting. Who reads only what is new asks for the
rest.

One row a reader and posting, not the newest posting seen: a posting that was begun first may be committed
last, and would be passed over. A reader asks for the new postings before it reads, and keeps exactly those:
what is committed meanwhile stays new.
"""

from collections.abc import Sequence

from django.db import models

from collections_app.ledger.companies import Company
from collections_app.ledger.postings import Posting


class Bookmark(models.Model):
    """A posting that ``reader`` (a name of our own) need not look at again."""

    posting = models.ForeignKey(Posting, on_delete=models.CASCADE, related_name="+", db_index=False)
    reader = models.CharField(max_length=20)

    class Meta:
        db_table = "posting_bookmark"
        constraints = [
            models.UniqueConstraint(fields=["posting", "reader"], name="posting_is_taken_in_once_by_a_reader")
        ]


def new_to(reader: str, *, company: Company) -> list[int]:
    """The postings of ``company`` that ``reader`` has not taken in yet, oldest first."""
    known = Bookmark.objects.filter(reader=reader, posting=models.OuterRef("pk"))
    found = Posting.objects.filter(~models.Exists(known), company=company)
    return list(found.order_by("pk").values_list("pk", flat=True))


def keep(reader: str, postings: Sequence[int]) -> None:
    """Note that ``reader`` has taken in these postings (ids); one that is noted already stays."""
    rows = [Bookmark(posting_id=posting, reader=reader) for posting in postings]
    Bookmark.objects.bulk_create(rows, ignore_conflicts=True)
