"""`manage.py issue_channel_key NAME`: a key for one of the clinic's own channels."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from patientinfo.licensing.access_keys import issue_channel_key
from patientinfo.licensing.actions import NotPossible


class Command(BaseCommand):
    help = (
        "Make a key that reads everything issued, for the clinic's own website, portal or screens, "
        "and print it as JSON. It is shown once."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument("name", metavar="NAME", help="What the key is for.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key, text = issue_channel_key(options["name"], by="manage.py issue_channel_key")
        except NotPossible as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(json.dumps({"name": key.label, "key": text}))
