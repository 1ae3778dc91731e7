"""What people see when a page could not be made: that the database is away, or that something broke."""

import sys

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.views.defaults import server_error

from collections_app.lib import outages
from collections_app.screens.htmx import wants_part

AWAY = (
    "The database does not answer just now. What was saved before is safe. Please try again in a minute: "
    "then it shows whether what you sent just now was saved."
)
RETRY_SECONDS = "10"


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls this with the error at hand. Nothing here may ask the database who is asking."""
    if not outages.is_of_the_database(sys.exc_info()[1]):
        return server_error(request)
    headers = {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"}
    if wants_part(request):
        return HttpResponse(AWAY, content_type="text/plain; charset=utf-8", status=503, headers=headers)
    return HttpResponse(render_to_string("503.html", {"sentence": AWAY}), status=503, headers=headers)
