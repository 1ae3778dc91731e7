"""Whose data a request may touch: the one place where a door asks ``visible_to``. A stranger gets 404."""

import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest

from collections_app.ledger.companies import Company
from collections_app.ledger.customers import Customer
from collections_app.lib.kept_queries import KeptQuery
from collections_app.people.rules import Deed, Role
from collections_app.people.users import User
from collections_app.screens.frame import company_or_404, frame_of
from collections_app.segmentation import assignments


@dataclass(frozen=True, slots=True)
class Scope:
    """Who asks, of which company, and when: what nearly every view hands on."""

    user: User
    company: Company
    today: dt.date
    at: dt.datetime

    @property
    def now(self) -> dt.datetime:
        """The moment in the company's zone."""
        return self.at.astimezone(ZoneInfo(self.company.time_zone))

    @property
    def may_work(self) -> bool:
        """Whether the reader works customers."""
        return self.user.may(Deed.WORK_CUSTOMERS)

    @property
    def sees_credit(self) -> bool:
        """Whether limits, habits and scores are for the reader; salespeople see what is owed, and no more."""
        return self.may_work or self.user.may(Deed.SEE_WHOLE_COMPANY)


def scope_of(request: HttpRequest, *, to: Deed | None = None) -> Scope:
    """The scope of a request. A stranger to the company gets 404, a role that may not do
    the deed ``to`` 403.
    """
    company = company_or_404(request)
    frame = frame_of(request)
    assert isinstance(request.user, User)  # nobody gets past the sign-in page otherwise
    if to and not request.user.may(to):
        raise PermissionDenied("Your role does not do this.")
    return Scope(request.user, company, frame.today, frame.now)


def customer_or_404(scope: Scope, customer_id: int) -> Customer:
    """A customer of the company that the reader may see."""
    asked = _SEEN[Role(scope.user.role)]
    found = asked.first(scope.user.pk, scope.company.pk, customer_id, scope.today)
    if found is None:
        raise Http404("There is no such customer, or they are not yours to see.")
    return found


def _seen(role: Role) -> KeptQuery[Customer]:
    """What users of a role see differs by who they are alone."""

    def written(user: int, company: int, customer: int, today: dt.date) -> QuerySet[Customer]:
        visible = assignments.visible_to(User(pk=user, role=role), today=today)
        found = visible.filter(company=company, pk=customer)
        return found.select_related("company", "parent", "salesperson")

    return KeptQuery(written, "bigint", "bigint", "bigint", "date")


_SEEN = {role: _seen(role) for role in Role}


def reader_of(request: HttpRequest) -> User:
    """Who asks, on a page of their own."""
    assert isinstance(request.user, User)  # nobody gets past the sign-in page otherwise
    return request.user


def administrator_of(request: HttpRequest, *, to: Deed) -> User:
    """Who asks, on a page that belongs to no company. A role that may not do the deed ``to`` gets 403."""
    assert isinstance(request.user, User)  # nobody gets past the sign-in page otherwise
    if not request.user.may(to):
        raise PermissionDenied("Your role does not do this.")
    return request.user
