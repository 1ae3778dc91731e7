"""The timeline of a customer, filtered by kind, person, words and days; each choice is a URL to be shared."""

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from collections_app.chase import statements, timeline
from collections_app.chase.timeline import WORDS_LETTERS_MAX, Filter, Key
from collections_app.ledger.customers import Customer
from collections_app.screens.htmx import render_page
from collections_app.screens.scoping import customer_or_404, scope_of

ANYBODY = [("", "Anybody")]


class TimelineForm(forms.Form):
    """What to see of a timeline besides the kind. A wrong day is asked about, and the rest still counts."""

    who = forms.ChoiceField(label="Who", required=False)
    words = forms.CharField(label="Words", required=False, max_length=WORDS_LETTERS_MAX)
    since = forms.DateField(
        label="From", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )
    until = forms.DateField(
        label="Until", required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d")
    )

    def __init__(self, *args: Any, customer: Customer, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "timeline_%s", "use_required_attribute": False, **kwargs})
        who = self.fields["who"]
        assert isinstance(who, forms.ChoiceField)
        who.choices = ANYBODY + [(str(user.pk), str(user)) for user in timeline.authors(customer)]

    def filter(self, choice: str) -> Filter:
        """What was asked for, as the timeline takes it."""
        self.full_clean()
        given = self.cleaned_data
        who = given.get("who")
        return Filter(
            choice=choice,
            who=int(who) if who else None,
            words=given.get("words", ""),
            since=given.get("since"),
            until=given.get("until"),
        )

    @property
    def query(self) -> str:
        """The filled fields for a URL, with an ampersand before."""
        filled = {name: self.data.get(name, "") for name in self.fields if self.data.get(name)}
        return f"&{urlencode(filled)}" if filled else ""


@require_safe
def show(request: HttpRequest, company: str, customer_id: int) -> HttpResponse:
    """A page of the timeline, as it was asked for; *older* asks for the next one."""
    scope = scope_of(request)
    customer = customer_or_404(scope, customer_id)
    choices = list(timeline.CHOICES) if scope.sees_credit else [statements.TIMELINE]
    choice = request.GET.get("show", choices[0])
    if choice not in choices:
        raise Http404("No such part of the timeline.")
    form = TimelineForm(request.GET, customer=customer) if scope.sees_credit else None
    wanted = form.filter(choice) if form else Filter(choice)
    try:
        before = Key.parse(request.GET["before"]) if "before" in request.GET else None
        page = timeline.read(customer, wanted, before=before)
    except ValueError:
        raise Http404("No such part of the timeline.") from None
    context = {
        "customer": customer,
        "timeline": page,
        "choice": choice,
        "choices": choices,
        "filter_form": form,
        "narrows": wanted.narrows,
        "query": form.query if form else "",
    }
    fragment = "older" if before else "timeline"
    return render_page(request, "customers/timeline.html", context, fragment=fragment)


urlpatterns = [path("customers/<int:customer_id>/timeline/", show, name="customer_timeline")]
