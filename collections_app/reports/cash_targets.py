"""A cash target: what a manager wants to come in a month, in one currency. It is held against what was
received and never changes a figure.
"""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib import money
from collections_app.lib.money import ZERO
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.reports.rules import months
from collections_app.reports.rules.aiming import problems_of_target


class CashTarget(models.Model):
    """``month`` is its first day."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()
    currency = models.CharField(max_length=3)
    amount: "models.DecimalField[Any, Any]" = models.DecimalField(
        max_digits=money.MAX_DIGITS, decimal_places=money.DECIMAL_PLACES
    )
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    set_at = models.DateTimeField()

    class Meta:
        db_table = "cash_target"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "month", "currency"], name="month_has_one_cash_target_a_currency"
            ),
            models.CheckConstraint(name="cash_target_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="cash_target_is_of_a_month", condition=Q(month__day=1)),
        ]


def of_month(company: Company, day: dt.date) -> dict[str, Decimal]:
    """The targets of the month of a day, by currency. One query."""
    found = CashTarget.objects.filter(company=company, month=months.first_of(day))
    return dict(found.values_list("currency", "amount"))


@transaction.atomic
def set_target(
    *,
    company: Company,
    month: dt.date,
    currency: str,
    amount: Decimal | None,
    by: User,
    at: dt.datetime,
) -> CashTarget | None:
    """Set the target of the month of a day, or with no amount take it away. Refused with all problems."""
    require(by, Deed.SEE_WHOLE_COMPANY)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    first = months.first_of(month)
    if problems := problems_of_target(amount, month=first, today=company.today(at=at)):
        raise Refused(problems)
    targets = CashTarget.objects.filter(company=company, month=first, currency=currency)
    before = targets.values_list("amount", flat=True).first()
    if before == amount:
        return targets.first()
    told = "is taken away"
    made = None
    if amount is None:
        targets.delete()
    else:
        made, _ = CashTarget.objects.update_or_create(
            company=company,
            month=first,
            currency=currency,
            defaults={"amount": amount, "set_by": by, "set_at": at},
        )
        told = f"is {money.shown(amount, currency)}"
    events.record(
        "cash_target.set",
        f"The target of what comes in {first:%B %Y} in {currency} {told}"
        f"{f', before {money.shown(before, currency)}' if before else ''}.",
        company=company,
        facts={
            "month": first.isoformat(),
            "currency": currency,
            "amount": str(amount or ZERO),
            "was": str(before or ZERO),
        },
        by=by,
        at=at,
    )
    return made
