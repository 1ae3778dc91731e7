"""From a fresh clone to a Python that has everything: `.venv`, hashed and pinned, then `manage.py` in it.

Standard library only: this runs before anything is installed. A stamp in `.venv` says which requirements it
holds; it is written last, so an interrupted installation is simply continued by the next start.

WORKBENCH_NO_VENV=1 turns all of it off, for images that bring their packages themselves.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from collections_app.runtime.refusals import CannotStart

PROJECT = Path(__file__).resolve().parent.parent.parent
VENV = PROJECT / ".venv"
RUNNING = "requirements.txt"
TESTING = "requirements-dev.txt"


def enter_environment(argv: list[str]) -> None:
    """Return inside the environment; otherwise make it and start the same command again in it."""
    if os.environ.get("WORKBENCH_NO_VENV") == "1" or Path(sys.prefix).resolve() == VENV.resolve():
        return
    requirements = TESTING if argv[1:2] == ["test"] else RUNNING
    try:
        ensure(requirements)
    except CannotStart as refusal:
        sys.exit(str(refusal))
    except KeyboardInterrupt:
        sys.exit("\nStopped. The next start goes on from here.")
    python = str(python_of(VENV))
    os.execve(python, [python, *argv], keeping_what_is_compiled(os.environ))


def keeping_what_is_compiled(environment: Mapping[str, str]) -> dict[str, str]:
    """Who wants no compiled files beside the sources gets them in `.venv`: a dozen processes would otherwise
    each compile two thousand modules on their way up.
    """
    kept = dict(environment)
    if kept.pop("PYTHONDONTWRITEBYTECODE", ""):
        kept.setdefault("PYTHONPYCACHEPREFIX", str(VENV / "compiled"))
    return kept


def python_of(venv: Path) -> Path:
    return venv / "bin" / "python"


def ensure(requirements: str, *, project: Path = PROJECT) -> None:
    """Make the environment hold the requirements; one at a time, others wait. Raises CannotStart."""
    if is_current(requirements, project=project):
        return
    with (project / requirements).open() as turn:
        fcntl.flock(turn, fcntl.LOCK_EX)
        if not is_current(requirements, project=project):
            _make(requirements, project)


def is_current(requirements: str, *, project: Path = PROJECT) -> bool:
    venv = project / ".venv"
    try:
        stamped = _stamp_file(venv, requirements).read_text()
    except OSError:
        return False
    return stamped == _stamp(project / requirements) and python_of(venv).exists()


def holds_all_of(wider: str, narrower: str) -> bool:
    """Whether every pin of the narrower requirements (as texts) stands in the wider ones too."""
    return _pins(narrower) <= _pins(wider)


def _pins(text: str) -> set[str]:
    return set(re.findall(r"^([A-Za-z0-9._-]+==[^\s;\\]+)", text, flags=re.MULTILINE))


def _stamp_file(venv: Path, requirements: str) -> Path:
    return venv / f"installed-{requirements}.sha256"


def _stamp(file: Path) -> str:
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return f"{digest} python {sys.version_info[0]}.{sys.version_info[1]}\n"


def _make(requirements: str, project: Path) -> None:
    """One line before each step, on stderr: what a command prints may be read by a program."""
    venv, began = project / ".venv", time.monotonic()
    wanted = (project / requirements).read_text()
    _tell("Preparing the environment (first start, or its requirements have changed) ...")
    for stamp in venv.glob("installed-*.sha256"):
        stamp.unlink()
    if not _works(venv):
        _tell("  1/2 a virtual environment in .venv")
        _create(venv)
    _tell(f"  2/2 {len(_pins(wanted))} packages, pinned and checked by their hashes")
    _install(venv, project / requirements)
    _stamp_file(venv, requirements).write_text(_stamp(project / requirements))
    if requirements == TESTING and holds_all_of(wanted, (project / RUNNING).read_text()):
        _stamp_file(venv, RUNNING).write_text(_stamp(project / RUNNING))
    _tell(f"  done in {time.monotonic() - began:.0f} s")


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _works(venv: Path) -> bool:
    """Whether there is an environment of this very Python version that can run; pip may come from outside."""
    test = f"import sys; sys.exit(sys.version_info[:2] != {sys.version_info[:2]!r})"
    try:
        return subprocess.run([str(python_of(venv)), "-c", test], capture_output=True).returncode == 0
    except OSError:
        return False


def _create(venv: Path) -> None:
    """Without a pip inside where one outside can install into it: that is five seconds less to wait."""
    if venv.exists():
        shutil.rmtree(venv)
    options = ["--without-pip"] if _outside_pip_can_reach_in() else []
    if not options and not _has("ensurepip"):
        _install_venv_module()
    _run([sys.executable, "-m", "venv", *options, str(venv)], "The virtual environment could not be made.")


def _has(module: str) -> bool:
    return subprocess.run([sys.executable, "-c", f"import {module}"], capture_output=True).returncode == 0


def _outside_pip_can_reach_in() -> bool:
    """`pip --python` came with pip 22.3."""
    asked = subprocess.run([sys.executable, "-m", "pip", "--version"], capture_output=True, text=True)
    found = re.match(r"pip (\d+)\.(\d+)", asked.stdout)
    return found is not None and (int(found[1]), int(found[2])) >= (22, 3)


def _install_venv_module() -> None:
    """Debian and its kin keep it in a package of its own."""
    package = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
    by_hand = (
        f"Python's venv module is missing here. Install it and start again: sudo apt-get install {package} "
        "(on other systems: the package that brings Python's ensurepip)."
    )
    if os.getuid() != 0 or not shutil.which("apt-get"):
        raise CannotStart(by_hand)
    _tell(f"  Python's venv module is missing; installing {package}")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", package]):
        subprocess.run(["apt-get", *arguments], capture_output=True, env=quiet)
    if not _has("ensurepip"):
        raise CannotStart(by_hand)


def _install(venv: Path, requirements: Path) -> None:
    """In two halves side by side, as most machines have more than one processor.

    Every pin is there, so nothing has to be resolved. What is never used is not compiled either: Python does
    that when it first meets a module, and keeps it.
    """
    options = ["-qq", "--require-hashes", "--only-binary=:all:", "--disable-pip-version-check"]
    options += ["--no-deps", "--no-compile"]
    command = [*_pip_for(venv), "install", *options, "-r"]

    def install(number: int, half: str) -> None:
        file = venv / f"half-{number}-{requirements.name}"
        file.write_text(half)
        _run(
            [*command, str(file)],
            "The packages could not be installed. Is a package index within reach (a proxy, pip's settings)? "
            "Start again to go on; what is there already is kept.",
        )
        file.unlink()

    halves = halves_of(requirements.read_text())
    with ThreadPoolExecutor(2) as side_by_side:
        for done in [side_by_side.submit(install, *numbered) for numbered in enumerate(halves, start=1)]:
            done.result()


def halves_of(requirements: str) -> list[str]:
    """Each requirement once, with its hashes; an empty half is left out."""
    blocks: list[str] = []
    for line in requirements.splitlines():
        if line[:1].isspace() and blocks:
            blocks[-1] += f"{line}\n"
        elif line and not line.startswith("#"):
            blocks.append(f"{line}\n")
    middle = (len(blocks) + 1) // 2
    return ["".join(half) for half in (blocks[:middle], blocks[middle:]) if half]


def _pip_for(venv: Path) -> list[str]:
    inside = [str(python_of(venv)), "-m", "pip"]
    if subprocess.run([*inside, "--version"], capture_output=True).returncode == 0:
        return inside
    if _outside_pip_can_reach_in():
        return [sys.executable, "-m", "pip", f"--python={venv}"]
    if not _has("ensurepip"):
        _install_venv_module()
    _run([str(python_of(venv)), "-m", "ensurepip"], "pip could not be put into the virtual environment.")
    return inside


def _run(command: list[str], sentence: str) -> None:
    """Raise CannotStart with the sentence and the end of what the command said, when it fails."""
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        said = "".join(f"\n    {line}" for line in done.stdout.strip().splitlines()[-8:])
        raise CannotStart(f"{sentence} It was said:{said}")
