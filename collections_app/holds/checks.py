"""Checking orders: what would be decided of one that is only asked about, one in hand, and all of them.

A check at order entry, on release to pick, in the night and after each change of the ledger decides alike; a
hold that facts have cleared ends by itself, one that a person placed only by a person.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from collections_app.holds import exempt_news, facts, held_news, rounds, rule_versions, telling
from collections_app.holds.facts import Known
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rounds import Round
from collections_app.holds.rules import ordering, paying
from collections_app.holds.rules.deciding import decide
from collections_app.holds.rules.facts import Facts
from collections_app.holds.rules.facts import Order as Asked
from collections_app.holds.rules.ordering import Moment
from collections_app.holds.rules.paying import Line
from collections_app.holds.rules.reasons import Decision
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import turns
from collections_app.lib.refusals import Refused
from collections_app.people.users import User

# Customers whose facts are held in memory at a time.
CUSTOMERS_AT_ONCE = 300


@dataclass(frozen=True, slots=True)
class Answer:
    """What is decided of an order and why, and the smallest payment that frees it (None: no payment does)."""

    decision: Decision
    payment: tuple[Line, ...] | None
    facts: Facts
    rules: RuleSet
    rules_id: int | None


def ask(
    *, customer: Customer, amount: Decimal, currency: str = "", exemption_class: str = "", today: dt.date
) -> Answer:
    """What would be decided of an order of ``customer`` if it came in now. Reads only. Raises ``Refused``."""
    currency = currency or customer.currency
    if problems := ordering.problems_of_amount(amount, currency):
        raise Refused(problems)
    known = facts.known_of(company=customer.company, customers=[customer.pk], today=today)[customer.pk]
    return answer_of(known, known.wished(Asked("", currency, amount, exemption_class)))


def explain(order: Order, *, today: dt.date) -> Answer:
    """What would be decided of an order in hand if it were checked now. Reads only."""
    known = facts.known_of(company=order.company, customers=[order.customer_id], today=today)
    return answer_of(known[order.customer_id], known[order.customer_id].about(order))


def answer_of(known: Known, asked: Facts) -> Answer:
    """The decision on ``asked`` by the rules that stand for the customer."""
    rules = known.in_force.rules
    decision = decide(asked, rules)
    payment = paying.smallest_payment(asked, rules)
    return Answer(decision, payment, asked, rules, known.in_force.version_id)


def check(order: Order, *, moment: Moment, by: User | None = None, at: dt.datetime) -> Hold | None:
    """Decide on one order in hand, hold it or free it; the hold that stands afterwards, if any. Another check
    with the same facts changes nothing.
    """
    recheck(
        company=order.company, customers=[order.customer_id], orders=[order.pk], moment=moment, by=by, at=at
    )
    order.refresh_from_db()
    return Hold.objects.standing().filter(order=order).first()


def recheck(
    *,
    company: Company,
    customers: Sequence[int] | None = None,
    orders: Sequence[int] | None = None,
    moment: Moment,
    said: str = "",
    by: User | None = None,
    at: dt.datetime,
) -> int:
    """Decide again on the orders in hand of ``company`` (of customers, or only those orders, by their ids);
    how many were held or freed. A second run changes nothing.

    1. Customers are taken in order of their ids, some hundreds at a time.
    2. Of each the orders are decided on as they came in: who goes first takes the limit first.
    """
    today = company.today(at=at)
    in_hand = Order.objects.in_hand().filter(company=company)
    if customers is not None:
        in_hand = in_hand.filter(customer__in=customers)
    if orders is not None:
        in_hand = in_hand.filter(pk__in=orders)
    ids = list(in_hand.order_by("customer").values_list("customer", flat=True).distinct())
    if not ids:
        return 0
    rule_versions.ensure_default(company=company, by=None, at=at)
    changed = 0
    for start in range(0, len(ids), CUSTOMERS_AT_ONCE):
        some = ids[start : start + CUSTOMERS_AT_ONCE]
        with holding(some):
            this = Round(moment, today, at, by=by, said=said)
            changed += _decide_all(this, company, some, list(in_hand.filter(customer__in=some).in_order()))
    return changed


def free(*, company: Company, at: dt.datetime) -> int:
    """Free at once what the ledger frees by now: the orders of ``company`` that wait are decided on again;
    how many were freed. A hold that a person placed stays.
    """
    waiting = list(Hold.objects.standing().filter(company=company).values_list("order", flat=True))
    return recheck(company=company, orders=waiting, moment=Moment.PAYMENT, at=at) if waiting else 0


def recheck_waiting(
    *, company: Company, customers: Sequence[int], moment: Moment, by: User | None = None, at: dt.datetime
) -> int:
    """Decide again on what waits of ``customers`` and of those who share a limit with them: an order that
    ended, shrank or waits now leaves room for others. How many were freed. Within ``holding``.
    """
    circles = facts.circles_of(customers)
    everybody = {*customers, *(member for members in circles.values() for member in members)}
    waiting = Hold.objects.standing().filter(company=company, customer__in=everybody)
    orders = list(waiting.values_list("order", flat=True))
    return recheck(company=company, orders=orders, moment=moment, by=by, at=at) if orders else 0


@contextmanager
def following(customer: Customer, *, by: User | None, at: dt.datetime) -> Iterator[None]:
    """What is agreed with ``customer`` meanwhile decides at once about their orders in hand. Nearly everybody
    has none, and is asked nothing more.
    """
    if not Order.objects.in_hand().filter(company=customer.company_id, customer=customer).exists():
        with transaction.atomic():
            yield
        return
    with holding([customer.pk]):
        yield
        company, whose = customer.company, [customer.pk]
        recheck(company=company, customers=whose, moment=Moment.AGREED, by=by, at=at)
        recheck_waiting(company=company, customers=whose, moment=Moment.AGREED, by=by, at=at)


@contextmanager
def holding(customers: Sequence[int]) -> Iterator[None]:
    """Nobody else decides on orders of these customers meanwhile, nor on others of their groups, who use up
    the same limit: the turn for groups first, then all of them in order of their ids.
    """
    with transaction.atomic():
        circles = facts.circles_of(customers)
        for top in sorted(circles):
            turns.take("hold group", top)
        everybody = {*customers, *(member for members in circles.values() for member in members)}
        locking = Customer.objects.filter(pk__in=everybody).order_by("pk")
        list(locking.select_for_update(no_key=True).values_list("pk"))
        yield


def _decide_all(this: Round, company: Company, customers: Sequence[int], orders: Sequence[Order]) -> int:
    known = facts.known_of(company=company, customers=customers, today=this.today)
    ids = [order.pk for order in orders]
    standing = rounds.by_order(list(Hold.objects.standing().filter(order__in=ids)))
    released = Release.objects.filter(order__in=ids).select_related("asked_by", "decided_by", "promise")
    granted, asked = (rounds.by_order(list(each)) for each in (released.granted(), released.waiting()))
    for order in orders:
        this.decide(
            order,
            known[order.customer_id],
            hold=standing.get(order.pk),
            granted=granted.get(order.pk),
            asked=asked.get(order.pk),
        )
    changed = this.write()
    telling.freed(company=company, ended=this.ended, by=this.by, at=this.at)
    held_news.held(company, this.new, ended=this.over, by=this.by, at=this.at)
    exempt_news.exempted(company, this.exempt, by=this.by, at=this.at)
    return changed
