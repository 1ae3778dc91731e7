"""The environment that `manage.py` makes for itself: once, wholly, and again when the requirements change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from collections_app.runtime import bootstrap
from collections_app.runtime.home import PROJECT
from collections_app.runtime.refusals import CannotStart


@pytest.fixture
def project(folder: Path) -> Path:
    """A project that requires nothing, so that its environment is made without any package index."""
    (folder / "requirements.txt").write_text("# nothing\n")
    (folder / "requirements-dev.txt").write_text("# nothing\n")
    return folder


@pytest.fixture(scope="module")
def bare_environment(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment in which nothing has been installed yet."""
    venv = tmp_path_factory.mktemp("bare") / ".venv"
    bootstrap._create(venv)
    return venv


@pytest.fixture
def begun(project: Path, bare_environment: Path) -> Path:
    """A project whose installation was interrupted."""
    shutil.copytree(bare_environment, project / ".venv", symlinks=True)
    return project


def test_two_who_start_at_once_make_it_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(bootstrap.ensure, "requirements.txt", project=project) for _ in range(2)]:
            done.result()

    said = capsys.readouterr()
    assert said.err.count("Preparing the environment") == 1
    assert said.err.count("a virtual environment in .venv") == 1
    assert said.out == ""  # a command may print JSON there
    assert bootstrap.python_of(project / ".venv").exists()
    bootstrap.ensure("requirements.txt", project=project)
    assert capsys.readouterr().err == ""


def test_it_goes_on_after_an_interruption_and_after_a_change(
    begun: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    project = begun
    assert not bootstrap.is_current("requirements.txt", project=project)
    bootstrap.ensure("requirements.txt", project=project)
    assert bootstrap.is_current("requirements.txt", project=project)
    assert "a virtual environment in .venv" not in capsys.readouterr().err

    (project / "requirements.txt").write_text("# still nothing\n")
    assert not bootstrap.is_current("requirements.txt", project=project)


def test_it_replaces_an_environment_that_does_not_run(project: Path) -> None:
    python = bootstrap.python_of(project / ".venv")
    python.parent.mkdir(parents=True)
    python.symlink_to("/nowhere/python")

    bootstrap.ensure("requirements.txt", project=project)

    assert subprocess.run([str(python), "-c", "pass"]).returncode == 0


def test_a_failed_installation_is_a_sentence_and_leaves_no_stamp(begun: Path) -> None:
    project = begun
    (project / "requirements.txt").write_text("this is no requirement\n")

    with pytest.raises(CannotStart, match=r"The packages could not be installed.*It was said:"):
        bootstrap.ensure("requirements.txt", project=project)

    assert not list((project / ".venv").glob("installed-*"))


def test_the_environment_of_the_tests_also_runs_the_product() -> None:
    testing = (PROJECT / "requirements-dev.txt").read_text()

    assert bootstrap.holds_all_of(testing, (PROJECT / "requirements.txt").read_text())
    assert not bootstrap.holds_all_of("django==5.2.1 \\\n", "django==5.2.2 \\\n")


def test_every_requirement_is_pinned_and_hashed_and_names_no_registry() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (PROJECT / name).read_text()
        pins = [line for line in text.splitlines() if line and not line.startswith((" ", "#"))]
        assert pins
        assert all("==" in line and line.endswith("\\") for line in pins)
        assert "://" not in text


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_the_halves_that_are_installed_side_by_side_are_all_of_it(name: str) -> None:
    whole = (PROJECT / name).read_text()
    halves = bootstrap.halves_of(whole)

    assert len(halves) == 2
    pins = [bootstrap._pins(half) for half in halves]
    assert pins[0] | pins[1] == bootstrap._pins(whole)
    assert not pins[0] & pins[1]
    assert sum(half.count("--hash=sha256:") for half in halves) == whole.count("--hash=sha256:")


def test_nothing_to_install_is_no_half() -> None:
    assert bootstrap.halves_of("# nothing\n") == []


def test_without_venv_module_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setattr(bootstrap, "_has", lambda module: False)
    monkeypatch.setattr(bootstrap, "_outside_pip_can_reach_in", lambda: False)
    monkeypatch.setattr(os, "getuid", lambda: 1000)

    with pytest.raises(CannotStart, match=r"sudo apt-get install python3\.\d+-venv"):
        bootstrap._create(folder / ".venv")


def test_who_wants_no_compiled_files_beside_the_sources_has_them_in_the_environment() -> None:
    wish = {"PATH": "/bin", "PYTHONDONTWRITEBYTECODE": "1"}
    compiled = str(PROJECT / ".venv" / "compiled")

    assert bootstrap.keeping_what_is_compiled(wish) == {"PATH": "/bin", "PYTHONPYCACHEPREFIX": compiled}
    assert bootstrap.keeping_what_is_compiled({"PATH": "/bin"}) == {"PATH": "/bin"}
    own = {**wish, "PYTHONPYCACHEPREFIX": "/elsewhere"}
    assert bootstrap.keeping_what_is_compiled(own)["PYTHONPYCACHEPREFIX"] == "/elsewhere"


def test_an_old_python_is_told_which_one_is_needed() -> None:
    source = (PROJECT / "manage.py").read_text().replace("sys.version_info <", "(3, 9) <", 1)
    source = source.replace("format(*sys.version_info)", "format(3, 9)")

    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True)

    assert done.returncode == 1
    assert done.stderr.startswith("The workbench needs Python 3.11 or newer, and this is Python 3.9.")
