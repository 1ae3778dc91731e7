"""A version of a company's segments: an ordered pack of rules. One is live; the others are history or a draft."""

from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company
from collections_app.people.users import User


class SegmentVersion(models.Model):
    """One pack of segments of a company. Publishing a draft makes the live one history."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="segment_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in ("draft", "live", "history")])
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "segment_version"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="segment_version_number_is_used_once"),
            models.UniqueConstraint(fields=["company"], condition=Q(state="live"), name="company_has_one_live_segment_version"),
            models.UniqueConstraint(fields=["company"], condition=Q(state="draft"), name="company_has_one_draft_segment_version"),
        ]
