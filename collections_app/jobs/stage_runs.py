"""A stage run: that one stage of a company's night was done for a day, how much it touched and how long it
took.
"""

from django.db import models

from collections_app.ledger.companies import Company


class StageRun(models.Model):
    """One stage of one night. One row a company, day and stage: a second run replaces it."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="stage_runs")
    day = models.DateField()
    stage = models.CharField(max_length=40)
    position = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=10, choices=[(s, s) for s in ("running", "done", "failed", "stopped")]
    )
    rows = models.BigIntegerField(default=0)
    seconds = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    error = models.CharField(max_length=500, blank=True)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "stage_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "day", "stage"], name="stage_is_run_once_a_day")
        ]
