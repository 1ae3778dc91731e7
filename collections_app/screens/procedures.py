"""The procedures of reminders: what is in force for each segment, one with its history, and which levels are
switched on.
"""

import datetime as dt
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.dunning import levels, procedures
from collections_app.dunning.procedure_rows import ProcedureVersion
from collections_app.dunning.rules import packs
from collections_app.dunning.rules.steps import LEVEL_LABELS, Procedure
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens import procedure_words
from collections_app.screens.htmx import go_to, render_page, sentence
from collections_app.screens.procedure_words import Told
from collections_app.screens.scoping import Scope, scope_of
from collections_app.segmentation import segments, versions


@dataclass(frozen=True, slots=True)
class Line:
    """A segment with what is in force for it."""

    code: str
    name: str
    version: ProcedureVersion | None
    steps: list[Told]
    coming: ProcedureVersion | None
    has_draft: bool


@dataclass(frozen=True, slots=True)
class Past:
    """A version that was published, in words, and what it is today."""

    version: ProcedureVersion
    steps: list[Told]
    is_in_force: bool
    is_coming: bool


def address(scope: Scope, code: str, name: str = "procedure") -> str:
    """A page of a segment's procedure."""
    return reverse(name, kwargs={"company": scope.company.code, "code": code})


def may_edit(scope: Scope) -> bool:
    """Whether the reader may change procedures."""
    return scope.user.may(Deed.EDIT_PROCEDURES)


def segment_names(scope: Scope) -> dict[str, str]:
    """What the live segments are called, by code, in their order."""
    live = versions.live(scope.company)
    return {each.code: each.name for each in segments.of(live)} if live else {}


def name_or_404(scope: Scope, code: str) -> str:
    """What the segment of an address is called."""
    name = segment_names(scope).get(code)
    if name is None:
        raise Http404("There is no such segment.")
    return name


def in_force(scope: Scope, code: str) -> Procedure:
    """What customers of a segment are reminded by today; the starting pack before the first night."""
    found = procedures.in_force(company=scope.company, day=scope.today).get(code)
    return found.procedure if found else packs.starter(code, scope.company.currency)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Every segment with its steps."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    known = ProcedureVersion.objects.filter(company=scope.company).in_order()
    of_segment: dict[str, list[ProcedureVersion]] = {}
    for version in known:
        of_segment.setdefault(version.segment_code, []).append(version)
    names = segment_names(scope)
    context = {
        "scope": scope,
        "lines": [_line(scope, code, name, of_segment.get(code, [])) for code, name in names.items()],
        "highest": levels.highest_on(company=scope.company, day=scope.today),
        "level_labels": LEVEL_LABELS,
        "may_edit": may_edit(scope),
    }
    return render_page(request, "procedures/index.html", context)


@require_safe
def show(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """The procedure of one segment, and the versions before it."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    name = name_or_404(scope, code)
    history = procedures.history(company=scope.company, segment_code=code)
    now = _now(history, scope.today)
    currency = scope.company.currency
    context = {
        "scope": scope,
        "code": code,
        "name": name,
        "standing": now,
        "steps": procedure_words.of(in_force(scope, code), currency),
        "history": [
            Past(
                each,
                procedure_words.of(each.procedure, currency),
                each == now,
                bool(each.in_force_from and each.in_force_from > scope.today),
            )
            for each in history
        ],
        "draft": procedures.draft(company=scope.company, segment_code=code),
        "may_edit": may_edit(scope),
    }
    return render_page(request, "procedures/show.html", context)


@require_POST
def begin(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Start a draft, or go on with the one there is."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    name_or_404(scope, code)
    procedures.begin(company=scope.company, segment_code=code, by=scope.user, at=scope.at)
    return go_to(request, address(scope, code, "procedure_draft"))


@require_POST
def discard(request: HttpRequest, company: str, code: str) -> HttpResponse:
    """Throw the draft away."""
    scope = scope_of(request, to=Deed.EDIT_PROCEDURES)
    name_or_404(scope, code)
    draft = procedures.draft(company=scope.company, segment_code=code)
    given = request.POST.get("revision", "")
    revision = int(given) if given.isdecimal() and len(given) < 9 else -1
    try:
        if draft:
            procedures.discard(version=draft, revision=revision, by=scope.user, at=scope.at)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    return go_to(request, address(scope, code))


def _line(scope: Scope, code: str, name: str, known: list[ProcedureVersion]) -> Line:
    published = [each for each in known if each.state == "published"]
    now = _now(published[::-1], scope.today)
    procedure = now.procedure if now else packs.starter(code, scope.company.currency)
    coming = [each for each in published if each.in_force_from and each.in_force_from > scope.today]
    return Line(
        code,
        name,
        now,
        procedure_words.of(procedure, scope.company.currency),
        next((each for each in coming if each != now), None),
        len(published) < len(known),
    )


def _now(newest_first: list[ProcedureVersion], today: dt.date) -> ProcedureVersion | None:
    """The version in force: the newest whose day has come, or before its day the first of all."""
    begun = (each for each in newest_first if each.in_force_from and each.in_force_from <= today)
    return next(begun, newest_first[-1] if newest_first else None)


urlpatterns = [
    path("procedures/", index, name="procedures"),
    path("procedures/segments/<slug:code>/", show, name="procedure"),
    path("procedures/segments/<slug:code>/begin/", begin, name="procedure_begin"),
    path("procedures/segments/<slug:code>/draft/discard/", discard, name="procedure_discard"),
]
