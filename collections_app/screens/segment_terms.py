"""One segment of a draft: whom it takes, told by conditions whose effect is counted while
they are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST

from collections_app.lib import money
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import conditions as rule_lines
from collections_app.screens.conditions import Lines
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.screens.segment_drafts import draft_or_404, segment_or_404
from collections_app.segmentation import previews, segments
from collections_app.segmentation.previews import Take
from collections_app.segmentation.rules import conditions
from collections_app.segmentation.rules.conditions import Rule
from collections_app.segmentation.rules.segments import DAYS_MAX, NAME_LENGTH_MAX, Terms
from collections_app.segmentation.segments import Segment
from collections_app.segmentation.versions import SegmentVersion

READ_OR_WRITE = require_http_methods(["GET", "HEAD", "POST"])


class TermsForm(forms.Form):
    """What is said of a segment beside its conditions."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    name = forms.CharField(max_length=NAME_LENGTH_MAX, label="Name")
    least_days_overdue = forms.IntegerField(
        min_value=0,
        max_value=DAYS_MAX,
        label="First contact, days overdue",
        help_text="Its customers come onto the chase list from this day on.",
    )
    least_amount = forms.DecimalField(
        min_value=0,
        max_digits=money.MAX_DIGITS,
        decimal_places=money.DECIMAL_PLACES,
        label="Smallest amount to collect",
        help_text="Below it they stay off the list.",
    )
    habit_grace_days = forms.IntegerField(
        min_value=0,
        max_value=DAYS_MAX,
        required=False,
        label="Days of grace after their usual delay",
        help_text="Empty: their habit does not matter.",
    )

    def terms(self, rule: Rule) -> Terms:
        """The terms as the verb takes them."""
        given = {name: value for name, value in self.cleaned_data.items() if name != "revision"}
        return Terms(rule=rule, **given)


@dataclass(frozen=True, slots=True)
class Count:
    """What the rule as written would take now, in its place; None while it cannot be asked."""

    take: Take | None
    alone: int
    is_rest: bool


@READ_OR_WRITE
def add(request: HttpRequest, company: str) -> HttpResponse:
    """A new segment, before the one that takes everybody else."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    draft = draft_or_404(scope)
    if request.method != "POST":
        first = Lines((rule_lines.Line(),))
        form = TermsForm(initial={"revision": draft.revision, "least_days_overdue": 1, "least_amount": 0})
        return _page(request, scope, draft, form, first)
    return _saved(request, scope, draft, None)


@READ_OR_WRITE
def change(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Other terms for a segment."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    draft = draft_or_404(scope)
    segment = segment_or_404(draft, code)
    if request.method != "POST":
        return _page(
            request, scope, draft, _filled(segment, draft), rule_lines.of(segment.conditions), segment
        )
    return _saved(request, scope, draft, segment)


@require_POST
def look(request: HttpRequest, company: str, code: str = "") -> HttpResponse:
    """The form as its buttons and choices make it, with the count of what it would take; nothing is kept.

    htmx asks for the count alone, or with ``step`` for the lines of the rule as well.
    """
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    draft = draft_or_404(scope)
    segment = segment_or_404(draft, code) if code else None
    lines = rule_lines.read(request.POST.dict()).after(request.POST.get("step", ""))
    form = TermsForm(initial=request.POST.dict())
    part = "looked" if "step" in request.POST else "count"
    return _page(request, scope, draft, form, lines, segment, fragment=part)


def _saved(
    request: HttpRequest, scope: Scope, draft: SegmentVersion, segment: Segment | None
) -> HttpResponse:
    lines = rule_lines.read(request.POST.dict())
    form = TermsForm(request.POST)
    if not form.is_valid():
        problems = conditions.problems(lines.rule)
        return _page(request, scope, draft, form, lines, segment, problems=problems)
    given = {"terms": form.terms(lines.rule), "revision": form.cleaned_data["revision"]}
    try:
        if segment is None:
            kept = segments.add(draft=draft, **given, by=scope.user, at=scope.at)
        else:
            kept = segments.change(segment=segment, **given, by=scope.user, at=scope.at)
    except Refused as refused:
        return _page(request, scope, draft, form, lines, segment, problems=refused.problems)
    messages.success(request, f"“{kept}” is in the draft.")
    return go_to(request, reverse("segment_draft", kwargs={"company": scope.company.code}))


def _filled(segment: Segment, draft: SegmentVersion) -> TermsForm:
    names = ("name", "least_days_overdue", "habit_grace_days")
    kept = {name: getattr(segment, name) for name in names}
    return TermsForm(
        initial={**kept, "least_amount": _plain(segment.least_amount), "revision": draft.revision}
    )


def _plain(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _page(
    request: HttpRequest,
    scope: Scope,
    draft: SegmentVersion,
    form: TermsForm,
    lines: Lines,
    segment: Segment | None = None,
    *,
    problems: Sequence[Problem] = (),
    fragment: str = "form",
) -> HttpResponse:
    kwargs = {"company": scope.company.code, **({"code": segment.code} if segment else {})}
    context = {
        "scope": scope,
        "draft": draft,
        "segment": segment,
        "form": form,
        "lines": lines,
        "rows": rule_lines.rows(lines, company=scope.company),
        "rows_max": conditions.CONDITIONS_MAX,
        "keeps_values": request.POST.get("step") == "chosen",
        "count": _count(scope, draft, lines.rule, segment),
        "problems": problems,
        "look_url": reverse("segment_look" if segment else "segment_new_look", kwargs=kwargs),
    }
    status = UNPROCESSABLE if problems or form.errors else 200
    return render_page(request, "segment_terms/show.html", context, fragment=fragment, status=status)


def _count(scope: Scope, draft: SegmentVersion, rule: Rule, segment: Segment | None) -> Count:
    """What the rule takes in its place in the draft; a new one stands before the one that takes everybody
    else.
    """
    if conditions.problems(rule):
        return Count(None, 0, is_rest=False)
    pack = [(each.pk, each.conditions) for each in segments.of(draft)]
    if segment is not None:
        place = next(n for n, (pk, _) in enumerate(pack) if pk == segment.pk)
        rules = [rule if pk == segment.pk else other for pk, other in pack]
    else:
        ends_in_rest = bool(pack) and pack[-1][1].takes_everybody and not rule.takes_everybody
        place = len(pack) - 1 if ends_in_rest else len(pack)
        rules = [other for _, other in pack]
        rules.insert(place, rule)
    take = previews.taken(company=scope.company, rules=rules, today=scope.today)[place]
    alone = previews.taken_alone(company=scope.company, rule=rule, today=scope.today)
    return Count(take, alone, is_rest=rule.takes_everybody)


urlpatterns = [
    path("segments/draft/new/", add, name="segment_new"),
    path("segments/draft/new/look/", look, name="segment_new_look"),
    path("segments/draft/segments/<slug:code>/", change, name="segment_terms"),
    path("segments/draft/segments/<slug:code>/look/", look, name="segment_look"),
]
