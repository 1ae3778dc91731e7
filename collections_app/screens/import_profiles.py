"""The profiles of a company: those made here, which can be changed, and those that come with the product."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from collections_app.intake import fields, profiles
from collections_app.intake.builtin_profiles import Available
from collections_app.intake.profile_rules import Mapping, problems_of
from collections_app.intake.rules import FileKind
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import imports_settings as settings
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.imports import KINDS
from collections_app.screens.imports_settings import Posted
from collections_app.screens.scoping import Scope, scope_of

HEADERS_LETTERS_MAX = 1000


class NameForm(forms.Form):
    """What the profile is called."""

    title = forms.CharField(
        label="Name of the profile",
        max_length=60,
        error_messages={
            "required": "Give the profile a name.",
            "max_length": "The name has at most 60 letters.",
        },
    )


@dataclass(frozen=True, slots=True)
class FieldLine:
    """A field and the headers under which it is looked for, the best first."""

    name: str
    title: str
    headers: str


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """Every profile, by what it reads."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    choice = profiles.available(scope.company)
    kinds = [(KINDS[kind], [p for p in choice if p.mapping.kind == kind]) for kind in FileKind]
    return render_page(request, "import_profiles/index.html", {"scope": scope, "kinds": kinds})


@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, company: str, name: str, kind: str) -> HttpResponse:
    """Change a profile made here; one that comes with the workbench is the beginning of a new one."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    profile = _profile_or_404(scope, name, kind)
    mapping = profile.mapping
    if request.method != "POST":
        form = NameForm(initial={"title": "" if profile.is_builtin else profile.title})
        return _page(request, scope, profile, Posted(mapping, settings.form_of(mapping)), form)
    read = settings.read(request.POST, mapping)
    changed = replace(read.mapping, columns=_posted_columns(request, read.mapping.kind))
    read = Posted(changed, read.form, problems_of(changed))
    form = NameForm(request.POST)
    if form.is_valid() and read.form.is_valid() and not read.problems:
        try:
            kept = "" if profile.is_builtin else profile.name
            title = form.cleaned_data["title"]
            profiles.save(
                company=scope.company,
                title=title,
                mapping=changed.as_json(),
                name=kept,
                by=scope.user,
                at=scope.at,
            )
        except Refused as refused:
            read = replace(read, problems=refused.problems)
        else:
            messages.success(request, f"The profile “{title}” was saved.")
            return go_to(request, reverse("import_profiles", kwargs={"company": company}))
    return _page(request, scope, profile, read, form, status=UNPROCESSABLE)


def _profile_or_404(scope: Scope, name: str, kind: str) -> Available:
    for profile in profiles.available(scope.company):
        if (profile.name, profile.mapping.kind) == (name, kind):
            return profile
    raise Http404("No such profile.")


def _posted_columns(request: HttpRequest, kind: FileKind) -> dict[str, tuple[str, ...]]:
    posted = {field.name: request.POST.get(f"headers-{field.name}", "") for field in fields.BY_KIND[kind]}
    told = {name: _parted(text[:HEADERS_LETTERS_MAX]) for name, text in posted.items()}
    return {name: headers for name, headers in told.items() if headers}


def _parted(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("|") if part.strip())


def _lines(mapping: Mapping) -> Sequence[FieldLine]:
    return [
        FieldLine(field.name, field.title, " | ".join(mapping.columns.get(field.name, ())))
        for field in fields.BY_KIND[mapping.kind]
    ]


def _page(
    request: HttpRequest, scope: Scope, profile: Available, read: Posted, form: NameForm, *, status: int = 200
) -> HttpResponse:
    mapping = read.mapping
    problems: Iterable[Problem] = read.problems
    context = {
        "scope": scope,
        "profile": profile,
        "mapping": mapping,
        "lines": _lines(mapping),
        "settings": read.form,
        "types": settings.type_lines(mapping, ()) if mapping.types else [],
        "meanings": settings.meanings(mapping.kind),
        "form": form,
        "problems": list(problems),
    }
    return render_page(request, "import_profiles/edit.html", context, status=status)


urlpatterns = [
    path("imports/profiles/", index, name="import_profiles"),
    path("imports/profiles/<slug:name>/<slug:kind>/", edit, name="import_profile"),
]
