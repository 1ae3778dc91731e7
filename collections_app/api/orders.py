"""Orders: would one go; take one in; may it be picked; why does it wait."""

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Status

from collections_app.api import decisions, replies
from collections_app.api.entrance import Token, company_of, customer_of, of_now, system_of
from collections_app.api.schemas import (
    Decided,
    Explained,
    Id,
    OrderCheck,
    OrderFilter,
    OrderIn,
    OrderOut,
    Orders,
)
from collections_app.holds import checks, explanations
from collections_app.holds import orders as verbs
from collections_app.holds.explanations import Coming
from collections_app.holds.hold_rows import Hold
from collections_app.holds.order_rows import Order
from collections_app.holds.rules.ordering import SOURCE_LETTERS_MAX, Moment, Stated
from collections_app.ledger.companies import Company
from collections_app.lib import clock, money
from collections_app.lib.refusals import Refused
from collections_app.systems import tellings
from collections_app.systems.rules.scopes import Scope

router = Router(tags=["Orders"])
# What may be left out of an order that is known, and how the order names it.
FIELDS = {
    "currency": "currency",
    "placed_on": "placed_on",
    "wanted_on": "wanted_on",
    "exemption_class": "exemption_class",
    "salesperson": "salesperson_code",
}


@router.post("/{company}/order-checks", response=replies.asking(Decided), auth=Token(Scope.CHECK_ORDERS))
def check_order(request: HttpRequest, company: str, asked: OrderCheck) -> Any:
    """Would an order go if it came in now? Changes nothing, and is answered anew under the same key too."""
    of_now(request)
    customer = customer_of(request, company, asked.customer)
    # In no transaction: to begin and to end one would be two more ways to the database and back, and a few
    # statements that each see what is committed see no more than they would in one.
    found = checks.ask(
        customer=customer,
        amount=asked.amount,
        currency=asked.currency or "",
        exemption_class=asked.exemption_class,
        today=customer.company.today(at=clock.now()),
    )
    return decisions.told(found, system_of(request))


@router.post("/{company}/orders", response=replies.making(OrderOut), auth=Token(Scope.WRITE_ORDERS))
def place_order(request: HttpRequest, company: str, stated: OrderIn) -> Any:
    """State an order, new, changed or ended. It is checked at once; the same again changes nothing. What is
    left out of an order that is known stays; ``null`` or an empty text says that there is none.
    """
    at, system = clock.now(), system_of(request)
    customer = customer_of(request, company, stated.customer)
    ours = customer.company
    taken = verbs.take_in(
        customer=customer,
        stated=Stated(
            number=stated.number,
            amount=stated.amount,
            currency=stated.currency or customer.currency,
            placed_on=stated.placed_on or ours.today(at=at),
            state=stated.state,
            wanted_on=stated.wanted_on,
            exemption_class=stated.exemption_class or "",
            salesperson_code=stated.salesperson or "",
            source=system.name[:SOURCE_LETTERS_MAX],
            left_out=_left_out(stated),
        ),
        by=None,
        at=at,
    )
    status = HTTPStatus.CREATED if taken.is_new else HTTPStatus.OK
    return Status(status, decisions.order(taken.order, taken.hold, system))


@router.get("/{company}/orders", response=replies.reading(Orders), auth=Token(Scope.READ_ORDERS))
def list_orders(request: HttpRequest, company: str, asked: Query[OrderFilter]) -> Any:
    """Orders by number, of a customer, or those that wait; the oldest first."""
    found = Order.objects.filter(company=company_of(request, company)).select_related("customer")
    if asked.number is not None:
        found = found.filter(number=asked.number)
    if asked.customer is not None:
        found = found.filter(customer__number=asked.customer)
    if asked.on_hold is not None:
        waiting = Hold.objects.standing().values("order")
        found = found.filter(pk__in=waiting) if asked.on_hold else found.exclude(pk__in=waiting)
    if asked.after is not None:
        found = found.filter(pk__gt=asked.after)
    limit = asked.limit
    rows = list(found.order_by("pk")[: limit + 1])
    holds = {hold.order_id: hold for hold in Hold.objects.standing().filter(order__in=[o.pk for o in rows])}
    system = system_of(request)
    return {
        "orders": [decisions.order(order, holds.get(order.pk), system) for order in rows[:limit]],
        "next": rows[limit - 1].pk if len(rows) > limit else None,
    }


@router.get("/{company}/orders/{order_id}", response=replies.reading(OrderOut), auth=Token(Scope.READ_ORDERS))
def read_order(request: HttpRequest, company: str, order_id: Id) -> Any:
    """One order, and whether it waits."""
    order = order_of(company_of(request, company), order_id)
    return decisions.order(order, _standing(order), system_of(request))


@router.post(
    "/{company}/orders/{order_id}/checks", response=replies.asking(OrderOut), auth=Token(Scope.WRITE_ORDERS)
)
def check_before_picking(request: HttpRequest, company: str, order_id: Id) -> Any:
    """Check an order before it is picked: it is held or freed as things are now, also when it is asked again
    under the same key. Pick it when ``on_hold`` is false.
    """
    of_now(request)
    order = order_of(company_of(request, company), order_id)
    hold = checks.check(order, moment=Moment.PICK, at=clock.now()) if order.is_in_hand else None
    return decisions.order(order, hold, system_of(request))


@router.get(
    "/{company}/orders/{order_id}/explanation",
    response=replies.reading(Explained),
    auth=Token(Scope.READ_ORDERS),
)
def explain_order(request: HttpRequest, company: str, order_id: Id) -> Any:
    """Why an order waits, as things are now; the smallest payment that frees it; who decides, and by when."""
    system, ours = system_of(request), company_of(request, company)
    found = explanations.of(order_of(ours, order_id), today=ours.today(at=clock.now()))
    return {
        "order": decisions.order(found.order, found.hold, system),
        "standing": found.state,
        "decision": decisions.told(found.answer, system),
        "counted": [_coming(each) for each in found.counted],
        "promised": [_coming(each) for each in found.promised],
        "deciders": [str(user) for user in found.deciders],
        "decided_by": found.decided_by,
        "release": tellings.release(found.release) if found.release else None,
    }


def order_of(company: Company, order_id: int) -> Order:
    """An order of the company. Raises ``Refused`` when there is none."""
    found = Order.objects.select_related("company", "customer").filter(company=company, pk=order_id).first()
    if found is None:
        raise Refused.because("unknown_order", f"{company.name} has no order with the id {order_id}.")
    return found


def _left_out(stated: OrderIn) -> frozenset[str]:
    """What was not stated, by the names of the order's fields. It has a currency and a day in any case."""
    always = {name for name in ("currency", "placed_on") if getattr(stated, name) is None}
    unsaid = {name: field for name, field in FIELDS.items() if name not in stated.model_fields_set}
    return frozenset(always | set(unsaid.values()))


def _standing(order: Order) -> Hold | None:
    return Hold.objects.standing().filter(order=order).first()


def _coming(each: Coming) -> dict[str, Any]:
    amount = money.text(each.amount, each.currency)
    return {"currency": each.currency, "amount": amount, "invoice": each.number or None, "by": each.by}
