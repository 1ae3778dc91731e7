"""What people see when a page could not be made: that the database is away, that something broke, or that
what was sent cannot be read.
"""

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
UNREADABLE = "What was sent is not written as forms of browsers are, so it was not read. Nothing was changed."


def failed(request: HttpRequest) -> HttpResponse:
    """Django calls this with the error at hand. Nothing here may ask the database who is asking."""
    if not outages.is_of_the_database(sys.exc_info()[1]):
        return server_error(request)
    headers = {"Retry-After": RETRY_SECONDS, "Cache-Control": "no-store"}
    if wants_part(request):
        return HttpResponse(AWAY, content_type="text/plain; charset=utf-8", status=503, headers=headers)
    return HttpResponse(render_to_string("503.html", {"sentence": AWAY}), status=503, headers=headers)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django calls this for what is no request. Its own reads the form once more, and fails at it again."""
    if wants_part(request):
        return HttpResponse(UNREADABLE, content_type="text/plain; charset=utf-8", status=400)
    return HttpResponse(render_to_string("400.html", {"sentence": UNREADABLE}), status=400)
