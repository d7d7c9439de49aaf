"""`manage.py messages`: the catalogs of interface words."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from patientinfo.management.catalogs import Catalogs, compile_catalogs, problems_of, update


def project_catalogs() -> Catalogs:
    """The catalogs of this project: the first of `LOCALE_PATHS`, for each of `LANGUAGES`."""
    folder = Path(settings.LOCALE_PATHS[0])
    languages = tuple(code for code, _ in settings.LANGUAGES)
    return Catalogs(root=folder.parent, folder=folder, languages=languages)


class Command(BaseCommand):
    """Extract, update and compile; or one of `--check`, `--compile`. Needs no database."""

    help = "Bring locale/ up to date with the words in templates and code (or --check, --compile)."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_mutually_exclusive_group()
        what.add_argument(
            "--check",
            action="store_true",
            help="exit 1 when the template or a catalog is not ready",
        )
        what.add_argument(
            "--compile", action="store_true", help="write the .mo files that are older"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        catalogs = project_catalogs()
        if not (options["check"] or options["compile"]):
            update(catalogs)
        problems = [] if options["compile"] else list(problems_of(catalogs))
        if problems and options["check"]:
            raise CommandError("\n".join(problems))
        for problem in problems:
            self.stderr.write(problem)
        if not options["check"]:
            self.stdout.write(f"{len(compile_catalogs(catalogs))} catalogs compiled")
