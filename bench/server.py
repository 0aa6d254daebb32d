"""`faubourg serve` as people run it, in its own process; what it keeps in memory."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.clock import connected
from bench.databases import ROOT, free_port


@contextmanager
def served(environment: dict[str, str], log: Path) -> Iterator[tuple[int, int]]:
    """(port, process) of the production server: granian, two workers, and the worker that sends letters."""
    port = free_port()
    # The journal of the server goes to a file: a full pipe would hold the server back.
    with log.open("wb") as journal:
        process = subprocess.Popen(
            [sys.executable, "-m", "faubourg", "serve"],
            cwd=ROOT,
            env=environment | {"PORT": str(port)},
            stdout=journal,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait_for(port, process, log)
            yield port, process.pid
        finally:
            stop(process)


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until and process.poll() is None:
        try:
            with connected(port) as connection:
                connection.request("GET", "/plancher/")
                connection.getresponse().read()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError(f"Le serveur n'a pas démarré :\n{log.read_text()[-3000:]}")


def stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=20)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def memory(pid: int) -> tuple[float, float]:
    """Megabytes of (the web server with its workers, what sends letters), shared pages counted once (PSS)."""
    letters, *web = family(pid)
    return sum(map(_pss, web)) / 1024, _pss(letters) / 1024


def family(pid: int) -> list[int]:
    """A process, then all that it started; children are born of any thread of their parent."""
    children = {
        int(child)
        for thread in Path(f"/proc/{pid}/task").iterdir()
        for child in (thread / "children").read_text().split()
    }
    return [pid, *(member for child in sorted(children) for member in family(child))]


def _pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    return 0
