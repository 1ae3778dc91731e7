"""Who decides about releases: never whoever sells to the customer, and about large orders only the finance
director. Reads only.
"""

import datetime as dt

from collections_app.holds.checks import Answer
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.ledger import exchange_rates
from collections_app.ledger.companies import Company, managers_of
from collections_app.people.desks import Desk
from collections_app.people.users import User

# By when a request is to be decided, in working days after it was made.
DECIDED_WITHIN_WORKING_DAYS = 1


def of(order: Order, answer: Answer, *, today: dt.date) -> list[User]:
    """Who may release it: managers who do not sell to the customer; above the amount of the rules only
    those at the finance director's desk.
    """
    most = answer.rules.release_amount_max
    rate = exchange_rates.rates_on(company=order.company, day=today).get(order.currency)
    is_large = most is not None and (rate is None or order.amount * rate > most)
    return [
        user
        for user in managers_of(order.company).order_by("full_name", "pk")
        if not sells(user, order) and (not is_large or user.desk == Desk.FINANCE_DIRECTOR)
    ]


def sells(user: User, order: Order) -> bool:
    """Whether ``user`` sells to the customer or took the order."""
    return user.pk in (order.salesperson_id, order.customer.salesperson_id)


def decided_by(release: Release) -> dt.date:
    """The day by which somebody answers: the next working day, or sooner when it is needed sooner."""
    company = release.company
    usual = next_decision(company, company.today(at=release.asked_at))
    return min(usual, release.needed_on) if release.needed_on else usual


def next_decision(company: Company, day: dt.date) -> dt.date:
    """By when somebody answers what is asked on ``day``."""
    return company.calendar.add(day, DECIDED_WITHIN_WORKING_DAYS)
