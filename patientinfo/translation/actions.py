"""Putting translations into store and page. Each function is one mutation, whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from django.db import IntegrityError, transaction
from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page

from patientinfo.formats.segments import Segment
from patientinfo.leaflets import richtext
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.following import follow
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.slots import slots
from patientinfo.signals import translation_stored
from patientinfo.translation.pages import (
    for_translators,
    original_of,
    segments_of_page,
    source_page,
)
from patientinfo.translation.references import references_of, set_references
from patientinfo.translation.shelf import NOTHING_SAID, Said, Shelf
from patientinfo.translation.typed import edits_of, edits_of_draft, said_by_typists


class NotATranslation(Exception):
    """The page is a source: there is nothing to put translations into."""


@transaction.atomic
def store_translations(
    page: LeafletPage,
    texts: Mapping[str, str],
    *,
    made_from: Mapping[str, Segment] | None = None,
    said: Said = NOTHING_SAID,
    each: Mapping[str, Said] = MappingProxyType({}),
) -> list[str]:
    """
    Keeps `texts` (path → target text) for the leaflet and language of `page`; returns the paths
    that changed. `said` is what is known of the words that changed, `each` what is known of some of
    them by path. `made_from` are the source
    segments that the texts were made from, when those are not the segments that the source has now.
    A bounded number of queries, whatever the number of texts; see `Shelf.put`.
    """
    source = source_page(page)
    if source is None:
        raise NotATranslation(page)
    segments = made_from if made_from is not None else segments_of_page(for_translators(source))
    shelf = Shelf.load(page.translation_key, page.locale.language_code, hold=True)
    return shelf.put(texts, segments, source.locale.language_code, said, each)


def fill_page(page: LeafletPage, source: LeafletPage, shelf: Shelf | None = None) -> None:
    """
    Gives `page` (unsaved) the structure of `source` and the stored words of its own language;
    `shelf` is what this act has of them already.

    A segment without a translation stays empty: no sentence of the source language is ever in a
    translated page.
    """
    shelf = shelf or Shelf.load(page.translation_key, page.locale.language_code)
    texts = {path: row.text for path, row in shelf.rows.items()}
    source.assign_keys()
    body = raw_body(source)
    ids = _pages_in_language(richtext.linked_keys(texts.values()), page.locale)
    for slot in slots(body):
        text = texts.get(slot.path, "")
        slot.fill(richtext.to_stored(text, ids) if slot.rich else text)
    _keep_own_links(body, page.locale)
    shelf.overrides.fill_pictures(body)
    page.body = StreamValue(LeafletBody(), body, is_lazy=True)
    page.title = texts.get("title", page.title)
    page.summary = texts.get("summary", "")
    page.short_text = texts.get("short_text", "")
    follow(page, source)
    set_references(page, references_of(page, source, shelf.overrides).shown)


def _pages_in_language(keys: set[str], locale: Locale) -> dict[str, int]:
    """The page to link for each leaflet key: in `locale`, else in any language it exists in."""
    found: dict[str, int] = {}
    pages = Page.objects.filter(translation_key__in=keys).order_by("pk")
    for pk, key, locale_id in pages.values_list("pk", "translation_key", "locale_id"):
        if locale_id == locale.pk or str(key) not in found:
            found[str(key)] = pk
    return found


def _keep_own_links(body: list[dict[str, Any]], locale: Locale) -> None:
    """Link blocks point at the linked leaflet's page in `locale`, where there is one."""
    links = [
        block["value"]
        for section in body
        for block in section["value"]["blocks"]
        if block["type"] == "leaflet_link" and block["value"].get("page")
    ]
    if not links:
        return
    keys = dict(
        Page.objects.filter(pk__in={link["page"] for link in links}).values_list(
            "pk", "translation_key"
        )
    )
    own = _pages_in_language({str(key) for key in keys.values()}, locale)
    for link in links:
        link["page"] = own.get(str(keys.get(link["page"])), link["page"])


