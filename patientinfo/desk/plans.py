"""Drafts that are planned for later: until then readers have what they had."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from wagtail.models import Revision


def planned(page_ids: Iterable[int]) -> dict[int, datetime]:
    """When the planned draft of each of these pages goes out, if it has one; one query."""
    rows = Revision.page_revisions.filter(
        approved_go_live_at__isnull=False, object_id__in=[str(pk) for pk in page_ids]
    )
    return {int(pk): moment for pk, moment in rows.values_list("object_id", "approved_go_live_at")}
