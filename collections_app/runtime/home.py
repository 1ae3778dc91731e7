"""The folder of the embedded servers, and the addresses that follow from it without starting anything.

    .local/
      pg/ redis/        the data
      run/              sockets, locks, states
      log/              what the servers and the processes of `workbench` wrote
      outbox/           the mails of a demo, as files; they go nowhere else
      secret_key        of the demo, made on the first start, readable by its owner only

Several homes can live side by side: WORKBENCH_HOME names another one, and the tests use a throw-away one.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from collections_app.runtime.refusals import CannotStart

PROJECT = Path(__file__).resolve().parent.parent.parent

# A socket's path must fit into sockaddr_un: 108 bytes on Linux, 104 on macOS, the closing NUL included.
SOCKET_PATH_BYTES_MAX = 103
DATABASE = "workbench"
DATABASE_USER = "workbench"


@dataclass(frozen=True)
class Home:
    """One folder of embedded servers; one that is not `durable` is wiped when they start and stop."""

    path: Path
    durable: bool = True

    @classmethod
    def of_project(cls) -> Home:
        return cls(Path(os.environ.get("WORKBENCH_HOME") or PROJECT / ".local").absolute())

    @classmethod
    def for_tests(cls) -> Home:
        return cls(cls.of_project().path / "test", durable=False)

    @property
    def run(self) -> Path:
        return self.path / "run"

    @property
    def log(self) -> Path:
        return self.path / "log"

    @property
    def mails(self) -> Path:
        """Where a demo keeps the mails that it would have sent."""
        return self.path / "outbox"

    def data(self, server: str) -> Path:
        return self.path / server

    @property
    def birth_mark(self) -> Path:
        """A random word made with the cluster; it tells one cluster in this place from the next."""
        return self.data("pg") / "born"

    @property
    def sockets(self) -> Path:
        """`run`, or a short folder below /tmp where the path would be too long for a socket."""
        if len(os.fsencode(self.run / "redis" / ".s.PGSQL.5432")) <= SOCKET_PATH_BYTES_MAX:
            return self.run
        mark = hashlib.sha256(os.fsencode(self.path)).hexdigest()[:12]
        return Path("/tmp") / f"workbench-{os.getuid()}-{mark}"  # owner and mode are checked by prepare

    def socket_folder(self, server: str) -> Path:
        return self.sockets / server

    @property
    def database_url(self) -> str:
        host = quote(str(self.socket_folder("pg")), safe="")
        return f"postgres://{DATABASE_USER}@{host}/{DATABASE}"

    @property
    def redis_socket(self) -> Path:
        return self.socket_folder("redis") / "redis.sock"

    @property
    def redis_url(self) -> str:
        return f"unix://{quote(str(self.redis_socket))}"

    def prepare(self) -> None:
        """Make the folders; raise CannotStart where they belong to somebody else."""
        for folder in (self.path, self.run, self.log):
            _make(folder)
            if os.getuid() != 0:
                _refuse_a_strangers(folder)
        if self.sockets != self.run:
            _make(self.sockets)
            _refuse_a_strangers(self.sockets)
        # The servers of root run as somebody else, who must be able to walk through to folders of their own.
        self.sockets.chmod(0o711 if os.getuid() == 0 else 0o700)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotStart(
            f"The folder {folder} cannot be made ({error.strerror}). "
            "Set WORKBENCH_HOME to a folder that you may write to."
        ) from error


def _refuse_a_strangers(folder: Path) -> None:
    facts = folder.lstat()
    if facts.st_uid == os.getuid() and stat.S_ISDIR(facts.st_mode):
        return
    owner, you = name_of(facts.st_uid), name_of(os.getuid())
    raise CannotStart(
        f"The folder {folder} belongs to {owner}, who started the workbench here before, and you are {you}. "
        f"Start it as {owner}, or set WORKBENCH_HOME to a folder of your own."
    )


def name_of(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user number {uid}"
