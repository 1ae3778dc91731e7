"""Orders as they come in, change and end. They are stated by the system that takes orders; each is checked
when it comes in.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from collections_app.activity import events
from collections_app.holds import checks, letters_overtaken, rounds, telling
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import ordering
from collections_app.holds.rules.ordering import Ending, Moment, OrderState, Stated
from collections_app.holds.rules.releasing import ReleaseState
from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User


@dataclass(frozen=True, slots=True)
class Taken:
    """An order that came in, whether it is new or changed, and the hold that stands, if any."""

    order: Order
    is_new: bool
    is_changed: bool
    hold: Hold | None


def take_in(*, customer: Customer, stated: Stated, by: User | None, at: dt.datetime) -> Taken:
    """Take an order as it is stated, new, changed or ended, and check it. The same again changes nothing, and
    what a system leaves out of an order that is known stays. Raises ``Refused`` with every problem; ``by`` is
    None for another system.
    """
    require(by, Deed.IMPORT_LEDGER)
    company = customer.company
    with checks.holding([customer.pk]):
        known = Order.objects.filter(company=company, number=stated.number.strip()).first()
        if known is not None:
            stated = replace(stated, **{name: getattr(known, name) for name in stated.left_out})
        problems = ordering.problems_of(stated)
        if known is not None and known.customer_id != customer.pk:
            text = f"Order {known.number} is known as one of {known.customer}, and stays theirs."
            problems.append(Problem("customer", text))
        if known is not None and not known.is_in_hand and stated.state == OrderState.IN_HAND:
            text = f"Order {known.number} was {known.state} already. A new order needs a new number."
            problems.append(Problem("state", text))
        if problems:
            raise Refused(problems)
        values = _values(customer, stated)
        if known is None:
            return _new(customer, values, by=by, at=at)
        before = {name: getattr(known, name) for name in values}
        if before == values:
            return Taken(known, is_new=False, is_changed=False, hold=_standing(known))
        for name, value in values.items():
            setattr(known, name, value)
        known.changed_at = at
        known.save()
        if not known.is_in_hand:
            end_all([known], by=by, at=at)
            _make_room(customer, by=by, at=at)
            return Taken(known, is_new=False, is_changed=True, hold=None)
        taken = _changed(known, before, by=by, at=at)
        _make_room(customer, by=by, at=at)
        return taken


def by_number(*, company: Company, number: str) -> Order:
    """The order with that number, for a door that was given one in words. Raises ``Refused`` when there is
    none.
    """
    order = Order.objects.select_related("company", "customer").filter(company=company, number=number).first()
    if order is None:
        raise Refused.because("unknown_order", f"{company.name} has no order with the number “{number}”.")
    return order


def _new(customer: Customer, values: dict[str, Any], *, by: User | None, at: dt.datetime) -> Taken:
    made = Order.objects.create(
        company=customer.company, customer=customer, received_at=at, changed_at=at, **values
    )
    if not made.is_in_hand:
        return Taken(made, is_new=True, is_changed=False, hold=None)
    checks.recheck(
        company=made.company,
        customers=[customer.pk],
        orders=[made.pk],
        moment=Moment.ENTRY,
        said=f"{rounds.told(made)} came in",
        by=by,
        at=at,
    )
    made.refresh_from_db()
    return Taken(made, is_new=True, is_changed=False, hold=_standing(made))


def _changed(order: Order, before: dict[str, Any], *, by: User | None, at: dt.datetime) -> Taken:
    """Checked again; one event tells what changed and what came of it."""
    was = money.shown(before["amount"], before["currency"])
    said = f"{rounds.told(order)} came in changed (before {was})"
    changed = checks.recheck(
        company=order.company,
        customers=[order.customer_id],
        orders=[order.pk],
        moment=Moment.ENTRY,
        said=said,
        by=by,
        at=at,
    )
    hold = _standing(order)
    if hold is not None and not changed:
        summary, facts = f"{said}: it waits as before", {"order": order.number}
        events.record(
            "order.changed",
            summary,
            company=order.company,
            customer=order.customer,
            facts=facts,
            by=by,
            at=at,
        )
    order.refresh_from_db()
    return Taken(order, is_new=False, is_changed=True, hold=hold)


def _make_room(customer: Customer, *, by: User | None, at: dt.datetime) -> None:
    """What an order that ended, shrank or waits now took of a limit, others may take."""
    checks.recheck_waiting(
        company=customer.company, customers=[customer.pk], moment=Moment.ENTRY, by=by, at=at
    )


def end_all(ended: Sequence[Order], *, by: User | None, at: dt.datetime) -> None:
    """Delivered or cancelled: nothing is held, asked for or released any more. One event an order."""
    with transaction.atomic():
        ids = [order.pk for order in ended]
        held = Hold.objects.standing().filter(order__in=ids)
        letters_overtaken.by_ends(list(held.values_list("pk", flat=True)), by=by, at=at)
        letters_overtaken.by_holds(ids, by=by, at=at)
        held.update(ended_at=at, ending=Ending.ORDER_ENDED)
        for state in sorted({order.state for order in ended}):
            releases = Release.objects.filter(order__in=[each.pk for each in ended if each.state == state])
            because = f"The order was {state}."
            releases.waiting().update(state=ReleaseState.LAPSED, ended_at=at, because=because)
            releases.granted().update(state=ReleaseState.ENDED, ended_at=at, because=because)
        telling.over(ended, at=at)
        events.Event.objects.bulk_create([_ended(order, by=by, at=at) for order in ended])


def _ended(order: Order, *, by: User | None, at: dt.datetime) -> events.Event:
    return events.Event(
        company_id=order.company_id,
        customer_id=order.customer_id,
        by=by,
        at=at,
        what=f"order.{order.state}",
        summary=f"{rounds.told(order)} was {order.state}"[:500],
        facts={"order": order.number},
    )


def _values(customer: Customer, stated: Stated) -> dict[str, Any]:
    code = stated.salesperson_code.strip()
    ours = User.objects.filter(is_active=True, companies=customer.company)
    named = ours.filter(username__iexact=code).first() if code else None
    return {
        "number": stated.number.strip(),
        "currency": stated.currency,
        "amount": stated.amount,
        "placed_on": stated.placed_on,
        "wanted_on": stated.wanted_on,
        "exemption_class": stated.exemption_class.strip(),
        "salesperson_code": code,
        "salesperson": named or (None if code else customer.salesperson),
        "source": stated.source,
        "state": stated.state,
    }


def _standing(order: Order) -> Hold | None:
    return Hold.objects.standing().filter(order=order).first()
