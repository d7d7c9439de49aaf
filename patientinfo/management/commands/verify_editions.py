"""`manage.py verify_editions`: is every Edition still what was issued?"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError

from patientinfo.editions.verify import Verification
from patientinfo.management.loaded import LongCommand


class Command(LongCommand):
    """Reads all Editions and changes nothing. Exit code 1 when anything differs."""

    help = "Compute every edition's digests again, and name what differs from what was issued."

    def handle(self, *args: Any, **options: Any) -> None:
        verification = Verification()
        found = 0
        for difference in verification.differences():
            found += 1
            self.stderr.write(str(difference))
        for redacted in verification.redacted:
            self.stdout.write(redacted)
        if found:
            raise CommandError(f"{verification.editions} editions were read; {found} differences.")
        issued = verification.editions - len(verification.redacted)
        self.stdout.write(f"{issued} editions are what was issued.")
