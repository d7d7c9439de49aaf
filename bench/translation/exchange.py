"""
Files out and in: so many leaflets a second, and the most memory that the process ever had.

Run by `runs` in a process of its own for each measurement, so that its memory is that of one kind
of file and one number of leaflets: `python -m bench.translation.exchange export po 250 DIRECTORY`
prints the `Passage` as JSON. Memory is what the operating system says that the process had at its
most (`ru_maxrss`), all of it: Python, Django, the database's cache.
"""

from __future__ import annotations

import json
import resource
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

import django

#: TMX first: it holds checked segments only, and what other files bring in has to be checked anew.
ENDINGS = {"tmx": ".tmx", "po": ".po", "xliff": ".xliff", "xliff12": ".xlf", "xlsx": ".xlsx"}


def main(direction: str, kind: str, leaflets: int, directory: Path) -> None:
    django.setup()
    from patientinfo.management.loaded import leave_loaded_alone

    leave_loaded_alone()  # as the commands do
    keys = chosen_keys(leaflets)
    if direction == "import":
        make_different(keys, kind)
    began = perf_counter()
    files = write(kind, keys, directory) if direction == "export" else read(kind, keys, directory)
    seconds = perf_counter() - began
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss  # Linux: in KiB
    found = {"leaflets": len(keys), "files": files, "seconds": seconds, "peak_mib": peak / 1024}
    print(json.dumps(found))


def chosen_keys(leaflets: int) -> list[uuid.UUID]:
    """The same leaflets each time, and the first of a larger number are the smaller number."""
    from patientinfo.editions.models import CatalogueEntry

    found = CatalogueEntry.objects.filter(is_source=True, slug__startswith="leaflet-")
    keys = list(found.order_by("pk").values_list("key", flat=True)[:leaflets])
    assert len(keys) == leaflets, f"{len(keys)} of {leaflets} leaflets are there"
    return keys


def write(kind: str, keys: list[uuid.UUID], directory: Path) -> int:
    """What `manage.py export` does; the number of files."""
    from patientinfo.exchange.export import FORMATS, ExportFile
    from patientinfo.exchange.output import write_file
    from patientinfo.exchange.selection import Selection

    number = 0
    for file in FORMATS[kind](Selection(keys=frozenset(keys))):
        assert isinstance(file, ExportFile), file
        write_file(directory, file)
        number += 1
    return number


def make_different(keys: list[uuid.UUID], kind: str) -> None:
    """
    Leaves these leaflets without a translation, so that an import stores every text of every file;
    a memory that knows nothing does the same for TMX. Files that come back as they went out change
    nothing where there are words.
    """
    from django.db import connection
    from django.db.models import QuerySet

    from patientinfo.translation.models import SegmentTranslation

    if kind == "tmx":
        forget_everything()
        return
    rows = QuerySet(SegmentTranslation).filter(key__in=keys)
    rows._raw_delete(connection.alias)  # noqa: SLF001  loads nothing; see below


def forget_everything() -> None:
    """
    Empties the memory and its index without a row in hand, since the process that does this is the
    one whose memory is measured: `delete()` would load the entries for what hangs on them (70 MiB
    for 250 leaflets), and SQLite with its constraints on needs some for each row (20 MiB). Rows
    that refer to others are gone before them.
    """
    from django.db import connection
    from django.db.models import QuerySet

    from patientinfo.translation import memory_models as rows

    with connection.constraint_checks_disabled():
        for model in (rows.MemoryPosting, rows.MemoryUse, rows.MemoryEntry, rows.MemoryWord):
            QuerySet(model)._raw_delete(connection.alias)  # noqa: SLF001  loads nothing


def read(kind: str, keys: list[uuid.UUID], directory: Path) -> int:
    """What `manage.py import_translations` does; the number of files."""
    from patientinfo.exchange.importing import import_file
    from patientinfo.exchange.kinds import read_file
    from patientinfo.translation.memory_tmx import import_tmx

    number = 0
    for path in paths(kind, keys, directory):
        if kind == "tmx":
            with path.open("rb") as stream:
                stored = import_tmx(stream, path.name).new
        else:
            stored = import_file(read_file(path.read_bytes(), path.name), path.name).stored
        assert stored, path
        number += 1
    return number


def paths(kind: str, keys: list[uuid.UUID], directory: Path) -> Iterator[Path]:
    """The files of these leaflets, by the slugs that their names begin with."""
    from patientinfo.editions.models import CatalogueEntry

    entries = CatalogueEntry.objects.filter(key__in=keys).order_by("pk")
    slugs: Any = entries.filter(is_source=True).values_list("slug", flat=True)
    for slug in slugs:
        yield from sorted(directory.glob(f"{slug}.*{ENDINGS[kind]}"))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(sys.argv[4]))
