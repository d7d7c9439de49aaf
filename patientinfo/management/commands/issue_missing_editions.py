"""`manage.py issue_missing_editions`: what is live, readers get; what is gone, they do not."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError

from patientinfo.editions.reconcile import reconcile
from patientinfo.management.loaded import LongCommand

SAID = {
    "issued": "issued",
    "withdrawn": "withdrawn",
    "refreshed": "refreshed",
    "refused": "NOT issued",
}


class Command(LongCommand):
    """For after a crash, a restored backup, or a publish that the log complains of."""

    help = (
        "Issue editions of live leaflets that have none, withdraw those of leaflets that are gone, "
        "and rebuild the catalogue. Exit code 1 when a leaflet could not be issued."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be done, and do nothing"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        dry_run: bool = options["dry_run"]
        found = refused = 0
        for finding in reconcile(dry_run=dry_run):
            found += 1
            refused += finding.done == "refused"
            would = "would be " if dry_run and finding.done != "refused" else ""
            stream = self.stderr if finding.done == "refused" else self.stdout
            stream.write(f"{would}{SAID[finding.done]}: {finding.subject}: {finding.reason}")
        if refused:
            raise CommandError(f"{refused} of {found} could not be issued; the reasons are above.")
        if not found:
            self.stdout.write("Nothing is missing.")
