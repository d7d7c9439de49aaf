"""Publishing later, and the moment at which later has come."""

from __future__ import annotations

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone

from patientinfo.leaflets.leaflet_page import LeafletPage


def schedule(page: LeafletPage, **in_the: float) -> None:
    """Publishes the newest draft of `page` for a later moment, as the edit view does."""
    draft = page.get_latest_revision_as_object()
    draft.go_live_at = timezone.now() + timedelta(**in_the)
    draft.save_revision().publish()


def scheduler_runs_after(page: LeafletPage) -> None:
    """Time passes until the draft is due, and the scheduler comes by."""
    revision = page.revisions.get(approved_go_live_at__isnull=False)
    past = timezone.now() - timedelta(minutes=1)
    revision.approved_go_live_at = past
    revision.content["go_live_at"] = past.isoformat()
    revision.save()
    call_command("publish_scheduled")
