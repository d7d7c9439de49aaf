"""
A waiting-room screen: the leaflet as slides, each with the seconds that it takes to read.

A screen goes on when its network is gone, so the slides say how long they may: until the day of
the next review, and never longer than `offline_seconds` after they were last fetched. Pictures are
part of the answer, or they would be missing then.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta

import orjson
from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.parts.inline import words_of
from patientinfo.channels.parts.record import Row, credit_of
from patientinfo.channels.parts.sheet import Sheet
from patientinfo.channels.parts.story import (
    Facts,
    Foreign,
    Heading,
    Items,
    Panel,
    Paragraph,
    Picture,
    Piece,
    Runs,
    Table,
    story_of,
)
from patientinfo.licensing.terms import Use

SCHEMA = "patientinfo/slides/1"
#: A recalled leaflet is off every screen a day later, even of those that hear of nothing.
OFFLINE_SECONDS = 24 * 60 * 60
REFRESH_SECONDS = 5 * 60
PICTURE_WIDTH = 800
#: Characters on a slide, so that it can be read across a room; and how fast people read.
ROOM = 240
#: What a screen of 1280 × 720 holds: lines of text, and characters in one of text or of a heading.
_LINES, _WIDE, _HEADING_WIDE = 8, 44, 34
#: Between two paragraphs, in lines; and from how many characters on a heading is said by itself.
_GAP, _LONG_HEADING = 0.4, 80
_MORE = "…"
_BREAKABLE = re.compile(r"[ \t\r\n]+")
_READ_A_SECOND = 12
_LEAST, _MOST = 7, 40


@dataclass(frozen=True, slots=True)
class Slide:
    """
    `kind` says how it is shown: title, text, list, steps, a panel's kind, picture or record.
    `lines` are plain text; `image` is a `data:` address.
    """

    kind: str
    heading: str
    lines: tuple[str, ...]
    seconds: int
    label: str = ""
    image: str = ""


class ScreenChannel(Channel):
    """A leaflet as slides."""

    name = "screen"
    label = _("Slides for a screen (JSON)")
    media_type = "application/vnd.patientinfo.slides+json"
    extension = "slides.json"
    uses = frozenset({Use.SCREEN})
    version = "7"

    def render(self, document: Document, context: Context) -> bytes:
        sheet = context.sheet
        due = document["review_due"]
        end = date.fromisoformat(due) + timedelta(days=1) if due else None
        made = {
            "schema": SCHEMA,
            "key": document["key"],
            "locale": document["locale"],
            "direction": sheet.language.direction,
            "title": document["title"],
            "edition": document["edition"],
            "issued_at": document["issued_at"],
            "digest": sheet.digest,
            "valid_until": f"{end.isoformat()}T00:00:00Z" if end else None,
            "offline_seconds": OFFLINE_SECONDS,
            "refresh_seconds": REFRESH_SECONDS,
            "refresh_url": _refresh_url(sheet),
            "credit": credit_of(document, sheet.licence),
            "slides": [asdict(slide) for slide in slides_of(document, context)],
        }
        return orjson.dumps(made)


def _refresh_url(sheet: Sheet) -> str | None:
    """
    Where the same slides are asked for again: beside the page in which they are played, and at the
    API where those are others: without the licence's number and credit, or of a later edition.
    """
    if sheet.renditions and (sheet.licence or sheet.status == "superseded"):
        return f"{sheet.renditions}{ScreenChannel.name}/"
    return f"{sheet.url}screen/slides/" if sheet.url else None


def slides_of(document: Document, context: Context) -> Iterator[Slide]:
    """The whole leaflet in reading order; a slide never holds two sections."""
    heading = ""
    for piece in story_of(document, context.sheet):
        if isinstance(piece, Heading):
            heading, whole = _shortened(piece.text)
            if piece.level == 1:
                yield _slide("title", heading, (context.sheet.site_name,))
            yield from _spread("text", heading, [whole])
        else:
            yield from _written(piece, heading, context)


def _written(piece: Piece, heading: str, context: Context) -> Iterator[Slide]:
    match piece:
        case Paragraph(runs):
            yield from _spread("text", heading, [_said(runs)])
        case Foreign(label, line):
            yield from _spread("text", heading, [f"{label}: {line.text}"])
        case Items(items, ordered, lead_in):
            lines = [_said(item) for item in items]
            if ordered:
                number = context.sheet.number
                lines = [f"{number(count)}. {line}" for count, line in enumerate(lines, 1)]
            yield from _spread("steps" if ordered else "list", heading, lines, _said(lead_in))
        case Panel():
            title = f"{piece.label}: {piece.heading}" if piece.heading else piece.label
            lines = [_said(piece.lead_in), *map(_said, piece.items)]
            yield from _spread(piece.kind, heading, lines, title)
        case Table():
            yield from _spread("list", heading, list(_rows(piece)), piece.caption)
        case Picture():
            yield from _picture(piece, heading, context)
        case Facts(rows):
            yield from _spread("record", heading, [_fact(row, context.sheet) for row in rows])


def _picture(piece: Picture, heading: str, context: Context) -> Iterator[Slide]:
    """A draft's picture may not be kept yet; then its description is shown alone."""
    content = context.picture(piece.image, PICTURE_WIDTH)
    mime = piece.image["mime"]
    image = f"data:{mime};base64,{base64.b64encode(content).decode()}" if content else ""
    first, *more = _spread("picture", heading, piece.about, piece.image["alt"])
    yield replace(first, image=image)
    yield from (replace(slide, kind="text", label="") for slide in more)


