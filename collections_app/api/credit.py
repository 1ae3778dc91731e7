"""Customers' credit positions, and the companies that a system sees."""

from typing import Annotated, Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Query, Router
from pydantic import Field

from collections_app.api import replies
from collections_app.api.entrance import Token, company_of, system_of
from collections_app.api.schemas import ONE_LINE, Companies, CreditPosition
from collections_app.holds import facts
from collections_app.holds.hold_rows import Hold
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts, Group, Limit, Standing
from collections_app.ledger import customers
from collections_app.ledger.companies import Company
from collections_app.lib import clock, money
from collections_app.systems import tellings
from collections_app.systems.rules.scopes import Scope

router = Router(tags=["Customers"])
Number = Annotated[str, Field(min_length=1, max_length=64, pattern=ONE_LINE)]


@router.get("", response=replies.reading(Companies), auth=Token())
def list_companies(request: HttpRequest) -> Any:
    """The companies that this token sees, and what it may do."""
    at, system = clock.now(), system_of(request)
    mine = Company.objects.filter(systemcompany__system=system).order_by("code")
    return {
        "companies": [
            {"code": each.code, "name": each.name, "currency": each.currency, "today": each.today(at=at)}
            for each in mine
        ],
        "scopes": system.scopes,
    }


@router.get(
    "/{company}/credit-position", response=replies.reading(CreditPosition), auth=Token(Scope.READ_CREDIT)
)
def read_credit_position(request: HttpRequest, company: str, customer: Query[Number]) -> Any:
    """What a customer owes, what is overdue, their limit and their group's, and whether a small order would
    wait.
    """
    ours = company_of(request, company)
    found = customers.by_number(company=ours, number=customer)
    today = ours.today(at=clock.now())
    with transaction.atomic():
        known = facts.known_of(company=ours, customers=[found.pk], today=today)[found.pk]
        on_hold = Hold.objects.standing().filter(company=ours, customer=found).count()
    now = known.wished(None)
    decision = decide(now, known.in_force.rules)
    return {
        "customer": found.number,
        "name": found.name,
        "as_of": today,
        "standings": [_standing(each, now) for each in sorted(now.standings, key=lambda one: one.currency)],
        "limit": _limit(now.limit),
        "group": _group(now.group),
        "orders_on_hold": on_hold,
        "would_hold": decision.is_held,
        "reasons": tellings.reasons(decision.as_facts()["reasons"], sees_credit=True),
    }


def _standing(each: Standing, now: Facts) -> dict[str, Any]:
    late = (item.open_amount for item in each.items if item.due_on is not None and item.due_on < now.today)
    return {
        "currency": each.currency,
        "open": money.text(each.owed, each.currency),
        "overdue": money.text(sum(late, money.ZERO), each.currency),
        "unallocated": money.text(each.cover, each.currency),
        "orders_in_hand": money.text(each.orders, each.currency),
    }


def _limit(limit: Limit | None) -> dict[str, Any] | None:
    if limit is None:
        return None
    amount = money.text(limit.amount, limit.currency)
    return {"amount": amount, "currency": limit.currency, "expires_on": limit.expires_on}


def _group(group: Group | None) -> dict[str, Any] | None:
    if group is None:
        return None
    others = {currency: money.text(amount, currency) for currency, amount in sorted(group.others.items())}
    return {"name": group.name, "limit": _limit(group.limit), "others": others}
