"""A posting: one act that put rows into the ledger, an import for example. Rows point to it; it is never
changed."""

from collections.abc import Collection

from django.db import models

from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement, array
from collections_app.people.users import User

_FIND_TOUCHED = Statement(__file__, "find_touched_customers")


class Posting(models.Model):
    """Who put rows into a company's ledger, when, and from what."""

    company = models.ForeignKey(Company, on_delete=models.PROTECT, related_name="postings")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT)
    source = models.CharField(max_length=300)

    class Meta:
        db_table = "posting"
        indexes = [models.Index(fields=["company", "recorded_at"], name="posting_by_time")]

    def __str__(self) -> str:
        return self.source


def customers_of(postings: Collection[int]) -> list[int]:
    """Whose documents ``postings`` (ids) put in, settled, used up, corrected or undid (ids, in order)."""
    return sorted(row["customer_id"] for row in _FIND_TOUCHED.rows({"postings": array(sorted(postings))}))
