"""A portfolio: customers that one collector looks after, with a stand-in for absence.

Portfolios are told like segments: ordered, the first that matches takes a customer. A customer whose
collector is
named by the accounts system stays with that person whatever the rules say.
"""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction

from collections_app.activity import events
from collections_app.ledger.companies import Company, collectors_of
from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import covers
from collections_app.segmentation.portfolio_rows import Portfolio
from collections_app.segmentation.rules import conditions, order
from collections_app.segmentation.rules.conditions import Condition, Rule
from collections_app.segmentation.rules.segments import name_problems

__all__ = [
    "Portfolio",
    "change",
    "clear_stand_in",
    "create",
    "ensure_default",
    "locked_one",
    "move",
    "of",
    "remove",
    "set_stand_in",
]


def of(company: Company) -> list[Portfolio]:
    """The portfolios of a company in the order in which they are asked."""
    found = Portfolio.objects.filter(company=company).select_related("collector", "stand_in")
    return list(found.order_by("position"))


@transaction.atomic
def ensure_default(*, company: Company, by: User | None, at: dt.datetime) -> list[Portfolio]:
    """Where there is none yet: one for each collector whom the accounts system gives customers of
    ``company``.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    if standing := of(company):
        return standing
    named = (
        Customer.objects.filter(company=company)
        .exclude(collector_code="")
        .values_list("collector_code", flat=True)
    )
    codes = {code.lower() for code in named.distinct()}
    given = set(
        Customer.objects.filter(company=company, collector__isnull=False)
        .values_list("collector", flat=True)
        .distinct()
    )
    people = [
        user
        for user in collectors_of(company).order_by("username")
        if user.pk in given or user.username.lower() in codes
    ]
    for user in people:
        theirs = Rule((Condition("collector_code", "is", (user.username,)),))
        create(company=company, name=f"Customers given to {user}", rule=theirs, collector=user, by=by, at=at)
    return of(company)


@transaction.atomic
def create(
    *, company: Company, name: str, rule: Rule, collector: User, by: User | None, at: dt.datetime
) -> Portfolio:
    """A new portfolio at the end. Refused with all problems."""
    require(by, Deed.EDIT_SEGMENTS)
    standing = _locked(company)
    _refuse_wrong(company, name, rule, collector, others=standing)
    made = Portfolio.objects.create(
        company=company,
        position=len(standing) + 1,
        name=name.strip(),
        rule=conditions.written(rule),
        collector=collector,
    )
    _record(made, "made", f"made portfolio “{made}” for {collector}", by=by, at=at)
    return made


@transaction.atomic
def change(
    *, portfolio: Portfolio, name: str, rule: Rule, collector: User, by: User | None, at: dt.datetime
) -> Portfolio:
    """Another name, rule or collector. A stand-in who becomes the collector stands in no more."""
    require(by, Deed.EDIT_SEGMENTS)
    found, standing = locked_one(portfolio)
    _refuse_wrong(found.company, name, rule, collector, others=[each for each in standing if each != found])
    found.name, found.rule, found.collector = name.strip(), conditions.written(rule), collector
    if found.stand_in == collector:
        found.stand_in = found.stand_in_from = found.stand_in_until = None
        covers.end(found, at=at)
    found.save()
    _record(found, "changed", f"changed portfolio “{found}” of {collector}", by=by, at=at)
    return found


@transaction.atomic
def set_stand_in(
    *, portfolio: Portfolio, stand_in: User, start: dt.date, end: dt.date, by: User | None, at: dt.datetime
) -> Portfolio:
    """``stand_in`` sees and works its customers from ``start`` to ``end``, both included."""
    require(by, Deed.EDIT_SEGMENTS)
    found, _ = locked_one(portfolio)
    wrong = []
    if stand_in == found.collector:
        wrong.append(
            Problem("stand_in", f"{stand_in} looks after this portfolio already. Choose somebody else.")
        )
    wrong += _may_not_collect(found.company, stand_in)
    if end < start:
        wrong.append(Problem("stand_in_until", "The last day lies before the first day."))
    if wrong:
        raise Refused(wrong)
    found.stand_in, found.stand_in_from, found.stand_in_until = stand_in, start, end
    found.save()
    covers.keep(found, by=by, at=at)
    days = f"from {start.isoformat()} until {end.isoformat()}"
    text = f"{stand_in} stands in for {found.collector} in “{found}” {days}"
    _record(found, "covered", text, by=by, at=at)
    return found


@transaction.atomic
def clear_stand_in(*, portfolio: Portfolio, by: User | None, at: dt.datetime) -> Portfolio:
    """Nobody stands in any more. Clearing it twice is clearing it once."""
    require(by, Deed.EDIT_SEGMENTS)
    found, _ = locked_one(portfolio)
    if found.stand_in is None:
        return found
    text = f"{found.stand_in} no longer stands in for {found.collector} in “{found}”"
    found.stand_in = found.stand_in_from = found.stand_in_until = None
    found.save()
    covers.end(found, at=at)
    _record(found, "uncovered", text, by=by, at=at)
    return found


@transaction.atomic
def move(*, portfolio: Portfolio, places: int, by: User | None, at: dt.datetime) -> Portfolio:
    """Ask a portfolio later by ``places``, or earlier when negative; at most to either end. One that is at
    its end already stays, and no event is written.
    """
    require(by, Deed.EDIT_SEGMENTS)
    found, standing = locked_one(portfolio)
    moved = order.moved(standing, found, places=places)
    if moved == standing:
        return found
    _write_order(moved)
    _record(found, "moved", f"moved portfolio “{found}” {'up' if places < 0 else 'down'}", by=by, at=at)
    return found


@transaction.atomic
def remove(*, portfolio: Portfolio, by: User | None, at: dt.datetime) -> None:
    """Take a portfolio away; its customers fall to the portfolios below, or to nobody."""
    require(by, Deed.EDIT_SEGMENTS)
    found, standing = locked_one(portfolio)
    facts = {"portfolio": found.pk}
    Portfolio.objects.filter(pk=found.pk).delete()
    _write_order([each for each in standing if each != found])
    text = f"removed portfolio “{found}” of {found.collector}"
    events.record("portfolio.removed", text, company=found.company, facts=facts, by=by, at=at)


def _locked(company: Company) -> list[Portfolio]:
    """The portfolios, after the company's row is locked: a new one must not take a place twice."""
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)
    return of(company)


