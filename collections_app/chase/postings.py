"""Rows that a person puts into the ledger here: amounts given up and taken back, interest charged and given
back. What is next to do and what waits for that money know of it at once, and not next morning.

Each is decided and committed first, in the room that owns it; what follows is derived, and the night derives
it again.
"""

import datetime as dt
from typing import Any

from collections_app.chase import working
from collections_app.dunning import interest_charges, interest_credits
from collections_app.dunning.interest_rows import InterestCharge
from collections_app.holds import taking_effect
from collections_app.ledger.customers import Customer
from collections_app.people.users import User
from collections_app.write_offs import decisions, recoveries
from collections_app.write_offs.rules.proposing import WriteOffState
from collections_app.write_offs.write_off_rows import WriteOff


def approve_write_off(write_off: WriteOff, *, words: str, by: User, at: dt.datetime) -> WriteOff:
    """``decisions.approve``, and what follows once nobody else has to approve it too."""
    done = decisions.approve(write_off, words=words, by=by, at=at)
    if done.state == WriteOffState.APPROVED:
        _follow(done.customer, at=at)
    return done


def take_back_write_off(write_off: WriteOff, *, because: str, by: User, at: dt.datetime) -> WriteOff:
    """``recoveries.take_back``, and what follows."""
    done = recoveries.take_back(write_off, because=because, by=by, at=at)
    _follow(done.customer, at=at)
    return done


def approve_interest(charge: InterestCharge, *, by: User, at: dt.datetime) -> InterestCharge:
    """``interest_charges.approve``, and what follows."""
    done = interest_charges.approve(charge, by=by, at=at)
    _follow(done.customer, at=at)
    return done


def credit_interest(charge: InterestCharge, **given: Any) -> InterestCharge:
    """``interest_credits.credit``, and what follows."""
    done = interest_credits.credit(charge, **given)
    _follow(done.customer, at=given["at"])
    return done


def _follow(customer: Customer, *, at: dt.datetime) -> None:
    """The customer's entry again, and what waits for money of theirs."""
    company = customer.company
    working.refresh_customer(customer, at=at)
    taking_effect.look_again(company=company, customers=[customer.pk], since=company.today(at=at), at=at)
