"""
The load client for machines without wrk: one thread, one selector, raw sockets.

Small on purpose: the client runs on the machine it measures, so what it does for an answer is what
the measure needs and no more. It answers for HTTP/1.1 as granian speaks it: a status line, a
Content-Length (or none with 204 and 304), no chunks.
"""

from __future__ import annotations

import selectors
import socket
from collections.abc import Sequence
from time import perf_counter

from bench.summary import Measured, percentile

HEAD_END = b"\r\n\r\n"
LENGTH = b"content-length:"
GRACE_SECONDS = 30.0


class BadAnswer(RuntimeError):
    """An answer with another status than expected, or one that breaks off."""


class Connection:
    """One keep-alive connection and the answer that it waits for."""

    __slots__ = ("buffer", "missing", "sent_at", "socket", "turn")

    def __init__(self, port: int, turn: int) -> None:
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=GRACE_SECONDS)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.turn = turn
        self.buffer = b""
        self.missing = 0
        self.sent_at = 0.0

    def ask(self, requests: Sequence[bytes]) -> None:
        """Sends the next request in turn."""
        self.turn += 1
        self.buffer, self.missing = b"", 0
        self.sent_at = perf_counter()
        self.socket.sendall(requests[self.turn % len(requests)])

    def receive(self, status: bytes) -> bool:
        """Takes what has come; true when the answer is whole."""
        data = self.socket.recv(262_144)
        if not data:
            raise BadAnswer("the server closed the connection")
        if self.missing:
            self.missing -= len(data)
            return self.missing <= 0
        self.buffer += data
        end = self.buffer.find(HEAD_END)
        if end < 0:
            return False
        if self.buffer[9:12] != status:
            raise BadAnswer(self.buffer[:end].decode("latin-1"))
        whole = end + len(HEAD_END) + content_length(self.buffer[:end])
        self.missing = whole - len(self.buffer)
        return self.missing <= 0


def content_length(head: bytes) -> int:
    """The length that an answer's head names; 0 when it names none."""
    start = head.lower().find(LENGTH)
    if start < 0:
        return 0
    return int(head[start + len(LENGTH) :].split(b"\r\n", 1)[0])


def load(
    port: int, requests: Sequence[bytes], status: int, connections: int, seconds: float
) -> Measured:
    """Asks over `connections` for `seconds`; answers that come after that are not counted."""
    expected = str(status).encode()
    opened: list[Connection] = []
    try:
        with selectors.DefaultSelector() as selector:
            for number in range(connections):
                connection = Connection(port, number * len(requests) // connections)
                opened.append(connection)
                selector.register(connection.socket, selectors.EVENT_READ, connection)
            return _run(selector, opened, requests, expected, seconds)
    finally:
        for connection in opened:
            connection.socket.close()


def _run(
    selector: selectors.BaseSelector,
    opened: Sequence[Connection],
    requests: Sequence[bytes],
    expected: bytes,
    seconds: float,
) -> Measured:
    taken: list[float] = []
    began = perf_counter()
    end = began + seconds
    for connection in opened:
        connection.ask(requests)
    while (now := perf_counter()) < end:
        for key, _events in selector.select(end - now):
            connection = key.data
            if connection.receive(expected):
                taken.append(perf_counter() - connection.sent_at)
                connection.ask(requests)
    if not taken:
        raise BadAnswer(f"no answer within {seconds} s")
    taken.sort()
    return Measured(
        per_second=len(taken) / (perf_counter() - began),
        p50=percentile(taken, 50) * 1e3,
        p99=percentile(taken, 99) * 1e3,
    )
