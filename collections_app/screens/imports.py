"""The imports of a company: what came in, what one of them would change, and what is wrong with it."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Min, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import path
from django.utils.http import content_disposition_header, urlencode
from django.views.decorators.http import require_safe

from collections_app.intake import batches, handovers, profiles
from collections_app.intake.batches import Batch
from collections_app.intake.rules import MAY_DISCARD, WORKING, BatchState, FileKind
from collections_app.jobs.stage_runs import StageRun
from collections_app.people.rules import Deed
from collections_app.screens.htmx import render_page, wants_part
from collections_app.screens.scoping import Scope, scope_of

PAGE_ROWS = 40
PROBLEMS_SHOWN = 200
GROUPS_SHOWN = 30
LIST_SECONDS_MAX = 180  # after that nobody waits for the chase list any more

KINDS = {
    FileKind.OPEN_ITEMS: "Open items",
    FileKind.TRANSACTIONS: "Transactions",
    FileKind.CUSTOMERS: "Customers and contacts",
    FileKind.ORDERS: "Orders",
}
WORDS = {
    BatchState.RECEIVED: ("Not checked yet", "warn"),
    BatchState.CHECKING: ("Being checked", "info"),
    BatchState.CHECKED: ("Ready to apply", "info"),
    BatchState.APPLYING: ("Being applied", "info"),
    BatchState.APPLIED: ("Applied", "good"),
    BatchState.REFUSED: ("Refused", "bad"),
    BatchState.DISCARDED: ("Discarded", ""),
}
STEPS = {
    handovers.TO_CHECK: "Waiting for a worker to check it.",
    handovers.TO_APPLY: "Waiting for a worker to apply it.",
    "reading": "Reading the file.",
    "checking rows": "Checking every row.",
    "comparing with the ledger": "Comparing with the ledger.",
    "applying": "Changing the ledger, all of it or nothing.",
}


@dataclass(frozen=True, slots=True)
class Move:
    """A control total by currency, before and after."""

    currency: str
    before: Decimal
    after: Decimal

    @property
    def difference(self) -> Decimal:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an import stands, in words, and what may be done. Busy: a worker is at it, or was told."""

    batch: Batch
    at: dt.datetime

    @property
    def _is_leased(self) -> bool:
        return self.batch.leased_until is not None and self.batch.leased_until >= self.at

    @property
    def is_busy(self) -> bool:
        asked = self.batch.step in (handovers.TO_CHECK, handovers.TO_APPLY)
        return self._is_leased and (self.batch.state in WORKING or asked)

    @property
    def is_stuck(self) -> bool:
        """Whether work on it stopped in the middle; nothing of it was applied."""
        return self.batch.state in WORKING and not self._is_leased

    @property
    def is_unmapped(self) -> bool:
        return self.batch.state == BatchState.RECEIVED and not self.batch.profile_name

    @property
    def words(self) -> str:
        if self.is_stuck:
            return "Interrupted"
        if self.is_unmapped:
            return "Needs a mapping"
        if self.is_busy and self.batch.state not in WORKING:
            return "Waiting for a worker"
        if self.batch.state == BatchState.CHECKED and self.batch.summary.get("questions"):
            return "Has a question"
        return WORDS[BatchState(self.batch.state)][0]

    @property
    def tone(self) -> str:
        if self.is_stuck or self.is_unmapped or self.words == "Has a question":
            return "warn"
        return WORDS[BatchState(self.batch.state)][1]

    @property
    def kind(self) -> str:
        return KINDS[FileKind(self.batch.kind)]

    @property
    def step(self) -> str:
        step = self.batch.step
        return STEPS.get(step, f"{step[:1].upper()}{step[1:]}.") if step else "Beginning."

    @property
    def may_be_checked(self) -> bool:
        waits = self.batch.state == BatchState.RECEIVED and not self.is_unmapped
        return not self.is_busy and (waits or self.is_stuck)

    @property
    def may_be_discarded(self) -> bool:
        return not self.is_busy and (self.batch.state in MAY_DISCARD or self.is_stuck)

    @property
    def may_be_mapped(self) -> bool:
        return not self.is_busy and self.batch.state in handovers.MAY_READ_AS

    @property
    def changes_nothing(self) -> bool:
        return not any(self.batch.summary.get(name) for name in ("new", "changed", "settled"))

    @property
    def moves(self) -> list[Move]:
        moves = self.batch.summary.get("moves", [])
        return [Move(move["currency"], Decimal(move["before"]), Decimal(move["after"])) for move in moves]

    @property
    def totals(self) -> list[tuple[str, Decimal]]:
        return [(code, Decimal(amount)) for code, amount in self.batch.summary.get("totals", {}).items()]


def standing_or_404(scope: Scope, batch_id: int) -> Standing:
    """An import of the company."""
    found = Batch.objects.filter(company=scope.company).select_related("received_by", "company")
    return Standing(get_object_or_404(found, pk=batch_id), scope.at)


