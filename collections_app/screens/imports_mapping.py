"""The mapping of a file: its columns, what each is read as, and the first rows as they are then understood.

Every change draws the form and the rows again; nothing is kept until it is saved as a profile of the company.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.intake import fields, guesses, handovers, headers, previews, profiles
from collections_app.intake.batches import Batch
from collections_app.intake.previews import Look, Preview
from collections_app.intake.profile_rules import Mapping, from_json, problems_of
from collections_app.intake.rules import FileKind
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens import imports_settings as settings
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page, sentence
from collections_app.screens.imports import KINDS, standing_or_404
from collections_app.screens.imports_new import start
from collections_app.screens.imports_settings import Posted
from collections_app.screens.scoping import Scope, scope_of

VALUES_SHOWN = 3
MONTH_FIRST = frozenset({"US", "PH", "PW", "FM"})


class SaveForm(forms.Form):
    """The name under which the mapping is kept, and the day of a list of open items."""

    title = forms.CharField(
        label="Name of the profile",
        max_length=60,
        help_text="It can be chosen for the next file like this. Your profile of the same name is replaced.",
        error_messages={
            "required": "Give the profile a name.",
            "max_length": "The name has at most 60 letters.",
        },
    )
    as_of = forms.DateField(
        label="List as of",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day like 2026-03-31."},
    )


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the file: its header, its first values, the field it is read as."""

    place: int
    name: str
    values: Sequence[str]
    field: str


@dataclass(frozen=True, slots=True)
class Desk:
    """One file on its way to a mapping: the line of its headers, and the profile that it began from."""

    scope: Scope
    batch: Batch
    looked: Look
    line: int
    base: str

    def names(self, mapping: Mapping) -> list[str]:
        return self.looked.table(mapping.has_header, self.line)[0]

    def columns(self, mapping: Mapping) -> list[Column]:
        """Every column; as many as the widest row has, since a title may stand above the headers."""
        names, rows = self.looked.table(mapping.has_header, self.line)
        read_as = {place: field for field, place in headers.places(names, mapping)[0].items()}
        return [
            Column(n, name.strip() or f"column {n + 1}", _first(rows, n), read_as.get(n, ""))
            for n, name in enumerate(names)
        ]

    def words(self, mapping: Mapping) -> list[str]:
        """The file's different words for types of rows."""
        names, rows = self.looked.table(mapping.has_header, self.line)
        place = headers.places(names, mapping)[0].get("type")
        found = (row[place].strip() for row in rows if place is not None and place < len(row))
        return list(dict.fromkeys(word for word in found if word))


