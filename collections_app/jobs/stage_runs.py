"""A stage run: that one stage of a company's night was done for a day, how much it touched and how long it
took.
"""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company

# What did not get done. Pages, figures and the doctor all go by these and by ``lost_before``.
MISSED = ("failed", "stopped")
# Below the broker's visibility timeout, after which a task would be handed out again.
NIGHT_SECONDS_MAX = 3000


def lost_before(at: dt.datetime) -> dt.datetime:
    """A stage that runs since then was killed: its worker has ended it, or is no more."""
    return at - dt.timedelta(seconds=NIGHT_SECONDS_MAX)


class StageRunQuerySet(models.QuerySet["StageRun"]):
    """Words of stage runs."""

    def missed(self, *, at: dt.datetime) -> Self:
        """Those that did not get done, whether they say so or were killed."""
        return self.filter(Q(state__in=MISSED) | Q(state="running", started_at__lte=lost_before(at)))

    def running(self, *, at: dt.datetime) -> Self:
        """Those at work."""
        return self.filter(state="running", started_at__gt=lost_before(at))


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

    objects = models.Manager.from_queryset(StageRunQuerySet)()

    class Meta:
        db_table = "stage_run"
        constraints = [
            models.UniqueConstraint(fields=["company", "day", "stage"], name="stage_is_run_once_a_day")
        ]

    @property
    def words(self) -> str:
        """The stage as people say it: “refresh chase list”."""
        return self.stage.replace("_", " ")

    def is_missed(self, *, at: dt.datetime) -> bool:
        """Whether it did not get done."""
        return self.state in MISSED or self.is_lost(at=at)

    def is_lost(self, *, at: dt.datetime) -> bool:
        """Whether it was killed while it ran."""
        return self.state == "running" and self.started_at <= lost_before(at)
