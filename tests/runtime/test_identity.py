"""As whom the servers run. As root: as nobody, also where nobody may not walk; else: as oneself.

Which of these can be tried depends on who runs the tests; the others are not counted as skipped.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from collections_app.runtime import identity, process, states
from collections_app.runtime.home import PROJECT, Home
from collections_app.runtime.identity import Identity
from collections_app.runtime.refusals import CannotStart
from tests.runtime.conftest import Take

NOBODY = 65534
AS_SOMEBODY = """
import sys
from pathlib import Path
from collections_app.runtime import services
from collections_app.runtime.home import Home
from collections_app.runtime.refusals import CannotStart
try:
    held = services.lease(Home(Path(sys.argv[1])), servers=("pg",), linger_seconds=0)
except CannotStart as refusal:
    sys.exit(str(refusal))
held.release(stop_now=True)
print("started and stopped")
"""


def facts_of(pid: int) -> dict[str, str]:
    return dict(re.findall(r"^(\w+):\s*(.*)$", Path(f"/proc/{pid}/status").read_text(), flags=re.MULTILINE))


def as_nobody(folder: Path, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the script as an ordinary user, who may read the packages wherever they lie."""
    who = identity.choose(data=folder / "probe", program=Path(sys.executable))
    command = who.command([sys.executable, "-c", AS_SOMEBODY, str(home)], death_signal=signal.SIGKILL)
    options = who.options(death_signal=signal.SIGKILL) | {"cwd": PROJECT}
    return subprocess.run(command, capture_output=True, text=True, timeout=60, **options)


def test_it_names_the_one_who_may_not_enter_and_what_to_do(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "getuid", lambda: 0)
    monkeypatch.setattr(identity, "_can_work", lambda *_: False)
    monkeypatch.setattr(Identity, "own", lambda *_: None)

    with pytest.raises(CannotStart, match=r"does not run as root.*set DATABASE_URL and REDIS_URL"):
        identity.choose(data=folder / "pg", program=Path("/bin/true"))


def test_it_refuses_data_that_belongs_to_somebody_else(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "pg").mkdir()
    monkeypatch.setattr(os, "getuid", lambda: 4711)

    with pytest.raises(CannotStart, match=r"belongs to .*WORKBENCH_HOME"):
        identity.choose(data=folder / "pg", program=Path("/bin/true"))


if os.getuid() == 0:

    def test_for_root_the_server_runs_as_nobody_with_no_rights_at_all(used_home: Home, take: Take) -> None:
        take(used_home, "pg")

        facts = facts_of(states.read(used_home, "pg").server_pid)

        assert set(facts["Uid"].split()) == {str(NOBODY)}
        assert int(facts["CapEff"], 16) == 0

    def test_below_a_private_folder_it_keeps_one_right_and_opens_nothing_up(folder: Path, take: Take) -> None:
        private = folder / "private"
        private.mkdir(mode=0o700)
        home = Home(private / "home")
        take(home, "pg")
        state = states.read(home, "pg")

        facts = facts_of(state.server_pid)
        assert set(facts["Uid"].split()) == {str(NOBODY)}
        assert int(facts["CapEff"], 16).bit_count() == 1
        assert facts["NoNewPrivs"] == "1"
        assert private.stat().st_mode & 0o777 == 0o700

        os.kill(state.keeper_pid, signal.SIGKILL)
        assert process.wait_until(lambda: not process.is_alive(state.server_pid), seconds=15)

    def test_an_ordinary_user_runs_it_as_oneself(folder: Path) -> None:
        home = folder / "home"
        home.mkdir()
        os.chown(home, NOBODY, NOBODY)

        done = as_nobody(folder, home)

        assert (done.stdout, done.stderr) == ("started and stopped\n", "")
        assert (home / "pg" / "cluster").stat().st_uid == NOBODY

    def test_an_ordinary_user_is_told_that_root_was_here_first(folder: Path) -> None:
        home = Home(folder / "home")
        home.prepare()

        done = as_nobody(folder, home.path)

        assert done.returncode == 1
        assert "belongs to root" in done.stderr
        assert "WORKBENCH_HOME" in done.stderr
