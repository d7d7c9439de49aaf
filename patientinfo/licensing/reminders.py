"""
Whose licence ends soon and has not been told yet.

Days before the end at which holders are reminded are a setting. One reminder a threshold: a run
that was missed is made up for by the next, and a second run on a day tells nobody twice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef

from patientinfo.conf import get_setting
from patientinfo.licensing.actions import NotPossible, remind_licensee
from patientinfo.licensing.models import Licence
from patientinfo.licensing.moves import OPEN
from patientinfo.licensing.request_models import PermissionRequest


def to_remind(at: datetime) -> Iterator[Licence]:
    """Licences that run, whose end is near, and whose holder does not know or act on it yet."""
    days: Sequence[int] = get_setting("REMIND_DAYS")
    if not days:
        return
    renewing = PermissionRequest.objects.filter(renews=OuterRef("pk"), state__in=OPEN)
    found = (
        Licence.objects.in_force(at)
        .filter(~Exists(renewing), ends_at__lte=at + timedelta(days=max(days)))
        .select_related("licensee")
        .order_by("ends_at", "pk")
    )
    yield from (licence for licence in found if is_due(licence, at, days))


@transaction.atomic
def remind(licence: Licence, at: datetime, *, by: Any) -> bool:
    """
    Tells its holder. False when it ended, was revoked or was told by somebody else while we were at
    others.
    """
    locked = Licence.objects.select_for_update().get(pk=licence.pk)
    if not is_due(locked, at, get_setting("REMIND_DAYS")):
        return False
    try:
        remind_licensee(locked, by=by)
    except NotPossible:
        return False
    return True


def is_due(licence: Licence, at: datetime, days: Sequence[int]) -> bool:
    """
    Whether the latest threshold that has passed was not told. A licence that was granted later than
    that was granted with its end in sight.
    """
    if licence.ends_at is None:
        return False
    passed = [licence.ends_at - timedelta(days=number) for number in days]
    thresholds = [moment for moment in passed if moment <= at]
    if not thresholds:
        return False
    return max(licence.reminded_at or licence.granted_at, licence.granted_at) < max(thresholds)
