"""Checking orders: what would be decided of one that is only asked about, one in hand, and all of them.

A check at order entry, on release to pick, in the night and after each change of the ledger decides alike; a
hold that facts have cleared ends by itself, one that a person placed only by a person.
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django.db import connection, transaction

from collections_app.holds import exempt_news, facts, held_news, rounds, rule_versions, telling
from collections_app.holds.facts import Known
from collections_app.holds.hold_rows import Hold
from collections_app.holds.news import Heard
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
from collections_app.lib.kept_queries import KeptRows
from collections_app.lib.refusals import Refused
from collections_app.people.users import User

# Customers whose facts are held in memory at a time.
CUSTOMERS_AT_ONCE = 300
# Checks that are no part of a deed: a deed looks itself at what it leaves room for.
_BY_ITSELF = (Moment.PICK, Moment.NIGHT)


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
    payment = paying.smallest_payment(asked, rules, decision=decision)
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
    heard: Heard | None = None,
    by: User | None = None,
    at: dt.datetime,
) -> int:
    """Decide again on the orders in hand of ``company`` (of customers, or only those orders, by their ids);
    how many were held or freed. A second run changes nothing.

    1. Customers are taken in order of their ids, some hundreds at a time.
    2. Of each the orders are decided on as they came in: who goes first takes the limit first.
    3. Notices are written with what they tell of; emails with the last of it, one a reader, or when it ends
       before its time. Whoever gathers several of these in ``heard`` writes the emails (``write_news``).
    4. Where this is no part of a deed, what waits beside an order that is held now has the room it leaves.
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
    changed, told, newly = 0, Heard(), set[int]()
    try:
        for start in range(0, len(ids), CUSTOMERS_AT_ONCE):
            some, news = ids[start : start + CUSTOMERS_AT_ONCE], Heard()
            with holding(some):
                this = Round(moment, today, at, by=by, said=said)
                orders_of = list(in_hand.filter(customer__in=some).in_order())
                changed += _decide_all(this, company, some, orders_of, news)
                if heard is None and some[-1] == ids[-1]:
                    write_news(company, told.plus(news), by=by, at=at)
            told = told.plus(news)
            newly |= {hold.customer_id for hold in this.new}
    except Exception:
        # What was committed in between is told of; within a deed nothing was.
        if heard is None and not connection.in_atomic_block:
            with transaction.atomic():
                write_news(company, told, by=by, at=at)
        raise
    if heard is not None:
        heard.add(told)
    if newly and moment in _BY_ITSELF and (beside := _beside(company, sorted(newly))):
        changed += recheck(company=company, orders=beside, moment=moment, by=by, at=at)
    return changed


def _beside(company: Company, customers: Sequence[int]) -> list[int]:
    """Orders (ids) that wait beside another of their customer or group: what one leaves another may take."""
    circles = facts.circles_of(customers)
    tops = {member: top for top, members in circles.items() for member in members}
    waiting = Hold.objects.standing().filter(company=company, customer__in={*customers, *tops})
    by_limit: dict[int, list[int]] = {}
    for order, customer in waiting.values_list("order", "customer").order_by("order"):
        by_limit.setdefault(tops.get(customer, customer), []).append(order)
    return [order for some in by_limit.values() if len(some) > 1 for order in some]


def write_news(company: Company, heard: Heard, *, by: User | None, at: dt.datetime) -> None:
    """One email a reader about all that was held, and one about all that goes because of its class."""
    held_news.write(company, heard.held, by=by, at=at)
    exempt_news.write(company, heard.exempt, by=by, at=at)


def free(
    *,
    company: Company,
    customers: Sequence[int] | None = None,
    moment: Moment = Moment.PAYMENT,
    at: dt.datetime,
) -> int:
    """Free at once what the ledger frees by now: the orders of ``company`` that wait are decided on again;
    how many were freed. A hold that a person placed stays. ``customers`` (ids) are those of whom there is
    something new; then only they and who shares a limit with them are looked at.
    """
    if customers is not None:
        return recheck_waiting(company=company, customers=customers, moment=moment, at=at)
    waiting = list(Hold.objects.standing().filter(company=company).values_list("order", flat=True))
    return recheck(company=company, orders=waiting, moment=moment, at=at) if waiting else 0


def recheck_waiting(
    *, company: Company, customers: Sequence[int], moment: Moment, by: User | None = None, at: dt.datetime
) -> int:
    """Decide again on what waits of ``customers`` and of those who share a limit with them: an order that
    ended, shrank or waits now leaves room for others. How many were freed. Within ``holding``, where it is
    part of a deed.
    """
    circles = facts.circles_of(customers)
    everybody = {*customers, *(member for members in circles.values() for member in members)}
    waiting = Hold.objects.standing().filter(company=company, customer__in=everybody)
    orders = list(waiting.values_list("order", flat=True))
    return recheck(company=company, orders=orders, moment=moment, by=by, at=at) if orders else 0


_ANY_IN_HAND = KeptRows(
    lambda company, customer: (
        Order.objects.in_hand().filter(company=company, customer=customer).values_list("pk")[:1]
    ),
    "bigint", "bigint",
)  # fmt: skip


@contextmanager
def following(customer: Customer, *, by: User | None, at: dt.datetime) -> Iterator[None]:
    """What is agreed with ``customer`` meanwhile decides at once about their orders in hand. Nearly everybody
    has none, and is asked nothing more.
    """
    whose = (customer.company_id, customer.pk)
    if not _ANY_IN_HAND.of(*whose):
        with transaction.atomic():
            yield
            # One that came in before the deed took the customer was decided on as if there were no deed.
            if _ANY_IN_HAND.of(*whose):
                transaction.on_commit(partial(_recheck_agreed, customer, by, at), robust=True)
        return
    with holding([customer.pk]):
        yield
        _recheck_agreed(customer, by, at)


def _recheck_agreed(customer: Customer, by: User | None, at: dt.datetime) -> None:
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


def _decide_all(
    this: Round, company: Company, customers: Sequence[int], orders: Sequence[Order], heard: Heard
) -> int:
    known = facts.known_of(company=company, customers=customers, today=this.today)
    ids = [order.pk for order in orders]
    standing = rounds.by_order(list(Hold.objects.standing().filter(order__in=ids)))
    released = Release.objects.filter(order__in=ids).select_related("asked_by", "decided_by", "promise")
    granted, asked = (rounds.by_order(list(each)) for each in (released.granted(), released.waiting()))
    if this.moment == Moment.PICK:
        this.let_go = rounds.let_go_before(orders)
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
    heard.held += held_news.held(company, this.new, ended=this.over, at=this.at)
    heard.exempt += exempt_news.exempted(company, this.exempt, at=this.at)
    return changed
