"""Somebody who signs in is set up anew, with what follows for portfolios: who may no longer collect for a
company stands in for nobody there. Its managers are told until the absence is over or somebody else is found.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from collections_app.activity import events, staff
from collections_app.activity.events import Event
from collections_app.ledger.companies import Company, collectors_of
from collections_app.people.users import User
from collections_app.segmentation import covers, portfolios
from collections_app.segmentation.portfolios import Portfolio

STAND_IN_LOST = "portfolio.stand_in_lost"


@dataclass(frozen=True, slots=True)
class Gap:
    """An absence whose stand-in is gone: until when it lasts, and who was to cover it."""

    portfolio: Portfolio
    stand_in: User
    until: dt.date


@transaction.atomic
def change(*, user: User, by: User | None, at: dt.datetime, **facts: Any) -> User:
    """``staff.change``; absences that are not over lose ``user`` as their stand-in where they left, have
    another role, or may no longer see the company. Coming back brings none of them back.
    """
    changed = staff.change(user=user, by=by, at=at, **facts)
    covered = Portfolio.objects.filter(stand_in=changed).select_related("company")
    for portfolio in covered.order_by("company", "position"):
        company = portfolio.company
        is_over = (portfolio.stand_in_until or dt.date.min) < company.today(at=at)
        if not is_over and not collectors_of(company).filter(pk=changed.pk).exists():
            _lose_stand_in(portfolio, by=by, at=at)
    return changed


def gaps(company: Company, *, since: dt.datetime, today: dt.date) -> list[Gap]:
    """Absences that lost their stand-in after ``since``, are not over and have no other. At most three
    queries.
    """
    lost = Event.objects.filter(company=company, what=STAND_IN_LOST, at__gt=since).order_by("at", "pk")
    newest = {event.facts["portfolio"]: event.facts for event in lost}
    open_ones = {pk: facts for pk, facts in newest.items() if facts["until"] >= today.isoformat()}
    if not open_ones:
        return []
    people = User.objects.in_bulk([facts["stand_in"] for facts in open_ones.values()])
    found = Portfolio.objects.filter(pk__in=open_ones, stand_in__isnull=True).select_related("collector")
    return [
        Gap(each, people[facts["stand_in"]], dt.date.fromisoformat(facts["until"]))
        for each in found.order_by("position")
        for facts in [open_ones[each.pk]]
    ]


def _lose_stand_in(portfolio: Portfolio, *, by: User | None, at: dt.datetime) -> None:
    found, _ = portfolios.locked_one(portfolio)
    gone, until = found.stand_in, found.stand_in_until
    if gone is None or until is None:
        return
    found.stand_in = found.stand_in_from = found.stand_in_until = None
    found.save()
    covers.end(found, at=at)
    text = f"{gone} can no longer stand in for {found.collector} in “{found}”, until {until.isoformat()}"
    facts = {"portfolio": found.pk, "stand_in": gone.pk, "until": until.isoformat()}
    events.record(STAND_IN_LOST, text, company=found.company, facts=facts, by=by, at=at)
