"""A report that a worker reads while somebody waits: a page that says so, and asks again by itself."""

from django.http import HttpRequest, HttpResponse

from collections_app.jobs import report_readings
from collections_app.screens.htmx import render_page
from collections_app.screens.report_filters import Filters
from collections_app.screens.scoping import Scope


def page(request: HttpRequest, scope: Scope, filters: Filters, *, what: str) -> HttpResponse | None:
    """What to show until the report was read (``what`` of ``long_readings``), or in the place of one of its
    charts; None once it was, and where it is read soon enough.
    """
    if not filters.form.is_valid():
        return None
    if not report_readings.awaited(filters.asked, what=what, into=filters.into, at=scope.at):
        return None
    context = {"scope": scope, "filters": filters, "url": request.get_full_path()}
    return render_page(request, "reports/waiting.html", context, fragment="part")
