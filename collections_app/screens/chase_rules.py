"""The weights of the chase rules: how many points each gives from which measure on, for all or for one
segment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from collections_app.chase import weights
from collections_app.chase.rules.points import RULES, Rule
from collections_app.chase.rules.weighing import BANDS_MAX, POINTS_MAX, Bands
from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import following
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import segments, versions

BLANK_LINES = 2


class BandForm(forms.Form):
    """Points from a measure on; both empty for no such step."""

    at_least = forms.DecimalField(
        required=False,
        min_value=0,
        max_digits=money.MAX_DIGITS,
        decimal_places=money.DECIMAL_PLACES,
        label="From",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    points = forms.IntegerField(
        required=False,
        min_value=-POINTS_MAX,
        max_value=POINTS_MAX,
        label="Points",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )

    def clean(self) -> dict[str, Any]:
        """A step is given wholly or not at all."""
        given = super().clean() or self.cleaned_data
        if not self.errors and (given.get("at_least") is None) != (given.get("points") is None):
            raise forms.ValidationError("Give both the figure and the points, or neither.")
        return given


BandFormSet = forms.formset_factory(
    BandForm, extra=BLANK_LINES, max_num=BANDS_MAX, absolute_max=BANDS_MAX * 2
)


@dataclass(frozen=True, slots=True)
class Line:
    """One rule as the list shows it. ``is_own``: the segment has weights of its own for it."""

    rule: Rule
    bands: Sequence[tuple[str, int]]
    is_own: bool


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Every rule with its points; of one segment with ``?segment=``."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    known = _segments(scope)
    code = _segment(request, known)
    common = weights.by_rule(scope.company)
    own = weights.by_rule(scope.company, segment_code=code) if code else {}
    lines = [
        Line(rule, _told(own.get(rule.code) or common.get(rule.code, [])), rule.code in own)
        for rule in RULES.values()
    ]
    context = {
        "scope": scope,
        "segments": known,
        "segment": code,
        "segment_name": known[code],
        "lines": lines,
        "following": following.of(scope),
    }
    return render_page(request, "chase_rules/index.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, company: str, rule: str) -> HttpResponse:
    """The steps of one rule, for all segments or for the one named by ``?segment=``."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    if rule not in RULES:
        raise Http404("There is no such chase rule.")
    known = _segments(scope)
    code = _segment(request, known)
    if request.method != "POST":
        own = weights.by_rule(scope.company, segment_code=code).get(rule, [])
        start = own or weights.by_rule(scope.company).get(rule, [])
        steps = BandFormSet(initial=[{"at_least": at, "points": points} for at, points in _shown(start)])
        return _page(request, scope, RULES[rule], code, known, steps, is_own=bool(own and code))
    steps = BandFormSet(request.POST)
    is_own = request.POST.get("is_own") == "yes"
    if request.POST.get("step") == "common" and code:
        return _kept(request, scope, rule, code, [])
    if not steps.is_valid():
        return _page(request, scope, RULES[rule], code, known, steps, is_own=is_own)
    given = [form.cleaned_data for form in steps if form.cleaned_data.get("points") is not None]
    bands = [(each["at_least"], each["points"]) for each in given]
    try:
        return _kept(request, scope, rule, code, bands)
    except Refused as refused:
        return _page(
            request, scope, RULES[rule], code, known, steps, is_own=is_own, problems=refused.problems
        )


def _kept(request: HttpRequest, scope: Scope, rule: str, code: str, bands: Bands) -> HttpResponse:
    with following.followed(scope):
        weights.change(
            company=scope.company, rule=rule, segment_code=code, bands=bands, by=scope.user, at=scope.at
        )
    said = f"“{RULES[rule].label}” is weighed anew. {following.sentence([scope.company])}"
    messages.success(request, said)
    return go_to(request, _address(scope, code))


def _address(scope: Scope, code: str) -> str:
    address = reverse("chase_rules", kwargs={"company": scope.company.code})
    return f"{address}?segment={code}" if code else address


def _segments(scope: Scope) -> dict[str, str]:
    """Names by code of the live segments, all of them first."""
    live = versions.live(scope.company)
    named = {segment.code: segment.name for segment in segments.of(live)} if live else {}
    return {"": "All segments", **named}


def _segment(request: HttpRequest, known: dict[str, str]) -> str:
    code = request.GET.get("segment", "")
    if code not in known:
        raise Http404("There is no such segment.")
    return code


def _shown(bands: Bands) -> list[tuple[str, int]]:
    return [(_digits(at_least), points) for at_least, points in sorted(bands)]


def _told(bands: Bands) -> list[tuple[str, int]]:
    """For reading: with separators between the thousands."""
    return [(f"{at_least.normalize():,f}", points) for at_least, points in sorted(bands)]


def _digits(measure: Decimal) -> str:
    return f"{measure.normalize():f}"


def _page(
    request: HttpRequest,
    scope: Scope,
    rule: Rule,
    code: str,
    known: dict[str, str],
    steps: "forms.BaseFormSet[BandForm]",
    *,
    is_own: bool,
    problems: Sequence[Problem] = (),
) -> HttpResponse:
    context = {
        "scope": scope,
        "rule": rule,
        "unit": scope.company.currency if rule.unit == "money" else rule.unit,
        "segment": code,
        "segment_name": known[code],
        "steps": steps,
        "is_own": is_own,
        "problems": problems or steps.non_form_errors(),
        "back": _address(scope, code),
    }
    is_wrong = bool(problems) or (steps.is_bound and not steps.is_valid())
    return render_page(request, "chase_rules/show.html", context, status=UNPROCESSABLE if is_wrong else 200)


urlpatterns = [
    path("segments/chase-rules/", index, name="chase_rules"),
    path("segments/chase-rules/<slug:rule>/", change, name="chase_rule"),
]
