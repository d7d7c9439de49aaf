"""Iterable[MemoryUnit] -> a TMX document, written as the units come."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC
from typing import BinaryIO

from lxml import etree
from lxml.etree import _Element

from patientinfo.formats.exchange import FORBIDDEN, LOCALE
from patientinfo.formats.inline_codes import Lone, Node, Pair, number_codes, parse_inline
from patientinfo.formats.tmx.memory import MOMENT, OLDEST_YEAR, PLAIN, XML_LANG, MemoryUnit

_HEADER = {
    "creationtool": "patientinfo",
    "creationtoolversion": "1",
    "segtype": "block",
    "o-tmf": "patientinfo",
    "adminlang": "en",
    "srclang": "*all*",
    "datatype": "html",
}
_KINDS = {"a": "link", "strong": "bold", "em": "italic", "sub": "x-sub", "sup": "x-sup"}


def write_tmx(units: Iterable[MemoryUnit], out: BinaryIO) -> None:
    """
    Write `units` to `out` one by one, UTF-8; the same units make the same bytes.

    `ValueError` for a unit that lacks a text or a language, whose date has no offset from UTC, or
    that has a character which XML has not; what was written before it is no whole document.
    """
    with etree.xmlfile(out, encoding="UTF-8") as file:
        file.write_declaration()
        with file.element("tmx", version="1.4"):
            _write_line(file, etree.Element("header", _HEADER))
            with file.element("body"):
                file.write("\n")
                for unit in units:
                    _check(unit)
                    _write_line(file, _unit_element(unit))
            file.write("\n")


def _write_line(file: etree._IncrementalFileWriter, element: _Element) -> None:
    file.write(element)
    file.write("\n")


def _check(unit: MemoryUnit) -> None:
    if not unit.source or not unit.target:
        raise ValueError(f"a unit of the memory lacks a text: {unit.source or unit.target!r}")
    if not (LOCALE.fullmatch(unit.source_locale) and LOCALE.fullmatch(unit.locale)):
        raise ValueError(f"{unit.source_locale!r} or {unit.locale!r} is not a language code")
    if unit.changed_at is not None and unit.changed_at.tzinfo is None:
        raise ValueError(f"{unit.changed_at} has no offset from UTC")
    if FORBIDDEN.search(unit.source) or FORBIDDEN.search(unit.target):
        raise ValueError(f"the unit {unit.source!r} has a forbidden character")


def _unit_element(unit: MemoryUnit) -> _Element:
    element = etree.Element("tu", {"srclang": unit.source_locale})
    if not unit.inline:
        element.set("datatype", PLAIN)
    source, target = _nodes(unit.source, unit), _nodes(unit.target, unit)
    variant = etree.SubElement(element, "tuv", {XML_LANG: unit.source_locale})
    _Segment(variant).fill(source, number_codes(source))
    variant = etree.SubElement(element, "tuv", {XML_LANG: unit.locale})
    if unit.changed_at is not None and unit.changed_at.year >= OLDEST_YEAR:
        variant.set("changedate", unit.changed_at.astimezone(UTC).strftime(MOMENT))
    _Segment(variant).fill(target, number_codes(target, source))
    return element


def _nodes(text: str, unit: MemoryUnit) -> tuple[Node, ...]:
    return parse_inline(text) if unit.inline else (text,)


class _Segment:
    """
    The `seg` of one variant.

    `i` pairs `bpt` with `ept` inside one segment, `x` matches codes of the two segments.
    """

    def __init__(self, variant: _Element) -> None:
        self.element = etree.SubElement(variant, "seg")
        self.last: _Element | None = None
        self.pairs = 0

    def fill(self, nodes: Sequence[Node], numbers: Iterator[int]) -> None:
        for node in nodes:
            if isinstance(node, str):
                self._words(node)
            elif isinstance(node, Lone):
                kind = "lb" if node.text == "<br>" else "x-html"
                self._code("ph", {"x": str(next(numbers)), "type": kind}, node.text)
            else:
                self._pair(node, numbers)

    def _pair(self, pair: Pair, numbers: Iterator[int]) -> None:
        self.pairs += 1
        i = str(self.pairs)
        ends = {"i": i, "x": str(next(numbers)), "type": _KINDS[pair.name]}
        self._code("bpt", ends, pair.opening)
        self.fill(pair.content, numbers)
        self._code("ept", {"i": i}, pair.closing)

    def _words(self, words: str) -> None:
        if self.last is None:
            self.element.text = (self.element.text or "") + words
        else:
            self.last.tail = (self.last.tail or "") + words

    def _code(self, tag: str, attributes: dict[str, str], html: str) -> None:
        self.last = etree.SubElement(self.element, tag, attributes)
        self.last.text = html
