"""Sending everything for translation: a new language gets the whole tree, as drafts, in one act."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q
from wagtail.models import Locale, Page, Site

from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import source_language
from patientinfo.translation.rights import Act, require
from patientinfo.translation.sending import AliasInUse, parent_in, send_for_translation


@dataclass(slots=True)
class SentTree:
    """
    What one sending of everything made: leaflets, and the pages that they stand under; and why of
    some leaflets nothing was made.
    """

    leaflets: int = 0
    shelves: int = 0
    refused: list[str] = field(default_factory=list)


def send_tree(locale: Locale, user: Any) -> SentTree:
    """
    Everything into one language: front pages and indexes, then every leaflet that is not there yet,
    all as drafts. Each is a transaction of its own, so what was cut short goes on where it stopped
    when it is sent again.

    `PermissionDenied` for one who may not translate into the language.
    """
    require(user, Act.TRANSLATE, locale.language_code)
    sent = SentTree()
    others = Page.objects.filter(locale=locale).not_exact_type(LeafletPage)
    before = others.count()
    for shelf in _shelves(locale):
        parent_in(shelf.specific, locale)
    there = LeafletPage.objects.filter(locale=locale, alias_of=None).values("translation_key")
    sources = LeafletPage.objects.filter(source_locale="", alias_of=None).exclude(
        Q(locale=locale) | Q(translation_key__in=there)
    )
    for pk in list(sources.order_by("path").values_list("pk", flat=True)):
        source = LeafletPage.objects.select_related("locale").get(pk=pk)
        if source_language(source):
            continue
        try:
            send_for_translation(source, locale, user)
            sent.leaflets += 1
        except AliasInUse as refused:
            sent.refused.append(str(refused))
    sent.shelves = others.count() - before
    return sent


def _shelves(locale: Locale) -> list[Page]:
    """Pages that leaflets are found under, in the site's language: they come along when empty."""
    roots = Site.objects.values("root_page__translation_key")
    indexes = LeafletIndexPage.objects.filter(alias_of=None).values("translation_key")
    own = Q(translation_key__in=roots) | Q(translation_key__in=indexes)
    there = Page.objects.filter(locale=locale).values("translation_key")
    pages = Page.objects.filter(own, locale=Locale.get_default(), depth__gt=1)
    return list(pages.exclude(Q(locale=locale) | Q(translation_key__in=there)).order_by("path"))