def locked_one(portfolio: Portfolio) -> tuple[Portfolio, list[Portfolio]]:
    """``portfolio`` beside all of its company, locked as by everybody who changes one. Refused when it is
    gone.
    """
    standing = _locked(portfolio.company)
    found = next((each for each in standing if each.pk == portfolio.pk), None)
    if found is None:
        raise Refused.because("gone", f"The portfolio “{portfolio}” was removed meanwhile.")
    return found, standing


def _refuse_wrong(
    company: Company, name: str, rule: Rule, collector: User, *, others: Sequence[Portfolio]
) -> None:
    wrong = name_problems(name, other_names=[other.name for other in others], noun="portfolio")
    wrong += _may_not_collect(company, collector) + conditions.problems(rule)
    if wrong:
        raise Refused(wrong)


def _may_not_collect(company: Company, user: User) -> list[Problem]:
    if collectors_of(company).filter(pk=user.pk).exists():
        return []
    who = "only active collectors and managers who may see it can"
    return [Problem("collector", f"{user} cannot look after customers of {company}: {who}.")]


def _write_order(standing: Sequence[Portfolio]) -> None:
    for position, portfolio in enumerate(standing, start=1):
        portfolio.position = position
    Portfolio.objects.bulk_update(standing, ["position"])


def _record(portfolio: Portfolio, verb: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    facts = {"portfolio": portfolio.pk}
    events.record(f"portfolio.{verb}", summary, company=portfolio.company, facts=facts, by=by, at=at)
