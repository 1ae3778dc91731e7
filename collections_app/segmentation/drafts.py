"""The life of a draft of segments: a copy of the live version, edited, then published or discarded."""

import datetime as dt

from django.db import transaction

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User
from collections_app.segmentation import segments, versions
from collections_app.segmentation.rules import sentences
from collections_app.segmentation.rules.segments import pack_problems
from collections_app.segmentation.segments import Segment
from collections_app.segmentation.versions import SegmentVersion

NOTE_LENGTH_MAX = 300


@transaction.atomic
def begin(*, company: Company, by: User | None, at: dt.datetime) -> SegmentVersion:
    """The draft of ``company``; where there is none, a copy of the live version. Two people get one."""
    require(by, Deed.EDIT_SEGMENTS)
    live = versions.ensure_default(company=company, by=by, at=at)
    if standing := versions.draft(company):
        return standing
    return _copied(live, by=by, at=at, note="")


@transaction.atomic
def restore(*, version: SegmentVersion, by: User | None, at: dt.datetime) -> SegmentVersion:
    """A draft that is a copy of an earlier version, to be looked at before it goes live. Refused beside
    another draft.
    """
    require(by, Deed.EDIT_SEGMENTS)
    versions.lock(version.company)
    if versions.draft(version.company):
        raise Refused.because("draft_stands", "There is a draft already. Publish or discard it first.")
    return _copied(version, by=by, at=at, note=f"Back to version {version.number}")


@transaction.atomic
def discard(*, draft: SegmentVersion, revision: int, by: User | None, at: dt.datetime) -> None:
    """Throw the draft away; the live version stays as it is."""
    require(by, Deed.EDIT_SEGMENTS)
    found = versions.locked(draft, revision=revision)
    SegmentVersion.objects.filter(pk=found.pk).delete()
    summary = f"discarded the draft of segments, version {found.number}"
    events.record("segments.discarded", summary, company=found.company, by=by, at=at)


@transaction.atomic
def publish(
    *, draft: SegmentVersion, revision: int, note: str, by: User | None, at: dt.datetime
) -> SegmentVersion:
    """Make the draft the live version. Refused with all that stands in the way.

    Customers are placed by it, and the chase list follows, by ``chase.regroupings``, a floor above. A segment
    that lives on keeps its row, so that those who stay in it need not be written again.
    """
    require(by, Deed.EDIT_SEGMENTS)
    found = versions.locked(draft, revision=revision)
    ordered = segments.of(found)
    if problems := pack_problems([(segment.name, segment.conditions) for segment in ordered]):
        raise Refused(problems)
    if before := versions.live(found.company):
        segments.take_over(before, found)
        SegmentVersion.objects.filter(pk=before.pk).update(state="history")
    found.state, found.note = "live", note.strip()[:NOTE_LENGTH_MAX]
    found.published_by, found.published_at = by, at
    found.save()
    summary = f"published version {found.number} of the segments, {len(ordered)} of them"
    facts = {"version": found.pk, "note": found.note, "segments": _told(ordered, found.company.currency)}
    events.record("segments.published", summary, company=found.company, facts=facts, by=by, at=at)
    return found


def _copied(source: SegmentVersion, *, by: User | None, at: dt.datetime, note: str) -> SegmentVersion:
    company = source.company
    made = SegmentVersion.objects.create(
        company=company,
        number=versions.next_number(company),
        state="draft",
        made_by=by,
        made_at=at,
        note=note,
    )
    Segment.objects.bulk_create(_copy(segment, made) for segment in segments.of(source))
    summary = f"began a draft of segments, version {made.number}, from version {source.number}"
    events.record("segments.drafted", summary, company=company, facts={"version": made.pk}, by=by, at=at)
    return made


def _copy(segment: Segment, version: SegmentVersion) -> Segment:
    return Segment(
        version=version,
        position=segment.position,
        code=segment.code,
        name=segment.name,
        rule=segment.rule,
        least_days_overdue=segment.least_days_overdue,
        least_amount=segment.least_amount,
        habit_grace_days=segment.habit_grace_days,
    )


def _told(ordered: list[Segment], currency: str) -> list[dict[str, str]]:
    return [
        {"code": each.code, "name": each.name, "takes": sentences.of_rule(each.conditions, currency)}
        for each in ordered
    ]
