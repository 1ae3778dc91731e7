"""The reasons of a company for writing off: what is given up why, and with which evidence.

A company begins with the usual reasons of ``rules.reasons``; the first change writes all of them down. A
reason is retired, never removed, and each write-off keeps the words that it was proposed with.
"""

import datetime as dt
from dataclasses import asdict, replace
from typing import Any

from django.db import models, transaction

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.write_offs.rules import reasons
from collections_app.write_offs.rules.reasons import REASONS, Reason


class WriteOffReason(models.Model):
    """One reason of one company, in the order in which they are offered."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=reasons.CODE_LETTERS_MAX)
    label = models.CharField(max_length=reasons.LABEL_LETTERS_MAX)
    evidence = models.CharField(max_length=reasons.EVIDENCE_LETTERS_MAX, blank=True)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()

    class Meta:
        db_table = "write_off_reason"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="company_has_a_write_off_reason_once")
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def terms(self) -> Reason:
        """What the rules read of it."""
        return Reason(self.code, self.label, self.evidence, self.is_active)


def of(company: Company) -> dict[str, Reason]:
    """The reasons of ``company`` by code in their order, those that are retired too. One query."""
    own = WriteOffReason.objects.filter(company=company).order_by("position", "pk")
    return {row.code: row.terms for row in own} or dict(REASONS)


def active(company: Company) -> list[Reason]:
    """What can be chosen for a new proposal."""
    return [reason for reason in of(company).values() if reason.is_active]


@transaction.atomic
def put(*, company: Company, reason: Reason, is_new: bool, by: User | None, at: dt.datetime) -> Reason:
    """Add a reason, offered last, or say another label, evidence, or that it is retired. Saying the same
    again writes nothing. Raises ``Refused`` with every problem.
    """
    require(by, Deed.EDIT_WRITE_OFF_REASONS)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    reason = replace(reason, label=reason.label.strip(), evidence=reason.evidence.strip())
    known = of(company)
    problems = reasons.problems_of(reason)
    if is_new and reason.code in known:
        problems.append(Problem("code", f"There is a reason {reason.code} already."))
    if not is_new and reason.code not in known:
        problems.append(Problem("code", f"There is no reason {reason.code} here."))
    if not any(each.is_active for code, each in {**known, reason.code: reason}.items()):
        problems.append(Problem("last_one", "This is the last reason in use. Set up another one first."))
    if problems:
        raise Refused(problems)
    before: dict[str, Any] = asdict(known[reason.code]) if reason.code in known else {}
    if differences := events.differences(before, asdict(reason)):
        _write({**known, reason.code: reason}, company)
        what = "added" if is_new else "retired" if before["is_active"] and not reason.is_active else "changed"
        said = f"The write-off reason {reason.code} was {what}: {reason.label}"
        events.record(f"write_off_reason.{what}", said, company=company, facts=differences, by=by, at=at)
    return reason


def _write(known: dict[str, Reason], company: Company) -> None:
    rows = [
        WriteOffReason(company=company, position=place, **asdict(each))
        for place, each in enumerate(known.values(), start=1)
    ]
    WriteOffReason.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["company", "code"],
        update_fields=["label", "evidence", "is_active", "position"],
    )
