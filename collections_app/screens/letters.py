"""The letters of a company: what there is by purpose and language, and one version of one as it was."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from collections_app.correspondence import letter_drafts
from collections_app.correspondence.letter_templates import LetterTemplate
from collections_app.correspondence.rules.purposes import LANGUAGES, PURPOSE_AIMS, PURPOSE_LABELS, Purpose
from collections_app.lib.refusals import Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import go_to, render_page, sentence
from collections_app.screens.scoping import Scope, scope_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One letter in one language: the company's own version, if any, and whether a draft waits."""

    language: str
    label: str
    number: int | None
    has_draft: bool


def address(scope: Scope, purpose: Purpose, language: str) -> str:
    """The page of one letter."""
    kwargs = {"company": scope.company.code, "purpose": purpose.value, "language": language}
    return reverse("letter", kwargs=kwargs)


def letter_or_404(purpose: str, language: str) -> tuple[Purpose, str]:
    """What an address names."""
    if purpose not in set(Purpose) or language not in LANGUAGES:
        raise Http404("There is no such letter.")
    return Purpose(purpose), language


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Every letter by purpose, in each language."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    standing = {
        (each.purpose, each.language, each.state): each.number
        for each in LetterTemplate.objects.filter(company=scope.company, state__in=["live", "draft"])
    }
    lines = [
        (
            purpose,
            PURPOSE_LABELS[purpose],
            PURPOSE_AIMS[purpose],
            [
                Cell(
                    language,
                    label,
                    standing.get((purpose.value, language, "live")),
                    (purpose.value, language, "draft") in standing,
                )
                for language, label in LANGUAGES.items()
            ],
        )
        for purpose in Purpose
    ]
    context = {
        "scope": scope,
        "lines": lines,
        "languages": LANGUAGES,
        "may_edit": may_edit(scope),
        "may_edit_procedures": scope.user.may(Deed.EDIT_PROCEDURES),
    }
    return render_page(request, "letters/index.html", context)


def may_edit(scope: Scope) -> bool:
    """Whether the reader may change letters."""
    return scope.user.may(Deed.EDIT_LETTERS)


@require_safe
def version(request: HttpRequest, company: str, purpose: str, language: str, number: int) -> HttpResponse:
    """A version as it was published."""
    scope = scope_of(request, to=Deed.READ_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    found = _version_or_404(scope, asked, spoken, number)
    context = {
        "scope": scope,
        "version": found,
        "label": PURPOSE_LABELS[asked],
        "language_label": LANGUAGES[spoken],
        "may_edit": may_edit(scope),
        "draft": letter_drafts.draft(scope.company, asked, spoken),
        "back": address(scope, asked, spoken),
    }
    return render_page(request, "letters/version.html", context)


@require_POST
def restore(request: HttpRequest, company: str, purpose: str, language: str, number: int) -> HttpResponse:
    """A draft with the words of an earlier version."""
    scope = scope_of(request, to=Deed.EDIT_LETTERS)
    asked, spoken = letter_or_404(purpose, language)
    found = _version_or_404(scope, asked, spoken, number)
    if letter_drafts.draft(scope.company, asked, spoken):
        text = "There is a draft of this letter already. Publish or discard it first."
        return sentence(request, text, status=409)
    try:
        letter_drafts.restored(found, revision=0, by=scope.user, at=scope.at)
    except Refused as refused:
        return sentence(request, str(refused), status=409)
    messages.success(request, f"The words of version {number} are in a draft. Look at them, then publish.")
    return go_to(request, address(scope, asked, spoken))


def _version_or_404(scope: Scope, purpose: Purpose, language: str, number: int) -> LetterTemplate:
    return get_object_or_404(letter_drafts.history(scope.company, purpose, language), number=number)


urlpatterns = [
    path("letters/", index, name="letters"),
    path("letters/<slug:purpose>/<slug:language>/versions/<int:number>/", version, name="letter_version"),
    path(
        "letters/<slug:purpose>/<slug:language>/versions/<int:number>/restore/",
        restore,
        name="letter_restore",
    ),
]
