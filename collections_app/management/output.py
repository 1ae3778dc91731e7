"""How commands speak: JSON or sentences on standard output, what went wrong as sentences on standard error.

A command ends with 0 only when it did what it was asked. What is refused is a sentence and 1, no traceback;
in JSON it is ``{"refused": [{"code", "message"}]}`` as well.
"""

import argparse
import datetime as dt
import json
import os
import sys
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from collections_app.lib import money
from collections_app.lib.refusals import Refused


def day(text: str) -> dt.date:
    """An ISO date given on the command line."""
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"“{text}” is not a date. Write it like 2026-11-21.") from None


def moment(text: str) -> dt.datetime:
    """An ISO moment given on the command line; UTC when it names no offset."""
    try:
        found = dt.datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a moment. Write it like 2026-03-31T18:00+01:00."
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def amount(text: str) -> Decimal:
    """An exact decimal given on the command line."""
    try:
        return money.parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


class Answer:
    """What a command found: ``facts`` for machines, ``lines`` for people, ``ok`` for the exit code."""

    def __init__(self, facts: Any, *lines: str, ok: bool = True) -> None:
        self.facts = facts
        self.lines = lines
        self.ok = ok


class AnsweringCommand(BaseCommand):
    """A command that answers. Subclasses write ``add_own_arguments`` and ``answer``."""

    # Other programs call these often; the system is checked when the servers start and by `manage.py check`.
    requires_system_checks = ()

    def add_own_arguments(self, parser: CommandParser) -> None:
        """Arguments besides ``--json``."""

    def answer(self, **options: Any) -> Answer:
        """Do it. Raise ``Refused`` when it may not be done."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        """Every command of ours can speak JSON."""
        self.add_own_arguments(parser)
        parser.add_argument("--json", action="store_true", help="answer in JSON, for other programs")

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer, or refuse in sentences; raises ``SystemExit(1)`` when not done, or when not all is well."""
        try:
            answer = self.answer(**options)
        except Refused as refusal:
            for problem in refusal.problems:
                self.stderr.write(problem.message)
            if options["json"]:
                told = [{"code": problem.code, "message": problem.message} for problem in refusal.problems]
                self.stdout.write(json.dumps({"refused": told}, ensure_ascii=False, indent=2))
            raise SystemExit(1) from None
        try:
            self._say(answer, as_json=options["json"])
        except BrokenPipeError:
            # Whoever reads has read enough (``| head``). Nothing may be left to write when Python ends.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not answer.ok:
            raise SystemExit(1)

    def _say(self, answer: Answer, *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer.facts, ensure_ascii=False, indent=2))
        else:
            for line in answer.lines:
                self.stdout.write(line)
        self.stdout.flush()