@require_http_methods(["GET", "HEAD", "POST"])
def map_file(request: HttpRequest, company: str, batch_id: int) -> HttpResponse:
    """Say how it is read. *Show again* draws the rows, *Save* keeps a profile and has the file checked."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    standing = standing_or_404(scope, batch_id)
    batch = standing.batch
    if not standing.may_be_mapped:
        return sentence(request, f"{batch.file_name} is being worked on or has come to its end.", status=409)
    try:
        looked = previews.look(batch)
    except Refused as refused:
        context = {"scope": scope, "standing": standing, "batch": batch, "problems": refused.problems}
        return render_page(request, "imports/unreadable.html", context)
    if request.method != "POST":
        desk, mapping = _beginning(scope, batch, looked, request.GET.get("from", ""))
        form = SaveForm(initial={"as_of": batch.as_of or scope.today, "title": _own_title(desk)})
        return _page(request, desk, Posted(mapping, settings.form_of(mapping)), form)
    return _posted(request, scope, batch, looked)


def _posted(request: HttpRequest, scope: Scope, batch: Batch, looked: Look) -> HttpResponse:
    line, base_name = request.POST.get("line", ""), request.POST.get("base", "")
    desk = Desk(
        scope, batch, looked, int(line) if line.isdecimal() and len(line) < VALUES_SHOWN * 2 else 0, base_name
    )
    read = settings.read(request.POST, _base(scope, batch, looked, base_name))
    columns, twice = settings.columns_of_file(request.POST, desk.names(read.mapping), read.mapping)
    known = {field.name for field in fields.BY_KIND[read.mapping.kind]}
    mapping = replace(read.mapping, columns={name: where for name, where in columns.items() if name in known})
    read = Posted(mapping, read.form, [*twice, *problems_of(mapping)])
    if request.POST.get("step") != "save":
        return _page(request, desk, read, SaveForm(initial=request.POST.dict()))
    form = SaveForm(request.POST)
    if form.is_valid() and read.form.is_valid() and not read.problems:
        try:
            saved = handovers.map_as(batch, mapping=mapping, **form.cleaned_data, by=scope.user, at=scope.at)
        except Refused as refused:
            read = replace(read, problems=refused.problems)
        else:
            start(request, saved)
            messages.success(request, f"The profile “{form.cleaned_data['title']}” was saved.")
            return go_to(
                request, reverse("import", kwargs={"company": scope.company.code, "batch_id": batch.pk})
            )
    return _page(request, desk, read, form, status=UNPROCESSABLE)


def _beginning(scope: Scope, batch: Batch, looked: Look, asked: str) -> tuple[Desk, Mapping]:
    """The profile that was asked for, or that read the file last, or else a guess."""
    begun_from = asked or (f"{batch.profile_name}:{batch.kind}" if batch.profile_name else "")
    mapping = _base(scope, batch, looked, begun_from)
    return Desk(scope, batch, looked, previews.header_line(looked, mapping), begun_from), mapping


def _base(scope: Scope, batch: Batch, looked: Look, named: str) -> Mapping:
    name, _, kind = named.partition(":")
    try:
        if name:
            return profiles.named(name, company=scope.company, kind=kind or None).mapping
    except Refused:  # it is gone; what is kept with the batch is as good
        if batch.mapping:
            return from_json(batch.mapping)
    prefers = "M-D-Y" if scope.company.country in MONTH_FIRST else "D-M-Y"
    known = FileKind(kind if kind in set(FileKind) else batch.kind)
    return guesses.guess(looked.rows, kind=known, prefers=prefers)


def _own_title(desk: Desk) -> str:
    """The title of the profile that the mapping began from, when it is one of the company's own."""
    name = desk.base.partition(":")[0]
    own = (p for p in profiles.available(desk.scope.company) if p.name == name and not p.is_builtin)
    return next((profile.title for profile in own), "")


def _page(
    request: HttpRequest, desk: Desk, read: Posted, form: SaveForm, *, status: int = 200
) -> HttpResponse:
    mapping = read.mapping
    shown, hindrances = _preview(desk, mapping)
    wants_types = "type" in mapping.columns
    context: dict[str, Any] = {
        "scope": desk.scope,
        "batch": desk.batch,
        "desk": desk,
        "mapping": mapping,
        "columns": desk.columns(mapping),
        "fields": fields.BY_KIND[mapping.kind],
        "settings": read.form,
        "types": settings.type_lines(mapping, desk.words(mapping)) if wants_types else [],
        "meanings": settings.meanings(mapping.kind),
        "form": form,
        "problems": read.problems if status == UNPROCESSABLE else [],
        "hindrances": hindrances,
        "preview": _rows(shown) if shown else None,
        "profiles": [(f"{p.name}:{p.mapping.kind}", p) for p in profiles.available(desk.scope.company)],
        "kinds": KINDS,
    }
    return render_page(request, "imports/mapping.html", context, fragment="mapping", status=status)


def _preview(desk: Desk, mapping: Mapping) -> tuple[Preview | None, Sequence[Problem]]:
    if hindrances := problems_of(mapping):
        return None, hindrances
    try:
        return previews.preview(desk.looked, mapping), ()
    except Refused as refused:
        return None, refused.problems


def _rows(shown: Preview) -> dict[str, Any]:
    """The fields in the order of the file's columns, and a list of cells for each line."""
    order = sorted(shown.columns, key=lambda name: shown.columns[name])
    return {
        "heads": [fields.title_of(name) for name in order],
        "lines": [(line, [cells[name] for name in order]) for line, cells in shown.lines],
        "faults": shown.faults,
    }


def _first(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    found = (row[place].strip() for row in rows if place < len(row) and row[place].strip())
    return list(dict.fromkeys(found))[:VALUES_SHOWN]


urlpatterns = [path("imports/<int:batch_id>/mapping/", map_file, name="import_mapping")]
