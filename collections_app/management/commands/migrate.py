"""``migrate``: Django's, but whoever works meanwhile never waits for it for longer than two seconds.

A change of a table waits until nobody reads it, and everybody who comes after waits behind it: one report of
a minute, and every page stands for that minute. So a change that does not get its turn in time steps aside,
and is tried again a little later.
"""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

LOCK_SECONDS_MAX = 2.0
PAUSE_SECONDS = 5.0
# A night's statements of minutes included.
TRIES_MAX = 120
# Not had in time, or two waited for each other and this one was to give way.
_STEPS_ASIDE = {"55P03", "40P01"}


class Command(migrate.Command):
    """With the options of Django's own."""

    help = (
        f"{migrate.Command.help} A change that does not get its turn at a table within two seconds steps "
        "aside and is tried again."
    )
    _database = ""

    def handle(self, *args: Any, **options: Any) -> None:
        """Raises ``CommandError`` where a table was busy each time."""
        self._database = options["database"]
        try:
            for _ in range(TRIES_MAX):
                if self._is_done(*args, **options):
                    return
                self.stderr.write(
                    "A table that is to change is in use. Nobody is kept waiting; trying again soon."
                )
                time.sleep(PAUSE_SECONDS)
        finally:
            self._wait(0)
        raise CommandError(
            "A table that is to change was in use each time. What was changed before is kept. Stop the "
            "workers for a moment, and start `migrate` again."
        )

    def _is_done(self, *args: Any, **options: Any) -> bool:
        """False when a table was busy."""
        try:
            super().handle(*args, **options)
        except OperationalError as error:
            if getattr(error.__cause__, "pgcode", None) not in _STEPS_ASIDE:
                raise
            return False
        return True

    def migration_progress_callback(self, action: str, migration: Any = None, fake: bool = False) -> None:
        """Before each change, also one that is not one transaction: what it builds beside the rest lifts the
        limit for itself (``lib/resumable.py``).
        """
        super().migration_progress_callback(action, migration, fake)
        if action in ("apply_start", "unapply_start"):
            self._wait(LOCK_SECONDS_MAX)

    def _wait(self, seconds: float) -> None:
        """Behind a pool nothing is set: whoever is lent the connection next would have it. There ``migrate``
        is to be started beside the pool (docs/operations.md).
        """
        if settings.DATABASE_IS_POOLED:
            return
        with connections[self._database].cursor() as cursor:
            cursor.execute("SELECT set_config('lock_timeout', %s, false)", [f"{seconds * 1000:.0f}ms"])
