"""`manage.py remind_licensees`: tell partners that their licence ends soon. Daily is enough."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from patientinfo.licensing.reminders import remind, to_remind


class Command(BaseCommand):
    """For cron. A second run on the same day tells nobody twice."""

    help = (
        "Remind the holders of licences that end soon (setting REMIND_DAYS), each in their own "
        "language, with the way to renew. Prints the numbers of the licences and their last days."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say who would be reminded, and tell nobody"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        count = 0
        now = timezone.now()
        for licence in list(to_remind(now)):
            if not dry_run and not remind(licence, now, by="remind_licensees"):
                continue
            count += 1
            would = "would be " if dry_run else ""
            self.stdout.write(f"{would}reminded: {licence.number}, {licence.terms.ends}")
        if not count:
            self.stdout.write("Nobody has to be reminded.")
