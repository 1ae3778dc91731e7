"""`manage.py test`: every check in order, all of them, with one answer at the end."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from collections_app.runtime import checks, chromium, services
from collections_app.runtime.checks import Check
from collections_app.runtime.home import PROJECT, Home


@pytest.fixture
def said(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What it says; servers and browser are left alone, they have tests of their own."""
    monkeypatch.setattr(services, "lease", lambda home: services.Lease(home, ()))
    monkeypatch.setattr(checks, "prepare_browser", lambda say: None)
    return []


def ends_with(code: int, words: str = "") -> tuple[str, ...]:
    return (sys.executable, "-c", f"print({words!r}); raise SystemExit({code})")


def test_all_checks_run_even_when_one_fails_and_the_failed_ones_are_named(
    monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    some = [
        Check("types", ends_with(1, "b.py: bad"), long=True),
        Check("lint", ends_with(1, "a.py: bad")),
        Check("migrations", ends_with(0, "not shown")),
    ]
    monkeypatch.setattr(checks, "all_checks", lambda: some)
    monkeypatch.setattr(checks, "tests", lambda extra: Check("tests", ends_with(2), loud=True))

    assert checks.run([], only_pytest=False, say=said.append) == 1

    text = "\n".join(said)
    assert "    a.py: bad" in text
    assert "not shown" not in text
    assert "passed  migrations" in text
    assert text.index("tests ...") < text.index("    b.py: bad") < text.index("FAILED  types")
    assert "\nFailed: lint, tests, types (" in text


def test_words_for_pytest_leave_the_other_checks_out(
    monkeypatch: pytest.MonkeyPatch, said: list[str]
) -> None:
    monkeypatch.setattr(checks, "all_checks", lambda: pytest.fail("they are left out"))
    monkeypatch.setattr(
        checks, "tests", lambda extra: Check("tests", ends_with(0, " ".join(extra)), loud=True)
    )

    assert checks.run(["-k", "port"], only_pytest=False, say=said.append) == 0
    assert said[-1].startswith("\nAll passed")


def test_it_checks_format_lint_templates_types_architecture_licences_and_migrations() -> None:
    titles = [check.title for check in checks.all_checks()]

    assert titles == ["format", "lint", "templates", "types", "architecture", "licences", "migrations"]
    assert "--dist=worksteal" in checks.tests([]).command


def test_without_a_browser_ci_fails_and_a_person_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    said: list[str] = []
    monkeypatch.setattr(chromium, "ensure", lambda say: "")
    monkeypatch.setattr(services, "lease", lambda home: services.Lease(home, ()))

    monkeypatch.setenv("CI", "true")
    assert checks.run(["--version"], only_pytest=False, say=said.append) == 1
    assert "in CI they must run" in said[-1]

    monkeypatch.delenv("CI")
    checks.prepare_browser(said.append)
    assert "sudo apt-get install chromium libatomic1" in said[-1]


def test_an_ordinary_user_s_machine_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("PATH", str(folder))
    monkeypatch.setenv("WORKBENCH_CHROMIUM", "")
    monkeypatch.setattr("os.getuid", lambda: 1000)

    assert chromium.ensure(lambda line: pytest.fail(line)) == ""


def test_the_one_command_of_ci_is_the_one_command_of_a_person() -> None:
    lines = (PROJECT / ".ci" / "run").read_text().splitlines()

    assert lines[-1] == "python3 manage.py test"
    assert Home.for_tests().durable is False
