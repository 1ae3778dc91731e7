"""One line of the log for each request, without the secrets that stand in an address; and how long the page
took, told to the browser as ``Server-Timing``.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase
from django_structlog.middlewares import RequestMiddleware

from collections_app.lib.secret_addresses import hidden


class RequestLog(RequestMiddleware):
    """Whoever reads the log cannot open what an answer link opens."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """GET /answer/…/ instead of the link itself."""
        return f"{request.method} {hidden(request.get_full_path())}"


class ServerTiming:
    """The outermost middleware: from the first line of ours to the last, in milliseconds."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Hand on, and say how long it took."""
        began = time.perf_counter()
        response = self.get_response(request)
        response["Server-Timing"] = f"page;dur={(time.perf_counter() - began) * 1000:.1f}"
        return response
