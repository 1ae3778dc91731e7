"""The links in a report that goes out by email."""

from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from collections_app.reports.saved_views import SavedView


def of(view: SavedView) -> tuple[str, str]:
    """Where the report is, and where its mailing is changed or ended."""
    company = view.company.code
    report = f"{reverse('reports', kwargs={'company': company})}?{urlencode(view.filters)}"
    mailing = reverse("report_mailing", kwargs={"company": company, "view_id": view.pk})
    return f"{settings.SITE_URL}{report}", f"{settings.SITE_URL}{mailing}"
