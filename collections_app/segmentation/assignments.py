"""An assignment: the segment and portfolio a customer is in now. Derived from the live rules; one row a
customer.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import chain
from typing import Any

from django.db import models, transaction
from django.db.models import Q, QuerySet

from collections_app.ledger import customer_ranges
from collections_app.ledger.companies import Company, collectors_of
from collections_app.ledger.customer_ranges import CustomerRange
from collections_app.ledger.customers import Customer, CustomerQuerySet
from collections_app.lib import planning, shadows, turns
from collections_app.lib.sql import Statement, array, query
from collections_app.people.rules import Deed, Role
from collections_app.people.teams import colleagues_of
from collections_app.people.users import User
from collections_app.segmentation import placements, portfolios, segments, versions
from collections_app.segmentation.hand_over_rows import with_named
from collections_app.segmentation.placements import Branch
from collections_app.segmentation.portfolios import Portfolio
from collections_app.segmentation.rules.conditions import Rule
from collections_app.segmentation.segments import Segment

ASSIGN_CUSTOMERS = Statement(__file__, "assign_customers")


class Assignment(models.Model):
    """Where a customer belongs. ``collector`` is who looks after them, the stand-in aside; empty when nobody
    does.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="assignment")
    segment = models.ForeignKey(Segment, null=True, on_delete=models.SET_NULL, related_name="+")
    portfolio = models.ForeignKey(Portfolio, null=True, on_delete=models.SET_NULL, related_name="+")
    collector = models.ForeignKey(
        User, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    day = models.DateField()  # since when it has been so

    class Meta:
        db_table = "customer_assignment"
        indexes = [models.Index(fields=["company", "collector"], name="assignment_by_collector")]


@transaction.atomic
def assign(
    *,
    company: Company,
    today: dt.date,
    customers: Sequence[int] | None = None,
    within: CustomerRange | None = None,
) -> int:
    """Place all customers of ``company``, those with these ids, or a range, by the live rules; the rows that
    changed.

    1. One at a time for a company, ranges of it side by side; what is live is read after waiting: the newest
    version wins.
    2. One statement finds the first segment and the first portfolio that match each customer, and writes what
    differs; a second run writes nothing. It locks customers' rows in order of their ids.
    """
    if customers is not None and not customers:
        return 0
    if within is None:
        turns.take("assignments", company.pk)
    else:
        customer_ranges.take_turn("assignments", company, within=within)
    return _assign(company, today, customers, within)


def rehearse(*, company: Company, today: dt.date) -> None:
    """Place all customers of ``company`` for a transaction that is rolled back: only it sees that, and nobody
    waits for its turn.
    """
    with shadows.covering(Assignment._meta.db_table, company=company.pk):
        _assign(company, today, None)


def _assign(
    company: Company, today: dt.date, customers: Sequence[int] | None, within: CustomerRange | None = None
) -> int:
    live = versions.live(company)
    workers = list(collectors_of(company).values_list("pk", flat=True))
    placed = placements.placed(
        with_named(placements.customers_of(company, customers, within), company=company, today=today),
        [Branch(segment.conditions, segment.pk) for segment in segments.of(live)] if live else [],
        _portfolio_branches(portfolios.of(company), workers),
        company=company,
        today=today,
        also=["named"],
    )
    with planning.joining_sets(whole=customers is None):
        return ASSIGN_CUSTOMERS.execute(
            {"company": company.pk, "day": today, "placed": query(placed), "workers": array(workers)}
        )


def visible_to(user: User, *, today: dt.date) -> CustomerQuerySet:
    """The customers that ``user`` may see and open, always within the companies they may see.

    Administrators and managers see all of them, salespeople those they sell to. A collector sees their own,
    those of
    colleagues in their teams, those they stand in for today, and those that nobody looks after, so that none
    is lost.
    """
    within = _within_companies(user)
    if user.may(Deed.SEE_WHOLE_COMPANY):
        return within
    if user.role == Role.SALES:
        return within.sold_to_by(user)
    if not user.may(Deed.WORK_CUSTOMERS):
        return within.none()
    seen = Q(assignment__isnull=True)
    theirs = Q(assignment__collector__in=colleagues_of(user).values("pk"))
    for reason in _reasons_to_see(user, theirs, today=today, at="assignment__"):
        seen |= reason
    return within.filter(seen)


def seen_by(
    user: User, *, colleagues: Sequence[int], company: Company, today: dt.date
) -> QuerySet[Assignment, Any]:
    """The customers of ``company`` that are assigned such that ``user``, who works customers, sees them; each
    reason is looked up by itself, which reads their rows and no others. A customer may come twice.

    ``colleagues`` are those of the teams of ``user``, by their ids: of a subquery the planner thinks that it
    names half of all users, and reads everything.
    """
    reasons = _reasons_to_see(user, Q(collector__any=colleagues), today=today)
    first, *more = [
        Assignment.objects.filter(reason, company=company).values("customer") for reason in reasons
    ]
    return first.union(*more, all=True)


def _reasons_to_see(user: User, theirs: Q, *, today: dt.date, at: str = "") -> tuple[Q, ...]:
    """Why somebody who works customers sees one, of its assignment at ``at``: nobody's, ``theirs`` or one of
    their colleagues', one of those whom they stand in for.
    """
    return (
        Q(**{f"{at}collector__isnull": True}),
        theirs,
        Q(**{f"{at}portfolio__in": Portfolio.objects.covered_by(user, today=today).values("pk")}),
    )


def _within_companies(user: User) -> CustomerQuerySet:
    return Customer.objects.filter(company__in=Company.objects.visible_to(user).values("pk"))


def _portfolio_branches(ordered: Sequence[Portfolio], workers: Sequence[int]) -> list[Branch]:
    """First the collector to whom they were handed or whom the accounts system names, in whichever of their
    portfolios fits best; then the rules.
    """
    everybody = Rule()
    named = [
        Branch(each.conditions, each.pk, among=Q(named=each.collector_id))
        for each in ordered
        if each.collector_id in workers
    ]
    in_any = [Branch(everybody, branch.number, among=branch.among) for branch in named]
    unnamed = Q(named__isnull=True) | ~Q(named__in=workers)
    by_rule = [Branch(each.conditions, each.pk, among=unnamed) for each in ordered]
    return list(chain(named, in_any, by_rule))
