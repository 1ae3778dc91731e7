"""Asking for the release of an order. A system asks for a person; only another person decides."""

import datetime as dt
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid5

from django.http import HttpRequest
from ninja import Router, Status

from collections_app.api import replies
from collections_app.api.entrance import KEY_HEADER, Token, company_of, system_of
from collections_app.api.orders import order_of
from collections_app.api.schemas import Id, ReleaseIn, ReleaseOut, Releases
from collections_app.holds import order_sight
from collections_app.holds import releases as verbs
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.ledger.companies import Company
from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.users import User
from collections_app.systems import tellings
from collections_app.systems.rules.scopes import Scope
from collections_app.systems.system_rows import System

router = Router(tags=["Releases"])
_KEYS = UUID("6f1b6e1e-6f3c-4f0e-9c0b-3a3f0c1f9a55")


@router.get(
    "/{company}/orders/{order_id}/releases",
    response=replies.reading(Releases),
    auth=Token(Scope.READ_ORDERS),
)
def list_releases(request: HttpRequest, company: str, order_id: Id) -> Any:
    """What was asked and decided about an order."""
    order = order_of(company_of(request, company), order_id)
    found = Release.objects.filter(order=order).select_related("asked_by", "decided_by").order_by("-pk")
    return {"releases": [tellings.release(each) for each in found]}


@router.post(
    "/{company}/orders/{order_id}/releases",
    response=replies.making(ReleaseOut),
    auth=Token(Scope.ASK_RELEASES),
)
def ask_for_release(request: HttpRequest, company: str, order_id: Id, asked: ReleaseIn) -> Any:
    """Ask, for a person of ours, that an order on hold goes. A person who may decides in the workbench."""
    at, system, ours = clock.now(), system_of(request), company_of(request, company)
    order = order_of(ours, order_id)
    by = _person(ours, order, asked.asked_by, today=ours.today(at=at))
    made = verbs.ask(
        order,
        reason=asked.reason,
        needed_on=asked.needed_on,
        form_key=_form_key(system, order, request.headers.get(KEY_HEADER)),
        through=system.name,
        by=by,
        at=at,
    )
    return Status(HTTPStatus.CREATED, tellings.release(made))


def _person(company: Company, order: Order, username: str, *, today: dt.date) -> User:
    """A person of the company who may see the order: a system asks for nobody who could not ask here."""
    person = User.objects.filter(username__iexact=username.strip(), is_active=True).first()
    is_ours = person is not None and Company.objects.visible_to(person).filter(pk=company.pk).exists()
    if person is None or not is_ours:
        text = f"Nobody of {company.name} has the username “{username}”."
        raise Refused.because("asked_by", text)
    if not order_sight.visible_to(person, company=company, today=today).filter(pk=order.pk).exists():
        text = f"{person} neither looks after this customer nor took this order, so they cannot ask."
        raise Refused.because("asked_by", text)
    return person


def _form_key(system: System, order: Order, key: str | None) -> UUID | None:
    """Of this order: the same key sent later about another one asks anew."""
    return uuid5(_KEYS, f"{system.pk} {order.pk} {key}") if key else None
