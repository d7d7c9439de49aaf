"""
Words that somebody typed straight into a page, told from words that only stand there still.

The store holds the words of a translation; desk and import write to it and leave the page's draft
alone, so a draft may well say what the store said last week. Words of a page count as typed when
they came into it after the store's were stored: saved again with another sentence changed, an old
sentence stays old. So does one that somebody has taken out of the store since.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Revision

from patientinfo.formats.inline import clean_text
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.slots import slots
from patientinfo.translation.models import SegmentTranslation, emptied_at
from patientinfo.translation.pages import segments_of_page
from patientinfo.translation.shelf import Said

Rows = Mapping[str, SegmentTranslation]


@dataclass(frozen=True)
class _Store:
    """What the store says at each path, and since when: its silence too, where words were there."""

    page: LeafletPage
    rows: Rows

    def since(self, path: str) -> datetime | None:
        """None where it never had words."""
        row = self.rows.get(path)
        return row.updated_at if row is not None else self._emptied.get(path)

    def says(self, path: str, text: str) -> bool:
        row = self.rows.get(path)
        return row is not None and row.text == text

    @cached_property
    def _emptied(self) -> dict[str, datetime]:
        """One query, for those who meet a path without a row."""
        return emptied_at(self.page.translation_key, self.page.locale.language_code)


def edits_of(page: LeafletPage, revision: Revision | None, rows: Rows) -> dict[str, str]:
    """
    The words of a translated page, shown as `revision` has it, that are not those in the store and
    are not older, by path. Without a revision nobody knows when they came: they count.
    """
    store = _Store(page, rows)
    texts = {path: segment.text for path, segment in segments_of_page(page).items()}
    edits = {path: text for path, text in texts.items() if not store.says(path, text)}
    return _newer(edits, revision, store)


def edits_of_draft(page: LeafletPage, rows: Rows, copied: Mapping[str, str]) -> dict[str, str]:
    """
    The same of the page's newest draft, but for words that are `copied` from the source: those are
    no translation. One query when nobody has typed anything, two where somebody emptied a segment.
    """
    revision, store = page.latest_revision, _Store(page, rows)
    if revision is None or not _is_touched(revision, store, copied):
        return {}
    texts = _words_of(page, revision)
    edits = {
        path: text
        for path, text in texts.items()
        if copied.get(path) != text and not store.says(path, text)
    }
    return _newer(edits, revision, store)


def said_by_typists(
    page: LeafletPage, revision: Revision | None, edits: Mapping[str, str]
) -> dict[str, Said]:
    """
    Of `edits`, as `revision` has them, who typed each: whoever saved the first of the revisions
    that say it since. They count as its translator, so they may not check it.
    """
    if revision is None:
        return {}
    said: dict[str, Said] = {}
    waiting = set(edits)
    history = page.revisions.filter(pk__lte=revision.pk).order_by("-pk").select_related("user")
    for earlier in history.iterator(chunk_size=2):
        words = _words_of(page, earlier)
        waiting = {path for path in waiting if words.get(path) == edits[path]}
        if not waiting:
            break
        said |= dict.fromkeys(waiting, Said(user=earlier.user))
    return said


def _is_touched(revision: Revision, store: _Store, copied: Mapping[str, str]) -> bool:
    """Whether any text of a revision may be newer than the store's; a quick look before a long."""
    content: Mapping[str, Any] = revision.content
    try:
        said = [slot for slot in slots(json.loads(content.get("body") or "[]")) if slot.text]
    except (TypeError, ValueError, AttributeError, KeyError):
        return True
    words = [(slot.path, None if slot.rich else clean_text(slot.text)) for slot in said]
    words += [(name, clean_text(content.get(name) or "")) for name in ("title", "summary")]
    for path, text in words:
        if text in ("", copied.get(path, "")) or (text and store.says(path, text)):
            continue
        since = store.since(path)
        if since is None or since < revision.created_at:
            return True
    return False


def _newer(edits: dict[str, str], revision: Revision | None, store: _Store) -> dict[str, str]:
    """Of words that the store has not, those that came into the page after the store's came."""
    moments = {path: store.since(path) for path in edits} if revision else {}
    known = {path: since for path, since in moments.items() if since}
    waiting = set(known)
    if not waiting:
        return edits
    assert revision is not None  # noqa: S101  said above
    older: set[str] = set()
    history = store.page.revisions.filter(pk__lte=revision.pk).order_by("-pk")
    for earlier in history.iterator(chunk_size=2):
        said = _words_of(store.page, earlier)
        waiting = {path for path in waiting if said.get(path) == edits[path]}
        older |= {path for path in waiting if earlier.created_at <= known[path]}
        waiting -= older
        if not waiting:
            break
    return {path: text for path, text in edits.items() if path not in older}


def _words_of(page: LeafletPage, revision: Revision) -> dict[str, str]:
    """What a revision of `page` says, by path; nothing for one from before this vocabulary."""
    content: Mapping[str, Any] = revision.content
    try:
        body = json.loads(content.get("body") or "[]")
        title, summary = content.get("title") or "", content.get("summary") or ""
        if not summary and not any(slot.text for slot in slots(body)):
            return {"title": title} if title else {}  # as it was sent for translation
        shown = copy.copy(page)
        shown.title, shown.summary = title, summary
        shown.body = StreamValue(LeafletBody(), body, is_lazy=True)
        return {path: segment.text for path, segment in segments_of_page(shown).items()}
    except (TypeError, ValueError, AttributeError, KeyError):
        return {}
