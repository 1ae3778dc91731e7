"""A bookmark: up to where a folder of a mailbox was read, so that a mail opened elsewhere first is taken in.

A folder counts its mails by numbers that only grow, and says by another number, its validity, for how long
they mean the same. When that changes, ours say nothing any more: what arrived since shortly before the last
reading is read again, which has no effect on what stands here already.
"""

import datetime as dt

from django.db import models

from collections_app.ledger.companies import Company

NAME_LETTERS_MAX = 400
# A server's days are those of its own clock and zone.
AGAIN_DAYS = 2


class MailboxBookmark(models.Model):
    """Of one folder. ``last_uid`` and those before it were taken in, of what arrived from ``since_on`` on."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+", db_index=False)
    folder = models.CharField(max_length=NAME_LETTERS_MAX)
    validity = models.BigIntegerField()
    last_uid = models.BigIntegerField(default=0)
    since_on = models.DateField()
    read_at = models.DateTimeField()

    class Meta:
        db_table = "mailbox_bookmark"
        constraints = [
            models.UniqueConstraint(fields=["company", "folder"], name="mailbox_has_one_bookmark_a_folder"),
            models.CheckConstraint(
                name="mailbox_bookmark_counts_from_zero", condition=models.Q(last_uid__gte=0)
            ),
        ]


def of(*, company: Company, folder: str, validity: int, at: dt.datetime) -> MailboxBookmark:
    """The bookmark of a folder; at its beginning for one that was never read, or that counts anew."""
    found = MailboxBookmark.objects.filter(company=company, folder=folder).first()
    if found and found.validity == validity:
        return found
    since = found.read_at.date() - dt.timedelta(AGAIN_DAYS) if found else at.date()
    made, _ = MailboxBookmark.objects.update_or_create(
        company=company,
        folder=folder,
        defaults={"validity": validity, "last_uid": 0, "since_on": since, "read_at": at},
    )
    return made


def put(mark: MailboxBookmark, uid: int, *, at: dt.datetime) -> None:
    """All up to ``uid`` was taken in. It never goes back."""
    if uid > mark.last_uid:
        mark.last_uid, mark.read_at = uid, at
        mark.save(update_fields=["last_uid", "read_at"])
