"""A part of a stage: a range of customers for which one worker does it. A stage of a large company is divided
into parts, which any number of workers take.

Rows are the truth, and messages only say that there is something to take: who takes a part locks its row, and
marks it done in the very transaction that does its work. So a worker that is killed gives it back by itself,
and a part is done once; one that takes several transactions says in each how far it is. Of a stage of a
company the newest division stands; with an older one its parts go.
"""

from typing import Self

from django.db import models
from django.db.models import Q

from collections_app.ledger.companies import Company
from collections_app.ledger.customer_ranges import CustomerRange


class StageDivision(models.Model):
    """Into which parts a stage of a night was divided. ``given`` is what all parts go by, and ``at`` the
    moment that is now for all of them.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=40)
    day = models.DateField()
    at = models.DateTimeField()
    given = models.JSONField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "stage_division"
        constraints = [
            models.UniqueConstraint(fields=["company", "stage"], name="stage_of_a_company_is_divided_once")
        ]

    @property
    def is_over(self) -> bool:
        """Whether all of it was done."""
        return self.ended_at is not None


class StagePartQuerySet(models.QuerySet["StagePart"]):
    """Words of parts."""

    def waiting(self) -> Self:
        """Not done yet; somebody may be at them."""
        return self.filter(state="waiting")

    def free(self) -> Self:
        """Waiting and in nobody's hands; locked, so that they are in ours. Within a transaction."""
        return self.waiting().select_for_update(skip_locked=True, of=("self",))


class StagePart(models.Model):
    """The customers from ``first`` to ``last`` (ids, both included). ``told`` is what the end of the stage is
    told of it, or its next step.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    division = models.ForeignKey(
        StageDivision, on_delete=models.CASCADE, related_name="parts", db_index=False
    )
    number = models.PositiveSmallIntegerField()
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    state = models.CharField(
        max_length=10, default="waiting", choices=[(s, s) for s in ("waiting", "done", "failed")]
    )
    rows = models.BigIntegerField(default=0)
    seconds = models.DecimalField(max_digits=10, decimal_places=3, default=0)
    error = models.CharField(max_length=500, blank=True)
    told = models.JSONField(null=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    objects = models.Manager.from_queryset(StagePartQuerySet)()

    class Meta:
        db_table = "stage_part"
        constraints = [
            models.UniqueConstraint(fields=["division", "number"], name="stage_part_has_its_number"),
            models.CheckConstraint(
                name="stage_part_ends_behind_its_first", condition=Q(last__gte=models.F("first"))
            ),
        ]

    @property
    def customers(self) -> CustomerRange:
        """Whom it is about."""
        return CustomerRange(self.first, self.last)
