"""`manage.py export_glossary`: the glossary for a spreadsheet."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from wagtail.models import Locale

from patientinfo.bundles.output import write_whole
from patientinfo.management.names import told
from patientinfo.translation.glossary_csv import stored_terms, write_terms


class Command(BaseCommand):
    """Memory stays the same however large the glossary is."""

    help = "Write the glossary as CSV (UTF-8): one row a term and language."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE", help="the file to write; - for standard output")
        parser.add_argument("--locale", help="only the rows of this language")

    def handle(self, *args: Any, **options: Any) -> None:
        locale = options["locale"]
        if locale and not Locale.objects.filter(language_code=locale).exists():
            raise CommandError(f"The site has no language “{locale}”.")
        lines = write_terms(stored_terms(locale))
        if options["file"] == "-":
            self._print(lines)
            return
        path, rows = Path(options["file"]), count(-1)  # the first line is no row
        try:
            write_whole(path, (line for line, _number in zip(lines, rows, strict=False)))
        except OSError as error:
            raise CommandError(f"{told(path)}: {error.strerror}") from error
        self.stdout.write(f"{next(rows)} rows were written to {told(path)}.")

    def _print(self, lines: Iterator[bytes]) -> None:
        """Bytes as they are, whatever letters the terminal has."""
        stream = getattr(self.stdout, "buffer", None)
        if stream is None:
            self.stdout.write(b"".join(lines).decode(), ending="")
        else:
            stream.writelines(lines)
            stream.flush()
