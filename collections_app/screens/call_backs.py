"""The agreed calls whose minute has come, as a region that every page of a company asks for each minute."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.chase import call_backs
from collections_app.people.rules import Deed
from collections_app.screens.scoping import scope_of


@require_safe
def due(request: HttpRequest, company: str) -> HttpResponse:
    """What is to be called now; an empty region when nothing is."""
    scope = scope_of(request, to=Deed.WORK_CUSTOMERS)
    entries = call_backs.due(user=scope.user, company=scope.company, today=scope.today, at=scope.at)
    return render(request, "call_backs/_due.html", {"scope": scope, "entries": entries})


urlpatterns = [path("call-backs/", due, name="call_backs")]
