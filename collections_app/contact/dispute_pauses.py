"""A pause: the customer's turn in a dispute. The clock stands until what we asked for has come, and says
so.
"""

import datetime as dt
from uuid import UUID

from django.db import models
from django.db.models import F, Q

from collections_app.contact import dispute_changes, dispute_work
from collections_app.contact.dispute_rows import Dispute
from collections_app.contact.rules import DisputeState, disputing
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.users import User

ASKED_LETTERS_MAX = 500


class DisputePause(models.Model):
    """The customer's turn: from the day on which they were asked until the day on which it was ours again."""

    dispute = models.ForeignKey(Dispute, on_delete=models.CASCADE, related_name="pauses", db_index=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    asked_for = models.CharField(max_length=500)
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "dispute_pause"
        constraints = [
            models.CheckConstraint(
                name="pause_ends_after_it_began",
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(until__isnull=True), name="dispute_waits_once_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["dispute", "since"], name="dispute_pause_by_dispute")]


def ask_customer(
    dispute: Dispute,
    *,
    asked_for: str,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """We asked the customer for evidence and wait for it: the clock stops. Asking counts as a line to them.
    Raises ``Refused`` with every problem.
    """
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        asked_for = asked_for.strip()
        problems = dispute_work.problems_of_work(dispute, by=by)
        problems += disputing.problems_of_move(DisputeState(dispute.state), DisputeState.WAITING)
        if not asked_for or len(asked_for) > ASKED_LETTERS_MAX:
            text = f"Say in up to {ASKED_LETTERS_MAX} letters what we wait for."
            problems.append(Problem("not_said_what_for", text))
        if problems:
            raise Refused(dict.fromkeys(problems))
        today = dispute.company.today(at=at)
        DisputePause.objects.create(
            dispute=dispute, since=today, asked_for=asked_for, begun_by=by, begun_at=at
        )
        dispute.state, dispute.waiting_since, dispute.asked_for = DisputeState.WAITING, today, asked_for
        dispute.told_by, dispute.told_at = by, at
        summary = f"Waits for the customer in the dispute of {dispute_changes.shown(dispute)}: {asked_for}"
        dispute_changes.keep(dispute, "asked", summary, form_key=form_key, by=by, at=at)
    return dispute


def receive_evidence(
    dispute: Dispute,
    *,
    evidence: str,
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """What we asked for came, or a part of it; when we waited for it, the clock runs again. Raises
    ``Refused``.
    """
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        evidence = evidence.strip()
        problems = dispute_work.problems_of_work(dispute, by=by) + disputing.problems_of_said(evidence)
        if not evidence:
            problems.append(Problem("not_said_what_came", "Say what came, and where it is kept."))
        if problems:
            raise Refused(problems)
        dispute.evidence = f"{dispute.evidence}\n{evidence}".strip()
        dispute.evidence_at = at
        if dispute.state == DisputeState.WAITING:
            _end(dispute, by=by, at=at)
        summary = f"Evidence came in the dispute of {dispute_changes.shown(dispute)}: {evidence}"
        dispute_changes.keep(dispute, "evidence_received", summary, form_key=form_key, by=by, at=at)
    return dispute


def resume(
    dispute: Dispute,
    *,
    because: str = "",
    version: int | None = None,
    form_key: UUID | None = None,
    by: User,
    at: dt.datetime,
) -> Dispute:
    """It is our turn again though nothing came: the clock runs on. Raises ``Refused``."""
    with dispute_changes.changing(dispute, version=version, form_key=form_key) as is_new:
        if not is_new:
            return dispute
        problems = dispute_work.problems_of_work(dispute, by=by) + disputing.problems_of_said(because)
        problems += disputing.problems_of_move(DisputeState(dispute.state), DisputeState.LODGED)
        if problems:
            raise Refused(dict.fromkeys(problems))
        _end(dispute, by=by, at=at)
        why = f": {because.strip()}" if because.strip() else ""
        summary = f"The clock of the dispute of {dispute_changes.shown(dispute)} runs again{why}"
        dispute_changes.keep(dispute, "resumed", summary, form_key=form_key, by=by, at=at)
    return dispute


def _end(dispute: Dispute, *, by: User, at: dt.datetime) -> None:
    """End the pause that runs, and move the due days on by it."""
    today = dispute.company.today(at=at)
    dispute.pauses.filter(until__isnull=True).update(until=today, ended_by=by, ended_at=at)
    dispute.state, dispute.waiting_since = DisputeState.LODGED, None
    dispute_changes.wind(dispute, None, dispute_changes.pauses_of(dispute))
