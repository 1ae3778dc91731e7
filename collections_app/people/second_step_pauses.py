"""Pauses at the second step, by user and whatever the address: whoever knows a password may guess codes from
a thousand places. Only whoever gave the right password meets one, and the right code ends the count.

The try is counted before it is looked at, so that a thousand at once are a thousand.
"""

import datetime as dt
from collections.abc import Callable

from django.db import models, transaction

from collections_app.people.users import User

# More than the free tries at one address, so that whoever mistypes is told by the nearer count first.
FREE_TRIES = 10
FIRST_PAUSE = dt.timedelta(seconds=30)
PAUSE_MAX = dt.timedelta(minutes=15)


class SecondStepPause(models.Model):
    """Codes that were tried for somebody since they last came in."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, primary_key=True, related_name="+")
    tries = models.IntegerField(default=0)
    until = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "second_step_pause"


@transaction.atomic
def begin_try(user: User, *, at: dt.datetime, on_first_pause: Callable[[], None]) -> int:
    """Count a try for ``user``; or else the seconds that it has to wait, and 0 when it may be made. A run of
    tries is told once, when the first pause begins.
    """
    SecondStepPause.objects.get_or_create(user=user)
    known = SecondStepPause.objects.select_for_update().get(user=user)
    if known.until and at < known.until:
        return max(1, round((known.until - at).total_seconds()))
    known.tries += 1
    if known.tries >= FREE_TRIES:
        known.until = at + min(FIRST_PAUSE * 2 ** min(known.tries - FREE_TRIES, 10), PAUSE_MAX)
    known.save()
    if known.tries == FREE_TRIES:
        on_first_pause()
    return 0


def forget(user: User) -> None:
    """They showed the right one."""
    SecondStepPause.objects.filter(user=user).delete()
