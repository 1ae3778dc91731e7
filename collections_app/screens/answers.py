"""The page behind an answer link: one request, words and files, and nothing else of the product.

Who comes here does not sign in, and a session that happens to be there is not asked. The link is what lets
them in; a token in form and cookie says that the form is ours.
"""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.decorators import decorator_from_middleware
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from collections_app.contact import answer_links, colleague_requests, request_changes
from collections_app.contact.answer_links import Opened, Standing
from collections_app.contact.rules.asking import RequestState
from collections_app.lib import clock, visitors, walls
from collections_app.lib.refusals import Refused
from collections_app.screens.htmx import SEE_OTHER, UNPROCESSABLE
from collections_app.screens.request_forms import AnswerByLinkForm
from collections_app.screens.upload_limits import takes_files

NOT_FOUND, GONE, TOO_MANY = 404, 410, 429
TRIES_MAX, TRIES_SECONDS = 30, 60
# The address of the page is the key to it: it is told to no other site, kept by no cache, found by no search.
HEADERS = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}


class FormOfOurs(CsrfViewMiddleware):
    """A page that tells nobody its address makes the browser send ``Origin: null``, which is all that can be
    known then; the token in form and cookie is asked for as ever.
    """

    def _origin_verified(self, request: HttpRequest) -> bool:
        return request.META.get("HTTP_ORIGIN") == "null" or super()._origin_verified(request)  # type: ignore[misc]


@takes_files
@csrf_exempt
@login_not_required
@decorator_from_middleware(FormOfOurs)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The request and the form for its answer; after that, thanks. What is no link of ours leads nowhere."""
    at = clock.now()
    if is_too_often(request):
        return page(request, "answers/wait.html", {}, status=TOO_MANY)
    opened = answer_links.read(token, at=at)
    if opened is None:
        return page(request, "answers/unknown.html", {}, status=NOT_FOUND)
    walls.put_up([opened.request.company_id])
    if opened.standing != Standing.OPENS:
        return _over(request, opened)
    asked = opened.request
    form = AnswerByLinkForm(initial={"by_name": asked.to_name})
    problems: Any = ()
    if request.method == "POST":
        form = AnswerByLinkForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                given = {**form.cleaned_data, "declines": "declines" in request.POST}
                colleague_requests.answer(asked, **given, by=None, at=at)
                return private(redirect("answer", token=token), status=SEE_OTHER)
            except Refused as refusal:
                problems = refusal.problems
        asked.refresh_from_db()
        if asked.state != RequestState.OPEN:
            return _over(request, Opened(Standing.ENDED, opened.link))
    context = {
        "asked": asked,
        "form": form,
        "problems": problems,
        "invoices": asked.invoices.order_by("number"),
        "expires": _said(opened, opened.link.expires_at),
        "asked_on": _said(opened, asked.asked_at),
    }
    return page(request, "answers/show.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _over(request: HttpRequest, opened: Opened) -> HttpResponse:
    """What a link that was ours says when it opens nothing any more: thanks, or whom to turn to."""
    asked = opened.request
    context = {
        "asked": asked,
        "standing": opened.standing,
        "is_theirs": asked.state in (RequestState.ANSWERED, RequestState.DECLINED)
        and opened.standing == Standing.ENDED,
        "ending": request_changes.ending_of(asked),
    }
    return page(request, "answers/over.html", context, status=GONE)


def _said(opened: Opened, at: dt.datetime) -> str:
    """A moment as people where the request comes from would say it."""
    there = at.astimezone(ZoneInfo(opened.request.company.time_zone))
    return f"{there:%A %-d %B %Y, %H:%M}"


def page(request: HttpRequest, template: str, context: dict[str, Any], *, status: int) -> HttpResponse:
    """A page for somebody who does not sign in."""
    return private(render(request, template, context, status=status), status=status)


def private(response: HttpResponse, *, status: int) -> HttpResponse:
    """An answer whose address is told to nobody."""
    response.status_code = status
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response


def is_too_often(request: HttpRequest) -> bool:
    """Whether this address has asked too often within a minute. A lost cache counts anew."""
    key = f"answer-link:{visitors.address_of(request.META)}"
    cache.add(key, 0, TRIES_SECONDS)
    try:
        return int(cache.incr(key)) > TRIES_MAX
    except ValueError:  # it ended in between
        return False


urlpatterns = [path("answer/<str:token>/", answer, name="answer")]
