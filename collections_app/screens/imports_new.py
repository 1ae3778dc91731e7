"""Bringing in a file: which file, how it is read, and of which day it is."""

import uuid
from collections.abc import Iterable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from collections_app.intake import batches, profiles
from collections_app.intake.batches import Batch
from collections_app.intake.builtin_profiles import Available
from collections_app.intake.rules import BatchState, FileKind
from collections_app.jobs import imports as work
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.rules import Deed
from collections_app.screens.htmx import UNPROCESSABLE, go_to, render_page
from collections_app.screens.imports import KINDS
from collections_app.screens.scoping import Scope, scope_of

ABOUT_KINDS = {
    FileKind.OPEN_ITEMS: (
        "Everything that is open as of one day. What was open before and is not on the list is settled."
    ),
    FileKind.TRANSACTIONS: (
        "Invoices, credit notes and payments as they happen. What the file does not name stays as it is."
    ),
    FileKind.CUSTOMERS: "Names, terms, limits and contacts. Amounts are not touched.",
    FileKind.ORDERS: (
        "Orders in hand, or ended. Each is checked when it comes in, and waits when a rule holds it."
    ),
}
NO_WORKER = (
    "The file is safe, but no worker could be told of it. It is checked as soon as one is there; "
    "“Check again” tries now."
)


class FileForm(forms.Form):
    """A file and how it is read: ``reads`` is "profile:kind", without one when a mapping is made next."""

    file = forms.FileField(
        label="File",
        help_text="CSV or XLSX, up to 1 GB. Nothing changes until you have seen what it would change.",
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
        error_messages={
            "required": "Choose the file.",
            "empty": "The file is empty.",
            "max_length": "The name of the file is too long. Rename it and choose it again.",
        },
    )
    reads = forms.ChoiceField(
        label="What is in it, and how it is read",
        error_messages={
            "required": "Say how the file is read.",
            "invalid_choice": "That profile is not there any more. Choose another.",
        },
    )
    as_of = forms.DateField(
        label="As of",
        required=False,
        help_text="Only for lists of open items: the day on which the list was made.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Write the day like 2026-03-31."},
    )
    key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: object, choice: Iterable[Available], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.choice = list(choice)
        field = self.fields["reads"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "Choose"), *((KINDS[kind], self._of(kind)) for kind in FileKind)]

    def _of(self, kind: FileKind) -> list[tuple[str, str]]:
        named = [(f"{p.name}:{kind}", p.title) for p in self.choice if p.mapping.kind == kind]
        return [*named, (f":{kind}", "None of these fits: make a mapping")]


@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: HttpRequest, company: str) -> HttpResponse:
    """Take in a file and have it checked, or mapped first."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    choice = profiles.available(scope.company)
    if request.method != "POST":
        return _page(request, scope, _blank(request, scope, choice))
    form = FileForm(request.POST, request.FILES, choice=choice)
    if not form.is_valid():
        return _page(request, scope, form, status=UNPROCESSABLE)
    try:
        batch = _received(scope, form)
    except Refused as refused:
        return _page(request, scope, form, refused.problems, status=UNPROCESSABLE)
    names = {"company": company, "batch_id": batch.pk}
    if not batch.profile_name:
        return go_to(request, reverse("import_mapping", kwargs=names))
    start(request, batch)
    return go_to(request, reverse("import", kwargs=names))


def start(request: HttpRequest, batch: Batch) -> None:
    """Have a batch checked. One that is at it already, from the same form sent twice, is left alone."""
    if batch.state != BatchState.RECEIVED:
        return
    try:
        if not work.start_check(batch):
            messages.warning(request, NO_WORKER)
    except Refused:
        return


def _received(scope: Scope, form: FileForm) -> Batch:
    data = form.cleaned_data
    name, _, kind = data["reads"].rpartition(":")
    return batches.receive(
        company=scope.company,
        file_name=data["file"].name,
        content=data["file"].chunks(),
        profile_name=name,
        kind=kind,
        as_of=data["as_of"] if kind == FileKind.OPEN_ITEMS else None,
        form_key=str(data["key"] or ""),
        by=scope.user,
        at=scope.at,
    )


def _blank(request: HttpRequest, scope: Scope, choice: Iterable[Available]) -> FileForm:
    """The last way of reading is likely this one too."""
    last = (
        Batch.objects.filter(company=scope.company, received_by=scope.user)
        .exclude(profile_name="")
        .order_by("-pk")
        .first()
    )
    reads = request.GET.get("reads") or (f"{last.profile_name}:{last.kind}" if last else "")
    return FileForm(initial={"as_of": scope.today, "key": uuid.uuid4(), "reads": reads}, choice=choice)


def _page(
    request: HttpRequest, scope: Scope, form: FileForm, problems: Iterable[Problem] = (), *, status: int = 200
) -> HttpResponse:
    kinds = [
        (KINDS[kind], ABOUT_KINDS[kind], [p for p in form.choice if p.mapping.kind == kind])
        for kind in FileKind
    ]
    context = {
        "scope": scope,
        "form": form,
        "problems": list(problems),
        "kinds": kinds,
        "is_again": status != 200,
    }
    return render_page(request, "imports/new.html", context, status=status)


urlpatterns = [path("imports/new/", bring_in, name="import_new")]
