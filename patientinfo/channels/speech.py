"""
Speech: the leaflet in reading order as SSML 1.1, for a voice of any maker.

Sections are paragraphs with a pause before them, every language is marked, and what a page shows by
colour is said in words. What nobody can hear, a fingerprint, is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.parts.inline import Break, Mark, Words, unsaid, words_of
from patientinfo.channels.parts.record import Line, Row
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

NAMESPACE = "http://www.w3.org/2001/10/synthesis"
_PAUSES = {1: "1200ms", 2: "900ms", 3: "600ms"}
_PAUSE = '<break strength="medium"/>'
#: Nothing to be heard: they keep a number from being turned round on a page.
_TURNING = dict.fromkeys(map(ord, "\u2066\u2069"))
_ENDS = (".", "!", "?", ":", "؟", "।", "…")


class SpeechChannel(Channel):
    """A leaflet to be read aloud."""

    name = "speech"
    label = _("For reading aloud (SSML)")
    media_type = "application/ssml+xml"
    extension = "ssml"
    uses = frozenset({Use.READER, Use.WEBSITE, Use.PORTAL, Use.SCREEN})
    version = "6"

    def render(self, document: Document, context: Context) -> bytes:
        sheet = context.sheet
        lines = [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<speak version="1.1" xmlns="{NAMESPACE}" xml:lang={quoteattr(sheet.language.code)}>',
        ]
        for piece in story_of(document, sheet):
            lines += _spoken(piece, sheet)
        return ("\n".join([*lines, "</speak>"]) + "\n").encode()


def _sentence(content: str) -> str:
    """One `s`; a full stop where there is none keeps a voice from running on."""
    return f"<s>{content}</s>" if content.endswith(_ENDS) else f"<s>{content}.</s>"


def _paragraph(*contents: str) -> str:
    return f"<p>{''.join(_sentence(content) for content in contents if content)}</p>"


def _said(runs: Runs) -> str:
    return "".join(_parts(runs)).strip()


def _parts(runs: Runs) -> Iterator[str]:
    for run in runs:
        match run:
            case Words(text):
                yield escape(text)
            case Break():
                yield _PAUSE
            case Mark("strong", inner):
                yield "<emphasis>"
                yield from _parts(inner)
                yield "</emphasis>"
            case Mark("a", inner, href):
                yield _linked("".join(_parts(inner)), "".join(words_of(inner)), href)
            case Mark("sup" | "sub"):
                yield escape("".join(words_of((run,))))
            case Mark(_, inner):
                yield from _parts(inner)


def _linked(content: str, words: str, href: str) -> str:
    """What a link leads to is said where its words do not say it."""
    more = escape(unsaid(words, href))
    if not href.lower().startswith("tel:"):
        return f"{content}, {more}" if more else content
    return f"{content}, {_telephone(more)}" if more else _telephone(escape(words))


def _telephone(content: str) -> str:
    """SSML takes no marks in it: text alone."""
    bare = content.translate(_TURNING)
    return f'<say-as interpret-as="telephone">{bare}</say-as>'


def _spoken(piece: Piece, sheet: Sheet) -> Iterator[str]:
    match piece:
        case Heading(level, text):
            yield f'<break time="{_PAUSES[level]}"/>'
            yield f'<p><s><emphasis level="strong">{escape(text)}</emphasis></s></p>'
        case Paragraph(runs):
            yield _paragraph(_said(runs))
        case Foreign(label, line):
            yield _paragraph(f"{escape(label)}: {_line(line, sheet)}")
        case Items(items, ordered, lead_in):
            said = [_said(item) for item in items]
            if ordered:
                said = [f"{sheet.number(count)}. {item}" for count, item in enumerate(said, 1)]
            yield _paragraph(_said(lead_in), *said)
        case Panel():
            title = escape(f"{piece.label}: {piece.heading}" if piece.heading else piece.label)
            yield _paragraph(title, _said(piece.lead_in), *map(_said, piece.items))
        case Table():
            yield from _table(piece)
        case Picture(image, about):
            words = f"{sheet.word('picture')}: {image['alt']}"
            yield _paragraph(escape(words), *map(escape, about))
        case Facts(rows):
            yield _paragraph(*(_fact(row, sheet) for row in rows))


def _table(piece: Table) -> Iterator[str]:
    if piece.caption:
        yield _paragraph(escape(piece.caption))
    columns = [_said(column) for column in piece.columns]
    for row in piece.rows:
        cells = [_said(cell) for cell in row]
        pairs = zip(columns, cells, strict=False)
        yield _paragraph(*(f"{column}: {cell}" if column else cell for column, cell in pairs))


def _fact(row: Row, sheet: Sheet) -> str:
    lines = [line for line in row.lines if not line.text.startswith("sha256:")]
    if not lines:
        return ""
    said = [_line(line, sheet) for line in lines]
    return f"{escape(row.label)}: {_PAUSE.join(said) if row.one else sheet.listed(said)}"


def _line(line: Line, sheet: Sheet) -> str:
    if line.href.startswith("tel:"):
        return _telephone(escape(line.text))
    if line.lang and line.lang != sheet.language.code:
        return f"<lang xml:lang={quoteattr(line.lang)}>{escape(line.text)}</lang>"
    return escape(line.text)
