"""`manage.py clear_drafts`: forget requests that nobody confirmed. Daily is enough."""

from __future__ import annotations

import argparse
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from patientinfo.licensing.request_models import PermissionRequest, RequestState

DAYS = 30


class Command(BaseCommand):
    help = (
        "Delete drafts of permission requests whose e-mail address was never confirmed: what "
        "somebody typed about a person is not kept without that person."
    )

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        parser.add_argument(
            "--days", type=int, default=DAYS, help="days since the last change (default: 30)"
        )

    def handle(self, *args: Any, days: int, **options: Any) -> None:
        before = timezone.now() - timedelta(days=days)
        drafts = PermissionRequest.objects.filter(
            state=RequestState.DRAFT, confirmed_at=None, events=None, changed_at__lt=before
        )
        count, _rows = drafts.delete()
        self.stdout.write(f"{count} unconfirmed drafts deleted")
