"""
granian, started as `make run` and production start it, on a free port of 127.0.0.1.

tests/bench compares the options with the Makefile, so that one cannot be tuned without the other.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.installation import ROOT

HOST = "127.0.0.1"
OPTIONS = ("--interface", "wsgi", "--no-ws", "--log-level", "warning")
START_SECONDS = 60.0
STOP_SECONDS = 10.0


@dataclass(frozen=True, slots=True)
class Size:
    """How many processes, and how many threads each has; by itself what `make run` has."""

    workers: int = 1
    threads: int = 4

    @property
    def options(self) -> tuple[str, ...]:
        return ("--workers", str(self.workers), "--blocking-threads", str(self.threads))


class DidNotStart(RuntimeError):
    """The server ended or did not answer in time; the message ends with what it printed."""


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        port: int = listener.getsockname()[1]
    return port


@contextmanager
def serving(
    application: str, environment: Mapping[str, str], size: Size, log: Path
) -> Iterator[int]:
    """Serves `application` (module:name) for the length of a block; yields the port."""
    port = free_port()
    granian = str(Path(sys.executable).with_name("granian"))
    command = [granian, *OPTIONS, *size.options, "--host", HOST, "--port", str(port), application]
    with log.open("wb") as output:
        # A process group of its own: Ctrl-C reaches us, and we end the server and its workers.
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=dict(environment),
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            _wait_until_it_listens(process, port, log)
            yield port
        finally:
            _stop(process)


def _wait_until_it_listens(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise DidNotStart(log.read_text(errors="replace")[-2000:])


def _stop(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    # Whatever did not listen, or outlived the server.
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
