"""
A bundle of so many leaflets in five languages and three forms: files a second, and the most memory
that the process ever had (`ru_maxrss`), Python and Django and the database's cache included.

Run by `runs` in a process of its own for each number of leaflets; prints JSON.
"""

from __future__ import annotations

import json
import resource
import sys
from pathlib import Path
from time import perf_counter

import django

#: Cheap ones: what is measured is the bundle and not the typesetter.
CHANNELS = ("text", "markdown", "jsonld")


def main(leaflets: int, path: Path) -> None:
    django.setup()
    from django.utils import timezone

    from bench.translation.exchange import chosen_keys
    from patientinfo.bundles.orders import editors_bundle
    from patientinfo.bundles.output import write_bundle
    from patientinfo.exchange.selection import Selection

    selection = Selection(keys=frozenset(chosen_keys(leaflets)))
    began = perf_counter()
    size = write_bundle(path, editors_bundle(selection, CHANNELS, timezone.now()).chunks())
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # Linux: in KiB
    files = leaflets * 5 * len(CHANNELS)
    found = {"leaflets": leaflets, "files": files, "seconds": seconds}
    print(json.dumps({**found, "mib": size / 2**20, "peak_mib": peak / 1024}))


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
