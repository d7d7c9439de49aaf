"""What a partner copies into its own pages: a frame for who cannot program, HTML for who can."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.html import format_html

from patientinfo.conf import public_url
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.models import Licence
from patientinfo.licensing.terms import TEXT, LicenceTerms, Use

#: Leaflets for which the page shows what to copy; the others go the same way.
SHOWN = 12


@dataclass(frozen=True, slots=True)
class Embedding:
    """A leaflet with the lines that show it; `frame` is empty where it has no page."""

    title: str
    frame: str
    fragment_url: str


def embeddings_of(licence: Licence, locale: str) -> list[Embedding]:
    """
    What to copy for the leaflets of a licence, in a language that it covers: that of the page if it
    can be. None where websites are none of its uses. One query.
    """
    terms = licence.terms
    if TEXT not in terms.parts or not {Use.WEBSITE, Use.PORTAL} & set(terms.uses):
        return []
    entries = CatalogueEntry.objects.available().in_locale(_language(terms, locale))
    if terms.leaflets is not None:
        entries = entries.filter(key__in=sorted(terms.leaflets))
    number = licence.number if Use.WEBSITE in terms.uses else ""
    return [_embedding(entry, number) for entry in entries.order_by("title", "key")[:SHOWN]]


def _language(terms: LicenceTerms, locale: str) -> str:
    if terms.locales is None or locale in terms.locales:
        return locale
    return min(terms.locales)


def _embedding(entry: CatalogueEntry, number: str) -> Embedding:
    """`number` is the licence's whose frame is shown; empty for none."""
    frame = ""
    if number and entry.html_path:
        frame = format_html(
            '<iframe src="{}" title="{}" lang="{}" width="100%" height="900" loading="lazy">'
            "</iframe>",
            public_url(f"{entry.html_path}embed/{number}/"),
            entry.title,
            entry.locale,
        )
    api = public_url(f"/api/v1/pages/{entry.key}/{entry.locale}/renditions/fragment/")
    # Plain text again: the line is shown to be copied, and must not come alive in our own page.
    return Embedding(entry.title, "".join(frame), api)
