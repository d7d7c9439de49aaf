"""`python -m bench`: the whole run, and its options."""

from __future__ import annotations

import argparse
import shlex
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from bench import contenders, machine, report
from bench.channels import report as form_report
from bench.channels import runs as form_runs
from bench.client import BadAnswer
from bench.installation import ROOT, NotLoopback
from bench.load import Load, WrongAnswer, tool_name
from bench.runs import Plan, run, say
from bench.servers import OPTIONS, DidNotStart, Size
from bench.translation import report as work_report
from bench.translation import runs as work_runs

PARTS = ("reads", "translation", "channels")
QUICK_SIZES = (5, 20)
QUICK_BUNDLES = (5, 20)
PAGE = ROOT / "docs" / "benchmarks.md"
FAULTS = (BadAnswer, DidNotStart, NotLoopback, WrongAnswer, subprocess.SubprocessError)


def parse(arguments: Sequence[str]) -> Plan:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--seconds", type=_whole, default=4, help="length of one run of one case")
    parser.add_argument("--runs", type=_whole, default=3, help="runs of each case, in turn")
    parser.add_argument("--connections", type=_whole, default=8, help="open at the same time")
    parser.add_argument("--leaflets", type=_whole, default=25, help="issued in five languages each")
    parser.add_argument("--workers", type=_whole, default=1, help="processes of the server")
    parser.add_argument("--threads", type=_whole, default=4, help="threads of each process")
    parser.add_argument(
        "--databases", nargs="+", choices=work_runs.DATABASES, default=work_runs.DATABASES
    )
    parser.add_argument("--output", type=Path, default=PAGE, help="page that holds the table")
    parser.add_argument("--only", choices=PARTS, help="one part of the benchmark, not all")
    parser.add_argument(
        "--work-leaflets", type=_whole, default=1000, help="of the translation work, at most"
    )
    parser.add_argument(
        "--licences", type=_whole, default=10_000, help="among which reads with a key are measured"
    )
    parser.add_argument(
        "--bundle-leaflets", type=_whole, default=1000, help="of the larger bundle of channels"
    )
    parser.add_argument(
        "--quick",
        action="store_true",
        help="one short run of each case on 20 leaflets, printed and not written: to try a change",
    )
    given = parser.parse_args(arguments)
    seconds, runs, leaflets = given.seconds, given.runs, given.leaflets
    if given.quick:
        seconds, runs, leaflets = 1, 1, contenders.LIST_LENGTH
    if leaflets < contenders.LIST_LENGTH:
        parser.error(f"a list of {contenders.LIST_LENGTH} needs as many leaflets")
    work = QUICK_SIZES if given.quick else work_runs.sizes(given.work_leaflets)
    return Plan(
        databases=tuple(given.databases),
        copies=leaflets,
        runs=runs,
        load=Load(given.connections, seconds),
        size=Size(given.workers, given.threads),
        page=None if given.quick else given.output,
        parts=(given.only,) if given.only else PARTS,
        work=work,
        licences=given.licences,
        bundles=QUICK_BUNDLES if given.quick else form_runs.sizes(given.bundle_leaflets),
    )


def _whole(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("has to be 1 or more")
    return number


def facts(plan: Plan, command: str, load_before: str) -> dict[str, str]:
    """What stands above the tables."""
    return {
        "Measured": f"{datetime.now(UTC):%Y-%m-%d}, by `{command}`",
        **machine.facts(),
        "Server": f"`granian {' '.join((*OPTIONS, *plan.size.options))}`",
        "Load": f"{tool_name()}, {plan.load.connections} keep-alive connections, "
        f"{plan.runs} runs of {plan.load.seconds} s for each case, taking turns; medians",
        "Content": f"the seed leaflet and {plan.copies} copies, each issued in five languages; "
        "all read in turn",
        "Machine's load average before": load_before,
    }


def measure_reads(plan: Plan, command: str) -> None:
    """How fast leaflets are read."""
    load_before = machine.busy()
    all_results = run(plan)
    part = report.page_part(facts(plan, command, load_before), all_results)
    tell(plan, part, report.MARKS, report.missed(all_results))


def measure_translation(plan: Plan, command: str) -> None:
    """What the work on translations costs."""
    load_before = machine.busy()
    found = work_runs.run(plan.work, plan.databases)
    about = {
        "Measured": f"{datetime.now(UTC):%Y-%m-%d}, by `{command}`",
        **machine.facts(),
        "Machine's load average before": load_before,
    }
    part = work_report.page_part(about, found)
    tell(plan, part, work_report.MARKS, work_report.missed(found))


def measure_channels(plan: Plan, command: str) -> None:
    """What an edition's forms cost, and a bundle of many."""
    load_before = machine.busy()
    found = form_runs.run(plan.bundles, plan.load.seconds)
    about = {
        "Measured": f"{datetime.now(UTC):%Y-%m-%d}, by `{command}`",
        **machine.facts(),
        "Database": machine.sqlite_version(),
        "Machine's load average before": load_before,
    }
    tell(plan, form_report.page_part(about, found), form_report.MARKS, form_report.missed(found))


MEASURED = {
    "reads": measure_reads,
    "translation": measure_translation,
    "channels": measure_channels,
}


def tell(plan: Plan, part: str, marks: tuple[str, str], missed: Sequence[str]) -> None:
    """Prints a part, and writes it into the page where one is to be written."""
    print(part)
    if plan.page is not None:
        report.write(plan.page, part, marks)
        say(f"written to {plan.page}")
    for sentence in missed:
        say(f"MISSED: {sentence}")


def main(arguments: Sequence[str]) -> int:
    plan = parse(arguments)
    # A terminated run ends its servers like an interrupted one, by leaving the blocks that hold
    # them; a shell that starts us in the background has interrupts ignored.
    for stop in (signal.SIGTERM, signal.SIGINT):
        signal.signal(stop, signal.default_int_handler)
    command = shlex.join(["python", "-m", "bench", *arguments]) if arguments else "make bench"
    try:
        for part in plan.parts:
            MEASURED[part](plan, command)
    except KeyboardInterrupt:
        say("Stopped; the servers are down and nothing was written.")
        return 130
    except FAULTS as error:
        say(f"Not measured: {error}")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
