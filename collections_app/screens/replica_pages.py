"""Pages that are read from a copy of the database, so that they cost those who work the list nothing.

Whoever has just written something is shown what they wrote: for some seconds their pages come from the
database itself, since a copy is a moment behind.
"""

from collections.abc import Callable, Sequence
from functools import wraps

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from collections_app.lib import replicas

COOKIE = "workbench_wrote"
# Longer than any copy that works is behind.
WROTE_SECONDS = 20
_READING = ("GET", "HEAD")


def from_replica(patterns: Sequence[URLPattern]) -> list[URLPattern]:
    """The same addresses, their pages read from the copy where there is one."""
    for pattern in patterns:
        pattern.callback = _reading(pattern.callback)
    return list(patterns)


def _reading(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def read(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.method not in _READING or COOKIE in request.COOKIES:
            return view(request, *args, **kwargs)
        with replicas.reading():
            try:
                return view(request, *args, **kwargs)
            except (InterfaceError, OperationalError) as error:
                if not replicas.is_to_blame(error):
                    raise
        return view(request, *args, **kwargs)  # which only reads, so it may begin anew

    return read


class WroteMiddleware:
    """Remembers for some seconds that a browser sent a form. Without a copy there is nothing to remember."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if replicas.is_set() and request.method not in _READING and not request.path.startswith("/api/"):
            response.set_cookie(
                COOKIE,
                "yes",
                max_age=WROTE_SECONDS,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response
