"""`manage.py export`: Documents, renditions, files for translators, the memory, and bundles."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Generator, Iterator
from io import BytesIO
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from patientinfo.bundles.output import write_bundle
from patientinfo.exchange.export import ExportFile, NotExported, formats
from patientinfo.exchange.kinds import KINDS
from patientinfo.exchange.merging import with_words_of
from patientinfo.exchange.output import write_file
from patientinfo.exchange.selection import Selection, UnknownName, select
from patientinfo.management.bundle_options import (
    BUNDLE,
    add_bundle_options,
    chunks_of,
    refuse_bundle_options,
)
from patientinfo.management.loaded import LongCommand
from patientinfo.management.names import told


class Command(LongCommand):
    """Writes what is issued; withdrawn leaflets are left out."""

    help = (
        "Export current documents (json), their renditions (pdf, epub, text, …), files for "
        "translators (po, xliff, xliff12, xlsx) or the translation memory (tmx; of chosen leaflets "
        "their checked segments), each in a file of its own; or all that is chosen as one ZIP "
        "(bundle)."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--format", required=True, help=f"one of: {', '.join(known())}")
        parser.add_argument(
            "--locale",
            nargs="+",
            action="extend",
            default=[],
            metavar="CODE",
            help="only these languages (of a translators' file: the one translated into)",
        )
        parser.add_argument(
            "--leaflet",
            nargs="+",
            action="extend",
            default=[],
            metavar="NAME",
            help="only these leaflets, by slug or key",
        )
        parser.add_argument(
            "--output",
            required=True,
            metavar="DIR",
            help="a directory, made if missing; or - for one file on standard output; of a bundle "
            "the file",
        )
        add_bundle_options(parser)
        parser.add_argument(
            "--merge",
            action="store_true",
            help="keep the words of translators' files that are in DIR: what the source says "
            "otherwise now is marked as fuzzy, with the words that it was made from",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["format"] not in known():
            raise CommandError(
                f"There is no format “{options['format']}”. There are: {', '.join(known())}"
            )
        try:
            selection = select(options["leaflet"], options["locale"])
        except UnknownName as error:
            raise CommandError(str(error)) from error
        if options["format"] == BUNDLE:
            self._write_bundle(selection, options)
            return
        refuse_bundle_options(options)
        files = formats()[options["format"]](selection)
        if options["merge"]:
            if options["format"] not in KINDS or options["output"] == "-":
                raise CommandError(
                    f"--merge is for a directory of translators' files: {', '.join(KINDS)}."
                )
            files = _merged(files, Path(options["output"]))
        if options["output"] == "-":
            self._print_one(files)
        else:
            self._write_all(files, Path(options["output"]))

    def _write_bundle(self, selection: Selection, options: dict[str, Any]) -> None:
        chunks = chunks_of(selection, options)
        if options["output"] == "-":
            stream = getattr(self.stdout, "buffer", None)
            if stream is None:
                raise CommandError("A bundle is no text: name a file with --output.")
            stream.writelines(chunks)
            stream.flush()
            return
        path = Path(options["output"])
        try:
            size = write_bundle(path, chunks)
        except OSError as error:
            raise CommandError(
                f"{told(error.filename or path)}: {error.strerror or error}"
            ) from error
        self.stdout.write(f"{told(path)}  ({size} bytes)")

    def _write_all(self, files: Iterator[ExportFile | NotExported], directory: Path) -> None:
        written = failed = 0
        for file in files:
            if isinstance(file, NotExported):
                failed += 1
                self.stderr.write(f"NOT written: {file.name}: {file.reason}")
                continue
            try:
                path = write_file(directory, file)
            except ValueError as error:  # in a long file, found while it was written
                failed += 1
                self.stderr.write(f"NOT written: {file.name}: {error}")
                continue
            except OSError as error:
                where = told(error.filename or directory)
                raise CommandError(f"{where}: {error.strerror}") from error
            written += 1
            self.stdout.write(f"{told(path)}  ({file.about})")
        if failed:
            raise CommandError(f"{written} files were written, {failed} were not.")
        where = told(directory)
        self.stdout.write(f"{written} files were written to {where}." if written else NOTHING)

    def _print_one(self, files: Iterator[ExportFile | NotExported]) -> None:
        """Bytes as they are, with no line end added: they have a digest."""
        first = list(islice(files, 2))
        if isinstance(files, Generator):
            files.close()  # and with it its cursor, before the database is closed
        if len(first) > 1:
            raise CommandError(
                "Standard output takes one file, and the selection has more: "
                f"{first[0].name}, {first[1].name}, … Choose one with --leaflet and --locale."
            )
        if not first:
            raise CommandError(NOTHING)
        (file,) = first
        if isinstance(file, NotExported):
            raise CommandError(f"{file.name}: {file.reason}")
        stream = getattr(self.stdout, "buffer", None)
        out = BytesIO() if stream is None else stream
        try:
            file.write_to(out)
        except ValueError as error:  # in a long file, found while it was written
            raise CommandError(f"{file.name}, which is not whole: {error}") from error
        if stream is None:
            self.stdout.write(out.getvalue().decode(), ending="")
        else:
            stream.flush()


def known() -> tuple[str, ...]:
    """Every format there is."""
    return (*formats(), BUNDLE)


def _merged(
    files: Iterator[ExportFile | NotExported], directory: Path
) -> Iterator[ExportFile | NotExported]:
    for file in files:
        if isinstance(file, ExportFile):
            yield with_words_of(directory / file.name, file)
        else:
            yield file


NOTHING = "Nothing that is issued matches the selection."
