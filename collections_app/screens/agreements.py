"""What was agreed, from the customer's page: a promise is withdrawn."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path
from django.views.decorators.http import require_POST

from collections_app.chase import working
from collections_app.contact.promises import Promise
from collections_app.people.rules import Deed
from collections_app.screens import view_counts
from collections_app.screens.customers import address
from collections_app.screens.htmx import go_to
from collections_app.screens.scoping import customer_or_404, scope_of


@require_POST
def withdraw_promise(request: HttpRequest, company: str, promise_id: int) -> HttpResponse:
    """Take a running promise back; its amount is to be collected again."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    promise = get_object_or_404(Promise.objects.select_related("company", "customer"), pk=promise_id)
    customer_or_404(scope, promise.customer_id)
    view_counts.forget(scope)
    working.withdraw_promise(promise, by=scope.user, at=scope.at)
    messages.success(request, "The promise is withdrawn.")
    return go_to(request, address(promise.customer_id, company))


urlpatterns = [
    path("promises/<int:promise_id>/withdraw/", withdraw_promise, name="promise_withdraw"),
]
