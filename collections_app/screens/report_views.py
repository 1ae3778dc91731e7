"""Saved views of the dashboard: kept, given another name, opened first, removed."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.reports import report_mailings, saved_views
from collections_app.reports.rules.viewing import KEPT, NAME_LENGTH_MAX
from collections_app.reports.saved_views import SavedView
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.report_filters import FilterForm
from collections_app.screens.scoping import Scope, scope_of


class ViewForm(forms.Form):
    """The name of a view, and whether it opens first."""

    name = forms.CharField(
        label="Name",
        max_length=NAME_LENGTH_MAX,
        error_messages={"required": "Give the view a name."},
    )
    is_default = forms.BooleanField(label="Opens first", required=False)


class NewViewForm(ViewForm):
    """With whom it is for. The filter goes along unseen."""

    is_shared = forms.BooleanField(label="For everybody who reads these reports", required=False)
    currency = forms.CharField(required=False, widget=forms.HiddenInput)
    into = forms.CharField(required=False, widget=forms.HiddenInput)
    segment = forms.CharField(required=False, widget=forms.HiddenInput)
    collector = forms.CharField(required=False, widget=forms.HiddenInput)
    salesperson = forms.CharField(required=False, widget=forms.HiddenInput)
    country = forms.CharField(required=False, widget=forms.HiddenInput)


@require_http_methods(["GET", "HEAD", "POST"])
def index(request: HttpRequest, company: str) -> HttpResponse:
    """All views, and the filter of the address as a new one."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    given = request.POST if request.method == "POST" else request.GET
    query = {name: given[name] for name in KEPT if given.get(name)}
    form = NewViewForm(request.POST if request.method == "POST" else None, initial=query)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        filters = FilterForm(query, scope=scope)
        if not filters.is_valid():
            problems = [Problem("filter", str(text)) for texts in filters.errors.values() for text in texts]
        else:
            try:
                view = _keep(scope, form, query)
            except Refused as refused:
                problems = refused.problems
            else:
                messages.success(request, f"“{view.name}” is kept.")
                return go_to(request, address(view))
    return _page(request, scope, form, problems, query)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, company: str, view_id: int) -> HttpResponse:
    """One view: its name, and whether it opens first."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    view = view_or_404(scope, view_id)
    before = view.name
    known = {"name": before, "is_default": view.is_default}
    form = ViewForm(request.POST if request.method == "POST" else None, initial=known)
    problems: Sequence[Problem] = ()
    if request.method == "POST" and form.is_valid():
        try:
            saved_views.change(view, **form.cleaned_data, by=scope.user, at=scope.at)
        except Refused as refused:
            problems = refused.problems
        else:
            messages.success(request, f"“{view.name}” is changed.")
            return go_to(request, reverse("report_views", kwargs={"company": company}))
    view.name = before
    context = {"scope": scope, "view": view, "form": form, "problems": problems}
    status = UNPROCESSABLE if problems or form.errors else 200
    return render_page(request, "reports/view.html", context, status=status)


@require_POST
def remove(request: HttpRequest, company: str, view_id: int) -> HttpResponse:
    """Forget a view."""
    scope = scope_of(request, to=Deed.SEE_WHOLE_COMPANY)
    view = view_or_404(scope, view_id)
    report_mailings.remove_view(view, by=scope.user, at=scope.at)
    messages.success(request, f"“{view.name}” is removed.")
    return go_to(request, reverse("report_views", kwargs={"company": company}))


def address(view: SavedView) -> str:
    """The dashboard as the view has it."""
    return f"{reverse('reports', kwargs={'company': view.company.code})}?{urlencode(view.filters)}"


def listed(scope: Scope, query: dict[str, str]) -> list[tuple[SavedView, str, bool]]:
    """The views of the reader with their addresses; whether each is what ``query`` shows now."""
    now = {name: value for name, value in query.items() if name in KEPT}
    views = SavedView.objects.seen_by(scope.user, company=scope.company).select_related("company").in_order()
    return [(view, address(view), view.filters == now) for view in views]


def _keep(scope: Scope, form: NewViewForm, query: dict[str, str]) -> SavedView:
    given = form.cleaned_data
    return saved_views.keep(
        company=scope.company,
        name=given["name"],
        query=query,
        is_shared=given["is_shared"],
        is_default=given["is_default"],
        by=scope.user,
        at=scope.at,
    )


def view_or_404(scope: Scope, view_id: int) -> SavedView:
    seen = SavedView.objects.seen_by(scope.user, company=scope.company)
    return get_object_or_404(seen.select_related("company"), pk=view_id)


def _page(
    request: HttpRequest, scope: Scope, form: NewViewForm, problems: Sequence[Problem], query: dict[str, str]
) -> HttpResponse:
    shown = FilterForm(query, scope=scope)
    shown.is_valid()
    mailings = report_mailings.running(scope.company)
    context = {
        "scope": scope,
        "form": form,
        "problems": problems,
        "words": shown.words,
        "views": [
            (view, url, str(mailings[view.pk].schedule) if view.pk in mailings else "")
            for view, url, _ in listed(scope, {})
        ],
        "reports_url": f"{reverse('reports', kwargs={'company': scope.company.code})}?{urlencode(query)}",
    }
    status = UNPROCESSABLE if problems or form.errors else 200
    return render_page(request, "reports/views.html", context, status=status)


urlpatterns = [
    path("reports/views/", index, name="report_views"),
    path("reports/views/<int:view_id>/", change, name="report_view"),
    path("reports/views/<int:view_id>/remove/", remove, name="report_view_remove"),
]
