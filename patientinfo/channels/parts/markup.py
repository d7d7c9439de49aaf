"""
A leaflet's story as elements of HTML or XHTML: lxml makes them, so nothing has to be escaped.

What the two forms differ in stands in `Markup`; what is written is the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from lxml.builder import ElementMaker

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
from patientinfo.channels.parts.wording import direction_of

XML = "http://www.w3.org/XML/1998/namespace"
_STYLE = Path(__file__).with_name("leaflet.css")
Element = Any


@dataclass(frozen=True, slots=True)
class Markup:
    """
    `make` makes elements; `source` gives the address of a picture, empty for one that is not there;
    headings go down by `lower` levels, and ids begin with `prefix`. `xml`: XHTML's attributes.
    """

    make: ElementMaker
    source: Callable[[Mapping[str, Any]], str]
    prefix: str
    lower: int = 0
    xml: bool = False

    def sections(self, document: Mapping[str, Any], sheet: Sheet) -> Iterator[Element]:
        """The title and every section as an element of its own."""
        place = None
        for piece in story_of(document, sheet):
            if isinstance(piece, Heading) and piece.level <= 2:
                if place is not None:
                    yield place
                place = self.make.section(self._heading(piece))
                if piece.id:
                    place.set("id", f"{self.prefix}{piece.id}")
            elif place is not None:
                place.extend(self._written(piece))
        if place is not None:
            yield place

    def _heading(self, piece: Heading) -> Element:
        return self.make(f"h{piece.level + self.lower}", piece.text)

    def _written(self, piece: Piece) -> Iterator[Element]:
        make = self.make
        match piece:
            case Heading():
                yield self._heading(piece)
            case Paragraph(runs):
                yield from self._paragraphs([runs])
            case Foreign(label, line):
                yield make.p(f"{label}: ", self._line(line))
            case Items(items, ordered, lead_in):
                yield from self._paragraphs([lead_in])
                entries = (make.li(*self._inline(item)) for item in items)
                yield make("ol" if ordered else "ul", *entries)
            case Panel():
                yield self._panel(piece)
            case Table():
                yield self._table(piece)
            case Picture(image, about):
                yield self._figure(image, about)
            case Facts(rows):
                yield make.dl(*self._facts(rows))

    def _inline(self, runs: Runs) -> Iterator[Any]:
        for run in runs:
            match run:
                case Words(text):
                    yield text
                case Break():
                    yield self.make.br()
                case Mark("a", inner, href):
                    yield self.make.a(*self._inline(inner), href=href)
                case Mark(tag, inner):
                    yield self.make(tag, *self._inline(inner))

    def _paragraphs(self, contents: Iterable[Runs]) -> list[Element]:
        return [self.make.p(*self._inline(runs)) for runs in contents if runs]

    def _panel(self, piece: Panel) -> Element:
        make = self.make
        inner = [make.p(make.strong(piece.label), {"class": "kind"})]
        if piece.heading:
            inner.append(make.p(make.strong(piece.heading)))
        inner += self._paragraphs([piece.lead_in])
        if not piece.listed:
            inner += self._paragraphs(piece.items)
        elif piece.items:
            inner.append(make.ul(*(make.li(*self._inline(item)) for item in piece.items)))
        return make.aside(*inner, {"class": f"panel {piece.kind}"})

    def _table(self, piece: Table) -> Element:
        make = self.make
        head = make.tr(
            *(
                make.th(*self._inline(column), scope="col") if column else make.td()
                for column in piece.columns
            )
        )
        rows = [make.tr(*self._cells(row)) for row in piece.rows]
        caption = [make.caption(piece.caption)] if piece.caption else []
        return make.table(*caption, make.thead(head), *([make.tbody(*rows)] if rows else []))

    def _cells(self, row: Iterable[Runs]) -> Iterator[Element]:
        """The first cell of a row says what the row is about."""
        for place, runs in enumerate(row):
            if place:
                yield self.make.td(*self._inline(runs))
            else:
                yield self.make.th(*self._inline(runs), scope="row")

    def _figure(self, image: Mapping[str, Any], about: tuple[str, ...]) -> Element:
        make, inner = self.make, []
        if source := self.source(image):
            inner.append(make.img(src=source, alt=image["alt"]))
        if about:
            inner.append(make.figcaption(*(make.p(line) for line in about)))
        return make.figure(*inner)

    def _facts(self, rows: Iterable[Row]) -> Iterator[Element]:
        for row in rows:
            yield self.make.dt(row.label)
            yield from (self.make.dd(self._line(line)) for line in row.lines)

    def _line(self, line: Line) -> Element:
        make = self.make
        shown = make.a(line.text, href=line.href) if line.href else make.span(line.text)
        if line.code:
            shown.set("dir", "ltr")
        elif line.lang:
            shown.set("lang", line.lang)
            if self.xml:
                shown.set(f"{{{XML}}}lang", line.lang)
            shown.set("dir", direction_of(line.lang))
        return shown


@cache
def style_of_markup() -> bytes:
    """A style sheet for what `Markup` makes: what belongs together, and nothing of type."""
    return _STYLE.read_bytes()
