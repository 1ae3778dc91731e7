"""Everything in one terminal: embedded servers, demo ledger, web server, worker and clock, until Ctrl-C."""

from __future__ import annotations

import functools
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connections

from collections_app.management import demo
from collections_app.people.users import User
from collections_app.runtime import schema, services, supervisor
from collections_app.runtime.home import Home


class Command(BaseCommand):
    """`manage.py workbench`."""

    help = (
        "Sets everything up, starts it, and prints the address and the demo sign-ins. Ctrl-C stops all of it."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", type=int, help="the port to listen on (8000, or the next free one)")
        parser.add_argument(
            "--host", default="127.0.0.1", help="the address to listen on (this machine only)"
        )
        parser.add_argument("--no-demo", action="store_true", help="leave an empty database empty")
        parser.add_argument(
            "--services-only", action="store_true", help="only PostgreSQL and Redis; prints their addresses"
        )

    def handle(self, *args: object, **options: Any) -> None:
        home = Home.of_project()
        if options["services_only"]:
            sys.exit(supervisor.run_services_only(home, self._say))

        wishes = supervisor.Wishes(
            host=options["host"],
            port=options["port"],
            bring_tables=functools.partial(_bring_tables, home),
            bring_demo=_leave_it if options["no_demo"] else _bring_demo,
            sign_ins=_sign_ins,
            say=self._say,
        )
        sys.exit(supervisor.run(home, wishes))

    def _say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def _bring_tables(home: Home, lease: services.Lease) -> None:
    if "pg" in lease.servers:
        schema.ensure(home, is_embedded=True)
    else:
        schema.migrate()
    connections.close_all()  # no child may inherit a connection


def _bring_demo() -> None:
    if "seed_demo" in get_commands():
        call_command("seed_demo", "--size", "small", "--if-empty", "--without-sign-ins")
    connections.close_all()


def _leave_it() -> None:
    """Whoever wants no demo has the database as it is."""


def _sign_ins() -> list[tuple[str, str, str, str]]:
    """(username, password, role, full name) of those of the demo's people who are in this database."""
    offered = demo.sign_ins()
    known = set(
        User.objects.filter(username__in=[one[0] for one in offered]).values_list("username", flat=True)
    )
    connections.close_all()
    return [one for one in offered if one[0] in known]