@require_safe
def index(request: HttpRequest, company: str) -> HttpResponse:
    """The latest imports, newest first; ``before`` goes on from one of them."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    found = _listed(scope)
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < PAGE_ROWS:
        found = found.filter(pk__lt=int(before))
    rows = list(found[: PAGE_ROWS + 1])
    context = {
        "scope": scope,
        "rows": [Standing(batch, scope.at) for batch in rows[:PAGE_ROWS]],
        "older": urlencode({"before": rows[PAGE_ROWS - 1].pk}) if len(rows) > PAGE_ROWS else "",
        "is_first": not before,
        "last_list": _applied(scope).filter(kind=FileKind.OPEN_ITEMS).order_by("-as_of").first(),
    }
    return render_page(request, "imports/index.html", context, fragment="list")


def _listed(scope: Scope) -> QuerySet[Batch]:
    """Without the mapping and the samples, which only the page of one import shows."""
    found = Batch.objects.filter(company=scope.company).select_related("received_by")
    return found.defer("mapping").order_by("-pk")


def _applied(scope: Scope) -> QuerySet[Batch]:
    return Batch.objects.filter(company=scope.company, state=BatchState.APPLIED)


@require_safe
def show(request: HttpRequest, company: str, batch_id: int) -> HttpResponse:
    """One import. Its progress asks here again while somebody is at it, and gets the whole at the end."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    standing = standing_or_404(scope, batch_id)
    context = {"scope": scope, **told(scope, standing)}
    if not wants_part(request):
        return render_page(request, "imports/show.html", context)
    if context["is_waiting"]:
        return render_page(request, "imports/show.html", context, fragment="progress")
    response = render_page(request, "imports/show.html", context, fragment="batch")
    said = {"said": f"{standing.batch.file_name}: {standing.words}.", "quietly": True}
    response.content += render_to_string("_frame_said.html", said, request).encode()
    response["HX-Retarget"], response["HX-Reswap"] = "#batch", "outerHTML"
    return response


@require_safe
def download_problems(request: HttpRequest, company: str, batch_id: int) -> StreamingHttpResponse:
    """Every problem that was written down, as CSV. The mark in front tells spreadsheets: this is UTF-8."""
    scope = scope_of(request, to=Deed.IMPORT_LEDGER)
    batch = standing_or_404(scope, batch_id).batch

    def lines() -> Iterator[str]:
        yield "\ufeff"
        yield from batches.problem_lines(batch)

    name = f"{batch.file_name.rpartition('.')[0] or batch.file_name} problems.csv"
    headers = {"Content-Disposition": content_disposition_header(True, name) or "attachment"}
    return StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8", headers=headers)


def told(scope: Scope, standing: Standing) -> dict[str, Any]:
    """What the page of an import shows. The number of queries does not grow with rows or problems."""
    batch = standing.batch
    awaits_list = batch.state == BatchState.APPLIED and _awaits_list(scope, batch)
    context: dict[str, Any] = {
        "standing": standing,
        "batch": batch,
        "awaits_list": awaits_list,
        "is_waiting": standing.is_busy or awaits_list,
        "profile": _profile(batch),
        "samples": [_sample(row) for row in batch.summary.get("samples", [])],
    }
    if batch.state == BatchState.REFUSED:
        found = batch.problems.order_by("line", "pk")
        grouped = batch.problems.values("code", "column").annotate(
            count=Count("pk"), first=Min("line"), example=Min("message")
        )
        context |= {
            "problems": list(found[:PROBLEMS_SHOWN]),
            "groups": list(grouped.order_by("-count", "column")[:GROUPS_SHOWN]),
            "problems_shown": PROBLEMS_SHOWN,
        }
    return context


def _awaits_list(scope: Scope, batch: Batch) -> bool:
    """Whether the chase list is still the one from before the file was applied."""
    if batch.ended_at is None or scope.at - batch.ended_at > dt.timedelta(seconds=LIST_SECONDS_MAX):
        return False
    runs = StageRun.objects.filter(
        company=scope.company, stage="refresh_chase_list", started_at__gte=batch.ended_at
    )
    return not runs.filter(ended_at__isnull=False).exists()


def _profile(batch: Batch) -> str:
    """What the profile is called; one that is gone since by its name."""
    named = [p for p in profiles.available(batch.company) if p.name == batch.profile_name]
    return next((p.title for p in named if p.mapping.kind == batch.kind), batch.profile_name)


def _sample(row: dict[str, Any]) -> dict[str, Any]:
    """A row of the sample with amounts and days as values."""
    amounts = {name: None if row[name] is None else Decimal(row[name]) for name in ("was", "becomes")}
    days = {
        name: None if row[name] is None else dt.date.fromisoformat(row[name])
        for name in ("due_was", "due_on")
    }
    return {**row, **amounts, **days, "kind": row["kind"].replace("_", " ")}


urlpatterns = [
    path("imports/", index, name="imports"),
    path("imports/<int:batch_id>/", show, name="import"),
    path("imports/<int:batch_id>/problems.csv", download_problems, name="import_problems"),
]
