"""`manage.py redact_edition KEY LOCALE NUMBER PART … --reason …`: a person's or a court's right."""

from __future__ import annotations

import argparse
import getpass
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patientinfo.editions.models import Edition
from patientinfo.editions.redaction import redact_edition


class Command(BaseCommand):
    help = (
        "Remove a part from an edition for ever: the one exception to “never changed”. Number and "
        "digest stay; what was done is recorded. It cannot be taken back."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("key", type=uuid.UUID, metavar="KEY", help="The leaflet's key.")
        parser.add_argument("locale", metavar="LOCALE")
        parser.add_argument("number", type=int, metavar="NUMBER")
        parser.add_argument(
            "parts",
            nargs="+",
            metavar="PART",
            help=(
                "title, source_title (of a translation), summary, short_text, section:ID, "
                "block:ID, image:ID or person:UUID"
            ),
        )
        parser.add_argument("--reason", required=True, help="On whose right; it is recorded.")

    def handle(self, *args: Any, **options: Any) -> None:
        edition = Edition.objects.filter(
            key=options["key"], locale=options["locale"], number=options["number"]
        ).first()
        if edition is None:
            raise CommandError("There is no such edition.")
        try:
            done = redact_edition(
                edition,
                options["parts"],
                by=f"manage.py redact_edition ({getpass.getuser()})",
                reason=options["reason"],
            )
        except ValueError as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Removed from {edition}: {', '.join(done.parts)}.")
