"""
Nobody changes the words of a language that is not theirs, also not in the page editor.

The desk and the import ask for the right before they do anything. Every other way of saving a
translated page ends in a draft, and is looked at there: a draft that says what the last one said,
or what the desk has, changes no words, so a publisher may still publish and set an access level.
"""

from __future__ import annotations

from typing import Any

from patientinfo.leaflets.content import Content, read_content
from patientinfo.leaflets.front_page import FrontPage
from patientinfo.leaflets.gated_page import GatedPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.front_pages import is_copied
from patientinfo.translation.pages import newest, source_language, source_page
from patientinfo.translation.rights import Act, may, require


def guard_words(page: GatedPage, user: Any) -> None:
    """`PermissionDenied` when `page` (unsaved) has words that `user` may not put there."""
    locale = page.locale.language_code
    if page.alias_of_id or may(user, Act.TRANSLATE, locale):
        return
    if isinstance(page, FrontPage):
        _guard_front_page(page, user)
    elif isinstance(page, LeafletPage) and (page.source_locale or source_language(page)):
        _guard_leaflet(page, user)


def _guard_front_page(page: FrontPage, user: Any) -> None:
    """The front page that the others were copied from is nobody's translation."""
    stored = type(page).objects.filter(pk=page.pk, latest_revision__isnull=False).first()
    if stored is None or not is_copied(page):
        return
    if page.words() != stored.get_latest_revision_as_object().words():
        require(user, Act.TRANSLATE, page.locale.language_code)


def _guard_leaflet(page: LeafletPage, user: Any) -> None:
    stored = LeafletPage.objects.filter(pk=page.pk, latest_revision__isnull=False).first()
    if stored is None:
        return  # it is being made, and has nobody's words yet
    said = said_by(page)
    if said == said_by(newest(stored)):
        return
    if source_page(stored) is not None and said == said_by(filled_draft(stored)):
        return
    require(user, Act.TRANSLATE, page.locale.language_code)


def said_by(page: LeafletPage) -> tuple[Content, list[tuple[str, str]]]:
    """Words, links and pictures of a page: all that somebody has to have checked."""
    content, images = read_content(page)
    return content, [(key, image.file_digest) for key, image in images]
