"""`manage.py load_sample`: a fictional clinic with real leaflets, to look at and to try."""

from __future__ import annotations

import argparse
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from home import sample_licence, sample_site
from home.sample_leaflets import LeafletLoader

DEVELOPMENT_PASSWORD = "uplands-sample"  # noqa: S105  public on purpose; refused outside DEBUG


class Command(BaseCommand):
    help = (
        "Load the sample clinic: a site in five languages with two leaflets. Makes only what is "
        "missing; a page that exists is never touched."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--password",
            help="Password of the sample accounts. Needed outside development, where the known "
            "one is refused.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        password = options["password"] or DEVELOPMENT_PASSWORD
        if password == DEVELOPMENT_PASSWORD and not settings.DEBUG:
            raise CommandError(
                "The sample's password is public. Outside development give another: --password …"
            )
        with transaction.atomic():
            locales = sample_site.load_locales()
            snippets = sample_site.load_snippets(locales)
            homes = sample_site.load_home_pages(locales)
            people = sample_site.load_people()
            images = sample_site.load_images(snippets)
            accounts = sample_site.load_accounts(people, password, homes["en"])
            pages = LeafletLoader(snippets, people, images).load(locales, homes)
            partner = sample_licence.load_licence()
        for address in pages:
            self.stdout.write(f"issued {address}")
        if not pages:
            self.stdout.write("The sample is there; nothing was touched.")
        self.stdout.write(partner)
        for name in accounts:
            self.stdout.write(f"account {name} / {password}")
        if not accounts:
            self.stdout.write(
                f"accounts admin and editor: the password is {password} unless somebody changed it"
                if password == DEVELOPMENT_PASSWORD
                else "accounts admin and editor: their passwords were not touched"
            )
