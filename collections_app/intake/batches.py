"""A batch: one import of one file, from its arrival to its end. All of its rows are applied, or none.

    received -> checking -> checked -> applying -> applied
                         -> refused            -> refused      (what is wrong is told by line and column)
    received, checked -> discarded

Whoever works on a batch holds a lease that they renew with every step. A batch whose lease ran out may be
worked on
again: its transaction is gone, and nothing of it was applied.
"""

import csv
import datetime as dt
import io
from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePath

from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.db.models.functions import Now

from collections_app.activity import events
from collections_app.intake import file_parts, limits, profiles, work
from collections_app.intake.received import Batch, FilePart, RowProblem
from collections_app.intake.rules import MAY_APPLY, MAY_CHECK, MAY_DISCARD, WORKING, BatchState, FileKind
from collections_app.ledger.companies import Company
from collections_app.lib import spreadsheets
from collections_app.lib.refusals import Refused
from collections_app.people import permissions
from collections_app.people.rules import Deed
from collections_app.people.users import User

__all__ = ["Batch", "FilePart", "RowProblem", "apply", "check", "discard", "problem_lines", "receive"]


def receive(
    *,
    company: Company,
    file_name: str,
    content: Iterable[bytes],
    profile_name: str,
    kind: FileKind | str | None = None,
    as_of: dt.date | None = None,
    form_key: str = "",
    by: User | None,
    at: dt.datetime,
) -> Batch:
    """Take in a file, piece by piece, and keep it in the database. Nothing is read yet.

    Without ``profile_name`` the file waits until somebody says how it is to be read (``handovers.read_as``).
    The same file sent again with the same ``form_key`` is the batch that it was the first time.
    Raises ``Refused`` for an unknown profile, a list of open items without its day, an empty or too large
    file.
    """
    permissions.require(by, Deed.IMPORT_LEDGER)
    batch = Batch(
        company=company,
        profile_name=profile_name,
        file_name=_plain_name(file_name),
        file_bytes=0,
        form_key=form_key,
        state=BatchState.RECEIVED,
        received_by=by,
        received_at=at,
    )
    say_how(batch, kind=kind, as_of=as_of, at=at)
    try:
        with transaction.atomic():
            batch.save()
            file_parts.keep(batch, content)
            said, facts = f"{batch.file_name} received.", {"batch": batch.pk}
            events.record("batch.received", said, company=company, facts=facts, by=by, at=at)
    except IntegrityError:
        sent = Batch.objects.filter(company=company, form_key=form_key, file_sha256=batch.file_sha256).first()
        if not form_key or sent is None:
            raise
        return sent
    return batch


def say_how(batch: Batch, *, kind: FileKind | str | None, as_of: dt.date | None, at: dt.datetime) -> None:
    """Set how ``batch`` is read, by the profile that it names. Raises ``Refused`` when its day is missing
    or ahead.
    """
    if batch.profile_name:
        mapping = profiles.named(batch.profile_name, company=batch.company, kind=kind).mapping
        batch.kind, batch.mapping = mapping.kind, mapping.as_json()
        as_of = as_of or (dt.date.fromisoformat(mapping.as_of) if mapping.as_of else None)
    elif kind in set(FileKind):
        batch.kind, batch.mapping = FileKind(kind), {}
    else:
        raise Refused.because("kind_missing", "Say what the file holds.")
    if batch.kind == FileKind.OPEN_ITEMS and as_of is None:
        raise Refused.because(
            "as_of_missing",
            "A list of open items needs the day on which it was made. Give it as the “as of” date.",
        )
    if as_of and as_of > batch.company.today(at=at) + dt.timedelta(days=1):
        raise Refused.because(
            "as_of_ahead", f"The list cannot be of {as_of:%-d %B %Y}: that day has not come yet."
        )
    batch.as_of = as_of if batch.kind == FileKind.OPEN_ITEMS else None


def check(
    batch: Batch,
    *,
    at: dt.datetime,
    listener: work.Listener | None = None,
    sides: work.Sides = work.OF_THE_LEDGER,
) -> Batch:
    """Read the file and tell what it would change, without changing anything: ``checked``, or ``refused``
    with problems.
    """
    if not _claim(batch, BatchState.CHECKING, MAY_CHECK, at=at):
        return batch
    outcome = _work(batch, applying=False, accepted=False, listener=listener, sides=sides, by=None, at=at)
    return _conclude(batch, outcome, by=batch.received_by, at=at)


def apply(
    batch: Batch,
    *,
    accepted: bool | Collection[str] = False,
    by: User | None,
    at: dt.datetime,
    listener: work.Listener | None = None,
    sides: work.Sides = work.OF_THE_LEDGER,
) -> Batch:
    """Check again and apply. ``accepted`` is True or the codes of the questions that somebody said yes to.

    Afterwards the batch is ``applied``; ``checked`` when a question is open; ``refused`` when rows are wrong.
    """
    permissions.require(by, Deed.IMPORT_LEDGER)
    if not _claim(batch, BatchState.APPLYING, MAY_APPLY, at=at):
        return batch
    outcome = _work(batch, applying=True, accepted=accepted, listener=listener, sides=sides, by=by, at=at)
    if outcome.posting is None:
        return _conclude(batch, outcome, by=by, at=at)
    batch.refresh_from_db()
    return batch


