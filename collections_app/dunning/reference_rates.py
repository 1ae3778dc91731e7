"""Reference rates of late-payment laws that a company entered after a release: one a half-year, looked up
where a central bank publishes it. What the release knows is never changed by them.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Mapping
from decimal import Decimal

from django.db import models, transaction

from collections_app.activity import events
from collections_app.dunning.rules import late_payment_laws
from collections_app.dunning.rules.late_payment_laws import Applying, Entered
from collections_app.dunning.rules.late_payment_rates import (
    RATE_DIGITS,
    RATE_PLACES,
    REFERENCES,
    problems_of,
)
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


class ReferenceRate(models.Model):
    """A rate (per cent a year) of a half-year, as somebody of the company entered it."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    reference = models.CharField(max_length=20)
    half_year = models.DateField()
    rate = models.DecimalField(max_digits=RATE_DIGITS, decimal_places=RATE_PLACES)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    entered_at = models.DateTimeField()

    class Meta:
        db_table = "reference_rate"
        constraints = [
            models.UniqueConstraint(
                fields=["company", "reference", "half_year"], name="reference_rate_is_one_a_half_year"
            )
        ]


def of_companies(companies: Collection[int]) -> Mapping[int, Entered]:
    """What companies (ids) entered. One query."""
    found: dict[int, dict[str, dict[dt.date, Decimal]]] = defaultdict(lambda: defaultdict(dict))
    for row in ReferenceRate.objects.filter(company__in=companies):
        found[row.company_id][row.reference][row.half_year] = row.rate
    return found


def of(company: int) -> Entered:
    """What a company (id) entered. One query."""
    return of_companies([company]).get(company, {})


def law_of(company: Company) -> Applying:
    """The law of a company with customers at home, with the rates that it entered. One query."""
    return late_payment_laws.law_for(seller=company.country, buyer="").knowing(of(company.pk))


@transaction.atomic
def enter(
    *, company: Company, reference: str, half_year: dt.date, rate: Decimal, by: User, at: dt.datetime
) -> ReferenceRate:
    """From now on interest of that half-year is worked out with ``rate``; one that was entered before is set
    right. What was charged stays as it was charged. Raises ``Refused``.
    """
    require(by, Deed.CHARGE_INTEREST)
    if reference not in REFERENCES:
        raise Refused.because("reference", "That is no rate that a law here goes by.")
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    known = REFERENCES[reference].knowing(of(company.pk).get(reference, {}))
    if problems := problems_of(known, half_year=half_year, rate=rate, today=company.today(at=at)):
        raise Refused(problems)
    standing = ReferenceRate.objects.filter(company=company, reference=reference, half_year=half_year)
    if (row := standing.first()) and row.rate == rate:
        return row
    row, _ = ReferenceRate.objects.update_or_create(
        company=company,
        reference=reference,
        half_year=half_year,
        defaults={"rate": rate, "entered_by": by, "entered_at": at},
    )
    summary = f"entered {known.name} from {half_year:%-d %B %Y}: {rate.normalize():f} %"
    facts = {"reference": reference, "half_year": half_year.isoformat(), "rate": str(rate)}
    events.record("interest.rate_entered", summary, company=company, facts=facts, by=by, at=at)
    return row
