"""Backups: all of the database in one file, with what it comes to in another beside it, whose name goes on
with ``.totals.json``.

A restored ledger is older than the world: messages that stand there as waiting may have left since. So it
begins paused, in the very transaction in which it appears, and a person resumes sending when they have
looked.

PostgreSQL's own programs do the work; those of the embedded server come along with the packages.
"""

import contextlib
import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.backends.postgresql.client import DatabaseClient

from collections_app.lib.migrating import LET_THE_WALLED_IN
from collections_app.lib.refusals import Refused
from collections_app.lib.sql import Statement
from collections_app.runtime import postgres
from collections_app.runtime.refusals import CannotStart

PAUSED = "Restored from a backup. Look through the outbox: what waits there may have left already."
# The dump leaves no schema to be looked in; triggers of ours need theirs.
_PAUSE = f"""
SET search_path = public;
INSERT INTO sending_pause (company_id, reason, paused_at) VALUES (NULL, '{PAUSED}', now())
    ON CONFLICT DO NOTHING;
INSERT INTO activity_event (what, summary, facts, at)
VALUES ('sending.paused', 'Nothing leaves until it is resumed: {PAUSED}', '{{}}', now());
"""
_TOTALS = Statement(__file__, "total_everything")


def make(path: Path) -> list[dict[str, Any]]:
    """Write the backup; what it comes to. While people work: file and totals are of one moment. What stands
    there is kept until both are whole. Raises ``Refused``, also for a full disk; then nothing is left behind.
    """
    if path.exists() and not path.is_file():
        raise _not_written(f"{path} is no file; name one for it.")
    totals_beside = _totals_beside(path)
    dump, told = (each.with_name(f"{each.name}.unfinished") for each in (path, totals_beside))
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
            found = totals()
            words = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={snapshot}"]
            done = _run("pg_dump", [*words, f"--file={dump}"])
        if done.returncode:
            raise _not_written(done.stderr.strip())
        told.write_text(json.dumps(found, indent=1), "utf-8")
        dump.replace(path)
        told.replace(totals_beside)
    except OSError as error:
        raise _not_written(f"{error.strerror}: {error.filename or path}") from error
    finally:
        for unfinished in (dump, told):
            with contextlib.suppress(OSError):
                unfinished.unlink(missing_ok=True)
    return found


def _not_written(why: str) -> Refused:
    return Refused.because("backup", f"No backup was written: {why}")


def restore(path: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Bring a backup into the database, which must be empty and nobody's; what it comes to, and what differs
    from what was written beside it. Wholly or not at all. Raises ``Refused``.
    """
    if not path.is_file():
        raise Refused.because("file", f"There is no file {path}.")
    _require_an_empty_database()
    connection.close()
    with _psql() as script:
        listed = _run("pg_restore", ["--no-owner", "--no-privileges", "--file=-", str(path)], stdout=script)
        if listed.returncode:
            raise Refused.because(
                "file", f"Nothing was restored. {path} is no whole backup: {listed.stderr.strip()}"
            )
        script.write(f"{_PAUSE}{LET_THE_WALLED_IN.text}".encode())
    found = totals()
    beside = _totals_beside(path)
    if not beside.is_file():
        return found, [f"{beside.name} is not there: nothing says what the backup should come to."]
    wanted = json.loads(beside.read_text("utf-8"))
    return found, [] if _without_the_pause(found) == wanted else _differences(
        wanted, _without_the_pause(found)
    )


def totals() -> list[dict[str, Any]]:
    """What the database comes to, a line for each company, figure and currency."""
    return _TOTALS.rows({})


def _require_an_empty_database() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0]:
            text = "Nothing was restored: the database has tables. Name an empty one in DATABASE_URL."
            raise Refused.because("not_empty", text)
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            " AND backend_type = 'client backend' AND pid <> pg_backend_pid()"
        )
        if others := cursor.fetchone()[0]:
            raise Refused.because(
                "connected",
                f"Nothing was restored: somebody else is connected ({others} in all). Stop web, workers and "
                "beat first.",
            )


@contextlib.contextmanager
def _psql() -> Iterator[Any]:
    """One transaction, committed when its script ends, and not at all when making the script fails."""
    command, environment = _command(
        "psql", ["--single-transaction", "--set=ON_ERROR_STOP=1", "--quiet", "--no-psqlrc"]
    )
    process = subprocess.Popen(
        [*command, "--file=-"], env=environment, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    try:
        yield process.stdin
    except BaseException:
        has_given_up = process.poll() is not None
        process.kill()  # before the script ends: what was begun is rolled back
        _, wrong = process.communicate()
        if has_given_up:
            raise _not_restored(wrong) from None
        raise
    _, wrong = process.communicate()
    if process.returncode:
        raise _not_restored(wrong)


def _not_restored(said: bytes) -> Refused:
    return Refused.because("restore", f"Nothing was restored: {said.decode(errors='replace').strip()}")


def _run(program: str, words: list[str], **more: Any) -> subprocess.CompletedProcess[str]:
    command, environment = _command(program, words)
    return subprocess.run(command, env=environment, stderr=subprocess.PIPE, text=True, check=False, **more)


def _command(program: str, words: list[str]) -> tuple[list[str], dict[str, str]]:
    """The program with the words, and who connects where: passwords stand in its environment alone."""
    to_database, secrets = DatabaseClient.settings_to_cmd_args_env(connection.settings_dict, [])
    where = [] if program == "pg_restore" else to_database[1:]
    return [_program(program), *words, *where], {**os.environ, **(secrets or {})}


def _program(name: str) -> str:
    """The machine's own, or that of the packages. The one that comes along is as new as what we know."""
    with contextlib.suppress(CannotStart):
        return str(postgres.program_folder() / name)
    if found := shutil.which(name):
        return found
    raise Refused.because("program", f"There is no {name} here. Install PostgreSQL's client programs.")


def _totals_beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.totals.json")


def _without_the_pause(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The event of the pause is the restore's own; it belongs to no company."""
    taken = [
        {**line, "many": line["many"] - 1} if line["what"] == "events" and line["company"] is None else line
        for line in found
    ]
    return [line for line in taken if line["many"]]


def _differences(wanted: list[dict[str, Any]], found: list[dict[str, Any]]) -> list[str]:
    def told(line: dict[str, Any]) -> str:
        amount = f" {line['amount']} {line['currency']}" if line["amount"] else ""
        return f"{line['many']} {line['what']} of {line['company'] or 'no company'}{amount}"

    gone = [f"Not as it was: {told(line)}." for line in wanted if line not in found]
    return gone + [f"Only here: {told(line)}." for line in found if line not in wanted]