@transaction.atomic
def discard(batch: Batch, *, by: User | None, at: dt.datetime) -> Batch:
    """Put a batch away that is not to be applied. Raises ``Refused`` when it is being worked on or has
    ended.
    """
    permissions.require(by, Deed.IMPORT_LEDGER)
    changed = Batch.objects.filter(_may_be_taken(MAY_DISCARD), pk=batch.pk).update(
        state=BatchState.DISCARDED, ended_at=at, leased_until=None, step=""
    )
    batch.refresh_from_db()
    if not changed:
        raise Refused.because("not_open", f"{batch.file_name} is {batch.state}, so it cannot be discarded.")
    events.record(
        "batch.discarded",
        f"{batch.file_name} discarded.",
        company=batch.company,
        facts={"batch": batch.pk},
        by=by,
        at=at,
    )
    return batch


def forget_form(batch: Batch) -> None:
    """The same file sent again with its form is another batch, for this one changed nothing."""
    Batch.objects.filter(pk=batch.pk).exclude(state=BatchState.APPLIED).update(form_key="")
    batch.refresh_from_db()


def open_questions(batch: Batch) -> list[dict[str, str]]:
    """What must be answered before ``batch`` can be applied: code and sentence of each question."""
    return list(batch.summary.get("questions", [])) if batch.state == BatchState.CHECKED else []


def problem_lines(batch: Batch) -> Iterator[str]:
    """The problems as lines of CSV to download. Cells that a spreadsheet would run begin with an
    apostrophe.
    """
    yield "line,column,problem\r\n"
    for line, column, message in (
        batch.problems.order_by("line", "pk").values_list("line", "column", "message").iterator()
    ):
        text = io.StringIO()
        csv.writer(text).writerow([line or "", spreadsheets.harmless(column), spreadsheets.harmless(message)])
        yield text.getvalue()


def _plain_name(file_name: str) -> str:
    """The last part of a path, without anything that could break a line or a header."""
    name = PurePath(file_name.replace("\\", "/")).name
    return "".join(letter for letter in name if letter.isprintable())[-255:] or "file"


def _may_be_taken(states: Collection[BatchState]) -> Q:
    return Q(state__in=states) | Q(state__in=WORKING, leased_until__lt=Now())


def _claim(batch: Batch, state: BatchState, states: Collection[BatchState], *, at: dt.datetime) -> bool:
    """Take ``batch`` for this worker. False when too many lost it before: then it is refused."""
    lease = Now() + dt.timedelta(seconds=limits.LEASE_SECONDS)
    claimed = Batch.objects.filter(_may_be_taken(states), pk=batch.pk).update(
        state=state, leased_until=lease, step="reading", rows_done=0, attempts=F("attempts") + 1
    )
    batch.refresh_from_db()
    if not claimed:
        doing = (
            "is being worked on by somebody else" if batch.state in WORKING else f"is {batch.state} already"
        )
        raise Refused.because("not_open", f"{batch.file_name} {doing}.")
    if batch.attempts <= limits.ATTEMPTS_MAX:
        return True
    _give_up(batch, at=at)
    return False


def _give_up(batch: Batch, *, at: dt.datetime) -> None:
    outcome = work.Outcome()
    outcome.refuse(
        Refused.because(
            "broke_off",
            f"The work on this file broke off {limits.ATTEMPTS_MAX} times for a reason that does not lie in "
            "the file. Nothing was changed. The log of the workers says why; bring the file in again then.",
        )
    )
    _conclude(batch, outcome, by=batch.received_by, at=at)


def _work(
    batch: Batch,
    *,
    applying: bool,
    accepted: bool | Collection[str],
    listener: work.Listener | None,
    sides: work.Sides,
    by: User | None,
    at: dt.datetime,
) -> work.Outcome:
    try:
        return work.run(
            batch,
            applying=applying,
            accepted=accepted,
            listener=listener or (lambda _step, _rows: None),
            sides=sides,
            by=by,
            at=at,
        )
    except BaseException:
        # Nothing was applied. The batch is free again, for whoever finds out why.
        free = Batch.objects.filter(pk=batch.pk, state__in=WORKING)
        if free.update(state=BatchState.RECEIVED, leased_until=None, step="") and (
            batch.attempts >= limits.ATTEMPTS_MAX
        ):
            _give_up(batch, at=at)
        raise


@transaction.atomic
def _conclude(batch: Batch, outcome: work.Outcome, *, by: User | None, at: dt.datetime) -> Batch:
    """Write down what a check found: in a transaction of its own, since that of the check is undone. That a
    file was refused is told to everybody, as the doing of who asked for it.
    """
    refused = outcome.fault_count > 0
    batch.state = BatchState.REFUSED if refused else BatchState.CHECKED
    batch.summary = outcome.findings.as_json()
    batch.problem_count = outcome.fault_count
    batch.rows_done, batch.rows_total = outcome.findings.rows, outcome.findings.rows
    batch.step, batch.leased_until, batch.ended_at = "", None, at if refused else None
    batch.attempts = 0
    batch.save()
    RowProblem.objects.filter(batch=batch).delete()
    RowProblem.objects.bulk_create(
        (
            RowProblem(batch=batch, line=f.line, column=f.column, code=f.code[:40], message=f.message)
            for f in outcome.faults
        ),
        batch_size=1000,
    )
    if refused:
        problems = "1 problem" if batch.problem_count == 1 else f"{batch.problem_count:,} problems"
        said, facts = f"{batch.file_name} refused: {problems}.", {"problems": batch.problem_count}
        facts["batch"] = batch.pk
        events.record("batch.refused", said, company=batch.company, facts=facts, by=by, at=at)
    return batch
