"""
What a translation has from its source and nobody types into it: whom it is for, what it is about,
who answers for it and until when.

It is the same in every language, so the page editor of a translation shows it and has no fields for
it; every draft of a translation, wherever it is made, takes it from the source of that moment. A
translation whose source is gone has fields for it like any other leaflet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from patientinfo.leaflets.leaflet_page import LeafletPage

#: Columns of a leaflet that follow the source.
SHARED_FIELDS = ("audience", "reviewed_on", "review_due", "contact_id", "rights_holder_id")


def followed(page: LeafletPage) -> LeafletPage | None:
    """The source that a translation follows, as it is translated; None for what follows nothing."""
    if page.pk is None or page.alias_of_id or not page.source_locale:
        return None
    sources = type(page).objects.filter(
        translation_key=page.translation_key, locale__language_code=page.source_locale
    )
    source = sources.filter(alias_of=None).exclude(pk=page.pk).first()
    if source is None or source.live:
        return source
    draft: LeafletPage = source.get_latest_revision_as_object()
    return draft


def follow(page: LeafletPage, source: LeafletPage) -> None:
    """Gives `page` (unsaved) what it has from its source; rows that are right are kept."""
    for field in SHARED_FIELDS:
        setattr(page, field, getattr(source, field))
    topics = list(source.topics.all())
    if {t.translation_key for t in page.topics.all()} != {t.translation_key for t in topics}:
        page.topics = topics
    wanted = [(c.system, c.code, c.display) for c in source.codes.all()]
    if [(c.system, c.code, c.display) for c in page.codes.all()] != wanted:
        page.codes = [
            page.codes.model(system=system, code=code, display=display, sort_order=order)
            for order, (system, code, display) in enumerate(wanted)
        ]
