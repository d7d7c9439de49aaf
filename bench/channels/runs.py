"""The measurements in turn. Each is a process: its memory is its own, and nothing is warm."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

from bench.channels.report import Bundle, Forms
from bench.installation import ROOT, environment
from bench.runs import say, workplace
from bench.translation.runs import SMALL_CACHE


def sizes(leaflets: int) -> tuple[int, int]:
    """Two numbers of leaflets, so that what grows between them is seen."""
    return max(1, leaflets // 10), leaflets


def run(leaflets: tuple[int, int], seconds: float) -> Forms:
    """Fills an installation and measures in it."""
    with workplace() as directory:
        say(f"filling {leaflets[1]:,} leaflets in five languages ...")
        variables = environment(directory, f"sqlite:///{directory / 'channels.sqlite3'}")
        variables["DJANGO_SETTINGS_MODULE"] = "bench.translation.settings"
        _python("bench.translation.fill", str(leaflets[1]), env=variables)
        say("renditions, channel by channel ...")
        rates = _found("bench.channels.renditions", str(seconds), env=variables)
        say("WeasyPrint ...")
        theirs = _found("bench.channels.weasyprint", str(seconds), env=variables)
        variables["DJANGO_SETTINGS_MODULE"] = SMALL_CACHE
        bundles = []
        for number in leaflets:
            say(f"a bundle of {number:,} leaflets ...")
            path = directory / f"{number}.zip"
            found = _found("bench.channels.bundles", str(number), str(path), env=variables)
            bundles.append(Bundle(**found))
    return Forms(rates, theirs, tuple(bundles))


def _found(module: str, *arguments: str, env: dict[str, str]) -> Any:
    return json.loads(_python(module, *arguments, env=env).splitlines()[-1])


def _python(module: str, *arguments: str, env: dict[str, str]) -> str:
    """What a module prints when it is run."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout
