"""The load clients against a tiny server: what they count, and what they refuse to count."""

import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bench import client
from bench.load import Load, Request, WrongAnswer, measure, tool_name

BODY = b"x" * 300_000  # more than one read of a socket


class Handler(BaseHTTPRequestHandler):
    """`/ok` whole, `/unchanged` 304, `/lost` 404, `/cut` breaks off."""

    protocol_version = "HTTP/1.1"
    asked: Counter[str] = Counter()

    def do_GET(self) -> None:
        self.asked[self.path] += 1
        if self.path == "/unchanged" and self.headers["If-None-Match"] == '"one"':
            self.send_response(304)
            self.end_headers()
            return
        self.send_response(404 if self.path == "/lost" else 200)
        self.send_header("Content-Length", str(len(BODY)))
        self.end_headers()
        self.wfile.write(BODY[:10] if self.path == "/cut" else BODY)
        self.close_connection = self.path == "/cut"

    def log_message(self, *args: Any) -> None:
        """Silent."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *args: Any) -> None:
        """Clients that hang up in the middle of an answer are what is tested here."""


@pytest.fixture
def port() -> Iterator[int]:
    Handler.asked.clear()
    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server.server_port
    server.shutdown()
    thread.join()
    server.server_close()


def ask(port: int, *paths: str, status: int = 200, **headers: str) -> client.Measured:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    requests = [Request(path, named).encoded(port) for path in paths]
    return client.load(port, requests, status, connections=2, seconds=0.2)


def test_counts_whole_answers_and_their_time(port: int) -> None:
    found = ask(port, "/ok", "/ok?2")
    assert found.per_second > 0
    assert 0 < found.p50 <= found.p99
    answered = found.per_second * 0.2
    assert Handler.asked.total() >= answered


def test_goes_through_all_requests_in_turn(port: int) -> None:
    ask(port, "/ok?1", "/ok?2", "/ok?3")
    assert set(Handler.asked) == {"/ok?1", "/ok?2", "/ok?3"}
    assert max(Handler.asked.values()) - min(Handler.asked.values()) <= 2


def test_an_answer_without_a_body_is_whole(port: int) -> None:
    assert ask(port, "/unchanged", status=304, If_None_Match='"one"').per_second > 0


@pytest.mark.parametrize(("path", "status"), [("/lost", 200), ("/ok", 304), ("/cut", 200)])
def test_another_answer_than_expected_ends_the_run(port: int, path: str, status: int) -> None:
    with pytest.raises(client.BadAnswer):
        ask(port, path, status=status)


@pytest.mark.parametrize("bare", [False, True], ids=["this-machine", "bare-machine"])
def test_what_this_machine_has_measures_and_refuses(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bare: bool
) -> None:
    if bare:
        monkeypatch.setenv("PATH", str(tmp_path))
        assert tool_name() == "bench.client"
    load = Load(connections=2, seconds=1)
    found = measure(port, [Request("/ok", {"X-Quote": 'a "b" \\'})], 200, load, tmp_path)
    assert found.per_second > 0
    with pytest.raises((WrongAnswer, client.BadAnswer)):
        measure(port, [Request("/lost")], 200, load, tmp_path)
    with pytest.raises((WrongAnswer, client.BadAnswer)):
        measure(port, [Request("/ok")], 304, load, tmp_path)
