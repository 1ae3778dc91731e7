"""A draft of segments: its order, what each rule would take now, who would move, and publishing it."""

from collections.abc import Sequence

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import following
from collections_app.screens.htmx import UNPROCESSABLE, answer, go_to, render_page
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import drafts, previews, segments, versions
from collections_app.segmentation.previews import Comparison
from collections_app.segmentation.rules import sentences
from collections_app.segmentation.rules.segments import pack_problems
from collections_app.segmentation.segments import Segment
from collections_app.segmentation.versions import SegmentVersion


class RevisionForm(forms.Form):
    """The state of the draft that the reader saw."""

    revision = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class MoveForm(RevisionForm):
    """One place up or down."""

    places = forms.TypedChoiceField(choices=[(-1, "up"), (1, "down")], coerce=int)


class PublishForm(RevisionForm):
    """What the version is for, in the words of the one who publishes it."""

    note = forms.CharField(
        required=False,
        max_length=drafts.NOTE_LENGTH_MAX,
        label="What changes, and why",
        help_text="Stays in the history beside your name.",
    )


def draft_or_404(scope: Scope) -> SegmentVersion:
    """The draft of the company."""
    draft = versions.draft(scope.company)
    if draft is None:
        raise Http404("There is no draft of segments.")
    return draft


def segment_or_404(draft: SegmentVersion, code: str) -> Segment:
    """A segment of the draft."""
    return get_object_or_404(Segment.objects.select_related("version__company"), version=draft, code=code)


@require_POST
def begin(request: HttpRequest, company: str) -> HttpResponse:
    """Start a draft, or go on with the one there is."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    drafts.begin(company=scope.company, by=scope.user, at=scope.at)
    return go_to(request, _address(company))


@require_safe
def show(request: HttpRequest, company: str) -> HttpResponse:
    """The draft beside the live version."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    draft = versions.draft(scope.company)
    if draft is None:
        return go_to(request, reverse("segments", kwargs={"company": company}))
    return render_page(
        request, "segment_drafts/show.html", {**_context(scope, draft), "form": _publish_form(draft)}
    )


