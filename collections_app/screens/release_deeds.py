"""Deeds on the page of an order: asking for its release and taking that back, deciding, and being told."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from collections_app.holds import customer_letters, releases, watches
from collections_app.holds.order_rows import Order
from collections_app.holds.release_rows import Release
from collections_app.holds.rules import releasing
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.held_orders import address, order_or_404, page
from collections_app.screens.hold_forms import DeclineForm, GrantForm, LetterForm, ReleaseForm
from collections_app.screens.htmx import UNPROCESSABLE, go_to
from collections_app.screens.scoping import Scope, customer_or_404, scope_of


@require_POST
def ask(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """Ask that an order goes although it is on hold."""
    scope = scope_of(request, to=Deed.ASK_RELEASE)
    order = order_or_404(scope, order_id)
    form = ReleaseForm(request.POST, customer=order.customer)
    if not form.is_valid():
        return page(request, scope, order, typed={"ask": form}, status=UNPROCESSABLE)
    try:
        releases.ask(order, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refusal:
        return page(
            request, scope, order, typed={"ask": form}, problems=refusal.problems, status=UNPROCESSABLE
        )
    messages.success(request, "It is asked. You are told as soon as somebody has decided.")
    return go_to(request, address(order, company))


@require_POST
def withdraw(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """It is not needed any more."""
    scope = scope_of(request, to=Deed.ASK_RELEASE)
    order = order_or_404(scope, order_id)
    try:
        releases.withdraw(_newest(order), by=scope.user, at=scope.at)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "Nobody is asked any more.")
    return go_to(request, address(order, company))


@require_POST
def grant(request: HttpRequest, company: str, release_id: int) -> HttpResponse:
    """Let an order go for some days."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    release = _release(scope, release_id)
    form = GrantForm(request.POST)
    if not form.is_valid():
        return page(request, scope, release.order, typed={"grant": form}, status=UNPROCESSABLE)
    try:
        releases.grant(release, **form.cleaned_data, by=scope.user, at=scope.at)
    except Refused as refusal:
        return page(
            request,
            scope,
            release.order,
            typed={"grant": form},
            problems=refusal.problems,
            status=UNPROCESSABLE,
        )
    said = f"Order {release.order} goes until {release.until:%-d %B}. {release.asked_by} is told."
    messages.success(request, said)
    return go_to(request, address(release.order, company))


@require_POST
def decline(request: HttpRequest, company: str, release_id: int) -> HttpResponse:
    """Leave an order on hold, with words that are read for courtesy once before they are told."""
    scope = scope_of(request, to=Deed.RELEASE_ORDERS)
    release = _release(scope, release_id)
    form = DeclineForm(request.POST)
    if not form.is_valid():
        return page(request, scope, release.order, typed={"decline": form}, status=UNPROCESSABLE)
    words, as_it_is = form.cleaned_data["words"], "as_it_is" in request.POST
    try:
        releases.decline(release, words=words, as_it_is=as_it_is, by=scope.user, at=scope.at)
    except Refused as refusal:
        asked = {problem.code for problem in refusal.problems} == {"courtesy"}
        return page(
            request,
            scope,
            release.order,
            typed={"decline": form},
            problems=() if asked else refusal.problems,
            findings=releasing.blame_in(words) if asked else (),
            status=UNPROCESSABLE,
        )
    messages.success(request, f"{release.asked_by} is told, with your reason and our thanks for asking.")
    return go_to(request, address(release.order, company))


@require_POST
def write(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """Make the letter to the customer ready to leave."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    order = order_or_404(scope, order_id)
    customer_or_404(scope, order.customer_id)
    form = LetterForm(request.POST, customer=order.customer)
    if not form.is_valid():
        return page(request, scope, order, typed={"letter": form}, status=UNPROCESSABLE)
    contact = form.cleaned_data["contact"]
    try:
        made = customer_letters.prepare(order, contact=contact, by=scope.user, at=scope.at)
    except Refused as refusal:
        typed = {"letter": form}
        return page(request, scope, order, typed=typed, problems=refusal.problems, status=UNPROCESSABLE)
    messages.success(request, f"The letter to {made.to_name} is ready: read it, then send it.")
    return go_to(request, reverse("message", kwargs={"company": company, "message_id": made.pk}))


@require_POST
def watch(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """Tell the reader when an order is free."""
    scope = scope_of(request)
    order = order_or_404(scope, order_id)
    try:
        watches.begin(order, by=scope.user, at=scope.at)
    except Refused as refusal:
        messages.info(request, str(refusal))
    else:
        how = "by email and on your home page" if scope.user.email else "on your home page"
        messages.success(request, f"You are told {how} as soon as {order} is free.")
    return go_to(request, address(order, company))


@require_POST
def unwatch(request: HttpRequest, company: str, order_id: int) -> HttpResponse:
    """They need not be told any more."""
    scope = scope_of(request)
    order = order_or_404(scope, order_id)
    watches.end(order, by=scope.user)
    messages.success(request, "You are not told about it any more.")
    return go_to(request, address(order, company))


def _newest(order: Order) -> Release:
    return get_object_or_404(Release.objects.filter(order=order).order_by("-pk")[:1])


def _release(scope: Scope, release_id: int) -> Release:
    """A request about an order that the reader may see."""
    found = Release.objects.select_related("company", "asked_by", "hold", "promise")
    release = get_object_or_404(found.filter(company=scope.company), pk=release_id)
    release.order = order_or_404(scope, release.order_id)
    release.customer = release.order.customer
    return release


urlpatterns = [
    path("holds/orders/<int:order_id>/ask/", ask, name="order_ask"),
    path("holds/orders/<int:order_id>/withdraw/", withdraw, name="order_withdraw"),
    path("holds/orders/<int:order_id>/letter/", write, name="order_letter"),
    path("holds/orders/<int:order_id>/watch/", watch, name="order_watch"),
    path("holds/orders/<int:order_id>/unwatch/", unwatch, name="order_unwatch"),
    path("holds/releases/<int:release_id>/grant/", grant, name="release_grant"),
    path("holds/releases/<int:release_id>/decline/", decline, name="release_decline"),
]
