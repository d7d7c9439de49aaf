"""The words of one leaflet in one language, and the one place where they are stored in bulk."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any

from django.utils import timezone

from patientinfo.formats.exchange import target_digest
from patientinfo.formats.inline import clean_words
from patientinfo.formats.segments import Segment
from patientinfo.translation.memory import remember_many
from patientinfo.translation.models import SegmentTranslation, first_versions
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.shelf_rows import insert_rows, store_changed
from patientinfo.translation.states import Origin, Stored


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of words that are stored: how finished, where from, and by whom (or nobody)."""

    state: str = Stored.TRANSLATED
    origin: str = Origin.HUMAN
    user: Any = None

    def note(self, row: SegmentTranslation, now: datetime) -> None:
        """
        Writes it into a row; a person who says that words are checked has checked them. What a
        machine began stays marked, however much was mended in it.
        """
        checked = self.state == Stored.CHECKED
        row.helpers = row.helpers_of(self.user)
        row.state = self.state
        row.origin = Origin.MACHINE if row.origin == Origin.MACHINE else self.origin
        row.translated_by, row.translated_at = self.user, now
        row.checked_by, row.checked_at = (self.user, now) if checked else (None, None)
        row.updated_at = now


NOTHING_SAID = Said()


@dataclass(frozen=True, slots=True)
class Shelf:
    """What is stored of a leaflet in a language; `rows`, by path, follow what is put there."""

    key: uuid.UUID
    locale: str
    rows: dict[str, SegmentTranslation]
    overrides: Overrides

    @classmethod
    def load(cls, key: uuid.UUID, locale: str, *, hold: bool = False) -> Shelf:
        """Two queries. With `hold`, for one who will put words there: see `rows_of`."""
        return cls(key, locale, rows_of(key, locale, hold=hold), Overrides.load(key, locale))

    def put(
        self,
        texts: Mapping[str, str],
        segments: Mapping[str, Segment],
        source_locale: str,
        said: Said = NOTHING_SAID,
        each: Mapping[str, Said] = MappingProxyType({}),
    ) -> list[str]:
        """
        Keeps `texts` (path → target text), made from `segments`; returns the paths that changed.
        `said` holds for all of them but those of which `each` says something else.
        Unknown paths and empty texts are left out. Links lead where this language has them lead.
        Two queries for new words and one for changed ones; words that are said to be checked also
        feed the memory, as they do where they are checked. `IntegrityError` when somebody else has
        stored words at one of the places since the shelf was loaded.
        """
        new: list[SegmentTranslation] = []
        changed: list[SegmentTranslation] = []
        now = timezone.now()
        for path, text in texts.items():
            segment = segments.get(path)
            target = self.cleaned(segment, text) if segment else ""
            if segment is None or not target:
                continue
            row = self.rows.get(path)
            if row is None:
                row = SegmentTranslation(key=self.key, locale=self.locale, path=path)
                new.append(row)
            elif (row.text, row.source_hash) != (target, segment.hash):
                changed.append(row)
                row.version += 1
            else:
                continue
            row.set(segment.text, target)
            self._note(row, each.get(path, said), now)
        if new:
            self._add(new)
        if changed:
            store_changed(changed)
        checked = [row for row in (*new, *changed) if row.state == Stored.CHECKED]
        if checked:
            plain = {row.path for row in checked if not segments[row.path].inline}
            remember_many(checked, source_locale, plain=plain)
        return [row.path for row in (*new, *changed)]

    def _note(self, row: SegmentTranslation, said: Said, now: datetime) -> None:
        said.note(row, now)
        if said.origin == Origin.IMPORT:
            row.imported = target_digest(self.overrides.source_links(row.path, row.text))

    def _add(self, new: list[SegmentTranslation]) -> None:
        versions = first_versions(self.key, self.locale, [row.path for row in new])
        for row in new:
            row.version = versions[row.path]
        insert_rows(new)
        self.rows.update((row.path, row) for row in new)

    def cleaned(self, segment: Segment, text: str) -> str:
        """Words in our one spelling, their links leading where this language has them lead."""
        return self.overrides.own_links(segment.path, clean_words(text, inline=segment.inline))


def rows_of(key: uuid.UUID, locale: str, *, hold: bool = False) -> dict[str, SegmentTranslation]:
    """The stored translations by path; with `hold` nobody changes them before the act is over."""
    rows = SegmentTranslation.objects.filter(key=key, locale=locale)
    if hold:
        rows = rows.select_for_update().order_by("pk")  # all in one order: none waits in a circle
    return {row.path: row for row in rows}
