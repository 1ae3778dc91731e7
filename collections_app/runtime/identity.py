"""As whom the embedded servers run: as you, or, since PostgreSQL refuses root, as somebody with fewer rights.

For root that is the owner of the home where it is somebody else's, and `nobody` otherwise. No user is made
and no folder of yours is opened up for it. Where `nobody` cannot walk to the project (below /root, say), the
server keeps one capability, to pass and read folders, through setpriv; everything else is given up.
"""

from __future__ import annotations

import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from collections_app.runtime.home import name_of
from collections_app.runtime.process import dies_with_parent, plain_environment
from collections_app.runtime.refusals import CannotStart

# The narrower one first; containers are usually given only the second.
_CAPABILITIES = ("dac_read_search", "dac_override")


@dataclass(frozen=True)
class Identity:
    """`prefix` goes before the command; where there is none, Python itself changes the user on the way."""

    uid: int
    gid: int
    prefix: tuple[str, ...] = ()

    @property
    def changes(self) -> bool:
        return self.uid != os.getuid()

    def command(self, command: list[str], *, death_signal: int) -> list[str]:
        # A change of user clears the parent death signal, so setpriv has to set it after that change.
        if not self.prefix:
            return command
        return [*self.prefix, f"--pdeathsig={signal.Signals(death_signal).name}", *command]

    def options(self, *, death_signal: int) -> dict[str, Any]:
        """Keyword arguments for Popen."""
        options: dict[str, Any] = {"cwd": "/", "env": plain_environment(), "start_new_session": True}
        if not self.prefix:
            options["preexec_fn"] = dies_with_parent(death_signal)
            if self.changes:
                options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return options

    def own(self, folder: Path) -> None:
        """Make the folder, or give it, to this identity alone."""
        folder.mkdir(exist_ok=True)
        folder.chmod(0o700)
        if self.changes:
            shutil.chown(folder, self.uid, self.gid)


def choose(*, data: Path, program: Path) -> Identity:
    """Who can run the program and own the data folder, which is made; raises CannotStart where nobody can."""
    owner = (data if data.exists() else data.parent).stat()
    if os.getuid() != 0:
        if owner.st_uid != os.getuid():
            raise CannotStart(
                f"The folder {data} belongs to {name_of(owner.st_uid)}: the workbench was first started "
                f"here by root. Start it as root, hand the folder over "
                f"(sudo chown -R {name_of(os.getuid())} {data.parent}), "
                "or set WORKBENCH_HOME to a folder of your own."
            )
        identity = Identity(os.getuid(), os.getgid())
        identity.own(data)
        return identity
    uid, gid = (owner.st_uid, owner.st_gid) if owner.st_uid != 0 else _nobody()
    candidates = [Identity(uid, gid)]
    if setpriv := shutil.which("setpriv"):
        candidates += [
            Identity(uid, gid, _keeping(setpriv, uid, gid, capability)) for capability in _CAPABILITIES
        ]
    for identity in candidates:
        identity.own(data)
        if _can_work(identity, program, data):
            return identity
    raise CannotStart(
        f"PostgreSQL does not run as root, and {name_of(uid)} may not enter {data}. "
        "Move the project out of a private folder, start it as an ordinary user, "
        "or set DATABASE_URL and REDIS_URL."
    )


def _nobody() -> tuple[int, int]:
    try:
        someone = pwd.getpwnam("nobody")
    except KeyError:
        return 65534, 65534
    return someone.pw_uid, someone.pw_gid


def _keeping(setpriv: str, uid: int, gid: int, capability: str) -> tuple[str, ...]:
    # no_setuid_fixup: without it access(2), which initdb asks, answers as if the capability were gone.
    keep = f"-all,+{capability}"
    return (
        setpriv,
        f"--reuid={uid}",
        f"--regid={gid}",
        "--clear-groups",
        f"--bounding-set={keep}",
        f"--inh-caps={keep}",
        f"--ambient-caps={keep}",
        "--securebits=+no_setuid_fixup",
        "--no-new-privs",
    )


def _can_work(identity: Identity, program: Path, folder: Path) -> bool:
    script = 'cd "$1" && : >.probe && rm .probe && "$0" --version >/dev/null'
    command = identity.command(["/bin/sh", "-c", script, str(program), str(folder)], death_signal=9)
    try:
        probe = subprocess.run(command, capture_output=True, **identity.options(death_signal=9))
    except OSError:
        return False
    return probe.returncode == 0
