"""`manage.py import_bundle`: what `export --format bundle --everything` wrote, moved in here."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError

from patientinfo.management.loaded import LongCommand
from patientinfo.moving.opening import Refused
from patientinfo.moving.unpacking import move_in


class Command(LongCommand):
    """Into an empty installation, whole or not at all."""

    help = (
        "Move everything from a bundle of `export --format bundle --everything` into an empty "
        "installation: pages, translations, pictures, words, and every edition with its digest."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", metavar="FILE.zip")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            moved = move_in(Path(options["file"]))
        except Refused as refusal:
            raise CommandError(f"Refused, nothing was stored: {refusal}") from refusal
        self.stdout.write(
            f"{moved.leaflets} leaflets, {moved.editions} editions and {moved.pictures} pictures "
            "were moved in; every digest is what it was."
        )
