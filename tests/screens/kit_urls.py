"""A small product for the tests of the frame: every address it knows, one screen that reads and writes."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from collections_app.screens import frame, htmx, preferences, sign_in


class SaidForm(forms.Form):
    """What was said."""

    said = forms.CharField()


def page(request: HttpRequest, company: str) -> HttpResponse:
    """Reads; a POST of what was said writes nothing but answers as a deed does."""
    shown = frame.company_or_404(request)
    form = SaidForm(request.POST or None)
    context = {"form": form, "company": shown, "problems": []}
    if request.method == "POST" and form.is_valid():
        return htmx.answer(request, "regions.html", context, then=request.path, said="Saved.", undo="/undo/")
    status = htmx.UNPROCESSABLE if request.method == "POST" else 200
    return htmx.render_page(request, "page.html", context, fragment="part", status=status)


def refuse(request: HttpRequest, company: str) -> HttpResponse:
    """Says no."""
    return htmx.sentence(request, "Tom has this customer open.", status=409)


OF_A_COMPANY = [
    path("", page, name="home"),
    path("chase/", page, name="chase_list"),
    path("imports/", page, name="imports"),
    path("segments/", page, name="segments"),
    path("search/", page, name="search"),
    path("refuse/", refuse, name="refuse"),
]

urlpatterns = [
    *sign_in.urlpatterns,
    *preferences.urlpatterns,
    path("<slug:company>/", include(OF_A_COMPANY)),
]
