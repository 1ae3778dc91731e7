"""Set-up of where a connected system is told of holds and releases, and what it answered."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.lib import clock
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import administrator_of
from collections_app.screens.setup_systems import CREATED, EndpointForm, page_of
from collections_app.systems import deliveries, endpoints
from collections_app.systems.delivery_rows import Delivery
from collections_app.systems.endpoints import Endpoint
from collections_app.systems.rules.delivering import (
    KIND_LABELS,
    STATE_LABELS,
    DeliveryKind,
    DeliveryState,
)
from collections_app.systems.system_rows import System

DELIVERIES_SHOWN = 50
TONES = {DeliveryState.WAITING: "info", DeliveryState.DELIVERED: "good", DeliveryState.GIVEN_UP: "bad"}


@require_POST
def make(request: HttpRequest, system_id: int) -> HttpResponse:
    """A new address. The secret with which we sign stands on this answer."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    system = get_object_or_404(System, pk=system_id)
    form = EndpointForm(request.POST)
    if not form.is_valid():
        return page_of(request, system, status=UNPROCESSABLE, endpoint_form=form)
    try:
        made = endpoints.make(
            system,
            address=form.cleaned_data["address"],
            allows_loopback=settings.WEBHOOKS_TO_LOOPBACK,
            by=user,
            at=clock.now(),
        )
    except Refused as refused:
        again = {"endpoint_form": form, "endpoint_problems": refused.problems}
        return page_of(request, system, status=UNPROCESSABLE, **again)
    return page_of(request, system, status=CREATED, new_endpoint=made)


@require_safe
def show(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """One address: what it was told last, and what it answered."""
    administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    endpoint = get_object_or_404(Endpoint.objects.select_related("system"), pk=endpoint_id)
    found = Delivery.objects.filter(endpoint=endpoint).select_related("order").order_by("-pk")
    rows = [
        {
            "delivery": each,
            "kind": KIND_LABELS[DeliveryKind(each.kind)],
            "state": STATE_LABELS[DeliveryState(each.state)],
            "tone": TONES[DeliveryState(each.state)],
        }
        for each in found[:DELIVERIES_SHOWN]
    ]
    is_told = endpoint.ended_at is None and endpoint.system.is_connected
    context = {"endpoint": endpoint, "rows": rows, "is_told": is_told, "shown": DELIVERIES_SHOWN}
    return render_page(request, "setup_systems/endpoint.html", context)


@require_POST
def change_secret(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Another secret, which stands on this answer."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    endpoint = get_object_or_404(Endpoint.objects.select_related("system"), pk=endpoint_id)
    try:
        changed = endpoints.change_secret(endpoint, by=user, at=clock.now())
    except Refused as refused:
        return page_of(request, endpoint.system, status=UNPROCESSABLE, endpoint_problems=refused.problems)
    return page_of(request, endpoint.system, status=CREATED, new_endpoint=changed)


@require_POST
def stop(request: HttpRequest, endpoint_id: int) -> HttpResponse:
    """Nothing more is sent there."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    endpoint = get_object_or_404(Endpoint.objects.select_related("system"), pk=endpoint_id)
    endpoints.stop(endpoint, by=user, at=clock.now())
    messages.success(request, f"Nothing is sent to {endpoint} any more.")
    return go_to(request, reverse("setup_system", kwargs={"system_id": endpoint.system_id}))


@require_POST
def send_again(request: HttpRequest, key: UUID) -> HttpResponse:
    """One thing is told once more."""
    user = administrator_of(request, to=Deed.CONNECT_SYSTEMS)
    delivery = get_object_or_404(Delivery, key=key)
    try:
        deliveries.send_again(delivery, by=user, at=clock.now())
    except Refused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, f"Order {delivery.order} is told again within seconds.")
    return go_to(request, reverse("setup_endpoint", kwargs={"endpoint_id": delivery.endpoint_id}))


urlpatterns = [
    path("setup/systems/<int:system_id>/endpoints/", make, name="setup_endpoint_new"),
    path("setup/systems/endpoints/<int:endpoint_id>/", show, name="setup_endpoint"),
    path("setup/systems/endpoints/<int:endpoint_id>/secret/", change_secret, name="setup_endpoint_secret"),
    path("setup/systems/endpoints/<int:endpoint_id>/stop/", stop, name="setup_endpoint_stop"),
    path("setup/systems/deliveries/<uuid:key>/again/", send_again, name="setup_delivery_again"),
]