@require_POST
def move(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Ask a segment one place earlier or later."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    draft = draft_or_404(scope)
    segment = segment_or_404(draft, code)
    form = MoveForm(request.POST)
    if not form.is_valid():
        return _refused(request, scope, [Problem("move", "Say whether it goes up or down.")])
    places, revision = form.cleaned_data["places"], form.cleaned_data["revision"]
    try:
        segments.move(segment=segment, places=places, revision=revision, by=scope.user, at=scope.at)
    except Refused as refused:
        return _refused(request, scope, refused.problems)
    return _edited(request, scope, f"“{segment}” moved {'up' if places < 0 else 'down'}.")


@require_POST
def remove(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Take a segment out of the draft."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    segment = segment_or_404(draft_or_404(scope), code)
    try:
        segments.remove(segment=segment, revision=_revision(request), by=scope.user, at=scope.at)
    except Refused as refused:
        return _refused(request, scope, refused.problems)
    return _edited(request, scope, f"“{segment}” is out of the draft.")


@require_POST
def discard(request: HttpRequest, company: str) -> HttpResponse:
    """Throw the draft away."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    try:
        drafts.discard(draft=draft_or_404(scope), revision=_revision(request), by=scope.user, at=scope.at)
    except Refused as refused:
        return _refused(request, scope, refused.problems)
    messages.success(request, "The draft is gone; the live segments are as they were.")
    return go_to(request, reverse("segments", kwargs={"company": company}))


@require_POST
def publish(request: HttpRequest, company: str) -> HttpResponse:
    """Make the draft live; customers and the chase list follow, at once or by a worker."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    draft = draft_or_404(scope)
    form = PublishForm(request.POST)
    if not form.is_valid():
        return _refused(request, scope, [], form)
    given = {**form.cleaned_data, "by": scope.user, "at": scope.at}
    try:
        with following.followed(scope):
            drafts.publish(draft=draft, **given)
    except Refused as refused:
        return _refused(request, scope, refused.problems, form)
    said = f"Version {draft.number} of the segments is live. {following.sentence([scope.company])}"
    messages.success(request, said)
    return go_to(request, reverse("segments", kwargs={"company": company}))


def _address(company: str) -> str:
    return reverse("segment_draft", kwargs={"company": company})


def _revision(request: HttpRequest) -> int:
    """The revision that was seen; one that never was, when it is missing, so that the verb refuses."""
    form = RevisionForm(request.POST)
    return form.cleaned_data["revision"] if form.is_valid() else -1


def _publish_form(draft: SegmentVersion) -> PublishForm:
    return PublishForm(initial={"revision": draft.revision, "note": draft.note})


def _edited(request: HttpRequest, scope: Scope, said: str) -> HttpResponse:
    draft = draft_or_404(scope)
    context = {**_context(scope, draft), "form": _publish_form(draft)}
    then = _address(scope.company.code)
    return answer(request, "segment_drafts/edited.html", context, then=then, said=said, quietly=True)


def _refused(
    request: HttpRequest, scope: Scope, problems: Sequence[Problem], form: PublishForm | None = None
) -> HttpResponse:
    """The draft as it is now, with what stood in the way."""
    draft = versions.draft(scope.company)
    if draft is None:
        return go_to(request, reverse("segments", kwargs={"company": scope.company.code}))
    if form is not None:
        # The draft is shown as it is now, so the next attempt is made on that; the note stays as typed.
        form.data = {**form.data.dict(), "revision": draft.revision}  # type: ignore[attr-defined]
    context = {**_context(scope, draft), "form": form or _publish_form(draft), "problems": problems}
    return render_page(request, "segment_drafts/show.html", context, fragment="draft", status=UNPROCESSABLE)


def _context(scope: Scope, draft: SegmentVersion) -> dict[str, object]:
    ordered = segments.of(draft)
    live = versions.live(scope.company)
    pack = [(segment.code, segment.conditions) for segment in ordered]
    before = [(segment.code, segment.conditions) for segment in segments.of(live)] if live else []
    compared = previews.compare(company=scope.company, before=before, after=pack, today=scope.today)
    names = _names(live, ordered)
    return {
        "scope": scope,
        "draft": draft,
        "lines": [_line(segment, scope, compared) for segment in ordered],
        "moves": [(names.get(move.before), names.get(move.after), move.customers) for move in compared.moves],
        "moving": compared.moving,
        "movers": _movers(compared, names),
        "movers_max": previews.MOVERS_MAX,
        "unpriced": previews.unpriced(company=scope.company, today=scope.today),
        "hindrances": pack_problems([(segment.name, segment.conditions) for segment in ordered]),
    }


def _line(segment: Segment, scope: Scope, compared: Comparison) -> dict[str, object]:
    take = compared.after[segment.code]
    was = compared.before.get(segment.code)
    return {
        "segment": segment,
        "takes": sentences.of_rule(segment.conditions, scope.company.currency),
        "take": take,
        "is_new": was is None,
        "change": take.customers - (was or 0),
    }


def _names(live: SegmentVersion | None, ordered: Sequence[Segment]) -> dict[str | None, str]:
    """What segments are called, by code; the draft's name where both have it."""
    old = segments.of(live) if live else []
    return {None: "no segment", **{segment.code: segment.name for segment in [*old, *ordered]}}


def _movers(compared: Comparison, names: dict[str | None, str]) -> list[tuple[Customer, str, str]]:
    """The first customers who would move, by name. One query."""
    moving = {mover.customer: mover for mover in compared.movers}
    found = Customer.objects.filter(pk__in=moving).order_by("search_key", "pk")
    return [(each, names[moving[each.pk].before], names[moving[each.pk].after]) for each in found]


urlpatterns = [
    path("segments/draft/", show, name="segment_draft"),
    path("segments/draft/begin/", begin, name="segment_draft_begin"),
    path("segments/draft/discard/", discard, name="segment_draft_discard"),
    path("segments/draft/publish/", publish, name="segment_draft_publish"),
    path("segments/draft/segments/<slug:code>/move/", move, name="segment_move"),
    path("segments/draft/segments/<slug:code>/remove/", remove, name="segment_remove"),
]
