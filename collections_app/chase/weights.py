"""A weight: how many points a chase rule gives from a measure on. Editable by managers, for all or for one
segment.
"""

from django.db import models

from collections_app.chase.rules.points import default_bands
from collections_app.ledger.companies import Company


class Weight(models.Model):
    """``points`` for ``rule`` when its measure is at least ``at_least``; the highest band reached counts.

    A segment that has weights of its own for a rule uses only those; ``segment_code`` is empty for the
    others.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="chase_weights")
    segment_code = models.CharField(max_length=40, blank=True, default="")
    rule = models.CharField(max_length=40)
    at_least = models.DecimalField(max_digits=18, decimal_places=3)
    points = models.IntegerField()

    class Meta:
        db_table = "chase_weight"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "segment_code", "rule", "at_least"], name="weight_band_is_given_once"
            ),
        ]


def ensure_default(*, company: Company) -> int:
    """Give a company that has no weights yet those that every company starts with; how many were written."""
    if Weight.objects.filter(company=company).exists():
        return 0
    weights = [
        Weight(
            company=company,
            segment_code=band.segment_code,
            rule=band.rule,
            at_least=band.at_least,
            points=band.points,
        )
        for band in default_bands()
    ]
    return len(Weight.objects.bulk_create(weights, ignore_conflicts=True))
