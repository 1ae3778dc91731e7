"""Reminders of one customer: the level and why, what stops them, what comes next, and what was sent."""

from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.dunning import explanations, standings
from collections_app.people.rules import Deed
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import customer_or_404, scope_of


@require_safe
def show(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """How a customer is reminded; for htmx the part that the customer's page opens."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    customer = customer_or_404(scope, customer_id)
    # On a day of rest nobody is reminded; what is of interest then is the next that is worked.
    day = scope.company.calendar.on_or_after(scope.today)
    explained = explanations.explain(customer=customer, today=day)
    context = {
        "scope": scope,
        "customer": customer,
        "explained": explained,
        "after": standings.after(explained),
        "stops": standings.stops_now(explained, at=scope.at),
        "sent": standings.sent_to(customer),
        "may_decide": scope.user.may(Deed.APPROVE_REMINDERS),
    }
    return render_page(request, "reminders/customer.html", context, fragment="standing")


urlpatterns = [path("customers/<int:customer_id>/reminders/", show, name="customer_reminders")]
