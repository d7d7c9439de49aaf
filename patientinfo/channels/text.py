"""
Plain text: UTF-8, wrapped by paragraph, for a terminal, a letter, a braille display.

Nothing depends on columns: a table is told row by row, and what stands out is named in words.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.parts.inline import Break, Mark, Words, shifted, unsaid
from patientinfo.channels.parts.record import Row
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
from patientinfo.licensing.terms import LICENSABLE, Use

WIDTH = 72
_RULES = {1: "=", 2: "-"}


class TextChannel(Channel):
    """A leaflet as plain text."""

    name = "text"
    label = _("Plain text")
    media_type = "text/plain; charset=utf-8"
    extension = "txt"
    uses = frozenset({Use.READER, *LICENSABLE}) - {Use.PRINT}
    version = "4"
    shown_by_browsers = True

    def render(self, document: Document, context: Context) -> bytes:
        sheet = context.sheet
        paragraphs = [sheet.site_name] if sheet.site_name else []
        for piece in story_of(document, sheet):
            paragraphs += _written(piece, sheet)
        if sheet.url:
            paragraphs.append(sheet.url)
        return ("\n\n".join(filter(None, paragraphs)) + "\n").encode()


def said(runs: Runs) -> str:
    """The words of runs on one line; the address of a link stands behind its words."""
    return "".join(_said(runs)).strip()


def _said(runs: Runs) -> Iterator[str]:
    for run in runs:
        match run:
            case Words(text):
                yield text
            case Break():
                yield "\n"
            case Mark("a", inner, href):
                yield _linked("".join(_said(inner)), href)
            case Mark("sup" | "sub" as tag, inner):
                yield shifted(tag, "".join(_said(inner)))
            case Mark(_, inner):
                yield from _said(inner)


def _linked(words: str, href: str) -> str:
    bare = words.rstrip()
    if href.lower().startswith(("tel:", "mailto:")):
        shown = unsaid(words, href)
    else:
        shown = "" if words.strip() == href else href
    return f"{bare} ({shown}){words[len(bare) :]}" if shown else words


def wrap(text: str, first: str = "", rest: str | None = None) -> str:
    """A paragraph of lines no longer than `WIDTH`, but for a word that is; breaks are kept."""
    indent = " " * len(first) if rest is None else rest
    lines: list[str] = []
    for line in text.split("\n"):
        lines += textwrap.wrap(
            line,
            WIDTH,
            initial_indent=indent if lines else first,
            subsequent_indent=indent,
            break_long_words=False,
            break_on_hyphens=False,
        ) or [""]
    return "\n".join(lines)


def _written(piece: Piece, sheet: Sheet) -> Iterator[str]:
    match piece:
        case Heading(level, text):
            yield _heading(level, text)
        case Paragraph(runs):
            yield wrap(said(runs))
        case Foreign(label, line):
            yield wrap(f"{label}: {line.text}")
        case Items(items, ordered, lead_in):
            yield wrap(said(lead_in))
            yield _list(items, sheet, ordered=ordered)
        case Panel():
            yield from _panel(piece, sheet)
        case Table():
            yield from _table(piece)
        case Picture(image, about):
            yield wrap(f"[{sheet.word('picture')}: {image['alt']}]")
            yield "\n".join(wrap(line) for line in about)
        case Facts(rows):
            yield "\n".join(_fact(row) for row in rows)


def _heading(level: int, text: str) -> str:
    wrapped = wrap(text)
    rule = _RULES.get(level)
    longest = max(len(line) for line in wrapped.split("\n"))
    return f"\n{wrapped}\n{rule * min(longest, WIDTH)}" if rule else wrapped


def _list(items: tuple[Runs, ...], sheet: Sheet, *, ordered: bool = False) -> str:
    lines = []
    for count, item in enumerate(items, 1):
        lines.append(wrap(said(item), f"{sheet.number(count)}. " if ordered else "- "))
    return "\n".join(lines)


def _panel(piece: Panel, sheet: Sheet) -> Iterator[str]:
    title = f"*** {piece.label}"
    yield wrap(f"{title}: {piece.heading}" if piece.heading else title, rest="    ")
    yield wrap(said(piece.lead_in))
    if piece.listed:
        yield _list(piece.items, sheet)
    else:
        yield "\n\n".join(wrap(said(item)) for item in piece.items)


def _table(piece: Table) -> Iterator[str]:
    yield wrap(piece.caption)
    columns = [said(column) for column in piece.columns]
    for row in piece.rows:
        cells = [said(cell) for cell in row]
        lines = [wrap(": ".join(filter(None, (columns[0], cells[0]))))] if cells else []
        lines += [
            wrap(f"{column}: {cell}" if column else cell, "  - ")
            for column, cell in zip(columns[1:], cells[1:], strict=False)
        ]
        yield "\n".join(lines)


def _fact(row: Row) -> str:
    if len(row.lines) == 1:
        return wrap(f"{row.label}: {row.lines[0].text}", rest="  ")
    return "\n".join([wrap(f"{row.label}:"), *(wrap(line.text, "  ") for line in row.lines)])
