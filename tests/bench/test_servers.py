"""Servers that the benchmark starts, and addresses that it refuses."""

import http.client
import os
import re
import socket
import time
from pathlib import Path

import pytest

from bench.empty_app import BODY
from bench.installation import NotLoopback, environment, require_loopback
from bench.servers import HOST, OPTIONS, DidNotStart, Size, serving


def test_the_options_are_those_of_make_run(root: Path) -> None:
    makefile = (root / "Makefile").read_text().replace("\\\n", " ")
    found = re.search(r"exec \$\(BIN\)/granian (.*) cms\.wsgi:application", makefile)
    default = re.search(r"^WORKERS \?= (\d+)$", makefile, re.MULTILINE)
    assert found
    assert default
    words = found[1].replace("$(WORKERS)", default[1]).split()
    assert sorted(words) == sorted([*OPTIONS, *Size().options, "--host", HOST, "--port", "$(PORT)"])


def goes_away(port: int) -> bool:
    """Whether nobody listens, now or a moment later: the kernel ends what was killed."""
    end = time.monotonic() + 5
    while time.monotonic() < end:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            return True
        time.sleep(0.05)
    return False


def test_a_server_answers_and_is_down_afterwards(tmp_path: Path) -> None:
    log = tmp_path / "log"
    with serving("bench.empty_app:application", os.environ, Size(), log) as port:
        connection = http.client.HTTPConnection(HOST, port, timeout=10)
        connection.request("GET", "/")
        assert connection.getresponse().read() == BODY
        connection.close()
    assert goes_away(port)


def test_a_server_that_cannot_start_says_why(tmp_path: Path) -> None:
    with (
        pytest.raises(DidNotStart, match="no_such_module"),
        serving("no_such_module:app", os.environ, Size(), tmp_path / "log"),
    ):
        pass


def test_only_this_machine_is_loaded() -> None:
    assert require_loopback("postgres://me@127.0.0.1:5433/postgres")
    for url in ("postgres://db.example/x", "postgres://10.0.0.7/x", "postgres:///x"):
        with pytest.raises(NotLoopback):
            require_loopback(url)


def test_what_a_developer_has_set_does_not_reach_the_installation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://somewhere.example/theirs")
    monkeypatch.setenv("WAGTAIL_API_V3", "open")
    found = environment(tmp_path, "sqlite:///ours")
    assert found["DATABASE_URL"] == "sqlite:///ours"
    assert "WAGTAIL_API_V3" not in found
