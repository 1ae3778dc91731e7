"""``manage.py restore FILE``: a backup into an empty database, with sending paused. Exit code 1 when it does
not come to what it should.
"""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.management import backups
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """Wholly or not at all."""

    help = "Bring a backup into an empty database. Nothing leaves until somebody resumes sending."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def answer(self, **options: Any) -> Answer:
        found, differences = backups.restore(options["file"])
        facts = {"ok": not differences, "totals": found, "differences": differences}
        lines = differences or ["The backup is restored, and comes to what it should."]
        after = (
            "Nothing leaves yet. Run migrate, check_ledger and check_activity, start web, workers and beat, "
            "look through the outbox, and then let messages leave: sending --resume."
        )
        return Answer(facts, *lines, after, ok=not differences)
