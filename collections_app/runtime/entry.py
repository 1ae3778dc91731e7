"""What `manage.py` does inside its environment: servers and tables for who needs them, then Django."""

from __future__ import annotations

import contextlib
import gc
import os
import sys
import threading

from django.core.management import execute_from_command_line

from collections_app.runtime import postgres, schema, services
from collections_app.runtime.home import Home
from collections_app.runtime.refusals import CannotStart

# They look at code only, or start their servers themselves.
WITHOUT_SERVERS = frozenset(
    {
        "help",
        "version",
        "check",
        "workbench",
        "soak",
        "test",
        "makemessages",
        "compilemessages",
        "collectstatic",
    }
    | {"findstatic", "diffsettings", "startapp", "startproject", "sendtestemail"}
)
# They are about the tables themselves, which must not change under them.
WITHOUT_TABLES = frozenset(
    {"migrate", "restore", "makemigrations", "showmigrations", "sqlmigrate", "squashmigrations"}
)


def run(argv: list[str]) -> int:
    """The exit code of the command; a sentence on stderr where it cannot start."""
    # Loading the product leaves nothing to throw away, and most commands are over before anything is.
    gc.set_threshold(50_000, 20, 50)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "collections_app.settings")
    os.environ.setdefault("WORKBENCH_MODE", "demo")
    try:
        command = argv[1] if len(argv) > 1 else "help"
        if needs_servers(argv):
            home = Home.of_project()
            # Held until this process ends: the kernel gives it back, also after kill -9.
            held = services.lease(home)
            if "pg" in held.servers:
                # For `dbshell`, and for who calls pg_dump from `shell`.
                os.environ["PATH"] = os.pathsep.join(
                    [os.environ.get("PATH", ""), str(postgres.program_folder())]
                )
            if command not in WITHOUT_TABLES:
                schema.ensure(home, is_embedded="pg" in held.servers)
        elif command == "workbench" and not asks_for_help(argv):
            threading.Thread(target=_begin_servers, args=[Home.of_project()], daemon=True).start()
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    execute_from_command_line(argv)
    return 0


def needs_servers(argv: list[str]) -> bool:
    """Whether the command talks to the database; asking for help or for the version never does."""
    return len(argv) > 1 and not asks_for_help(argv) and argv[1] not in WITHOUT_SERVERS


def asks_for_help(argv: list[str]) -> bool:
    return bool({"-h", "--help", "--version"} & set(argv[1:]))


def _begin_servers(home: Home) -> None:
    """They come up while the product is loaded, and wait for the command, which says what goes wrong."""
    with contextlib.suppress(CannotStart, OSError):
        services.lease(home).release()
