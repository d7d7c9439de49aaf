"""A line of the board with everything that the desk shows beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils.safestring import SafeString

from patientinfo.desk.diff import word_diff
from patientinfo.desk.marking import mark_terms
from patientinfo.leaflets.images import LeafletImage
from patientinfo.translation.board import Board, Line
from patientinfo.translation.desk_models import SegmentComment
from patientinfo.translation.memory import suggest_many
from patientinfo.translation.overrides import picture_of
from patientinfo.translation.overriding import external_links
from patientinfo.translation.states import State


@dataclass(frozen=True, slots=True)
class Picture:
    """
    The picture that a line describes: the source's, and the one that this language has instead.
    `outdated`: the source has had another one since that was chosen.
    """

    block: str
    source: LeafletImage
    own: LeafletImage | None = None
    outdated: bool = False


@dataclass(slots=True)
class Shown:
    """One line as the template reads it."""

    line: Line
    source: SafeString
    diff: SafeString | None = None
    suggestions: list[Any] = field(default_factory=list)
    comments: list[SegmentComment] = field(default_factory=list)
    terms: list[Any] = field(default_factory=list)
    #: Each link of the source that this language may replace, with what it has instead.
    links: list[tuple[str, str]] = field(default_factory=list)
    picture: Picture | None = None

    @property
    def anchor(self) -> str:
        return anchor_of(self.line.path)

    @property
    def has_open_comments(self) -> bool:
        return any(comment.resolved_at is None for comment in self.comments)

    @property
    def rows(self) -> int:
        """Height of the text field: enough for the longer of the two texts."""
        return max(2, min(12, 1 + max(len(self.line.segment.text), len(self.line.text)) // 60))


def anchor_of(path: str) -> str:
    """The place of a segment on its desk. Keys have no underscore, so no two paths share one."""
    return "segment-" + path.replace("/", "_")


class Dresser:
    """Loads what belongs to the lines of one board, in a bounded number of queries."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.comments: dict[str, list[SegmentComment]] = defaultdict(list)
        for comment in SegmentComment.objects.filter(
            key=board.page.translation_key, locale=board.locale
        ).select_related("user"):
            self.comments[comment.path].append(comment)

    def dress(self, lines: Iterable[Line]) -> dict[str, Shown]:
        """The shown form of each line by path; suggestions only where words are still wanted."""
        lines = list(lines)
        wanted = {
            line.path: line.segment
            for line in lines
            if line.state in (State.EMPTY, State.FUZZY, State.MACHINE)
        }
        found = suggest_many(
            {path: segment.text for path, segment in wanted.items()},
            self.board.source_locale,
            self.board.locale,
            plain=[path for path, segment in wanted.items() if not segment.inline],
        )
        return {line.path: self._shown(line, found.get(line.path, [])) for line in lines}

    def _shown(self, line: Line, suggestions: list[Any]) -> Shown:
        changed = line.previous_source
        return Shown(
            line=line,
            source=self._source(line),
            diff=word_diff(changed, line.segment.text) if changed else None,
            suggestions=[s for s in suggestions if s.text != line.text],
            comments=self.comments.get(line.path, []),
            terms=list(self.board.terms.in_text(line.segment.text)),
            links=self._links(line),
            picture=self.picture(picture_of(line.path)) if line.path.endswith("/alt") else None,
        )

    def _links(self, line: Line) -> list[tuple[str, str]]:
        own = self.board.overrides.links.get(line.path, {})
        return [
            (link, own[link].href if link in own else "") for link in external_links(line.segment)
        ]

    def picture(self, block: str) -> Picture | None:
        """The picture of a block, None where the source has none."""
        source = self.board.pictures.get(block)
        if source is None:
            return None
        override = self.board.overrides.pictures.get(block)
        if override is None:
            return Picture(block, source)
        return Picture(block, source, override.image, block in self.board.outdated_pictures)

    def _source(self, line: Line) -> SafeString:
        """
        The source text, glossary terms marked. Inline codes are shown as they are written, because
        the translation needs the same ones.
        """
        text = line.segment.text
        return mark_terms(text, line.segment.inline, self.board.terms.highlights(text))
