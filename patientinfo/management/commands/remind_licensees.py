"""`manage.py remind_licensees`: tell partners that their licence ends soon. Daily is enough."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from patientinfo.licensing.actions import NotPossible, remind_licensee
from patientinfo.licensing.reminders import to_remind


class Command(BaseCommand):
    """For cron. A second run on the same day tells nobody twice."""

    help = (
        "Remind the holders of licences that end soon (setting REMIND_DAYS), each in their own "
        "language, with the way to renew. Prints the numbers of the licences."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say who would be reminded, and tell nobody"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        count = 0
        for licence in list(to_remind(timezone.now())):
            if not dry_run:
                try:
                    remind_licensee(licence, by="remind_licensees")
                except NotPossible:  # it was revoked or ended while we were at it
                    continue
            count += 1
            end = f"{licence.ends_at:%Y-%m-%d}" if licence.ends_at else ""
            self.stdout.write(f"{'would be ' if dry_run else ''}reminded: {licence.number}, {end}")
        if not count:
            self.stdout.write("Nobody has to be reminded.")
