"""
Signed words that a later Edition has replaced.

A signature stays good for what it was given to, so that a leaflet can be withdrawn and published
again, and published tonight while its translators work on. It is no permission to go back: words
that were put right since would be before patients again, with nobody having looked. Of a leaflet in
its own language such a signature does not count any more; of a translation the desk is asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.translation import gettext as _

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.formats.inline import clean_text
from patientinfo.leaflets.approval import approvals_of
from patientinfo.leaflets.content import fingerprint, fingerprint_of_document
from patientinfo.leaflets.gate import Problem
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.pages import source_language, source_page
from patientinfo.translation.sign_off import lacking

LOOKED_AT = 50  # Editions, newest first, that may say the same words as the last


def superseded_problems(page: LeafletPage) -> Iterator[Problem]:
    """
    A check of the gate: signed words that the last Edition has replaced are issued again only when
    the desk says the same by now, checked; without a source there is no desk that could. Those that
    nobody signed are asked this anyway.
    """
    if not source_language(page) or not _is_superseded(page):
        return
    if source_page(page) is not None:
        yield from lacking(page, load_board(page))
        return
    message = _(
        "A later edition has replaced these words, and the leaflet that they were translated from "
        "is gone, so nobody can check them again. Publish the words of the last edition."
    )
    yield Problem(NON_FIELD_ERRORS, message)


def replaced_at(page: LeafletPage) -> datetime | None:
    """
    Since when patients have other words than those of a leaflet in its own language; None while the
    last Edition says the same. A leaflet that has none yet may be a copy: then since when they have
    others in the leaflets that said the same, unless one of those says it still.
    """
    if source_language(page):
        return None
    if Edition.objects.filter(key=page.translation_key, locale=page.locale.language_code).exists():
        return _other_words_since(page)
    others = list(_replaced_elsewhere(page))
    return None if None in others else max(filter(None, others), default=None)


def _replaced_elsewhere(page: LeafletPage) -> Iterator[datetime | None]:
    """Of each leaflet of this title that said the words of `page`, when others replaced them."""
    said, locale = fingerprint(page), page.locale.language_code
    entries = CatalogueEntry.objects.filter(locale=locale, title=clean_text(page.title))
    for key in entries.values_list("key", flat=True):
        editions = Edition.objects.filter(key=key, locale=locale).order_by("-number")
        since = None
        for edition in editions[:LOOKED_AT].iterator(chunk_size=2):
            if fingerprint_of_document(edition.data) == said:
                yield since
                break
            since = edition.issued_at


def _is_superseded(page: LeafletPage) -> bool:
    """Whether the last Edition says something else, and was so issued after `page` was signed."""
    since = _other_words_since(page)
    signed_at = [approval.approved_at for approval in approvals_of(page)] if since else []
    return since is not None and bool(signed_at) and max(signed_at) <= since


def _other_words_since(page: LeafletPage) -> datetime | None:
    """
    When the words of the last Edition, if they are others than the page's, were issued first; a new
    telephone number alone replaces no words. None when there is no Edition.
    """
    editions = Edition.objects.filter(
        key=page.translation_key, locale=page.locale.language_code
    ).order_by("-number")
    said, since = "", None
    for edition in editions[:LOOKED_AT].iterator(chunk_size=2):
        words = fingerprint_of_document(edition.data)
        if said and words != said:
            break
        said, since = words, edition.issued_at
    return None if said == fingerprint(page) else since
