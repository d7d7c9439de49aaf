"""The measurements in turn. Each is a process: its memory is its own, and nothing is warm."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from bench.installation import ROOT, environment
from bench.runs import say, workplace
from bench.translation.acts import Act
from bench.translation.exchange import ENDINGS
from bench.translation.report import Passage, Side, View, Work

SMALL = 250
#: Settings for what is measured by its memory.
SMALL_CACHE = "bench.translation.small_cache"


def sizes(leaflets: int) -> tuple[int, int]:
    """Two numbers of leaflets, so that what grows between them is seen."""
    return min(SMALL, max(1, leaflets // 4)), leaflets


def run(leaflets: tuple[int, int]) -> Work:
    """Fills an installation and does all the work in it."""
    with workplace() as directory:
        theirs = _localize(directory)
        say(f"filling {leaflets[1]:,} leaflets in five languages ...")
        variables = environment(directory, f"sqlite:///{directory / 'work.sqlite3'}")
        variables["DJANGO_SETTINGS_MODULE"] = "bench.translation.settings"
        _python("fill", str(leaflets[1]), env=variables)
        passages = _passages(directory, leaflets, variables)
        # Last: it adds languages for the matrix, and the memory is full by now.
        found = _json_of("ours", directory / "ours.json", variables)
    views = tuple(View(name, **numbers) for name, numbers in found["views"].items())
    return Work(_side(found), theirs, views, passages)


def _localize(directory: Path) -> Side:
    say("wagtail-localize: an installation of its own ...")
    database = f"sqlite:///{directory / 'localize.sqlite3'}"
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
