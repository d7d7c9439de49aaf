"""`manage.py clear_renditions`: empties the store of renditions, which fills again by itself."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from patientinfo.channels.models import KeptRendition
from patientinfo.conf import get_setting


class Command(BaseCommand):
    """Nothing is lost: whatever is asked for again is made again."""

    help = (
        "Throw away renditions made long ago (RENDITION_DAYS). They are made again when needed. "
        "Signed letters are kept."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        chosen = parser.add_mutually_exclusive_group()
        chosen.add_argument(
            "--older-than",
            type=int,
            metavar="DAYS",
            default=None,
            help="instead of the setting RENDITION_DAYS",
        )
        chosen.add_argument("--all", action="store_true", help="all of them, and signed letters")

    def handle(self, *args: Any, **options: Any) -> None:
        days = options["older_than"]
        limit = get_setting("RENDITION_DAYS") if days is None else days
        kept = KeptRendition.objects.all()
        if not options["all"]:
            kept = kept.made_before(timezone.now() - timedelta(days=limit))
        count, _by_model = kept.delete()
        self.stdout.write(f"{count} renditions were thrown away.")
