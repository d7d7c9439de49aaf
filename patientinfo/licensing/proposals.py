"""The terms with which an officer starts: what was asked for, and what the clinic always says."""

from __future__ import annotations

from datetime import date, timedelta

from django.conf import settings
from django.utils import timezone

from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing import availability
from patientinfo.licensing.parties import licensor
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.licensing.requests import party_of
from patientinfo.licensing.terms import LicenceTerms
from patientinfo.licensing.wishes import Wish, wish_from

#: A year, both days included.
TERM = timedelta(days=364)


def propose(request: PermissionRequest) -> LicenceTerms:
    """
    The wish as terms. Collections become the leaflets that they are today, a term that has begun
    begins today, and one without an end gets a year: that is for the officer to change. A renewal
    begins today, because it takes the place of the old licence at once.
    """
    wish = wish_from(request.wish)
    today = timezone.localdate()
    starts = today if request.renews_id else max(wish.starts or today, today)
    keys = None
    if wish.leaflets is not None:
        keys = wish.leaflets | availability.keys_with_topics(wish.topics)
    return LicenceTerms(
        licensee=party_of(request),
        licensor=licensor(),
        starts=starts,
        ends=_end(wish, starts),
        parts=wish.parts,
        uses=wish.uses,
        leaflets=keys,
        locales=wish.locales,
        territory=wish.territory,
        adaptation=wish.adaptation,
        commercial=wish.commercial,
        price=wish.price,
        credit=credit_lines(keys, wish),
        language=request.language,
        time_zone=settings.TIME_ZONE,
    )


def credit_lines(keys: frozenset[str] | None, wish: Wish) -> dict[str, str]:
    """Language → the line that must be shown: the owner's own, else what the partner proposes."""
    entries = CatalogueEntry.objects.available().select_related("edition").order_by("-pk")
    if keys is not None:
        entries = entries.filter(key__in=keys)
    codes = wish.locales
    if codes is None:
        codes = frozenset(entries.order_by().values_list("locale", flat=True).distinct())
    lines = {}
    for code in sorted(codes):
        entry = entries.filter(locale=code).first()
        lines[code] = (entry.edition.data["rights"]["credit"] if entry else "") or wish.credit
    return {code: line for code, line in lines.items() if line}


def _end(wish: Wish, starts: date) -> date:
    return wish.ends if wish.ends is not None and wish.ends >= starts else starts + TERM
