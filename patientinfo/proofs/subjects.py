"""What a licence is about: its leaflets by the titles that were issued, one look-up for all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.conf import settings

from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.terms import LicenceTerms


@dataclass(frozen=True, slots=True)
class Subject:
    """
    A leaflet. `titles`: language → title, only of licensed languages in which it was issued. A
    leaflet that was granted before it was issued has none yet.
    """

    key: str
    titles: Mapping[str, str]

    def title_for(self, locale: str) -> tuple[str, str]:
        """The title in a language, or else the site's own or the first, and which that is."""
        wished = (locale, settings.LANGUAGE_CODE, *sorted(self.titles))
        found = next((code for code in wished if code in self.titles), "")
        return self.titles.get(found, self.key), found


def subjects_of(terms: LicenceTerms) -> tuple[Subject, ...]:
    """The leaflets that the terms name; none when they are about all that there are."""
    if terms.leaflets is None:
        return ()
    entries = CatalogueEntry.objects.filter(key__in=terms.leaflets)
    if terms.locales is not None:
        entries = entries.filter(locale__in=terms.locales)
    titles: dict[str, dict[str, str]] = {key: {} for key in sorted(terms.leaflets)}
    for key, locale, title in entries.order_by("locale").values_list("key", "locale", "title"):
        titles[str(key)][locale] = title
    return tuple(Subject(key, found) for key, found in titles.items())