def _said(runs: Runs) -> str:
    return " ".join(_words("".join(words_of(runs))))


def _words(text: str) -> list[str]:
    """The words of a text; a space that holds a number and its unit together parts none."""
    return [word for word in _BREAKABLE.split(text) if word]


def _shortened(text: str) -> tuple[str, str]:
    """A heading that leaves room for other words, and the whole of it when that is longer."""
    if len(text) <= _LONG_HEADING:
        return text, ""
    cut = text[:_LONG_HEADING]
    return f"{cut.rpartition(' ')[0] or cut} {_MORE}", text


def _split(text: str, most: int) -> list[str]:
    """A text as parts of at most so many characters: of whole words, if no word is longer."""
    most -= 2 * len(f"{_MORE} ")
    parts: list[str] = []
    for word in _words(text):
        for start in range(0, len(word), most):
            piece = word[start : start + most]
            if parts and len(parts[-1]) + len(piece) < most:
                parts[-1] += f" {piece}"
            else:
                parts.append(piece)
    before = [f"{_MORE} " if number else "" for number in range(len(parts))]
    after = [f" {_MORE}"] * (len(parts) - 1) + [""]
    return [f"{b}{part}{a}" for b, part, a in zip(before, parts, after, strict=False)]


def _height(text: str, wide: int) -> float:
    """The lines that a paragraph takes, with the gap below it."""
    return -(-len(text) // wide) + _GAP if text else 0


def _spread(kind: str, heading: str, lines: Iterable[str], label: str = "") -> Iterator[Slide]:
    """Lines on as many slides as they need; the label stands on each of them."""
    label, whole = _shortened(label)
    room = _LINES - _height(heading, _HEADING_WIDE) - _height(label, _WIDE)
    most = min(ROOM, _WIDE * int(room - _GAP))
    held: list[str] = []
    for line in (part for text in (whole, *lines) for part in _split(text, most)):
        tall = sum(_height(each, _WIDE) for each in (*held, line))
        if held and (tall > room or sum(map(len, (*held, line))) > ROOM):
            yield _slide(kind, heading, held, label)
            held = []
        held.append(line)
    if held or label:
        yield _slide(kind, heading, held, label)


def _slide(kind: str, heading: str, lines: Iterable[str], label: str = "") -> Slide:
    shown = tuple(filter(None, lines))
    characters = sum(map(len, (heading, label, *shown)))
    seconds = min(max(_LEAST, 3 + characters // _READ_A_SECOND), _MOST)
    return Slide(kind, heading, shown, seconds, label)


def _rows(piece: Table) -> Iterator[str]:
    columns = [_said(column) for column in piece.columns]
    for row in piece.rows:
        cells = [_said(cell) for cell in row]
        pairs: Iterable[tuple[str, str]] = zip(columns, cells, strict=False)
        yield " · ".join(f"{column}: {cell}" if column else cell for column, cell in pairs)


def _fact(row: Row, sheet: Sheet) -> str:
    lines = [line.text for line in row.lines]
    return f"{row.label}: {' · '.join(lines) if row.one else sheet.listed(lines)}"
