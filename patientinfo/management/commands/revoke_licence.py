"""`manage.py revoke_licence NUMBER --reason …`: ends a licence at once."""

from __future__ import annotations

import argparse
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patientinfo.licensing.actions import NotPossible, revoke_licence
from patientinfo.licensing.models import Licence
from patientinfo.licensing.numbers import normalized


class Command(BaseCommand):
    help = "End a licence for good. Its keys answer 403 from the next request on."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("number", metavar="NUMBER")
        parser.add_argument("--reason", required=True, help="Why; the partner is told.")

    def handle(self, *args: Any, **options: Any) -> None:
        number = normalized(options["number"])
        licence = Licence.objects.filter(number=number).first() if number else None
        if licence is None:
            raise CommandError(f"There is no licence with the number {options['number']!r}.")
        try:
            revoke_licence(licence, by="manage.py revoke_licence", reason=options["reason"])
        except NotPossible as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(f"Licence {licence.number} is revoked.")
