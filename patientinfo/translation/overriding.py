"""
Giving a language a part of its own, and taking it back. Each function is one act: allowed, done,
logged.

The segment that the part belongs to (the text around the link, the words of the picture) has to be
checked again afterwards, by another person: a checked sentence with another address in it is not
the sentence that was checked.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from patientinfo.formats.inline import clean_text, links_of, replace_links, safe_href
from patientinfo.formats.segments import Segment
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.richtext import URN
from patientinfo.translation.board import Board
from patientinfo.translation.editing import Declined
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.overrides import IMAGE, PICTURE_FIELDS, Overrides, picture_path
from patientinfo.translation.rights import Act, require
from patientinfo.translation.states import Stored

OVERRIDDEN = "patientinfo.part_overridden"
TAKEN_BACK = "patientinfo.part_taken_back"
LONGEST = 500  # characters of an address or a caption


@dataclass(frozen=True, slots=True)
class Done:
    """The language has it, or has the source's again."""


Outcome = Done | Declined


def external_links(segment: Segment) -> list[str]:
    """Addresses of a source text that a language may replace; leaflets follow the language."""
    found = links_of(segment.text) if segment.inline else []
    return [href for href in dict.fromkeys(found) if not href.startswith(URN)]


def override_link(page: LeafletPage, segment: Segment, link: str, href: str, user: Any) -> Outcome:
    """
    From now on the source's `link` leads to `href` in the language of `page`; an empty `href`, or
    the source's own, takes that back.
    """
    require(user, Act.TRANSLATE, page.locale.language_code)
    if link not in external_links(segment):
        return Declined(_("The source has no such link any more."))
    own = safe_href(clean_text(href))
    with transaction.atomic():
        rows = _rows(page, segment.path, link)
        before = rows.select_for_update().first()
        if not href.strip() or own == link:
            return _take_link_back(page, segment, before, user)
        reason = _bad_address(page, segment, link, own)
        if reason:
            return Declined(reason)
        values = {"href": own, "user": user, "at": timezone.now()}
        rows.update_or_create(
            defaults=values, create_defaults={**_of(page, segment.path), "link": link, **values}
        )
        _reopen(page, [segment.path], {link: own, **({before.href: own} if before else {})})
    _log(page, OVERRIDDEN, user, segment.path, link=link, href=own)
    return Done()


def _bad_address(page: LeafletPage, segment: Segment, link: str, own: str) -> str:
    """Why a link cannot lead there; empty when it can."""
    if not own or own.startswith(URN):
        return _("Write a whole address, beginning with https://, mailto: or tel:.")
    if max(len(own), len(link)) > LONGEST:
        return _("This address is too long.")
    overrides = Overrides.load(page.translation_key, page.locale.language_code)
    others = {row.href for key, row in overrides.links.get(segment.path, {}).items() if key != link}
    if own in others | set(links_of(segment.text)):
        return _("Another link of this text leads there already.")
    return ""


def _take_link_back(
    page: LeafletPage, segment: Segment, before: PartOverride | None, user: Any
) -> Outcome:
    if before is None:
        return Declined(_("This link is the source's already."))
    before.delete()
    _reopen(page, [segment.path], {before.href: before.link})
    _log(page, TAKEN_BACK, user, segment.path, link=before.link)
    return Done()


def override_picture(
    board: Board, block: str, image: LeafletImage, caption: str, user: Any
) -> Outcome:
    """
    From now on the language has `image` where the source has its own; `caption` is shown where the
    source's has none, and else its translation is. Saying it again of the same picture says that it
    still fits, after the source got another one.
    """
    page = board.page
    require(user, Act.TRANSLATE, board.locale)
    if block not in board.pictures:
        return Declined(_("The source has no such picture any more."))
    values = {
        "image": image,
        "replaces": board.pictures[block].file_digest,
        "caption": clean_text(caption)[:LONGEST],
        "user": user,
        "at": timezone.now(),
    }
    path = picture_path(block)
    with transaction.atomic():
        PartOverride.objects.update_or_create(**_of(page, path), link="", defaults=values)
        _reopen(page, [f"{block}/{name}" for name in PICTURE_FIELDS])
    _log(page, OVERRIDDEN, user, path, image=str(image.pk), title=image.title)
    return Done()


def take_picture_back(board: Board, block: str, user: Any) -> Outcome:
    """The language has the source's picture again."""
    page, path = board.page, picture_path(block)
    require(user, Act.TRANSLATE, board.locale)
    with transaction.atomic():
        if not _rows(page, path).delete()[0]:
            return Declined(_("This picture is the source's already."))
        _reopen(page, [f"{block}/{name}" for name in PICTURE_FIELDS])
    _log(page, TAKEN_BACK, user, path)
    return Done()


def reopen_picture(own: PartOverride) -> None:
    """
    The library has lost the picture that a language had of its own, so the source's is shown again:
    words that were checked beside the one say nothing of the other.
    """
    block = own.path.removesuffix(IMAGE)
    _reopen_words(own.key, own.locale, [f"{block}/{name}" for name in PICTURE_FIELDS])


def _of(page: LeafletPage, path: str) -> dict[str, Any]:
    return {"key": page.translation_key, "locale": page.locale.language_code, "path": path}


def _rows(page: LeafletPage, path: str, link: str = "") -> Any:
    return PartOverride.objects.filter(**_of(page, path), link=link)


def _reopen(
    page: LeafletPage, paths: Iterable[str], hrefs: Mapping[str, str] | None = None
) -> None:
    _reopen_words(page.translation_key, page.locale.language_code, paths, hrefs)


def _reopen_words(
    key: uuid.UUID, locale: str, paths: Iterable[str], hrefs: Mapping[str, str] | None = None
) -> None:
    """The words of these segments, with their links replaced, are checked by nobody any more."""
    rows = SegmentTranslation.objects.select_for_update().filter(key=key, locale=locale)
    for row in rows.filter(path__in=list(paths)):
        mine = SegmentTranslation.objects.filter(pk=row.pk)
        mine.update(
            text=replace_links(row.text, hrefs) if hrefs else row.text,
            state=Stored.TRANSLATED if row.state == Stored.CHECKED else row.state,
            checked_by=None,
            checked_at=None,
            version=F("version") + 1,
            updated_at=timezone.now(),
        )


def _log(page: LeafletPage, action: str, user: Any, path: str, **data: str) -> None:
    log(instance=page, action=action, user=user, data={"path": path, **data})
