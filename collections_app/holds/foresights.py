"""Which customers' orders will go on hold within some days if nothing is paid until then, and on which day;
and which orders wait again when their release has ended. Reads only.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet

from collections_app.holds import facts, rule_versions
from collections_app.holds.checks import CUSTOMERS_AT_ONCE
from collections_app.holds.facts import Known
from collections_app.holds.foreseen_rows import ForeseenHold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rule_versions import Scopes
from collections_app.holds.rules import foreseeing, paying
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts
from collections_app.holds.rules.foreseeing import DAY, Ahead, Foreseen
from collections_app.holds.rules.paying import Line
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer

DAYS_AHEAD = 14
DAYS_AHEAD_MAX = 92


@dataclass(frozen=True, slots=True)
class Warned:
    """One customer (id), the day and the reasons, and what would have to be paid before it (None: no payment
    does); with a ``release`` it is that one order of theirs, which goes until then.
    """

    customer_id: int
    foreseen: Foreseen
    payment: tuple[Line, ...] | None
    release: Release | None = None


@transaction.atomic
def coming(
    *,
    company: Company,
    customers: Sequence[int] | None = None,
    today: dt.date,
    within_days: int = DAYS_AHEAD,
) -> list[Warned]:
    """Those of ``customers`` (ids; None for all whom it concerns) who are not held today and will be, and
    their orders whose release ends, the soonest first.
    """
    ids = concerned(company) if customers is None else sorted(customers)
    scopes = rule_versions.ahead(company=company, today=today, within_days=within_days)
    last = today + DAY * within_days
    released = Release.objects.granted().filter(company=company, until__lt=last)
    by_customer: dict[int, list[Release]] = {}
    for each in released.select_related("order", "asked_by", "decided_by").order_by("pk"):
        by_customer.setdefault(each.customer_id, []).append(each)
    found: list[Warned] = []
    for start in range(0, len(ids), CUSTOMERS_AT_ONCE):
        some = ids[start : start + CUSTOMERS_AT_ONCE]
        for known in facts.known_of(company=company, customers=some, today=today).values():
            ahead = _ahead(known, scopes)
            about = known.wished(None)
            if foreseen := foreseeing.first_hold(about, ahead, within_days=within_days):
                found.append(_warned(known, about, foreseen, ahead))
            for release in by_customer.get(known.customer_id, ()):
                found += _ending(known, release, ahead)
    return sorted(found, key=lambda each: (each.foreseen.on, each.customer_id, each.release is not None))


def kept(
    company: Company, *, customers: QuerySet[Customer], today: dt.date, within_days: int = DAYS_AHEAD
) -> list[tuple[dt.date, int]]:
    """Those of ``customers`` (ids) for whom the newest night foresaw a hold, or whose release ends, each with
    the day, in order. What became of it since is for ``coming`` to say, of as many as are looked at.
    """
    whose, last = customers.values("pk"), today + DAY * within_days
    found = ForeseenHold.objects.filter(company=company, customer__in=whose)
    days = dict(found.values_list("customer", "on"))
    released = Release.objects.granted().filter(company=company, customer__in=whose, until__lt=last)
    for customer, until in released.values_list("customer", "until"):
        if until is not None:
            days[customer] = min(until + DAY, days.get(customer, dt.date.max))
    return sorted((on, customer) for customer, on in days.items())


def concerned(company: Company) -> list[int]:
    """Whose orders it is worth to look ahead for (ids, in order): who has one in hand, and who owes something
    and has somebody who sells to them, since their next order would wait as well.
    """
    whose = Customer.objects.filter(company=company)
    in_hand = Order.objects.in_hand().filter(company=company, customer__in=whose.values("pk"))
    sold = whose.filter(salesperson__is_active=True, invoices__open_amount__gt=0)
    return sorted({*in_hand.values_list("customer", flat=True), *sold.values_list("pk", flat=True)})


def _ahead(known: Known, scopes: Sequence[tuple[dt.date, Scopes]]) -> list[Ahead]:
    return [Ahead(day, each.of(known.customer_id, known.segment_code).rules) for day, each in scopes]


def _ending(known: Known, release: Release, ahead: Sequence[Ahead]) -> list[Warned]:
    """The first day after ``release`` on which its order waits again; none where facts have cleared it."""
    if release.until is None:
        return []
    about, on = known.about(release.order), release.until + DAY
    decision = decide(foreseeing.on_day(about, on), foreseeing.rules_on(on, ahead))
    return [_warned(known, about, Foreseen(on, decision), ahead, release)] if decision.is_held else []


def _warned(
    known: Known, about: Facts, foreseen: Foreseen, ahead: Sequence[Ahead], release: Release | None = None
) -> Warned:
    rules = foreseeing.rules_on(foreseen.on, ahead)
    then = foreseeing.on_day(about, foreseen.on)
    payment = paying.smallest_payment(then, rules, decision=foreseen.decision)
    return Warned(known.customer_id, foreseen, payment, release)
