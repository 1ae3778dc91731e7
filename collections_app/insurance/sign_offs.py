"""Signing a day's list off: nothing is left to tell, also where there was nothing at all."""

import datetime as dt

from django.db import transaction

from collections_app.activity import events
from collections_app.insurance import clocks, policies, rules
from collections_app.insurance.insurance_rows import InsurancePolicy, InsurerNoticeLine, InsurerSignOff
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.people.users import User


@transaction.atomic
def sign(*, company: Company, day: dt.date, by: User, at: dt.datetime) -> InsurerSignOff:
    """Say that the insurer was told of all that was to be told by ``day``. Twice gives the first. Raises
    ``Refused`` with every problem.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if signed := InsurerSignOff.objects.filter(company=company, day=day).first():
        return signed
    policy, today = policies.of(company), company.today(at=at)
    everybody = Customer.objects.filter(company=company)
    left = clocks.waiting(policy, visible=everybody, today=today, until=day) if policy else []
    problems = rules.problems_of_signing(
        may_sign=by.may(Deed.SIGN_INSURER_LIST),
        has_policy=policy is not None,
        day=day,
        today=today,
        waiting=list(dict.fromkeys(each.customer for each in left)),
    )
    if problems:
        raise Refused(problems)
    lines = InsurerNoticeLine.objects.filter(
        notice__company=company, notice__told_on=day, notice__withdrawn_at__isnull=True
    )
    told = lines.count()
    made = InsurerSignOff.objects.create(company=company, day=day, told=told, signed_by=by, signed_at=at)
    what = f"{told} told" if told else "nothing to tell"
    said = f"Signed off the insurer's list of {day:%-d %B %Y}: {what}"
    events.record("insurance.signed_off", said, company=company, by=by, at=at)
    return made


def missing(policy: InsurancePolicy, *, today: dt.date) -> list[dt.date]:
    """The working days since the policy was set up and before today that nobody signed off, the oldest first:
    none of them drops out by waiting. One query.
    """
    calendar, first = policy.company.calendar, policy.since
    span = [first + dt.timedelta(days=n) for n in range((today - first).days)]
    signed = set(
        InsurerSignOff.objects.filter(company=policy.company, day__gte=first).values_list("day", flat=True)
    )
    return [day for day in span if calendar.is_working_day(day) and day not in signed]


def newest(company: Company, *, most: int) -> list[InsurerSignOff]:
    """What was signed off lately, the newest day first."""
    found = InsurerSignOff.objects.filter(company=company).select_related("signed_by")
    return list(found.order_by("-day")[:most])
