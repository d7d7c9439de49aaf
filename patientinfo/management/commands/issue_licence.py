"""`manage.py issue_licence`: grants from the shell, and prints number and key as JSON."""

from __future__ import annotations

import argparse
import json
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.core.validators import validate_email
from django.db import transaction

from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import NotPossible, grant_licence
from patientinfo.licensing.models import Licensee
from patientinfo.management.licence_options import add_options, photos_left_out, terms_of


class Command(BaseCommand):
    help = (
        "Grant a licence, make its first access key, and print both as JSON. The key is shown once."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        add_options(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
        except ValidationError as error:
            raise CommandError(f"{options['email']!r} is not an address of mail.") from error
        terms = terms_of(options)
        try:
            with transaction.atomic():
                licensee = _licensee(options, terms.language)
                licence = grant_licence(licensee, terms, by="manage.py issue_licence")
                _key, text = issue_key(licence, "First key", by="manage.py issue_licence")
        except NotPossible as refused:
            raise CommandError(str(refused)) from refused
        for photo in photos_left_out(terms):
            self.stderr.write(f"Not licensed, because it may not be sublicensed: {photo}")
        self.stdout.write(json.dumps({"number": licence.number, "key": text}))


def _licensee(options: dict[str, Any], language: str) -> Licensee:
    """The partner of that name and address; one that is known keeps its language unless told."""
    licensee, made = Licensee.objects.get_or_create(
        name=options["licensee"], email=options["email"], defaults={"language": language}
    )
    if options["language"] and not made:
        licensee.language = language
        licensee.save(update_fields=["language"])
    return licensee
