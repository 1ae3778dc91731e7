"""A version of a company's segments: an ordered pack of rules. One is live; the others are history or a
draft.

A draft is edited by ``segments``, and published or discarded by ``drafts``. Two people may have it open:
every edit
names the revision it was made on, and is refused with what changed when somebody was faster.
"""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.activity.events import Event
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User
from collections_app.segmentation.rules import conditions, packs


class SegmentVersion(models.Model):
    """One pack of segments of a company. Publishing a draft makes the live one history."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="segment_versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=[(s, s) for s in ("draft", "live", "history")])
    note = models.CharField(max_length=300, blank=True)
    # Rises with every edit of a draft.
    revision = models.PositiveIntegerField(default=0)
    made_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    published_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "segment_version"
        constraints = [
            models.UniqueConstraint(fields=["company", "number"], name="segment_version_number_is_used_once"),
            models.UniqueConstraint(
                fields=["company"], condition=Q(state="live"), name="company_has_one_live_segment_version"
            ),
            models.UniqueConstraint(
                fields=["company"], condition=Q(state="draft"), name="company_has_one_draft_segment_version"
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} ({self.state})"


def live(company: Company) -> SegmentVersion | None:
    """The version by which customers of ``company`` are placed."""
    return SegmentVersion.objects.filter(company=company, state="live").first()


def draft(company: Company) -> SegmentVersion | None:
    """The version that is being prepared, if any."""
    return SegmentVersion.objects.filter(company=company, state="draft").first()


def next_number(company: Company) -> int:
    """The number of the version to be made now. The caller holds the lock on ``company``."""
    newest = SegmentVersion.objects.filter(company=company).aggregate(newest=models.Max("number"))["newest"]
    return (newest or 0) + 1


def ensure_default(*, company: Company, by: User | None, at: dt.datetime) -> SegmentVersion:
    """The live version of ``company``; where there is none yet, the starting pack is made live."""
    return live(company) or _begun(company, by=by, at=at)


def lock(company: Company) -> None:
    """Wait for whoever changes how customers of ``company`` are treated, until the transaction ends.

    Not for those who only write down something that names the company: they would wait for us, and we for
    them.
    """
    Company.objects.select_for_update(no_key=True).get(pk=company.pk)


@transaction.atomic
def _begun(company: Company, *, by: User | None, at: dt.datetime) -> SegmentVersion:
    lock(company)
    if standing := live(company):
        return standing
    made = SegmentVersion.objects.create(
        company=company,
        number=next_number(company),
        state="live",
        made_by=by,
        made_at=at,
        published_by=by,
        published_at=at,
    )
    pack = packs.starters(company.currency)
    made.segments.bulk_create(
        made.segments.model(
            version=made,
            position=position,
            code=starter.code,
            name=starter.name,
            rule=conditions.written(starter.rule),
            least_days_overdue=starter.least_days_overdue,
            habit_grace_days=starter.habit_grace_days,
        )
        for position, starter in enumerate(pack, start=1)
    )
    summary = f"Started with {len(pack)} segments"
    events.record("segments.published", summary, company=company, facts={"version": made.pk}, by=by, at=at)
    return made


def locked(version: SegmentVersion, *, revision: int) -> SegmentVersion:
    """The draft, locked for one edit. Refused when no draft any more, or not as it was at ``revision``."""
    locking = SegmentVersion.objects.select_for_update(of=("self",), no_key=True)
    found = locking.select_related("company").filter(pk=version.pk).first()
    if found is None or found.state != "draft":
        raise Refused.because(
            "not_a_draft", "This draft was published or discarded meanwhile. Open the segments again."
        )
    if found.revision != revision:
        raise Refused(_changed_since(found, revision))
    return found


def edited(version: SegmentVersion, what: str, summary: str, *, by: User | None, at: dt.datetime) -> None:
    """One edit of a locked draft is done: the revision rises and the event says what changed."""
    version.revision += 1
    version.save(update_fields=["revision"])
    facts = {"version": version.pk, "revision": version.revision}
    events.record(what, summary, company=version.company, facts=facts, by=by, at=at)


def _changed_since(version: SegmentVersion, revision: int) -> list[Problem]:
    changes = Event.objects.filter(
        company=version.company,
        what__startswith="segment.",
        facts__version=version.pk,
        facts__revision__gt=revision,
    ).select_related("by")
    told = [f"{event.by or 'Somebody'}: {event.summary}." for event in changes.order_by("pk")]
    first = (
        "Somebody else changed this draft since you opened it. Look at it again, then repeat what you wanted."
    )
    return [Problem("changed_meanwhile", first), *(Problem("changed_meanwhile", text) for text in told)]
