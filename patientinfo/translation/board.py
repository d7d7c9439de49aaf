"""
One leaflet in one language as people work on it: every segment, its words, state and findings.

Loaded in a bounded number of queries, whatever the number of segments. Desk, sign-off, progress and
exports read a board; none of them puts the parts together itself.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from patientinfo.formats.segments import Segment, source_hash
from patientinfo.leaflets.approval import newest_source
from patientinfo.leaflets.content import images_of
from patientinfo.leaflets.images import LeafletImage
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import NotATranslation
from patientinfo.translation.findings import Examiner, Result
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import for_translators, segments_of_page, source_page
from patientinfo.translation.states import State, state_of


@dataclass(slots=True)
class Line:
    """One segment: what the source says now, and what the translation says."""

    segment: Segment
    row: SegmentTranslation | None
    state: State
    results: list[Result] = field(default_factory=list)

    @property
    def path(self) -> str:
        return self.segment.path

    @property
    def text(self) -> str:
        return self.row.text if self.row else ""

    @property
    def version(self) -> int:
        return self.row.version if self.row else 0

    @property
    def previous_source(self) -> str:
        """The source that a fuzzy translation was made from; empty otherwise."""
        return self.row.source_text if self.row and self.state == State.FUZZY else ""

    @property
    def blocked(self) -> bool:
        return any(result.blocks for result in self.results)


@dataclass(slots=True)
class Group:
    """The lines of one section, under its heading in the source language."""

    id: str
    heading: str
    lines: list[Line]


class Board:
    """
    See the module. `page` is the translation, `source` the page whose words are translated;
    `examiner` and `rows` are what this act has of that language already, `segments` what it has of
    the source. `next_edition`: `source` is a draft, and its readers have other words.
    """

    def __init__(
        self,
        page: LeafletPage,
        source: LeafletPage,
        examiner: Examiner | None = None,
        rows: Mapping[str, SegmentTranslation] | None = None,
        segments: Mapping[str, Segment] | None = None,
        next_edition: bool = False,
    ) -> None:
        self.page, self.source, self.next_edition = page, source, next_edition
        self.locale = page.locale.language_code
        self.source_locale = source.locale.language_code
        if segments is None:
            segments = segments_of_page(source)
        if rows is None:
            rows = _rows_with_people(page)
        examiner = examiner or Examiner(page.translation_key, self.source_locale, self.locale)
        self.overrides, self.terms = examiner.overrides, examiner.terms
        self.lines = {
            path: self._line(segment, rows.get(path), examiner)
            for path, segment in segments.items()
        }

    @staticmethod
    def _line(segment: Segment, row: SegmentTranslation | None, examiner: Examiner) -> Line:
        if row is None:
            return Line(segment, None, State.EMPTY)
        state = state_of(row.state, row.origin, row.source_hash, segment.hash)
        return Line(segment, row, state, examiner.examine(segment, row.text))

    def __iter__(self) -> Iterator[Line]:
        return iter(self.lines.values())

    @property
    def groups(self) -> list[Group]:
        """Lines by section, in reading order."""
        groups: dict[str, Group] = {}
        for line in self:
            section = line.segment.section
            heading = line.segment.text if line.path.endswith("/heading") else ""
            group = groups.setdefault(section, Group(section, heading, []))
            group.heading = group.heading or heading
            group.lines.append(line)
        return list(groups.values())

    @cached_property
    def pictures(self) -> dict[str, LeafletImage]:
        """The source's pictures, by the key of their block; one query."""
        return images_of(self.source)

    @cached_property
    def outdated_pictures(self) -> list[str]:
        """
        Keys of the blocks where the language has a picture of its own and the source got another
        one since somebody chose it. No query where it has none of its own.
        """
        own = self.overrides.pictures
        return [
            block
            for block, row in own.items()
            if block in self.pictures and self.pictures[block].file_digest != row.replaces
        ]

    @cached_property
    def counts(self) -> Counter[str]:
        """How many lines are in each state, and how many findings are `blocking` or `advisory`."""
        counts: Counter[str] = Counter(str(line.state) for line in self)
        for line in self:
            for result in line.results:
                if result.blocks:
                    counts["blocking"] += 1
                elif not result.dismissed:
                    counts["advisory"] += 1
        return counts

    @cached_property
    def stamp(self) -> str:
        """
        Changes whenever any of the words does, in the source or in the translation, or a part that
        the language has of its own, and with every Edition of the source.
        """
        parts = ((line.path, line.segment.hash, source_hash(line.text)) for line in self)
        beside = newest_source(self.page)
        return source_hash("\n".join([beside, *map(" ".join, parts), *self.overrides.stamp]))

    @property
    def complete(self) -> bool:
        """Whether every segment is checked and nothing blocks: all but the signature."""
        checked = self.counts[State.CHECKED] == len(self.lines)
        return checked and not self.counts["blocking"] and not self.outdated_pictures


def _rows_with_people(page: LeafletPage) -> dict[str, SegmentTranslation]:
    of = {"key": page.translation_key, "locale": page.locale.language_code}
    rows = SegmentTranslation.objects.filter(**of)
    return {row.path: row for row in rows.select_related("translated_by", "checked_by")}


def load_board(page: LeafletPage, examiner: Examiner | None = None) -> Board:
    """
    The board of a translated page; `NotATranslation` for a source. `examiner` is one that this act
    has used already.
    """
    source = source_page(page)
    if source is None:
        raise NotATranslation(page)
    translated = for_translators(source)
    next_edition = source.live and translated is not source
    return Board(page, translated, examiner, next_edition=next_edition)