@transaction.atomic
def put_translations(
    page: LeafletPage,
    texts: Mapping[str, str],
    *,
    made_from: Mapping[str, Segment] | None = None,
    user: Any = None,
    said: Said = NOTHING_SAID,
) -> LeafletPage:
    """
    Stores `texts` and writes them into a new draft of `page`; raises `NotATranslation`.

    Returns the page with its draft in it; when nothing changed that is the draft there was. Words
    of an open draft that `texts` do not replace are kept. Publishing is another act, and has its
    own gate.
    """
    source = source_page(page)
    if source is None:
        raise NotATranslation(page)
    draft: LeafletPage = page.get_latest_revision_as_object()
    paths = _keep_draft_words(page, source)
    paths += store_translations(page, texts, made_from=made_from, said=said)
    before = _stored_values(draft)
    fill_page(draft, for_translators(source))
    if _stored_values(draft) == before:
        return draft
    if not draft.live:
        draft.save()
    draft.save_revision(user=user, log_action=True)
    translation_stored.send(sender=LeafletPage, page=draft, paths=paths)
    return draft


def _stored_values(page: LeafletPage) -> dict[str, Any]:
    """What saving would store; the body as values, since PostgreSQL reorders members of objects."""
    values: dict[str, Any] = page.serializable_data()
    return {**values, "body": raw_body(page)}


def _keep_draft_words(page: LeafletPage, source: LeafletPage) -> list[str]:
    """
    Takes into the store what somebody has written into the draft and not published yet; what is
    word for word the source's is a copy, not a translation.
    """
    copied = segments_of_page(for_translators(source))
    words = {path: segment.text for path, segment in copied.items()}
    shelf = Shelf.load(page.translation_key, page.locale.language_code, hold=True)
    edits = edits_of_draft(page, shelf.rows, words)
    if not edits:
        return []
    each = said_by_typists(page, page.latest_revision, edits)
    return shelf.put(edits, copied, source.locale.language_code, each=each)


def filled_draft(page: LeafletPage) -> LeafletPage:
    """The page with the stored words in it, unsaved: for a preview, and to be signed."""
    source = source_page(page)
    if source is None:
        raise NotATranslation(page)
    draft: LeafletPage = page.get_latest_revision_as_object()
    fill_page(draft, for_translators(source))
    return draft


@transaction.atomic
def write_draft(page: LeafletPage, *, user: Any = None, significance: str = "") -> LeafletPage:
    """
    Makes the stored words the newest draft of the page; what was typed elsewhere gives way.
    `significance` is how much they change in the next Edition, where somebody has said it.
    """
    draft = filled_draft(page)
    draft.significance = significance or draft.significance
    draft.save_revision(user=user, log_action=True)
    if not draft.live:
        draft.save(clean=False)
    return draft


def begin_translation(page: LeafletPage, source: LeafletPage) -> None:
    """
    Empties a page that Wagtail has just copied for translation: its words are still the source's,
    in the page and in the revision that Wagtail made of it, which is what editors see. A copy of a
    translation is made from what that was made from: it has to hear of changes there.
    """
    original = original_of(source)
    page.source_locale = original.locale.language_code
    fill_page(page, original)
    # What it was copied from was valid, and Wagtail has given it its slug.
    page.save(clean=False)
    page.save_revision(clean=False)


def record_edits(page: LeafletPage) -> list[str]:
    """
    Takes words that were written straight into the page editor into the store, from the page as it
    is live.

    Only what differs from the stored words counts as made from the source of today; what was left
    alone keeps the source that it was made from. What the desk or a file has brought since those
    words were typed stays in the store: the page was published with older ones.
    """
    try:
        return _record_edits(page)
    except IntegrityError:
        # Somebody stored first words at a place between our look and our write: look again.
        return _record_edits(page)


@transaction.atomic
def _record_edits(page: LeafletPage) -> list[str]:
    source = source_page(page)
    if source is None:
        return []
    shelf = Shelf.load(page.translation_key, page.locale.language_code, hold=True)
    edits = edits_of(page, page.live_revision, shelf.rows)
    if not edits:
        return []
    segments = segments_of_page(for_translators(source))
    each = said_by_typists(page, page.live_revision, edits)
    return shelf.put(edits, segments, source.locale.language_code, each=each)
