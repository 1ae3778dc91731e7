"""Who decides about releases, and what a manager lets go alone: never whoever sells to the customer, and
about large orders only the finance director. Reads only.
"""

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from collections_app.holds import rule_versions
from collections_app.holds.checks import Answer
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules.rule_sets import RuleSet
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company, managers_of
from collections_app.ledger.customers import Customer
from collections_app.people.desks import Desk
from collections_app.people.users import User

# By when a request is to be decided, in working days after it was made.
DECIDED_WITHIN_WORKING_DAYS = 1


def of(order: Order, answer: Answer, *, today: dt.date) -> list[User]:
    """Who may release it: managers who do not sell to the customer; above the amount of the rules only
    those at the finance director's desk.
    """
    most = answer.rules.release_amount_max
    is_large = bool(above([order], most, company=order.company, today=today))
    return [
        user
        for user in managers_of(order.company).order_by("full_name", "pk")
        if not sells(user, order) and (not is_large or is_director(user))
    ]


def is_director(user: User) -> bool:
    """Whether ``user`` releases orders of any amount."""
    return user.desk == Desk.FINANCE_DIRECTOR


def above(orders: Sequence[Order], most: Decimal | None, *, company: Company, today: dt.date) -> list[Order]:
    """Those that are larger than ``most`` of the company's currency (None: any goes), or whose currency has
    no rate to tell.
    """
    if most is None:
        return []
    rates = exchange_rates.rates_on(company=company, day=today)
    return [
        each for each in orders if each.currency not in rates or each.amount * rates[each.currency] > most
    ]


def most_alone(user: User, customer: Customer, *, today: dt.date) -> Decimal | None:
    """The largest order of ``customer`` that ``user`` lets go alone, in the company's currency; None for
    any.
    """
    return None if is_director(user) else _rules_of(customer, today).release_amount_max


def sells_to(user: User, customer: Customer) -> bool:
    """Whether ``user`` sells to ``customer``, or took one of their orders in hand."""
    if customer.is_sold_to_by(user):
        return True
    return Order.objects.in_hand().filter(customer=customer, salesperson=user).exists()


def has_asked(user: User, customer: Customer) -> bool:
    """Whether ``user`` waits for the release of an order of ``customer``."""
    return Release.objects.waiting().filter(customer=customer, asked_by=user).exists()


def sells(user: User, order: Order) -> bool:
    """Whether ``user`` sells to the customer or took the order."""
    return user.pk == order.salesperson_id or order.customer.is_sold_to_by(user)


def decided_by(release: Release) -> dt.date:
    """The day by which somebody answers: the next working day, or sooner when it is needed sooner."""
    company = release.company
    usual = next_decision(company, company.today(at=release.asked_at))
    return min(usual, release.needed_on) if release.needed_on else usual


def next_decision(company: Company, day: dt.date) -> dt.date:
    """By when somebody answers what is asked on ``day``."""
    return company.calendar.add(day, DECIDED_WITHIN_WORKING_DAYS)


def _rules_of(customer: Customer, today: dt.date) -> RuleSet:
    company = customer.company
    scopes = rule_versions.in_force(company=company, customers=[customer.pk], day=today)
    return scopes.of(customer.pk, rule_versions.segment_of(customer)).rules
