"""
Pieces of a leaflet's story as XHTML without scripts, styles or pictures.

What a health record may show of somebody else's words (FHIR R5, Narrative: the basic formatting of
HTML 4 chapters 7 to 11, links, and nothing that runs). What a page shows by colour is said in
words, and a picture by its description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from patientinfo.channels.parts.inline import Break, Mark, Words
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
)
from patientinfo.channels.parts.wording import direction_of

XHTML = "http://www.w3.org/1999/xhtml"


def narrative(pieces: Iterable[Piece], sheet: Sheet) -> str:
    """One `div` of the pieces, in the leaflet's language and direction."""
    inner = "".join(part for piece in pieces for part in _written(piece, sheet))
    code = quoteattr(sheet.language.code)
    return (
        f'<div xmlns="{XHTML}" lang={code} xml:lang={code} '
        f'dir="{sheet.language.direction}">{inner}</div>'
    )


def _inline(runs: Runs) -> str:
    return "".join(_parts(runs))


def _parts(runs: Runs) -> Iterator[str]:
    for run in runs:
        match run:
            case Words(text):
                yield escape(text)
            case Break():
                yield "<br/>"
            case Mark("a", inner, href):
                yield f"<a href={quoteattr(href)}>{_inline(inner)}</a>"
            case Mark(tag, inner):
                yield f"<{tag}>{_inline(inner)}</{tag}>"


def _paragraph(content: str) -> str:
    return f"<p>{content}</p>" if content else ""


def _list(items: Iterable[str], tag: str = "ul") -> str:
    inner = "".join(f"<li>{item}</li>" for item in items)
    return f"<{tag}>{inner}</{tag}>" if inner else ""


def _written(piece: Piece, sheet: Sheet) -> Iterator[str]:
    match piece:
        case Heading(level, text):
            yield f"<h{level}>{escape(text)}</h{level}>"
        case Paragraph(runs):
            yield _paragraph(_inline(runs))
        case Foreign(label, line):
            yield _paragraph(f"{escape(label)}: {_line(line)}")
        case Items(items, ordered, lead_in):
            yield _paragraph(_inline(lead_in))
            yield _list(map(_inline, items), "ol" if ordered else "ul")
        case Panel():
            yield from _panel(piece)
        case Table():
            yield _table(piece)
        case Picture(image, about):
            alt = escape(f"[{sheet.word('picture')}: {image['alt']}]")
            yield _paragraph("<br/>".join((alt, *map(escape, about))))
        case Facts(rows):
            yield _list(map(_fact, rows))


def _panel(piece: Panel) -> Iterator[str]:
    title = f"{piece.label}: {piece.heading}" if piece.heading else piece.label
    yield f"<p><strong>{escape(title)}</strong></p>"
    yield _paragraph(_inline(piece.lead_in))
    if piece.listed:
        yield _list(map(_inline, piece.items))
    else:
        yield from (_paragraph(_inline(item)) for item in piece.items)


def _table(piece: Table) -> str:
    caption = f"<caption>{escape(piece.caption)}</caption>" if piece.caption else ""
    head = _cells(piece.columns, "th")
    body = "".join(_cells(row, "td") for row in piece.rows)
    tbody = f"<tbody>{body}</tbody>" if body else ""
    return f"<table>{caption}<thead>{head}</thead>{tbody}</table>"


def _cells(row: Iterable[Runs], tag: str) -> str:
    return "<tr>" + "".join(f"<{tag}>{_inline(cell)}</{tag}>" for cell in row) + "</tr>"


def _fact(row: Row) -> str:
    lines = "<br/>".join(_line(line) for line in row.lines)
    return f"<strong>{escape(row.label)}</strong>: {lines}"


def _line(line: Line) -> str:
    text = escape(line.text)
    shown = f"<a href={quoteattr(line.href)}>{text}</a>" if line.href else text
    if line.code:
        return f'<span dir="ltr">{shown}</span>'
    if line.lang:
        code = quoteattr(line.lang)
        direction = direction_of(line.lang)
        return f'<span lang={code} xml:lang={code} dir="{direction}">{shown}</span>'
    return shown
