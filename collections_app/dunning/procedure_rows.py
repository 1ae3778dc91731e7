"""A version of a procedure: the steps with which customers of one segment are reminded, from a day on.

A draft is edited and published, or discarded; what was published never changes. The newest version whose day
has come is in force.
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from collections_app.dunning.rules import written
from collections_app.dunning.rules.steps import Procedure
from collections_app.ledger.companies import Company
from collections_app.people.users import User


class ProcedureVersionQuerySet(models.QuerySet["ProcedureVersion"]):
    """Words for versions of procedures."""

    def published(self) -> "ProcedureVersionQuerySet":
        """In force, once in force, or to be."""
        return self.filter(state="published")

    def in_order(self) -> "ProcedureVersionQuerySet":
        """The last in force comes last."""
        return self.order_by("segment_code", "in_force_from", "number")


class ProcedureVersion(models.Model):
    """The steps for a segment, named by its code, which stays the same over versions of segments."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    segment_code = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in ("draft", "published")])
    steps = models.JSONField(default=list)
    note = models.CharField(max_length=300, blank=True)
    # Rises with every edit of a draft.
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)
    in_force_from = models.DateField(null=True)

    objects: ClassVar[ProcedureVersionQuerySet] = ProcedureVersionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        db_table = "procedure_version"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "segment_code", "number"], name="procedure_version_number_is_used_once"
            ),
            models.UniqueConstraint(
                fields=["company", "segment_code"],
                condition=Q(state="draft"),
                name="segment_has_one_draft_of_its_procedure",
            ),
            models.CheckConstraint(
                name="procedure_that_is_published_says_since_when",
                condition=Q(state="draft", in_force_from__isnull=True, published_at__isnull=True)
                | Q(state="published", in_force_from__isnull=False, published_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"procedure of {self.segment_code}, version {self.number}"

    @property
    def procedure(self) -> Procedure:
        """The steps, as the pure functions take them."""
        return written.read(self.segment_code, self.steps)
