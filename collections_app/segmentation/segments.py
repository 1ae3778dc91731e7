"""A segment: customers treated alike, told by conditions over facts. The first segment that matches takes a customer."""

from django.db import models

from collections_app.lib import money
from collections_app.segmentation.versions import SegmentVersion


class Segment(models.Model):
    """One rule of a version: whom it takes, and when its customers come onto the chase list."""

    version = models.ForeignKey(SegmentVersion, on_delete=models.CASCADE, related_name="segments")
    position = models.PositiveSmallIntegerField()
    code = models.SlugField(max_length=40)
    name = models.CharField(max_length=80)
    # {"match": "all" | "any", "conditions": [{"fact", "op", "value"}]}; no conditions takes everybody.
    rule = models.JSONField()
    # When its customers come onto the chase list: not before so many days overdue, not below so much to collect
    # (in the company's currency), and with ``habit_grace_days`` not before their own usual delay plus these days.
    least_days_overdue = models.PositiveSmallIntegerField(default=1)
    least_amount = models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES, default=money.ZERO)
    habit_grace_days = models.PositiveSmallIntegerField(null=True, blank=True)

    class Meta:
        db_table = "segment"
        constraints = [
            models.UniqueConstraint(fields=["version", "code"], name="segment_code_is_used_once_in_a_version"),
            models.UniqueConstraint(fields=["version", "position"], name="segment_has_its_own_place"),
        ]

    def __str__(self) -> str:
        return self.name
