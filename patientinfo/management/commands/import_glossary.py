"""`manage.py import_glossary`: a glossary that was kept in a spreadsheet."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patientinfo.formats.exchange import FileRefused, Problem
from patientinfo.management.names import told
from patientinfo.translation.glossary_csv import MAX_BYTES, import_terms, read_terms


class Command(BaseCommand):
    """Each file is stored whole or not at all; a refused one does not stop the others."""

    help = (
        "Store the glossary of CSV files; terms that they do not name stay as they are. "
        "Exit code 1 when a file was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help="a CSV file, as export_glossary wrote it"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check the files and store nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refused = 0
        for given in options["files"]:
            name = told(given)
            try:
                rows = read_terms(_read(Path(given), name), name)
                done = import_terms(rows, name, dry_run=options["dry_run"])
            except FileRefused as error:
                refused += 1
                for problem in error.problems:
                    self.stderr.write(str(problem))
                continue
            self.stdout.write(
                f"{name}: {done.created} new, {done.changed} changed, {done.unchanged} unchanged"
            )
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was stored.")
        if refused:
            raise CommandError(
                f"{refused} of {len(options['files'])} files refused; nothing of them is stored."
            )


def _read(path: Path, name: str) -> bytes:
    """The bytes of a file, one more than is taken at most; `FileRefused` if there are none."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileRefused([Problem(name, 1, f"cannot be read: {error.strerror}")]) from error
