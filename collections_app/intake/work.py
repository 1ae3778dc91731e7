"""The work on a batch: read it, check it, and apply it, in one transaction that holds the company's ledger
for itself.
"""

import datetime as dt
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from collections_app.activity import events
from collections_app.intake import customers, documents, file_parts, files, findings, progress
from collections_app.intake.documents import Task
from collections_app.intake.faults import Fault
from collections_app.intake.findings import Findings
from collections_app.intake.profile_rules import from_json
from collections_app.intake.reading import Reading
from collections_app.intake.received import Batch
from collections_app.intake.rules import WORKING, BatchState, FileKind
from collections_app.ledger.postings import Posting
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.people.users import User

_TRY_LOCK, _LOCK = Statement(__file__, "try_company"), Statement(__file__, "hold_company")
_ROOM = Statement(__file__, "take_room")
Listener = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Side:
    """What takes in one kind of file: ``examine`` sets it beside what is known, ``write`` merges it."""

    examine: Callable[..., Findings]
    write: Callable[[Findings, Task, Posting, User | None], object]


def _examine_documents(reading: Reading, task: Task, **told: Callable[..., None]) -> Findings:
    return documents.examine(reading, task, **told)


def _write_documents(found: Findings, task: Task, posting: Posting, _by: User | None) -> None:
    documents.write(found, task, posting)


def _write_customers(found: Findings, task: Task, _posting: Posting, _by: User | None) -> None:
    customers.write(found, task)


# The ledger's own. Rooms above add theirs (``holds.order_files``), and doors name all of them.
Sides = Mapping[FileKind, Side]
OF_THE_LEDGER: Sides = {
    FileKind.OPEN_ITEMS: Side(_examine_documents, _write_documents),
    FileKind.TRANSACTIONS: Side(_examine_documents, _write_documents),
    FileKind.CUSTOMERS: Side(customers.examine, _write_customers),
}


class _NotApplied(Exception):
    """Ends the transaction of a check, or of a file that may not be applied as it is."""


class Outcome:
    """What came of working on a batch."""

    def __init__(self) -> None:
        self.findings = Findings()
        self.faults: list[Fault] = []
        self.fault_count = 0
        self.posting: Posting | None = None

    def refuse(self, refusal: Refused) -> None:
        """Note the reasons of a refusal that belong to no single row."""
        for problem in refusal.problems:
            self.faults.append(Fault(0, "", problem.code, problem.message))
            self.fault_count += 1


def run(
    batch: Batch,
    *,
    applying: bool,
    accepted: bool | Collection[str],
    listener: Listener,
    sides: Sides = OF_THE_LEDGER,
    by: User | None,
    at: dt.datetime,
) -> Outcome:
    """Check, and when ``applying`` and nothing stands against it, apply. Without an applied posting nothing
    is changed.
    """
    outcome, began = Outcome(), time.monotonic()
    with progress.of(batch.pk, listener=listener) as told, file_parts.spooled(batch) as file:
        try:
            with transaction.atomic():
                _ROOM.execute({})
                _hold(batch, told)
                waited = dt.timedelta(seconds=time.monotonic() - began)
                moment = _later_than_all(batch, at + waited)
                today = batch.company.today(at=moment)
                task = Task(batch.company, FileKind(batch.kind), batch.as_of, today, moment)
                _refuse_older_list(batch)
                shape = files.shape_of(file)
                is_cut_short = files.is_cut_short(file, shape)
                reading = Reading(files.rows_of(file, shape), from_json(batch.mapping))
                side = sides[task.kind]
                outcome.findings = side.examine(reading, task, on_rows=told.on_rows, on_step=told.on_step)
                outcome.faults, outcome.fault_count = reading.faults.kept, reading.faults.count
                _note_same_file(batch, outcome.findings)
                outcome.findings.questions += findings.end_questions(
                    outcome.findings.rows, is_cut_short=is_cut_short, ends_in_a_field=reading.ends_in_a_field
                )
                open_questions = [
                    q
                    for q in outcome.findings.questions
                    if accepted is not True and q.code not in (accepted or ())
                ]
                if not applying or outcome.fault_count or open_questions:
                    raise _NotApplied
                told.on_step("applying")
                outcome.posting = _apply(batch, task, side, outcome.findings, by=by)
        except _NotApplied:
            pass
        except Refused as refusal:
            outcome.posting = None
            outcome.refuse(refusal)
    return outcome


def _apply(batch: Batch, task: Task, side: Side, found: Findings, *, by: User | None) -> Posting:
    posting = Posting.objects.create(
        company=task.company,
        recorded_at=task.at,
        recorded_by=by,
        source=f"{batch.file_name} ({batch.kind})"[:300],
    )
    side.write(found, task, posting, by)
    facts = {
        key: value
        for key, value in found.as_json().items()
        if key in {"new", "changed", "settled", "unchanged", "totals"}
    }
    events.record(
        "ledger.imported",
        f"{batch.file_name} applied: {found.new:,} new, {found.changed:,} changed, {found.settled:,} "
        f"settled, {found.unchanged:,} unchanged.",
        company=task.company,
        facts={**facts, "batch": batch.pk},
        by=by,
        at=task.at,
    )
    Batch.objects.filter(pk=batch.pk).update(
        state=BatchState.APPLIED, posting=posting, ended_at=task.at, summary=found.as_json(), problem_count=0,
        newest_on=found.newest_on, rows_total=found.rows, rows_done=found.rows, step="applied",
        leased_until=None,
    )  # fmt: skip
    return posting


def _hold(batch: Batch, told: progress.Progress) -> None:
    """One file at a time for a company: wait for the one before, and say for which."""
    key = {"company": batch.company_id}
    if _TRY_LOCK.row(key)["is_held"]:
        return
    other = (
        Batch.objects.filter(company=batch.company_id, state__in=WORKING)
        .exclude(pk=batch.pk)
        .order_by("-received_at")
        .first()
    )
    told.on_step(f"waiting for {other.file_name[:40]}" if other else "waiting for another import")
    _LOCK.execute(key)
    told.on_step("reading")


def _later_than_all(batch: Batch, at: dt.datetime) -> dt.datetime:
    """``at``, or just after the last posting: what is applied later was learned later."""
    last = Posting.objects.filter(company=batch.company_id).aggregate(at=Max("recorded_at"))["at"]
    return max(at, last + dt.timedelta(microseconds=1)) if last else at


def _refuse_older_list(batch: Batch) -> None:
    if batch.kind != FileKind.OPEN_ITEMS:
        return
    applied = Batch.objects.filter(company=batch.company_id, kind=batch.kind, state=BatchState.APPLIED)
    last = applied.order_by("-as_of").values_list("as_of", flat=True).first()
    if last and batch.as_of and batch.as_of < last:
        raise Refused.because(
            "older_list",
            f"The list is of {batch.as_of:%-d %B %Y}, but the ledger already stands as of {last:%-d %B %Y}. "
            "An older list would undo newer facts.",
        )


def _note_same_file(batch: Batch, found: Findings) -> None:
    same = Batch.objects.filter(
        company=batch.company_id, file_sha256=batch.file_sha256, state=BatchState.APPLIED
    ).exclude(pk=batch.pk)
    if same.exists():
        found.notes.append("The very same file was applied before.")
