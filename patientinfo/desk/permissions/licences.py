"""
The licences that officers see: which, in what order, what is read under one of them, and who holds
which edition.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from patientinfo.conf import get_setting
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.models import Licence, LicenceState
from patientinfo.licensing.usage_reports import Holding, ending_soon, holdings, holdings_behind

Licences = QuerySet[Licence]
#: Days of reading that are looked at.
LOOKED_BACK = 90


@dataclass(frozen=True, slots=True)
class View:
    """A way to look at the licences: its name in the address, its label, and what it shows."""

    name: str
    label: Any
    narrow: Callable[[Licences], Licences]


def _running(found: Licences) -> Licences:
    unended = Q(ends_at=None) | Q(ends_at__gt=timezone.now())
    return found.filter(unended, state=LicenceState.ACTIVE)


def _ends_soon(found: Licences) -> Licences:
    soon = ending_soon(timezone.now(), within=timedelta(days=soon_days()))
    return found.filter(pk__in=soon.values("pk"))


def _expired(found: Licences) -> Licences:
    return found.filter(state=LicenceState.ACTIVE, ends_at__lte=timezone.now())


def _in_state(state: LicenceState) -> Callable[[Licences], Licences]:
    return lambda found: found.filter(state=state)


VIEWS = (
    View("active", _("Active"), _running),
    View("soon", _("Ending soon"), _ends_soon),
    View("suspended", _("Suspended"), _in_state(LicenceState.SUSPENDED)),
    View("expired", _("Expired"), _expired),
    View("revoked", _("Revoked"), _in_state(LicenceState.REVOKED)),
    View("renewed", _("Renewed"), _in_state(LicenceState.RENEWED)),
    View("all", _("All"), lambda found: found),
)


@dataclass(frozen=True, slots=True)
class HeldView:
    """A way to look at the editions that partners hold."""

    name: str
    label: Any
    load: Callable[[], list[Holding]]


OLD = HeldView("old", _("On an old edition"), lambda: holdings_behind(timezone.now()))
HELD = HeldView("held", _("Who holds which edition"), holdings)


def soon_days() -> int:
    """Days before its end from which a licence is said to end soon."""
    return max(get_setting("REMIND_DAYS"), default=0)


def chosen(name: str) -> View:
    """The view of that name; what runs, for a name that is none."""
    return next((view for view in VIEWS if view.name == name), VIEWS[0])


def load_licences(view: View, search: str) -> Licences:
    """Those that end first come first; those without an end come last."""
    found = view.narrow(Licence.objects.select_related("licensee"))
    if search:
        found = found.filter(
            Q(number__icontains=search)
            | Q(licensee__name__icontains=search)
            | Q(licensee__email__icontains=search)
        )
    return found.order_by("ends_at", "-granted_at", "pk")


def load_holdings(view: HeldView, search: str) -> list[Holding]:
    """By partner and leaflet, or the longest silent first."""
    wanted = search.casefold()
    return [
        held
        for held in view.load()
        if any(wanted in text.casefold() for text in (held.licence, held.licensee, held.title))
    ]


def tabs() -> list[tuple[View | HeldView, int | None]]:
    """All ways to look, with how much there is to see; what needs a long count has none."""
    return [*counted(), (OLD, len(OLD.load())), (HELD, None)]


def counted() -> list[tuple[View, int]]:
    """Each view with the number of licences in it."""
    return [(view, view.narrow(Licence.objects.all()).count()) for view in VIEWS]


def last_day(licence: Licence) -> date | None:
    """The last day on which it gives anything; what is stored is the moment after it."""
    if licence.ends_at is None:
        return None
    return timezone.localdate(licence.ends_at - timedelta(seconds=1))


@dataclass(frozen=True, slots=True)
class Reading:
    """How one edition was read under a licence, through one channel."""

    title: str
    locale: str
    edition: int
    channel: str
    count: int
    last_day: date


def usage(licence: Licence) -> list[Reading]:
    """What was read in the last days, most read first."""
    since = timezone.now().date() - timedelta(days=LOOKED_BACK)
    rows = (
        licence.usage.filter(day__gte=since)
        .values("key", "locale", "edition", "channel")
        .annotate(total=Sum("count"), last=Max("day"))
        .order_by("-total")
    )
    found = list(rows)
    entries = CatalogueEntry.objects.filter(key__in={row["key"] for row in found})
    titles = {(entry.key, entry.locale): entry.title for entry in entries}
    return [_reading(row, titles.get((row["key"], row["locale"]))) for row in found]


def _reading(row: Mapping[str, Any], title: str | None) -> Reading:
    return Reading(
        title=title or str(row["key"]),
        locale=row["locale"],
        edition=row["edition"],
        channel=row["channel"],
        count=row["total"],
        last_day=row["last"],
    )
