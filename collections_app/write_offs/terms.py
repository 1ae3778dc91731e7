"""The terms of write-offs: who approves up to which sum, above which it takes two, how long one waits.

A company begins with the usual ones of ``rules.limits`` and has none in the table until somebody sets them.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User
from collections_app.write_offs.rules import limits
from collections_app.write_offs.rules.limits import Approver, Terms


def _money() -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES)


class WriteOffTerms(models.Model):
    """What holds at a company, in its currency."""

    company = models.OneToOneField(Company, on_delete=models.CASCADE, related_name="+")
    two_above = _money()
    managers = _money()
    waits_working_days = models.PositiveSmallIntegerField()
    version = models.PositiveIntegerField(default=1)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        db_table = "write_off_terms"
        constraints = [
            models.CheckConstraint(
                name="write_off_limits_are_not_below_zero", condition=Q(two_above__gte=0, managers__gte=0)
            )
        ]


class WriteOffLimit(models.Model):
    """The limit of one person, which goes before that of their role."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+", db_index=False)
    amount = _money()

    class Meta:
        db_table = "write_off_limit"
        constraints = [
            models.UniqueConstraint(fields=["company", "user"], name="somebody_has_one_limit_of_write_offs"),
            models.CheckConstraint(name="write_off_limit_is_not_below_zero", condition=Q(amount__gte=0)),
        ]


def of(company: Company) -> Terms:
    """What holds at ``company``. Two queries."""
    row = WriteOffTerms.objects.filter(company=company).first()
    people = dict(WriteOffLimit.objects.filter(company=company).values_list("user", "amount"))
    if row is None:
        return Terms(people=people)
    return Terms(row.two_above, row.waits_working_days, row.managers, people)


def version_of(company: Company) -> int:
    """How often the terms were set; a form says which it was filled from."""
    return WriteOffTerms.objects.filter(company=company).values_list("version", flat=True).first() or 0


def approver(user: User) -> Approver:
    """What the limits read of somebody; who has left decides nothing."""
    return Approver(user.pk, user.role if user.is_active else "", user.desk)


@transaction.atomic
def put(*, company: Company, terms: Terms, version: int | None = None, by: User, at: dt.datetime) -> Terms:
    """Set the terms. What waits already keeps the day until which it does. Saying the same again writes
    nothing. Raises ``Refused`` with every problem.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    before, known = of(company), version_of(company)
    problems = limits.problems_of_editor(role=by.role if by.is_active else "", desk=by.desk)
    problems += limits.problems_of_terms(terms)
    if by.pk in {pk for pk, amount in terms.people.items() if before.people.get(pk) != amount}:
        problems.append(Problem("own", "Your own limit is set by somebody else."))
    if version is not None and version != known:
        problems.append(Problem("changed_since", "Somebody set the limits since you opened this page."))
    if problems:
        raise Refused(problems)
    differences = events.differences(_told(before), _told(terms))
    if differences:
        WriteOffTerms.objects.update_or_create(
            company=company,
            defaults={
                "two_above": terms.two_above,
                "managers": terms.managers,
                "waits_working_days": terms.waits_working_days,
                "version": known + 1,
                "changed_by": by,
                "changed_at": at,
            },
        )
        WriteOffLimit.objects.filter(company=company).exclude(user__in=terms.people).delete()
        WriteOffLimit.objects.bulk_create(
            [WriteOffLimit(company=company, user_id=pk, amount=each) for pk, each in terms.people.items()],
            update_conflicts=True,
            unique_fields=["company", "user"],
            update_fields=["amount"],
        )
        events.record(
            "write_off_terms.set",
            "Set who approves write-offs up to which sum",
            company=company,
            facts=differences,
            by=by,
            at=at,
        )
    return terms


def _told(terms: Terms) -> dict[str, Any]:
    said: dict[str, Any] = {
        "two_above": _exact(terms.two_above),
        "managers": _exact(terms.managers),
        "waits_working_days": terms.waits_working_days,
    }
    return said | {"people": {str(pk): _exact(each) for pk, each in sorted(terms.people.items())}}


def _exact(amount: Decimal) -> str:
    return f"{amount.normalize():f}"
