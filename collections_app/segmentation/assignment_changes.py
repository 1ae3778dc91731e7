"""That customers were placed otherwise: a row for each statement that placed any, which the database writes
by itself. What is counted of who looks after whom is kept under the newest of them, and read again after the
next.
"""

from django.db import models

from collections_app.ledger.companies import Company
from collections_app.lib.sql import Statement

_READ = Statement(__file__, "read_assignment_version")


class AssignmentChange(models.Model):
    """One statement that placed customers of a company; written by ``note_assignments`` in the database."""

    company = models.ForeignKey(
        Company, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )

    class Meta:
        db_table = "assignment_change"
        indexes = [models.Index(fields=["company", "id"], name="assignment_change_by_company")]


def version(company: Company) -> str:
    """Another text after every change of who looks after whom, in which segment. One query."""
    return str(_READ.row({"company": company.pk}))
