"""The measurements in turn. Each is a process: its memory is its own, and nothing is warm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench import machine
from bench.installation import ROOT, environment, find_postgres, postgres_database
from bench.runs import say, workplace
from bench.translation.acts import Act
from bench.translation.exchange import ENDINGS
from bench.translation.report import Passage, Side, Sides, View, Work

SMALL = 250
#: Leaflets beside which acts on single ones are measured once more, on a database server.
FEW = 5
SQLITE, POSTGRESQL = DATABASES = ("sqlite", "postgresql")
#: Settings for what is measured by its memory.
SMALL_CACHE = "bench.translation.small_cache"


def sizes(leaflets: int) -> tuple[int, int]:
    """Two numbers of leaflets, so that what grows between them is seen."""
    return min(SMALL, max(1, leaflets // 4)), leaflets


def run(leaflets: tuple[int, int], databases: Sequence[str] = DATABASES) -> Work:
    """
    Does all the work in a filled installation on SQLite, and that on single leaflets on PostgreSQL
    too, where a server is there.
    """
    with workplace() as directory:
        theirs = _localize(directory, f"sqlite:///{directory / 'localize.sqlite3'}")
        variables = _filled(directory, f"sqlite:///{directory / 'work.sqlite3'}", leaflets[1])
        passages = _passages(directory, leaflets, variables)
        # Last: it adds languages for the matrix, and the memory is full by now.
        found = _json_of("ours", directory / "ours.json", variables)
        sides = [Sides(machine.sqlite_version(), _side(found), theirs)]
        server = find_postgres() if POSTGRESQL in databases else None
        if server is not None:
            sides.append(_on_server(directory, server))
    views = tuple(View(name, **numbers) for name, numbers in found["views"].items())
    return Work(sides, views, passages)


def _on_server(directory: Path, server: str) -> Sides:
    with postgres_database(server) as url:
        theirs = _localize(directory, url)
    with postgres_database(server) as url:
        ours = _json_of("ours", directory / "ours.json", _filled(directory, url, FEW))
    return Sides(machine.postgres_version(server), _side(ours), theirs)


def _filled(directory: Path, database: str, leaflets: int) -> dict[str, str]:
    """The environment of an installation with so many leaflets."""
    say(f"filling {leaflets:,} leaflets in five languages ...")
    variables = environment(directory, database)
    variables["DJANGO_SETTINGS_MODULE"] = "bench.translation.settings"
    _python("fill", str(leaflets), env=variables)
    return variables


def _localize(directory: Path, database: str) -> Side:
    say("wagtail-localize: an installation of its own ...")
    settings = {"DJANGO_SETTINGS_MODULE": "bench.translation.localize_settings"}
    variables = {**os.environ, **settings, "DATABASE_URL": database}
    return _side(_json_of("localize", directory / "localize.json", variables))


def _side(found: dict[str, Any]) -> Side:
    return Side(found["segments"], {name: Act(**act) for name, act in found["acts"].items()})


def _passages(
    directory: Path, leaflets: tuple[int, int], variables: dict[str, str]
) -> tuple[Passage, ...]:
    """Every kind of file out and in, a small number of leaflets and then all."""
    variables = {**variables, "DJANGO_SETTINGS_MODULE": SMALL_CACHE}
    found = []
    for kind in ENDINGS:
        for direction in ("export", "import"):
            for number in leaflets:
                files = directory / f"{kind}-{number}"
                arguments = (direction, kind, str(number), str(files))
                printed = json.loads(_python("exchange", *arguments, env=variables))
                passage = Passage(kind, direction, **printed)
                say(f"{direction} {kind}: {passage.per_second:.1f} leaflets a second")
                found.append(passage)
    return tuple(found)


def _json_of(module: str, output: Path, variables: dict[str, str]) -> dict[str, Any]:
    _python(module, str(output), env=variables)
    found: dict[str, Any] = json.loads(output.read_text())
    return found


def _python(module: str, *arguments: str, env: dict[str, str]) -> str:
    """What a module of this package prints when it is run."""
    command = [sys.executable, "-m", f"bench.translation.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout
