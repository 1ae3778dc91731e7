"""Every check and every test, on throw-away servers. Takes the place of Django's own test runner."""

from __future__ import annotations

import sys

from django.core.management.base import BaseCommand

from collections_app.runtime import checks


class Command(BaseCommand):
    """`manage.py test [--only-pytest] [words for pytest]`."""

    help = (
        "Runs all checks (format, lint, templates, types, architecture, migrations) and all tests on "
        "throw-away "
        "servers. Words after it are for pytest, and then only the tests run: manage.py test tests/runtime "
        "-k port"
    )
    requires_system_checks: list[str] = []

    def run_from_argv(self, argv: list[str]) -> None:
        """Not through argparse, which would claim the options that are meant for pytest."""
        words = argv[2:]
        if {"-h", "--help"} & set(words[:1]):
            self.print_help(argv[0], argv[1])
            return
        only_pytest = "--only-pytest" in words
        extra = [word for word in words if word != "--only-pytest"]
        sys.exit(checks.run(extra, only_pytest=only_pytest, say=self._say))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()
