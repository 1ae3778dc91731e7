"""One line of the log for each request, without the secrets that stand in an address."""

from django.http import HttpRequest
from django_structlog.middlewares import RequestMiddleware

from collections_app.lib.secret_addresses import hidden


class RequestLog(RequestMiddleware):
    """Whoever reads the log cannot open what an answer link opens."""

    @staticmethod
    def format_request(request: HttpRequest) -> str:
        """GET /answer/…/ instead of the link itself."""
        return f"{request.method} {hidden(request.get_full_path())}"
