"""A dispute reason: why amounts are contested, who answers for that, and how soon. Data of each company.

A company begins with the usual reasons of ``rules.disputing`` and has none of its own in the table; the first
change writes all of them there. A reason that disputes have is retired, never removed, so that they keep it.
"""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.contact.rules import reason_terms
from collections_app.contact.rules.disputing import REASONS, Reason
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.refusals import Problem, Refused
from collections_app.people import desks
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


class DisputeReason(models.Model):
    """One reason of one company, in the order in which they are offered."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    code = models.CharField(max_length=10)
    label = models.CharField(max_length=100)
    x12_code = models.CharField(max_length=2, blank=True)
    desk = models.CharField(max_length=30)
    # Working days until the first answer, and until it is resolved.
    answer_days = models.PositiveSmallIntegerField()
    resolve_days = models.PositiveSmallIntegerField()
    ask_for = models.CharField(max_length=200, blank=True)
    is_provisional = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    position = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "dispute_reason"
        constraints = [
            models.UniqueConstraint(fields=["company", "code"], name="company_has_a_reason_once"),
            models.CheckConstraint(
                name="reason_is_answered_before_it_is_resolved",
                condition=Q(answer_days__lte=models.F("resolve_days")),
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def terms(self) -> Reason:
        """What the rules read of it."""
        return Reason(
            code=self.code,
            label=self.label,
            desk=self.desk,
            answer_days=self.answer_days,
            resolve_days=self.resolve_days,
            ask_for=self.ask_for,
            x12_code=self.x12_code,
            is_provisional=self.is_provisional,
            is_active=self.is_active,
        )


def of(company: Company) -> dict[str, Reason]:
    """The reasons of ``company`` by code in their order, those that are retired too. One query."""
    return {row.code: row.terms for row in _OWN.of(company.pk)} or dict(REASONS)


_OWN = KeptQuery(
    lambda company: DisputeReason.objects.filter(company=company).order_by("position", "pk"), "bigint"
)


def active(company: Company) -> list[Reason]:
    """What can be chosen for a new dispute."""
    return [reason for reason in of(company).values() if reason.is_active]


def of_code(company: Company, code: str) -> Reason:
    """The reason with that code; one that is nowhere known reads as its code, and is provisional."""
    known = of(company)
    unknown = Reason(code, code, desks.Desk.CREDIT_CONTROL, 1, 2, "", is_provisional=True, is_active=False)
    return known.get(code, unknown)


def is_in_use(company: Company, code: str) -> bool:
    """Whether a dispute has that reason."""
    return Customer.objects.filter(company=company, disputes__reason=code).exists()


def rows_of(company: Company) -> list[DisputeReason]:
    """The company's own reasons for a set-up screen; the usual ones, not kept yet, while it has none."""
    own = list(DisputeReason.objects.filter(company=company).order_by("position", "pk"))
    return own or [
        DisputeReason(company=company, position=place, **asdict(reason))
        for place, reason in enumerate(REASONS.values(), start=1)
    ]


@transaction.atomic
def add(*, company: Company, reason: Reason, by: User | None, at: dt.datetime) -> DisputeReason:
    """A reason of one's own, offered last. Raises ``Refused`` with every problem."""
    require(by, Deed.EDIT_DISPUTE_REASONS)
    own = _own(company)
    problems = reason_terms.problems_of(reason)
    if reason.code in own:
        problems.append(Problem("code", f"There is a reason {reason.code} already."))
    if problems:
        raise Refused(problems)
    place = max((row.position for row in own.values()), default=0) + 1
    made = DisputeReason.objects.create(company=company, position=place, changed_by=by, **asdict(reason))
    _record("added", f"Disputes have a new reason {made.code}: {made.label}", made, asdict(reason), by, at)
    return made


@transaction.atomic
def change(
    *,
    company: Company,
    code: str,
    reason: Reason,
    version: int | None = None,
    by: User | None,
    at: dt.datetime,
) -> DisputeReason:
    """Another label, desk, time or evidence; retire it, or take it into use again. The code stays, so do the
    due days of open disputes. Saying the same again writes nothing. Raises ``Refused`` with every problem.
    """
    require(by, Deed.EDIT_DISPUTE_REASONS)
    own = _own(company)
    row = own.get(code)
    if row is None:
        raise Refused.because("unknown_reason", f"There is no reason {code} here.")
    before, after = asdict(row.terms), {**asdict(reason), "code": code}
    others = any(other.is_active for other in own.values() if other.code != code)
    problems = _problems_of_version(row, version)
    problems += reason_terms.problems_of(Reason(**after))
    problems += reason_terms.problems_of_retiring(Reason(**after), others_are_active=others)
    if problems:
        raise Refused(problems)
    if differences := events.differences(before, after):
        for name, value in after.items():
            setattr(row, name, value)
        row.version, row.changed_by = row.version + 1, by
        row.save()
        what = "retired" if before["is_active"] and not row.is_active else "changed"
        _record(what, f"The dispute reason {row.code} was {what}: {row.label}", row, differences, by, at)
    return row


@transaction.atomic
def remove(*, company: Company, code: str, by: User | None, at: dt.datetime) -> None:
    """A reason that no dispute has is no more. Raises ``Refused`` when one has it."""
    require(by, Deed.EDIT_DISPUTE_REASONS)
    own = _own(company)
    row = own.get(code)
    if row is None:
        return
    others = any(other.is_active for other in own.values() if other.code != code)
    problems = reason_terms.problems_of_use(row.terms, is_in_use=is_in_use(company, code))
    if not others:
        problems.append(Problem("last_one", "This is the last reason in use. Set up another one first."))
    if problems:
        raise Refused(problems)
    _record("removed", f"The dispute reason {code} was removed: {row.label}", row, {}, by, at)
    row.delete()


def _own(company: Company) -> dict[str, DisputeReason]:
    """The company's reasons by code, locked by its row; the usual ones are written when it has none."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if not DisputeReason.objects.filter(company=company).exists():
        DisputeReason.objects.bulk_create(rows_of(company))
    return {row.code: row for row in DisputeReason.objects.filter(company=company)}


def _problems_of_version(row: DisputeReason, version: int | None) -> list[Problem]:
    if version is None or version == row.version:
        return []
    who = row.changed_by or "Somebody"
    text = f"{who} changed this reason since you opened it. It now reads: {row.label}, {row.answer_days} and"
    return [Problem("changed_since", f"{text} {row.resolve_days} working days, {desks.label(row.desk)}.")]


def _record(
    what: str,
    summary: str,
    row: DisputeReason,
    facts: dict[str, Any],
    by: User | None,
    at: dt.datetime,
) -> None:
    events.record(
        f"dispute_reason.{what}",
        summary,
        company=row.company,
        facts={"code": row.code, **facts},
        by=by,
        at=at,
    )
