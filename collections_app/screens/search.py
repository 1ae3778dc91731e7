"""Search: customers by words of name or number, invoices and orders by number; a page, or links for the
palette.
"""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.holds import order_sight
from collections_app.holds.order_rows import Order
from collections_app.ledger.customers import Customer
from collections_app.ledger.invoices import Invoice
from collections_app.lib.beginnings import begins
from collections_app.lib.search_keys import search_key
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
    visible = assignments.visible_to(scope.user, today=scope.today).filter(company=scope.company)
    key = search_key(words)
    customers = visible.first_matching(key, CUSTOMERS_MAX) if key else []
    invoices = Invoice.objects.filter(
        begins("number", words), company=scope.company, customer__in=visible.values("pk")
    )
    ordered = invoices.select_related("customer").order_by("number", "pk")
    seen = order_sight.sight(scope.user, visible)
    orders = Order.objects.filter(seen, begins("number", words), company=scope.company)
    found = orders.select_related("customer").order_by("number", "pk")
    return Found(customers, list(ordered[:INVOICES_MAX]), list(found[:ORDERS_MAX]))


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """What was found for ``q``."""
    scope = scope_of(request)
    words = request.GET.get("q", "").strip()[:LETTERS_MAX]
    context = {"scope": scope, "words": words, "found": find(scope, words), "letters_min": LETTERS_MIN}
    return render_page(request, "search/index.html", context, fragment="palette")


urlpatterns = [path("search/", show, name="search")]
