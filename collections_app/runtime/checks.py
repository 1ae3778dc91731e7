"""`manage.py test`: every check, then the tests, on throw-away servers; all of them run even when one fails.

Extra words are for pytest and leave the other checks out: ``manage.py test tests/runtime -k port``.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from collections_app.runtime import chromium, services
from collections_app.runtime.home import PROJECT, Home
from collections_app.runtime.refusals import CannotStart

TEST_PROCESSES = 2
# import-linter comes as a script only, and a script is not found where the environment was moved.
_LINT_IMPORTS = "from importlinter.cli import lint_imports_command as run; run()"


@dataclass(frozen=True)
class Check:
    """One command; its output is shown when it fails, or while it runs if it is `loud`.

    A `long` one runs beside the others and is told last.
    """

    title: str
    command: tuple[str, ...]
    loud: bool = False
    long: bool = False


def all_checks() -> list[Check]:
    python = sys.executable
    return [
        Check("format", (python, "-m", "ruff", "format", "--check", ".")),
        Check("lint", (python, "-m", "ruff", "check", ".")),
        Check("templates", (python, "-m", "djlint", "--lint", "--quiet", "templates")),
        Check("types", (python, "-m", "mypy"), long=True),
        Check("architecture", (python, "-c", _LINT_IMPORTS)),
        Check("licences", (python, "-m", "collections_app.runtime.licences")),
        Check("migrations", (python, "manage.py", "makemigrations", "--check", "--dry-run")),
    ]


def tests(extra: Sequence[str]) -> Check:
    """All of them side by side, whoever has done earlier taking over from the other; or what the extra words
    say.
    """
    words = extra or ("-q", f"--numprocesses={TEST_PROCESSES}", "--dist=worksteal")
    return Check("tests", (sys.executable, "-m", "pytest", *words), loud=True)


def run(extra: Sequence[str], *, only_pytest: bool, say: Callable[[str], None]) -> int:
    """The exit code: 0 when all passed."""
    began = time.monotonic()
    try:
        lease = services.lease(Home.for_tests())
        try:
            prepare_browser(say)
            checks = [tests(extra)] if extra or only_pytest else [*all_checks(), tests(extra)]
            failed = [check.title for check in _failing(checks, say)]
        finally:
            lease.release(stop_now=True)
    except CannotStart as refusal:
        say(str(refusal))
        return 1
    except KeyboardInterrupt:
        say("\nStopped.")
        return 130
    seconds = time.monotonic() - began
    say(f"\nFailed: {', '.join(failed)} ({seconds:.0f} s)" if failed else f"\nAll passed ({seconds:.0f} s).")
    return 1 if failed else 0


def prepare_browser(say: Callable[[str], None]) -> None:
    """Without a Chromium the browser tests are skipped, which is said; in CI that is a failure."""
    found = chromium.ensure(say)
    if found:
        os.environ["WORKBENCH_CHROMIUM"] = found
    elif os.environ.get("CI", "").lower() in {"1", "true"}:
        raise CannotStart(
            f"There is no Chromium for the browser tests, and in CI they must run. {chromium.BY_HAND}"
        )
    else:
        say(f"There is no Chromium here: the browser tests are skipped. {chromium.BY_HAND}")


def _failing(checks: Sequence[Check], say: Callable[[str], None]) -> list[Check]:
    """Those that fail, when all have run. Long ones run beside the others: no core waits for them."""
    told: list[str] = []
    with ThreadPoolExecutor(max_workers=1) as beside:
        long = [(check, beside.submit(_passes, check, told.append)) for check in checks if check.long]
        failed = [check for check in checks if not check.long and not _passes(check, say)]
        failed += [check for check, passed in long if not passed.result()]
    for line in told:
        say(line)
    return failed


def _passes(check: Check, say: Callable[[str], None]) -> bool:
    began = time.monotonic()
    if check.loud:
        say(f"\n{check.title} ...")
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    if not check.loud:  # pytest finds the servers by itself, and gives its databases names of their own
        environment.setdefault("DATABASE_URL", Home.for_tests().database_url)
        environment.setdefault("REDIS_URL", Home.for_tests().redis_url)
    done = subprocess.run(
        check.command,
        cwd=PROJECT,
        env=environment,
        stdout=None if check.loud else subprocess.PIPE,
        stderr=None if check.loud else subprocess.STDOUT,
        text=True,
    )
    seconds = time.monotonic() - began
    passed = done.returncode == 0
    if not passed and not check.loud:
        say("".join(f"    {line}\n" for line in done.stdout.splitlines()).rstrip())
    if not check.loud or not passed:
        say(f"{'passed' if passed else 'FAILED'}  {check.title:<14} {seconds:5.1f} s")
    return passed
