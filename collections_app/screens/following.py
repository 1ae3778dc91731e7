"""That the chase list follows a decision: at once, or in a moment by a worker, which pages then show until
it is done.
"""

import datetime as dt
from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.http import require_safe

from collections_app.chase import regroupings
from collections_app.chase.regroupings import Regrouping
from collections_app.jobs import regroupings as work
from collections_app.ledger.companies import Company
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import Scope, scope_of

# A worker that runs takes what is wanted within a minute; after two somebody should look.
LATE_AFTER = dt.timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Following:
    """How far the chase list is with following; ``is_late`` when no worker has begun for too long."""

    regrouping: Regrouping
    is_late: bool


def followed(scope: Scope) -> AbstractContextManager[None]:
    """The deed inside, and what follows it in the company of the scope."""
    return work.following(company=scope.company, today=scope.today, at=scope.at)


def is_later(companies: Iterable[Company]) -> bool:
    """Whether the chase list of one of ``companies`` waits for a worker."""
    return Regrouping.objects.awaited().filter(company__in=companies).exists()


def sentence(companies: Iterable[Company]) -> str:
    """What to add to what was done: that the chase lists of ``companies`` follow, and when."""
    return "The chase list follows in a moment." if is_later(companies) else "The chase list follows it."


def of(scope: Scope, *, newest: bool = True) -> Following | None:
    """What the company's list does not follow yet, if anything. Without ``newest`` from a memory of some
    seconds, for pages that are looked at all day.
    """
    found = regroupings.newest(scope.company) if newest else regroupings.awaited(scope.company)
    if found is None or not found.is_awaited:
        return None
    return Following(found, is_late=not found.step and scope.at - found.wanted_at > LATE_AFTER)


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The part that a page asks for again until the list follows."""
    scope = scope_of(request)
    if not scope.sees_credit:
        raise Http404("There is no chase list for you.")
    context = {"scope": scope, "following": of(scope), "done": regroupings.newest(scope.company)}
    return render_page(request, "following/show.html", context, fragment="following")


urlpatterns = [path("following/", show, name="following")]
