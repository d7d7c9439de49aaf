"""`manage.py import_translations`: files that translators have sent back."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from patientinfo.exchange.importing import import_file
from patientinfo.exchange.kinds import ENDINGS, check_size, ending, read_file
from patientinfo.exchange.memory import import_memory_file
from patientinfo.exchange.results import Imported
from patientinfo.formats.exchange import FileRefused, Problem
from patientinfo.management.loaded import LongCommand
from patientinfo.management.names import told


class Command(LongCommand):
    """Each file is stored whole or not at all; a refused one does not stop the others."""

    help = (
        "Store the translations of files as export writes them and put them into drafts; nothing "
        "is published. What a TMX file knows goes into the translation memory. "
        "Exit code 1 when a file, or a text of one, was refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "files", nargs="+", metavar="FILE", help=f"a file that ends in {', '.join(ENDINGS)}"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="check the files and store nothing"
        )
        parser.add_argument(
            "--keep-rest",
            action="store_true",
            help="store the other texts of a file of which some are refused",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        refused = partly = 0
        for given in options["files"]:
            path, name = Path(given), told(given)
            try:
                if ending(name) == ".tmx":
                    self._remember(path, name, dry_run=options["dry_run"])
                    continue
                file = read_file(_read(path, name), name)
                imported = import_file(
                    file, name, dry_run=options["dry_run"], keep_rest=options["keep_rest"]
                )
            except FileRefused as error:
                refused += 1
                self._tell(error.problems)
                continue
            self._tell(imported.refused)
            partly += bool(imported.refused)
            self.stdout.write(f"{name}: {summary(imported)}")
        if options["dry_run"]:
            self.stdout.write("This was a dry run: nothing was stored.")
        if refused:
            raise CommandError(
                f"{refused} of {len(options['files'])} files refused; nothing of them is stored."
            )
        if partly:
            raise CommandError(f"Of {partly} files some texts were refused.")

    def _tell(self, problems: tuple[Problem, ...]) -> None:
        for problem in problems:
            self.stderr.write(str(problem))

    def _remember(self, path: Path, name: str, *, dry_run: bool) -> None:
        try:
            with path.open("rb") as stream:
                found = import_memory_file(stream, name, dry_run=dry_run)
        except OSError as error:
            raise _unreadable(name, error) from error
        left_out = {
            "in other languages": found.left_out - found.incomplete,
            "with another tool's codes": found.incomplete,
        }
        more = "".join(f", {n} {what} left out" for what, n in left_out.items() if n)
        self.stdout.write(
            f"{name}: {found.new} of {found.units} translations new to the memory{more}"
        )


def _read(path: Path, name: str) -> bytes:
    """The bytes of a file that is not too large to be one of ours; `FileRefused` otherwise."""
    try:
        check_size(name, path.stat().st_size)
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(name, error) from error


def _unreadable(name: str, error: OSError) -> FileRefused:
    return FileRefused([Problem(name, 1, f"cannot be read: {error.strerror}")])


def summary(imported: Imported) -> str:
    """One line about what became of a file's texts."""
    always = {
        "stored": imported.stored,
        "unchanged": imported.unchanged,
        "fuzzy skipped": imported.fuzzy,
        "untranslated": imported.untranslated,
    }
    if_any = {
        "of those stored are drafts": imported.drafts,
        "of those stored replace a checked translation": sum(
            change.of_checked for change in imported.changes
        ),
        "older than what is stored, skipped": imported.outdated,
        "refused": len(imported.refused),
        "of the leaflet not in the file": imported.absent,
        "new comments": imported.comments,
    }
    counted = [f"{n} {what}" for what, n in always.items()]
    counted += [f"{n} {what}" for what, n in if_any.items() if n]
    page = "; a draft page was made" if imported.new_page else ""
    merge = ""
    if imported.merge:
        merge = (
            f"; made from edition {imported.merge.edition}, the current one is "
            f"{imported.merge.current}: {imported.merge.changed} texts have changed since"
        )
    return f"“{imported.title}” in {imported.locale}: {', '.join(counted)}{page}{merge}"
