"""The segments of a company: those that are live, what they hold, their history, and why a customer is in
one.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.ledger.customers import Customer
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import following
from collections_app.screens.htmx import go_to, render_page, sentence
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import drafts, explanations, previews, segments, standings, versions
from collections_app.segmentation.explanations import Asked
from collections_app.segmentation.previews import Take
from collections_app.segmentation.rules import sentences
from collections_app.segmentation.segments import Segment
from collections_app.segmentation.versions import SegmentVersion

HISTORY_MAX = 20


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The live segments in the order in which they are asked."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    live = versions.live(scope.company)
    return render_page(
        request, "segments/index.html", {**_shown(scope, live), **_asked(request, scope, live)}
    )


@require_safe
def show(request: HttpRequest, company: str, number: int) -> HttpResponse:
    """A version of the past, as it was."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    version = get_object_or_404(SegmentVersion, company=scope.company, number=number, state="history")
    context = {"scope": scope, "version": version, "lines": _lines(segments.of(version), scope, {})}
    return render_page(request, "segments/show.html", context)


@require_POST
def restore(request: HttpRequest, company: str, number: int) -> HttpResponse:
    """A draft that is a copy of an earlier version."""
    scope = scope_of(request, to=Deed.EDIT_SEGMENTS)
    version = get_object_or_404(SegmentVersion, company=scope.company, number=number)
    try:
        drafts.restore(version=version, by=scope.user, at=scope.at)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    return go_to(request, reverse("segment_draft", kwargs={"company": company}))


def _shown(scope: Scope, live: SegmentVersion | None) -> dict[str, object]:
    held = standings.by_segment(scope.company)
    history = SegmentVersion.objects.filter(company=scope.company, state="history").select_related(
        "published_by"
    )
    return {
        "scope": scope,
        "live": live,
        "draft": versions.draft(scope.company),
        "lines": _lines(segments.of(live) if live else [], scope, held),
        "unplaced": held.get(None, Take()).customers,
        "unpriced": previews.unpriced(company=scope.company, today=scope.today),
        "following": following.of(scope),
        "history": history.order_by("-number")[:HISTORY_MAX],
    }


def _lines(ordered: list[Segment], scope: Scope, held: dict[int | None, Take]) -> list[dict[str, object]]:
    return [
        {
            "segment": segment,
            "takes": sentences.of_rule(segment.conditions, scope.company.currency),
            "take": held.get(segment.pk, Take()),
        }
        for segment in ordered
    ]


def _asked(request: HttpRequest, scope: Scope, live: SegmentVersion | None) -> dict[str, object]:
    """Why the customer whose number was asked for is in their segment."""
    number = request.GET.get("customer", "").strip()
    if not number:
        return {"number": ""}
    customer = Customer.objects.filter(company=scope.company, number=number).select_related("company").first()
    asked: list[Asked] = []
    if customer is not None:
        named = [(segment.name, segment.conditions) for segment in (segments.of(live) if live else [])]
        asked = explanations.why(customer, named, today=scope.today)
    return {"number": number, "customer": customer, "asked": asked}


urlpatterns = [
    path("segments/", index, name="segments"),
    path("segments/versions/<int:number>/", show, name="segment_version"),
    path("segments/versions/<int:number>/restore/", restore, name="segment_version_restore"),
]
