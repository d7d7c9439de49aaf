"""Whether terms can be granted as things stand: asked when they are offered, and when accepted."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from patientinfo.editions.models import Edition
from patientinfo.licensing import availability
from patientinfo.licensing.actions import NotPossible
from patientinfo.licensing.terms import PHOTOS, LicenceTerms


def is_over(terms: LicenceTerms, at: datetime) -> bool:
    """Whether the term has ended at a moment, by the calendar of its own time zone."""
    return terms.end_moment is not None and terms.end_moment <= at


def prove_scope(terms: LicenceTerms) -> None:
    """`NotPossible` for leaflets, photos or editions that nobody could have."""
    _prove_leaflets(terms)
    _prove_pinned(terms)


def _prove_leaflets(terms: LicenceTerms) -> None:
    """
    Every leaflet that is named is there, and where photos are offered some of each leaflet's may be
    passed on. What is offered of everything is not examined one by one: the guard leaves out each
    photo that may not be passed on.
    """
    if terms.leaflets is None:
        return
    found = list(availability.leaflets(terms.leaflets, terms.locales))
    if terms.leaflets - {leaflet.key for leaflet in found}:
        raise NotPossible(_("A leaflet that is offered is not there any more."))
    if PHOTOS not in terms.parts:
        return
    day = max(terms.starts, timezone.localdate())
    for leaflet in found:
        owners = leaflet.owners_to_ask(day)
        if owners:
            raise NotPossible(
                _(
                    "The photos of “%(title)s” are not ours to pass on. Ask %(owners)s first, or "
                    "offer the text alone."
                )
                % {"title": leaflet.title, "owners": ", ".join(owners)}
            )


def _prove_pinned(terms: LicenceTerms) -> None:
    """An edition that is pinned exists, and belongs to what is offered."""
    for (key, locale), number in terms.pinned.items():
        outside = (terms.leaflets is not None and key not in terms.leaflets) or (
            terms.locales is not None and locale not in terms.locales
        )
        there = Edition.objects.filter(key=key, locale=locale, number=number).exists()
        if outside or not there:
            raise NotPossible(
                _("Edition %(number)d in “%(locale)s” is none of what is offered.")
                % {"number": number, "locale": locale}
            )
