"""Page or fragment: the one place that knows whether the browser asked for a page or htmx for a part of one.

``render_page`` reads, ``answer`` follows a deed, ``sentence`` says no in plain words. ``PartsMiddleware``
keeps parts out of every cache and sends an expired session to the sign-in page instead of into a table row.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

SEE_OTHER = 303
UNPROCESSABLE = 422
NO_CONTENT = 204


@dataclass(frozen=True, slots=True)
class More:
    """A deed that usually follows another: its words, the address that does it when sent a POST, its key."""

    label: str
    url: str
    key: str


def wants_part(request: HttpRequest) -> bool:
    """Whether htmx asked for a part. A restored history entry and a boosted link get the whole page."""
    headers = request.headers
    whole = headers.get("HX-Boosted") or headers.get("HX-History-Restore-Request")
    return headers.get("HX-Request") == "true" and not whole


def render_page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    fragment: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page, or for htmx its partial ``fragment``; without ``fragment`` always the page.

    A form with problems is rendered with ``status=UNPROCESSABLE``, which htmx swaps too.
    """
    name = f"{template}#{fragment}" if fragment and wants_part(request) else template
    return render(request, name, dict(context), status=status)


def answer(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any],
    *,
    then: str,
    said: str,
    undo: str = "",
    more: More | None = None,
    quietly: bool = False,
) -> HttpResponse:
    """After a deed: htmx gets the regions of ``template`` and what was ``said``, others go to ``then``.

    Every region is swapped out of band by its id, so the sender's own hx-target matters only to a 422.

    The sentence goes to the live region that screen readers follow and, unless ``quietly``, shows as a toast
    for ten seconds. ``undo`` is the address that takes the deed back when it is sent a POST; ``more`` is a
    further deed that usually follows.
    """
    if not wants_part(request):
        messages.success(request, said, extra_tags=undo)
        return HttpResponseRedirect(resolve_url(then), status=SEE_OTHER)
    regions = render_to_string(template, dict(context), request)
    told = {"said": said, "undo": undo, "more": more, "quietly": quietly}
    parts = regions + render_to_string("_frame_said.html", told, request)
    return HttpResponse(parts, headers={"HX-Reswap": "none"})


def go_to(request: HttpRequest, url: str) -> HttpResponse:
    """Leave this page for ``url``: a redirect for a plain browser, a whole-page visit for htmx."""
    if not wants_part(request):
        return HttpResponseRedirect(url, status=SEE_OTHER)
    return HttpResponse(status=NO_CONTENT, headers={"HX-Redirect": url})


def sentence(request: HttpRequest, text: str, *, status: int) -> HttpResponse:
    """Say no in one friendly sentence: a toast for htmx, which leaves the page alone, else a small page."""
    if wants_part(request):
        return HttpResponse(text, content_type="text/plain; charset=utf-8", status=status)
    return render(request, "_frame_sentence.html", {"sentence": text}, status=status)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django calls this when a form carries an old token, mostly after signing in again in another tab."""
    if wants_part(request):
        text = "You signed in again since this page was opened. Reload the page, then send it again."
        return sentence(request, text, status=403)
    return render(request, "403_csrf.html", status=403)


class PartsMiddleware:
    """Parts and pages never share a cache entry, nothing is stored, and sign-in is always a whole page.

    Stands last: what LoginRequiredMiddleware answers comes by here too, and becomes HX-Redirect for htmx.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:
        """Refuse once, for every screen, the one character that the database keeps no text with."""
        if request.path.startswith("/api/"):
            return None  # a machine is told by the API, with the place; its body is read there and once
        given = (
            value for query in (request.GET, request.POST) for values in query.lists() for value in values[1]
        )
        if not any("\x00" in value for value in given):
            return None
        text = "What was sent holds a character that is no text. Type it again rather than paste it."
        return sentence(request, text, status=400)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if wants_part(request) and _leads_to_sign_in(response):
            # keep.js reads X-Signed-Out: where somebody has typed something, the page stays.
            headers = {"HX-Redirect": _sign_in_url(request), "X-Signed-Out": "yes"}
            response = HttpResponse(status=NO_CONTENT, headers=headers)
        patch_vary_headers(response, ["HX-Request"])
        response.headers.setdefault("Cache-Control", "no-store")
        return response


def _leads_to_sign_in(response: HttpResponse) -> bool:
    if response.status_code not in (301, 302, 303):
        return False
    return urlsplit(response.headers["Location"]).path == urlsplit(resolve_url(settings.LOGIN_URL)).path


def _sign_in_url(request: HttpRequest) -> str:
    """Sign-in, then back to the page the reader was on, which is not the address of the part."""
    page = urlsplit(request.headers.get("HX-Current-URL", ""))
    here = page.path if page.netloc == request.get_host() else ""
    query = urlencode({"next": f"{here}?{page.query}" if here and page.query else here or "/"})
    return f"{resolve_url(settings.LOGIN_URL)}?{query}"
