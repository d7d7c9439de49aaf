"""
Loading a server: keep-alive HTTP/1.1 connections on loopback, each asking again at once.

wrk does it where it is installed (Debian's package `wrk`), because a client in C leaves the cores
to the server; `bench.client` does where it is not. Both go through the same requests in turn.
"""

from __future__ import annotations

import http.client
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from bench import client
from bench.servers import HOST
from bench.summary import Measured

#: An answer without a body is shorter than this, its head included.
EMPTY_ANSWER_BYTES = 2_000


class WrongAnswer(RuntimeError):
    """What the server said is not what the case is about, so its speed means nothing."""


@dataclass(frozen=True, slots=True)
class Request:
    """A GET: its path and what it sends besides `Host`."""

    path: str
    headers: dict[str, str] = field(default_factory=dict)

    def encoded(self, port: int) -> bytes:
        lines = [f"GET {self.path} HTTP/1.1", f"Host: {HOST}:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        return "\r\n".join([*lines, "", ""]).encode("ascii")


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer, read outside the measured time."""

    status: int
    headers: dict[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Load:
    """How hard and how long."""

    connections: int
    seconds: int


def get(port: int, request: Request, connection: http.client.HTTPConnection) -> Answer:
    """Asks once; `connection` is kept for the next."""
    connection.request("GET", request.path, headers=request.headers)
    response = connection.getresponse()
    headers = {name.lower(): value for name, value in response.getheaders()}
    return Answer(response.status, headers, response.read())


def measure(
    port: int, requests: Sequence[Request], status: int, load: Load, directory: Path
) -> Measured:
    """One run; `WrongAnswer` when any answer has another status than `status`."""
    if tool_name() == "wrk":
        return _by_wrk(port, requests, status, load, directory)
    encoded = [request.encoded(port) for request in requests]
    return client.load(port, encoded, status, load.connections, load.seconds)


def tool_name() -> str:
    """What loads the server on this machine."""
    return "wrk" if shutil.which("wrk") else "bench.client"


# wrk counts statuses of 400 and more, and bytes: answers of 200 instead of 304 show in those.

_LUA = """
local requests = {%(requests)s}
local turn = 0
request = function()
  turn = turn %% #requests + 1
  return requests[turn]
end
done = function(summary, latency, _)
  local e = summary.errors
  io.write(string.format("RESULT %%d %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration,
    summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
"""


def _by_wrk(
    port: int, requests: Sequence[Request], status: int, load: Load, directory: Path
) -> Measured:
    quoted = ",\n".join(_lua_string(request.encoded(port).decode()) for request in requests)
    script = directory / "requests.lua"
    script.write_text(_LUA % {"requests": quoted})
    command = ["wrk", "-t", "1", "-c", str(load.connections), "-d", f"{load.seconds}s"]
    command += ["-s", str(script), f"http://{HOST}:{port}/"]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, timeout=load.seconds + 30
    )
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT "))
    answers, duration, size, p50, p99, errors = (int(word) for word in line.split()[1:])
    if errors or not answers:
        raise WrongAnswer(f"{errors} of {answers} answers to {requests[0].path} failed")
    if status == 304 and size / answers > EMPTY_ANSWER_BYTES:
        raise WrongAnswer(f"{requests[0].path}: answers are too long to be 304")
    return Measured(answers / (duration / 1e6), p50 / 1e3, p99 / 1e3)


def _lua_string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\r", "\\r").replace("\n", "\\n") + '"'
