"""The run itself: each database filled, its contenders served, their cases measured in turn."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench import contenders, machine, report
from bench.contenders import Case
from bench.installation import ROOT, Installation, find_postgres, grant, install, postgres_database
from bench.load import Load, measure
from bench.servers import Size, serving
from bench.summary import Measured, Summary, summarise

WARM_UP = Load(connections=8, seconds=1)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run does."""

    databases: tuple[str, ...]
    copies: int
    runs: int
    load: Load
    size: Size
    page: Path | None
    parts: tuple[str, ...] = ("reads", "translation", "channels")
    work: tuple[int, int] = (250, 1000)
    bundles: tuple[int, int] = (100, 1000)
    licences: int = 10_000


def say(text: str) -> None:
    """Progress goes to standard error, the table to standard output."""
    print(text, file=sys.stderr, flush=True)


@contextmanager
def workplace() -> Iterator[Path]:
    """A directory below `var/bench/` that is gone afterwards."""
    base = ROOT / "var" / "bench"
    base.mkdir(parents=True, exist_ok=True)
    directory = Path(tempfile.mkdtemp(dir=base))
    try:
        yield directory
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def run(plan: Plan) -> list[report.Results]:
    """Measures every database of the plan that is there."""
    all_results = []
    # `closing`: the database is dropped when the run breaks off, too.
    with workplace() as directory, closing(databases(plan, directory)) as found:
        for name, url in found:
            all_results.append(measure_database(plan, directory, name, url))
    return all_results


def databases(plan: Plan, directory: Path) -> Generator[tuple[str, str], None, None]:
    """Names with versions, and addresses of empty databases, each there until the next is asked."""
    if "sqlite" in plan.databases:
        yield machine.sqlite_version(), f"sqlite:///{directory / 'bench.sqlite3'}"
    server = find_postgres() if "postgresql" in plan.databases else None
    if server is not None:
        with postgres_database(server) as url:
            yield machine.postgres_version(server), url
    elif "postgresql" in plan.databases:
        say("PostgreSQL: left out, no server answers on 127.0.0.1:5432")


def measure_database(plan: Plan, directory: Path, name: str, url: str) -> report.Results:
    """Fills one database, serves all contenders from it and lets them take turns."""
    say(f"{name}: issuing {plan.copies} leaflets in every language ...")
    installation = install(directory, url, plan.copies)
    with serving_all(plan, directory, installation) as ports:
        cases = [
            contenders.checked(case, ports[case.contender.name])
            for case in contenders.cases(installation.leaves)
        ]
        summaries = take_turns(plan, directory, ports, cases, name)
        for licences in (1, plan.licences):
            say(f"{name}: granting {licences:,} licences ...")
            keys = grant(directory, installation, licences)
            keyed = [
                contenders.checked(case, ports[case.contender.name])
                for case in contenders.keyed_cases(
                    installation.leaves, keys, report.among(licences)
                )
            ]
            summaries |= take_turns(plan, directory, ports, keyed, name)
    sizes = {case.name: case.size for case in cases}
    return report.Results(name, summaries, sizes, (1, plan.licences))


def take_turns(
    plan: Plan, directory: Path, ports: Mapping[str, int], cases: Sequence[Case], name: str
) -> dict[str, Summary]:
    """Every case as often as the plan says, one after the other, after a warm-up of each."""
    found: dict[str, list[Measured]] = {case.name: [] for case in cases}
    for number in range(plan.runs + 1):
        for case in cases:
            port = ports[case.contender.name]
            load = plan.load if number else WARM_UP
            measured = measure(port, case.requests, case.status, load, directory)
            if number:
                found[case.name].append(measured)
                say(f"{name}: run {number}: {case.name}: {measured.per_second:,.0f} a second")
    return {case_name: summarise(runs) for case_name, runs in found.items()}


@contextmanager
def serving_all(
    plan: Plan, directory: Path, installation: Installation
) -> Iterator[dict[str, int]]:
    """Ports by contender's name; a server that is not asked waits and costs nothing."""
    with ExitStack() as servers:
        yield {
            contender.name: servers.enter_context(
                serving(
                    contender.application,
                    {**installation.environment, "BENCH_PEER": contender.peer},
                    plan.size,
                    directory / f"{contender.name}.log",
                )
            )
            for contender in contenders.CONTENDERS
        }
