"""The procedures of a company, by segment, in versions: begin a draft, edit it, publish it from a day on.

Two people may have a draft open: every edit names the revision it was made on, and is refused when somebody
was faster.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max

from collections_app.activity import events
from collections_app.dunning.procedure_rows import ProcedureVersion, ProcedureVersionQuerySet
from collections_app.dunning.rules import packs, written
from collections_app.dunning.rules.procedures import problems_of
from collections_app.dunning.rules.steps import Procedure, Step
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import segments, versions

NOTE_LETTERS_MAX = 300


@dataclass(frozen=True, slots=True)
class InForce:
    """The procedure of a segment on a day, and the version that says so."""

    version_id: int
    procedure: Procedure


def in_force(*, company: Company, day: dt.date) -> dict[str, InForce]:
    """The procedures by code of the segment on ``day``: before its first version's day that one. One
    query.
    """
    found: dict[str, InForce] = {}
    for version in ProcedureVersion.objects.filter(company=company).published().in_order():
        code, since = version.segment_code, version.in_force_from
        if code not in found or (since and since <= day):
            found[code] = InForce(version.pk, version.procedure)
    return found


def ensure_default(*, company: Company, by: User | None, at: dt.datetime) -> int:
    """Give every segment that has no procedure yet the one of the starting pack; how many were written."""
    live = versions.ensure_default(company=company, by=by, at=at)
    known = set(_of(company).published().values_list("segment_code", flat=True))
    missing = [segment.code for segment in segments.of(live) if segment.code not in known]
    if not missing:
        return 0
    today = company.today(at=at)
    made = ProcedureVersion.objects.bulk_create(
        [
            ProcedureVersion(
                company=company,
                segment_code=code,
                number=1,
                state="published",
                steps=written.write(packs.starter(code, company.currency).steps),
                made_by=by,
                made_at=at,
                published_by=by,
                published_at=at,
                in_force_from=today,
            )
            for code in missing
        ],
        ignore_conflicts=True,
    )
    return len(made)


def draft(*, company: Company, segment_code: str) -> ProcedureVersion | None:
    """The version that is being prepared, if any."""
    return _of(company).filter(segment_code=segment_code, state="draft").first()


def history(*, company: Company, segment_code: str) -> list[ProcedureVersion]:
    """What was published for a segment, the newest first, with who did."""
    of_segment = _of(company).published().filter(segment_code=segment_code)
    return list(of_segment.select_related("published_by").order_by("-in_force_from", "-number"))


@transaction.atomic
def begin(*, company: Company, segment_code: str, by: User | None, at: dt.datetime) -> ProcedureVersion:
    """The draft for a segment; where there is none, a copy of what was published last. Two people get one."""
    require(by, Deed.EDIT_PROCEDURES)
    versions.lock(company)
    if standing := draft(company=company, segment_code=segment_code):
        return standing
    newest = next(iter(history(company=company, segment_code=segment_code)), None)
    steps = newest.procedure.steps if newest else packs.starter(segment_code, company.currency).steps
    numbers = _of(company).filter(segment_code=segment_code).aggregate(newest=Max("number"))
    made = ProcedureVersion.objects.create(
        company=company,
        segment_code=segment_code,
        number=(numbers["newest"] or 0) + 1,
        state="draft",
        steps=written.write(steps),
        made_by=by,
        made_at=at,
    )
    _tell(made, "drafted", f"began {made}", by=by, at=at)
    return made


@transaction.atomic
def edit(
    *, version: ProcedureVersion, steps: Sequence[Step], revision: int, by: User | None, at: dt.datetime
) -> ProcedureVersion:
    """Other steps for a draft. Refused with every problem, and when somebody was faster."""
    require(by, Deed.EDIT_PROCEDURES)
    found = _locked(version, revision)
    if problems := problems_of(Procedure(found.segment_code, tuple(steps))):
        raise Refused(problems)
    found.steps, found.revision = written.write(steps), found.revision + 1
    found.save(update_fields=["steps", "revision"])
    _tell(found, "edited", f"changed {found}", by=by, at=at)
    return found


@transaction.atomic
def publish(
    *,
    version: ProcedureVersion,
    revision: int,
    in_force_from: dt.date,
    note: str = "",
    by: User | None,
    at: dt.datetime,
) -> ProcedureVersion:
    """Make a draft the version in force from a day on, today or later. Refused with every problem."""
    require(by, Deed.EDIT_PROCEDURES)
    found = _locked(version, revision)
    if problems := problems_of(found.procedure):
        raise Refused(problems)
    if in_force_from < found.company.today(at=at):
        raise Refused.because("in_force_from", "A procedure is in force from today on, or from a later day.")
    found.state, found.in_force_from = "published", in_force_from
    found.note = note.strip()[:NOTE_LETTERS_MAX]
    found.published_by, found.published_at = by, at
    found.save()
    _tell(found, "published", f"published {found}, in force from {in_force_from}", by=by, at=at)
    return found


@transaction.atomic
def discard(*, version: ProcedureVersion, revision: int, by: User | None, at: dt.datetime) -> None:
    """Throw a draft away; what is in force stays."""
    require(by, Deed.EDIT_PROCEDURES)
    found = _locked(version, revision)
    _tell(found, "discarded", f"discarded {found}", by=by, at=at)
    ProcedureVersion.objects.filter(pk=found.pk).delete()


def _of(company: Company) -> ProcedureVersionQuerySet:
    return ProcedureVersion.objects.filter(company=company)


def _locked(version: ProcedureVersion, revision: int) -> ProcedureVersion:
    locking = ProcedureVersion.objects.select_for_update(of=("self",), no_key=True).select_related("company")
    found = locking.filter(pk=version.pk).first()
    if found is None or found.state != "draft":
        raise Refused.because(
            "not_a_draft", "This draft was published or discarded meanwhile. Open the procedure again."
        )
    if found.revision != revision:
        raise Refused.because(
            "changed_meanwhile",
            "Somebody else changed this draft since you opened it. Look at it again, then repeat what you "
            "wanted.",
        )
    return found


def _tell(version: ProcedureVersion, what: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    facts = {"version": version.pk, "segment": version.segment_code, "steps": version.steps}
    events.record(f"procedure.{what}", summary, company=version.company, facts=facts, by=by, at=at)
