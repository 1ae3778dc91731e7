"""How much a form may send: told by the length it states, before a byte of it is read."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

from collections_app.contact.rules.asking import FILES_MAX
from collections_app.correspondence.rules.files import SIZE_BYTES_MAX
from collections_app.screens.htmx import wants_part

TOO_LARGE = 413
# A few whole files, and the fields beside them.
FORM_BYTES_MAX = FILES_MAX * SIZE_BYTES_MAX + 1024 * 1024
SENTENCE = f"That is more than {FORM_BYTES_MAX // 1024**2} MB at once. Send fewer or smaller files."

View = TypeVar("View", bound=Callable[..., HttpResponseBase])


def takes_files(view: View) -> View:
    """Marks a view whose form takes a few files and no more."""
    view.form_bytes_max = FORM_BYTES_MAX  # type: ignore[attr-defined]
    return view


class UploadLimits:
    """Stands before whatever reads a form, so that what is too large is refused unread."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], *more: object
    ) -> HttpResponse | None:
        """Refuse a form that states to be larger than its view takes."""
        limit: int | None = getattr(view, "form_bytes_max", None)
        stated = request.META.get("CONTENT_LENGTH") or "0"
        if limit is None or (str(stated).isdecimal() and int(stated) <= limit):
            return None
        if wants_part(request):
            return HttpResponse(SENTENCE, content_type="text/plain; charset=utf-8", status=TOO_LARGE)
        return render(request, "413.html", {"sentence": SENTENCE}, status=TOO_LARGE)
