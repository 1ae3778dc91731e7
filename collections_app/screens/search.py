"""Search: customers by words of name or number, invoices and orders by number; a page, or links for the
palette.
"""

import datetime as dt
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.holds import order_sight
from collections_app.holds.order_rows import Order
from collections_app.ledger.customers import Customer, CustomerQuerySet, beginnings, middles
from collections_app.ledger.invoices import Invoice
from collections_app.lib.beginnings import begins
from collections_app.lib.kept_queries import KeptQuery
from collections_app.lib.search_keys import search_key
from collections_app.people.rules import Role
from collections_app.people.users import User
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import assignments

CUSTOMERS_MAX = 8
INVOICES_MAX = 8
ORDERS_MAX = 8
LETTERS_MIN = 2
LETTERS_MAX = 100


@dataclass(frozen=True, slots=True)
class Found:
    """What fits the words."""

    customers: list[Customer]
    invoices: list[Invoice]
    orders: list[Order]


def find(scope: Scope, words: str) -> Found:
    """Only what the reader may see. Invoices and orders are found by the beginning of their number, as it is
    written.
    """
    if len(words) < LETTERS_MIN:
        return Found([], [], [])
    asked, key = _ASKED[Role(scope.user.role)], search_key(words)
    who = (scope.user.pk, scope.company.pk, scope.today)
    return Found(
        (asked.begun.of(*who, beginnings(key)) or asked.held.of(*who, middles(key))) if key else [],
        asked.invoices.of(*who, words),
        asked.orders.of(*who, words),
    )


class _Asked:
    """What is asked for people of a role, who differ by who they are alone."""

    def __init__(self, role: Role) -> None:
        def visible(user: int, company: int, today: dt.date) -> CustomerQuerySet:
            return assignments.visible_to(User(pk=user, role=role), today=today).filter(company=company)

        def begun(user: int, company: int, today: dt.date, asked: str) -> CustomerQuerySet:
            return _first(visible(user, company, today).beginning(asked))

        def held(user: int, company: int, today: dt.date, patterns: list[str]) -> CustomerQuerySet:
            return _first(visible(user, company, today).holding(patterns))

        def invoices(user: int, company: int, today: dt.date, words: str) -> QuerySet[Invoice]:
            theirs = visible(user, company, today).values("pk")
            found = Invoice.objects.filter(begins("number", words), company=company, customer__in=theirs)
            return found.select_related("customer").order_by("number", "pk")[:INVOICES_MAX]

        def orders(user: int, company: int, today: dt.date, words: str) -> QuerySet[Order]:
            seen = order_sight.sight(User(pk=user, role=role), visible(user, company, today))
            found = Order.objects.filter(seen, begins("number", words), company=company)
            return found.select_related("customer").order_by("number", "pk")[:ORDERS_MAX]

        who = ("bigint", "bigint", "date")
        self.begun = KeptQuery(begun, *who, "text")
        self.held = KeptQuery(held, *who, "text[]")
        # By the beginning of a number an index finds nothing unless it is known when that is planned.
        self.invoices = KeptQuery(invoices, *who, "text", is_planned_once=False)
        self.orders = KeptQuery(orders, *who, "text", is_planned_once=False)


def _first(found: CustomerQuerySet) -> CustomerQuerySet:
    return found.order_by("search_key", "pk")[:CUSTOMERS_MAX]


_ASKED = {role: _Asked(role) for role in Role}


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """What was found for ``q``."""
    scope = scope_of(request)
    words = request.GET.get("q", "").strip()[:LETTERS_MAX]
    context = {"scope": scope, "words": words, "found": find(scope, words), "letters_min": LETTERS_MIN}
    return render_page(request, "search/index.html", context, fragment="palette")


urlpatterns = [path("search/", show, name="search")]
