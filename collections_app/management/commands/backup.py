"""``manage.py backup FILE``: all of the database in one file, while people work."""

from pathlib import Path
from typing import Any

from django.core.management.base import CommandParser

from collections_app.management import backups
from collections_app.management.output import Answer, AnsweringCommand


class Command(AnsweringCommand):
    """What the file comes to is written beside it."""

    help = "Write all of the database into a file, with its totals beside it."

    def add_own_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def answer(self, **options: Any) -> Answer:
        path = options["file"]
        found = backups.make(path)
        said = f"{path} is written, {path.stat().st_size:,} bytes."
        return Answer({"file": str(path), "bytes": path.stat().st_size, "totals": found}, said)
