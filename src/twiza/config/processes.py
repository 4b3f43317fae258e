"""Starting other programs of ours beside this one, and never leaving one behind."""

from __future__ import annotations

import ctypes
import fcntl
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

PORTS_TRIED = 100
PATIENCE_SECONDS = 60
STOP_WITHIN_SECONDS = 15
_SET_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of <sys/prctl.h>
_SOURCES = Path(__file__).resolve().parents[2]


class DidNotStart(RuntimeError):
    """A program of ours ended, or stayed silent, instead of answering."""


def free_port(wanted: int) -> int:
    """`wanted` when nobody listens there, else the next one that is free."""
    for port in range(wanted, min(wanted + PORTS_TRIED, 65536)):
        if _is_free(port):
            return port
    raise DidNotStart(f"{wanted}…{wanted + PORTS_TRIED}")


def start(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> subprocess.Popen[bytes]:
    """`python -m module …` runs beside this process, out of reach of its Ctrl-C, and is asked to stop when this process dies."""
    return subprocess.Popen(
        [sys.executable, "-m", module, *arguments],
        env={**os.environ, "PYTHONPATH": _with_sources(), **(environment or {})},
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=_die_with_parent,  # noqa: PLW1509 -- one thread runs when we start children
    )


def run_through(module: str, *arguments: str) -> int:
    """`python -m module …` runs in the foreground, within reach of Ctrl-C; how it ended."""
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(
        command, env={**os.environ, "PYTHONPATH": _with_sources()}, stdin=subprocess.DEVNULL, check=False
    ).returncode


def wait_until_answers(url: str, process: subprocess.Popen[bytes]) -> None:
    """Returns once `url` answers well. Raises DidNotStart when the process ends first, or a minute passes."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise DidNotStart(url)
        try:
            with urlopen(url, timeout=5) as answer:  # noqa: S310 -- our own address
                if answer.status == 200:
                    return
        except (URLError, OSError):
            time.sleep(0.1)
    raise DidNotStart(url)


def stop(processes: Sequence[subprocess.Popen[bytes]]) -> None:
    """All of them have ended: asked first, then made to."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_WITHIN_SECONDS
    for process in processes:
        try:
            process.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


@contextmanager
def one_at_a_time(lock: Path) -> Iterator[None]:
    """Whoever comes second waits until the first is through."""
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def port_lock() -> Path:
    """Held between finding a free port and listening there, whichever checkout one starts from."""
    return Path(tempfile.gettempdir()) / f"twiza-{os.getuid()}-ports.lock"


def _is_free(port: int) -> bool:
    # Listening, not only binding: servers that share a port by SO_REUSEPORT would let us bind beside them.
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
            probe.listen(1)
        except OSError:
            return False
    return True


def _with_sources() -> str:
    """The child finds the code this process runs, also when nothing is installed."""
    others = [path for path in os.environ.get("PYTHONPATH", "").split(os.pathsep) if path]
    return os.pathsep.join([str(_SOURCES), *others])


def _die_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGTERM, 0, 0, 0)
