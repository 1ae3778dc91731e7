"""The policy of a company, and the customers that are insured under it."""

import datetime as dt
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from collections_app.activity import events
from collections_app.insurance import rules
from collections_app.insurance.insurance_rows import InsurancePolicy, InsuredLimit
from collections_app.insurance.rules import Terms
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer, lock_customer
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


def of(company: Company) -> InsurancePolicy | None:
    """The policy of ``company``; None while none is set up."""
    return InsurancePolicy.objects.filter(company=company).select_related("company").first()


def insured(company: Company) -> "QuerySet[Customer]":
    """The customers of whom the insurer is told, by name, with their limits."""
    found = Customer.objects.filter(company=company, insurer_report_days__isnull=False)
    return found.select_related("insured_limit").order_by("search_key", "pk")


@transaction.atomic
def put(
    *, company: Company, terms: Terms, version: int | None = None, by: User, at: dt.datetime
) -> InsurancePolicy:
    """Write a policy down, or change it. Saying the same again writes nothing. Raises ``Refused`` with every
    problem, and when somebody was faster than the ``version`` that was read.
    """
    require(by, Deed.EDIT_INSURANCE)
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    known = of(company)
    problems = rules.problems_of_terms(terms)
    if version is not None and version != (known.version if known else 0):
        problems.append(Problem("changed_since", "Somebody changed the policy since you opened this page."))
    if problems:
        raise Refused(problems)
    before: dict[str, Any] = asdict(known.terms) if known else {}
    differences = events.differences(before, asdict(terms))
    if known and not differences:
        return known
    made, _ = InsurancePolicy.objects.update_or_create(
        company=company,
        defaults={
            **asdict(terms),
            "since": known.since if known else company.today(at=at),
            "version": known.version + 1 if known else 1,
            "changed_by": by,
            "changed_at": at,
        },
    )
    said = f"Wrote down the policy of {terms.insurer}"
    events.record("insurance.set", said, company=company, facts=differences, by=by, at=at)
    return made


@transaction.atomic
def insure(
    *,
    company: Company,
    number: str,
    limit: Decimal,
    currency: str,
    report_days: int | None = None,
    by: User,
    at: dt.datetime,
) -> InsuredLimit:
    """Insure the customer of that ``number`` up to ``limit``. Without ``report_days`` the policy's count,
    unless the customer has their own. Raises ``Refused`` with every problem.
    """
    require(by, Deed.EDIT_INSURANCE)
    policy = of(company)
    problems = rules.problems_of_insuring(limit, report_days)
    customer = Customer.objects.select_for_update(no_key=True).filter(company=company, number=number).first()
    if customer is None:
        problems.append(Problem("number", f"There is no customer {number} here."))
    if policy is None:
        problems.append(Problem("no_policy", "Set the policy up first."))
    if problems or customer is None or policy is None:
        raise Refused(problems)
    days = report_days if report_days is not None else customer.insurer_report_days
    customer.insurer_report_days = policy.report_days if days is None else days
    customer.save(update_fields=["insurer_report_days"])
    made, _ = InsuredLimit.objects.update_or_create(
        customer=customer, defaults={"amount": limit, "currency": currency, "set_by": by, "set_at": at}
    )
    said = f"Insured up to {money.shown(limit, currency)}, told after {customer.insurer_report_days} days"
    events.record("insurance.insured", said, company=company, customer=customer, by=by, at=at)
    return made


@transaction.atomic
def end(customer: Customer, *, by: User, at: dt.datetime) -> None:
    """The customer is insured no more; what the insurer was told stays. Twice has one effect."""
    require(by, Deed.EDIT_INSURANCE)
    held = lock_customer(customer.pk)
    InsuredLimit.objects.filter(customer=held).delete()
    if held.insurer_report_days is None:
        return
    held.insurer_report_days = None
    held.save(update_fields=["insurer_report_days"])
    said = "Not insured any more"
    events.record("insurance.ended", said, company=held.company, customer=held, by=by, at=at)
