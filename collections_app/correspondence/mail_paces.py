"""How many messages may leave within a minute: of one company, and to one host, counted for all workers.

Mail servers turn away who writes too fast, and remember it. The count lies in the database, so that it holds
for workers on any machine; it is taken in the transaction that claims a message and given back when that
comes to nothing.
"""

import datetime as dt

from django.db import models

from collections_app.lib.sql import Statement

TAKE = Statement(__file__, "take_mail_pace")


class MailPace(models.Model):
    """How many left within the minute that begins at ``minute``: of a company, or to a host."""

    scope = models.CharField(max_length=270, primary_key=True)
    minute = models.DateTimeField()
    taken = models.PositiveIntegerField()

    class Meta:
        db_table = "mail_pace"


def take(scope: str, *, a_minute: int, at: dt.datetime) -> bool:
    """Count one more within the minute of ``at``; false when it would be more than ``a_minute``, where 0 is
    no limit. Whoever asks for several scopes asks in one order, or two might wait for each other.
    """
    if a_minute == 0:
        return True
    minute = at.replace(second=0, microsecond=0)
    return bool(TAKE.rows({"scope": scope, "minute": minute, "a_minute": a_minute}))
