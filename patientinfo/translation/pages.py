"""Which page is the source of which, and what its words are."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from django.conf import settings
from django.db.models import QuerySet

from patientinfo.formats.segments import Segment, segments_of
from patientinfo.leaflets.content import read_words
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.release_models import ReleasedDraft


def source_language(page: LeafletPage) -> str:
    """
    The language that `page` is translated from; empty for a page that is a source itself.

    A page that does not say (it was copied by other means than ours) is a translation when the
    leaflet exists in the site's own language. One that says so stays a translation when its source
    is deleted.
    """
    own = page.locale.language_code
    if page.alias_of_id:
        return ""
    if page.source_locale:
        return page.source_locale if page.source_locale != own else ""
    usual: str = settings.LANGUAGE_CODE
    if own == usual:
        return ""
    there = _pages(page).filter(locale__language_code=usual).first()
    # A leaflet written in another language may have been translated into the site's own.
    return usual if there is not None and there.source_locale != own else ""


def source_page(
    page: LeafletPage, known: Mapping[str, LeafletPage] = MappingProxyType({})
) -> LeafletPage | None:
    """
    The page that `page` is translated from; None for a source, and when that page is gone. `known`
    are pages of the leaflet, by language, that are loaded already.
    """
    language = source_language(page)
    if not language:
        return None
    if language in known and not known[language].alias_of_id:
        return known[language]
    found: LeafletPage | None = _pages(page).filter(locale__language_code=language).first()
    return found


def original_of(page: LeafletPage) -> LeafletPage:
    """
    The page to translate from: of a translation that says so its source, unless that is gone, else
    the page itself. What says nothing may have been copied just now, and its copy as well.
    """
    return (source_page(page) if page.source_locale else None) or page


def _pages(page: LeafletPage) -> QuerySet[LeafletPage]:
    """The leaflet's pages in all languages."""
    found: QuerySet[LeafletPage] = LeafletPage.objects.filter(
        translation_key=page.translation_key, alias_of__isnull=True
    ).select_related("locale")
    return found


def for_translators(source: LeafletPage) -> LeafletPage:
    """
    The source as it is translated: what readers have of it, while a draft is in the making, or the
    draft that was given to translators; the newest draft of a page that is not live.
    """
    if not source.live:
        return newest(source)
    released = released_draft(source)
    given: LeafletPage = released.revision.as_object() if released else source
    return given


def released_draft(source: LeafletPage) -> ReleasedDraft | None:
    """
    The draft of a live source that translators have, if any. One that the source was published
    after is none, whatever kept it from being ended.
    """
    if not source.live or not source.has_unpublished_changes:
        return None
    found = ReleasedDraft.objects.filter(page=source).select_related("revision").first()
    published = source.last_published_at
    return found if found and not (published and published > found.released_at) else None


def newest(page: LeafletPage) -> LeafletPage:
    """The page as its newest draft has it: what is in translation may not be live yet."""
    draft: LeafletPage = page.get_latest_revision_as_object()
    return draft


def segments_of_page(page: LeafletPage) -> dict[str, Segment]:
    """The page's segments by path, in reading order. Three queries, whatever the length."""
    return {segment.path: segment for segment in segments_of(read_words(page))}
