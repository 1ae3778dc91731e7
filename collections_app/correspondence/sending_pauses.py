"""A pause of sending: nothing leaves for one company, or for all of them, until somebody resumes it.

An administrator pauses by hand; a restore pauses before anything else runs, since what the restored rows say
of messages may be out of date. What is released meanwhile waits.
"""

import datetime as dt

from django.db import models, transaction
from django.db.models import Q

from collections_app.activity import events
from collections_app.ledger.companies import Company
from collections_app.lib.refusals import Problem, Refused
from collections_app.people.permissions import require
from collections_app.people.rules import Deed
from collections_app.people.users import User

REASON_LETTERS_MAX = 200


class SendingPause(models.Model):
    """That nothing leaves, why, and who said so; without ``company`` for the whole product."""

    company = models.ForeignKey(Company, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=REASON_LETTERS_MAX)
    # Empty when the operator did it at the terminal, or a restore.
    paused_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    paused_at = models.DateTimeField()
    resumed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    resumed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "sending_pause"
        constraints = [
            models.UniqueConstraint(
                fields=["company"],
                condition=Q(resumed_at__isnull=True),
                nulls_distinct=False,
                name="sending_is_paused_once_for_a_company",
            ),
            models.CheckConstraint(name="sending_pause_has_a_reason", condition=~Q(reason="")),
        ]


def standing(company: Company) -> list[SendingPause]:
    """What keeps messages of ``company`` from leaving: the product's pause first, then its own."""
    about = Q(company__isnull=True) | Q(company=company)
    found = SendingPause.objects.filter(about, resumed_at__isnull=True).select_related("paused_by")
    return sorted(found, key=lambda pause: pause.company_id or 0)


def pause(*, company: Company | None, reason: str, by: User | None, at: dt.datetime) -> SendingPause:
    """Nothing leaves from now on. Paused already: the first one stands. Raises ``Refused``.

    A message of which a worker is in the middle still goes its way.
    """
    _require(by, company)
    said = " ".join(reason.split())
    if not said or len(said) > REASON_LETTERS_MAX:
        text = f"Say in up to {REASON_LETTERS_MAX} letters why nothing is to leave."
        raise Refused([Problem("reason", text)])
    with transaction.atomic():
        SendingPause.objects.bulk_create(
            [SendingPause(company=company, reason=said, paused_by=by, paused_at=at)], ignore_conflicts=True
        )
        stands = SendingPause.objects.get(company=company, resumed_at__isnull=True)
        if stands.paused_at == at:
            _tell("paused", f"Nothing leaves until it is resumed: {said}", company, by, at)
    return stands


def resume(*, company: Company | None, by: User | None, at: dt.datetime) -> bool:
    """What waits may leave again; false when nothing was paused. Raises ``Refused``."""
    _require(by, company)
    with transaction.atomic():
        standing = SendingPause.objects.filter(company=company, resumed_at__isnull=True)
        was_paused = bool(standing.update(resumed_by=by, resumed_at=at))
        if was_paused:
            _tell("resumed", "Messages leave again", company, by, at)
    return was_paused


def _require(by: User | None, company: Company | None) -> None:
    """What stops every company is for those who set all of them up."""
    require(by, Deed.PAUSE_SENDING)
    if company is None:
        require(by, Deed.MANAGE_COMPANIES)


def _tell(what: str, summary: str, company: Company | None, by: User | None, at: dt.datetime) -> None:
    events.record(f"sending.{what}", summary, company=company, by=by, at=at)
