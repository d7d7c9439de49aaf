"""
Markdown (CommonMark, with tables as GitHub and most others read them).

What the words contain is escaped, so that no leaflet can become markup. The head is YAML of JSON
strings, for programs: title, language, edition, digest, address.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document
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
    story_of,
)
from patientinfo.licensing.terms import Use

#: With `!` before a link, which would make a picture of it.
_SPECIAL = re.compile(r"([\\`*_\[\]<>|~&$]|!\Z)")
_STARTS_A_BLOCK = re.compile(r"^(\s*\d*)([-+#=.)])", re.MULTILINE)
_SIGNS = {"strong": "**", "em": "*"}
#: Between two lists: with nothing but a line there they would be one, its steps counted on.
_APART = "<!-- -->"


class MarkdownChannel(Channel):
    """A leaflet for a site that is made of Markdown."""

    name = "markdown"
    label = _("Markdown")
    media_type = "text/markdown; charset=utf-8"
    extension = "md"
    uses = frozenset({Use.WEBSITE, Use.PORTAL, Use.TRAINING, Use.TRANSLATE})
    version = "6"

    def render(self, document: Document, context: Context) -> bytes:
        sheet = context.sheet
        pieces = [_head(document, sheet)]
        before: Piece | None = None
        for piece in story_of(document, sheet):
            if isinstance(before, Items) and isinstance(piece, Items) and not piece.lead_in:
                pieces.append(_APART)
            pieces += _written(piece, sheet)
            before = piece
        return ("\n\n".join(filter(None, pieces)) + "\n").encode()


def _head(document: Document, sheet: Sheet) -> str:
    members = {
        "title": document["title"],
        "lang": sheet.language.code,
        "dir": sheet.language.direction,
        "key": document["key"],
        "edition": document["edition"],
        "issued_at": sheet.issued_at,
        "status": sheet.status,
        "digest": sheet.digest,
        "url": sheet.url,
        "licence": sheet.licence.number if sheet.licence else None,
    }
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in members.items()]
    return "\n".join(["---", *lines, "---"])


def escaped(text: str) -> str:
    """Words that mean nothing to Markdown."""
    return _STARTS_A_BLOCK.sub(r"\1\\\2", _SPECIAL.sub(r"\\\1", text))


def _marked(runs: Runs) -> str:
    return "".join(_mark(runs))


def _mark(runs: Runs) -> Iterator[str]:
    for run in runs:
        match run:
            case Words(text):
                yield escaped(text)
            case Break():
                yield "<br>"
            case Mark("a", inner, href):
                yield _link(_marked(inner), href)
            case Mark(tag, inner):
                yield _around(tag, _marked(inner))


def _around(tag: str, words: str) -> str:
    """Signs begin and end nothing beside a space or a stop (CommonMark, 6.2): there stand tags."""
    sign = _SIGNS.get(tag, "")
    if sign and words[0].isalnum() and words[-1].isalnum():
        return f"{sign}{words}{sign}"
    return f"<{tag}>{words}</{tag}>"


def _link(words: str, href: str) -> str:
    return f"[{words}](<{href.replace('<', '%3C').replace('>', '%3E')}>)" if href else words


def _written(piece: Piece, sheet: Sheet) -> Iterator[str]:
    match piece:
        case Heading(level, text):
            yield f"{'#' * level} {escaped(text)}"
        case Paragraph(runs):
            yield _marked(runs)
        case Foreign(label, line):
            yield f"{escaped(label)}: {_line(line)}"
        case Items(items, ordered, lead_in):
            yield _marked(lead_in)
            yield _list(items, ordered=ordered)
        case Panel():
            yield _panel(piece)
        case Table():
            yield from _table(piece)
        case Picture(image, about):
            words = [f"**{escaped(sheet.word('picture'))}:** {escaped(image['alt'])}"]
            yield _quoted([*words, *map(escaped, about)])
        case Facts(rows):
            yield "\n".join(_fact(row) for row in rows)


def _list(items: tuple[Runs, ...], *, ordered: bool = False) -> str:
    return "\n".join(
        f"{f'{count}.' if ordered else '-'} {_marked(item)}" for count, item in enumerate(items, 1)
    )


def _quoted(paragraphs: list[str]) -> str:
    text = "\n\n".join(filter(None, paragraphs))
    return "\n".join(f"> {line}".rstrip() for line in text.split("\n"))


def _panel(piece: Panel) -> str:
    title = f"**{escaped(piece.label)}**"
    if piece.heading:
        title += f" **{escaped(piece.heading)}**"
    items = [_list(piece.items)] if piece.listed else [_marked(item) for item in piece.items]
    return _quoted([title, _marked(piece.lead_in), *items])


def _table(piece: Table) -> Iterator[str]:
    if piece.caption:
        yield f"**{escaped(piece.caption)}**"
    rows = [[_marked(cell) for cell in row] for row in (piece.columns, *piece.rows)]
    rows.insert(1, ["---"] * len(piece.columns))
    yield "\n".join(f"| {' | '.join(cells)} |" for cells in rows)


def _fact(row: Row) -> str:
    label = f"- **{escaped(row.label)}:**"
    if len(row.lines) == 1:
        return f"{label} {_line(row.lines[0])}"
    return "\n".join([label, *(f"  - {_line(line)}" for line in row.lines)])


def _line(line: Line) -> str:
    return _link(escaped(line.text), line.href)
