"""
A TMX document -> Iterator[MemoryUnit], or every problem in it.

The document is gone through twice, each time in bounded memory: once to find what is wrong, so that
a refused file leaves nothing behind, and once to hand out its units.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from datetime import MAXYEAR, UTC, datetime
from typing import BinaryIO

from lxml import etree
from lxml.etree import _Element

from patientinfo.formats.exchange import LOCALE, MAX_PROBLEMS, Faults, line_feeds
from patientinfo.formats.inline_codes import LONE, OPENING, spell_words
from patientinfo.formats.tmx.memory import OLDEST_YEAR, PLAIN, XML_LANG, MemoryUnit
from patientinfo.formats.xml_safety import (
    PROLOG_BYTES,
    SAFE,
    add_syntax_error,
    check_prolog,
    is_element,
    line_of,
)

#: The memory of a clinic with 1,000 leaflets in ten languages is some 200 MB.
MAX_BYTES = 1_000_000_000
#: A unit has so many elements at most; a document of one endless unit is not gathered up.
MAX_PARTS = 10_000

_VERSIONS = ("1.1", "1.2", "1.3", "1.4")
#: Tools write this line out of habit. It names no entity and is not followed.
_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+tmx(?:\s+(?:SYSTEM|PUBLIC\s+(?:\"[^\"<>]*\"|'[^'<>]*'))"
    rb"(?:\s+(?:\"[^\"<>]*\"|'[^'<>]*'))?)?\s*>"
)
_NAMESPACES = ("", "http://www.lisa.org/tmx14")
_AROUND = frozenset({"body", "note", "prop", "ude", "map"})
_ALL = "*all*"
#: What stands in the place of something; the others are codes around words.
_PLACEHOLDERS = frozenset({"ph", "ut"})


def read_tmx(stream: BinaryIO, name: str) -> Iterator[MemoryUnit]:
    """
    The units of a TMX document; `FileRefused` at once, with what is wrong in it, before the first.

    `stream` can be sought in, and stays open until the last unit was taken. `name` is what problems
    call the file. Units in one language only, and empty texts, are passed over.
    """
    faults = Faults(name)
    size = stream.seek(0, os.SEEK_END)
    if size > MAX_BYTES:
        faults.add(1, f"the file has {size} bytes; at most {MAX_BYTES} are read")
        faults.refuse()
    stream.seek(0)
    check_prolog(stream.read(PROLOG_BYTES), faults, _DOCTYPE)
    for _ in _units(stream, faults):
        if len(faults.found) > MAX_PROBLEMS:
            break
    faults.refuse_if_any()
    return _checked_units(stream, faults)


def _checked_units(stream: BinaryIO, faults: Faults) -> Iterator[MemoryUnit]:
    yield from _units(stream, faults)
    faults.refuse_if_any()  # the file changed between the two readings


def _units(stream: BinaryIO, faults: Faults) -> Iterator[MemoryUnit]:
    stream.seek(0)
    reader = _Document(faults)
    try:
        for event, element in etree.iterparse(stream, events=("start", "end"), **SAFE):
            if event == "start":
                if not reader.begin(element):
                    return
            elif reader.ends_unit(element):
                yield from _Unit(reader, element).read()
                _forget(element)
            elif reader.unit is None:
                _forget(element)
    except etree.XMLSyntaxError as error:
        add_syntax_error(error, faults)


def _forget(element: _Element) -> None:
    """Free what has been read: the element's content, and all that stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _name_of(element: _Element) -> str:
    """The element's name; one of a foreign namespace keeps it, and so is known to nobody."""
    if not is_element(element):
        return "&entity;"
    name = str(element.tag)  # the parser passes names on that are none, as “:tu”
    namespace, _, local = name.rpartition("}")
    return local if namespace[1:] in _NAMESPACES else name


class _Document:
    """Where in the document the reader is, and what its header says for all units."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self.source_locale = _ALL
        self.datatype = ""
        self.unit: _Element | None = None
        self.number = 0
        self.parts = 0

    def begin(self, element: _Element) -> bool:
        """Take in the beginning of an element; `False` when to go on makes no sense."""
        if self.unit is not None:
            self.parts += 1
            if self.parts > MAX_PARTS:
                self.fault(self.unit, f"has more than {MAX_PARTS} elements")
            return self.parts <= MAX_PARTS
        name = _name_of(element)
        if element.getparent() is None:
            return self._begin_root(element, name)
        if name == "tu":
            self.unit, self.parts = element, 0
            self.number += 1
        elif name == "header":
            self.source_locale = element.get("srclang", _ALL)
            self.datatype = element.get("datatype", "")
        elif name not in _AROUND:
            self.faults.add(line_of(element), f"unknown element <{name[:40]}>")
        return len(self.faults.found) <= MAX_PROBLEMS

    def _begin_root(self, element: _Element, name: str) -> bool:
        version = element.get("version", "")
        if name != "tmx":
            self.faults.add(line_of(element), f"the root element is <{name[:40]}>, not <tmx>")
        elif version not in _VERSIONS:
            self.faults.add(
                line_of(element), f"TMX {version[:40] or 'without version'}; 1.4 is read"
            )
        return not self.faults.found

    def ends_unit(self, element: _Element) -> bool:
        if element is not self.unit:
            return False
        self.unit = None
        return True

    def fault(self, element: _Element, reason: str) -> None:
        """Tell of the unit that is being read; lines of very long files are not known."""
        self.faults.add(line_of(element), f"unit {self.number}: {reason}")


class _Unit:
    """One `tu`: its variants, and from them the pairs of source and translation."""

    def __init__(self, document: _Document, element: _Element) -> None:
        self.fault = document.fault
        self.element = element
        self.inline = element.get("datatype", document.datatype).lower() != PLAIN
        self.source_locale = element.get("srclang", document.source_locale)
        self.holed: set[_Element] = set()  # variants whose text is not whole

    def read(self) -> Iterator[MemoryUnit]:
        variants = list(self._children(self.element, "tuv", "note", "prop"))
        texts = [(self._locale(variant), self._text(variant), variant) for variant in variants]
        source = self._source(texts)
        if source is None:
            return
        for locale, text, variant in texts:
            if variant is not source[2] and text and source[1]:
                moment = self._changed_at(variant)
                whole = self.holed.isdisjoint((variant, source[2]))
                yield MemoryUnit(source[0], locale, source[1], text, moment, self.inline, whole)

    def _children(self, element: _Element, wanted: str, *known: str) -> Iterator[_Element]:
        for child in element:
            name = _name_of(child)
            if name == wanted:
                yield child
            elif name not in known:
                self.fault(child, f"unknown element <{name[:40]}> in <{_name_of(element)}>")

    def _locale(self, variant: _Element) -> str:
        locale = variant.get(XML_LANG) or variant.get("lang") or ""
        if not LOCALE.fullmatch(locale):
            self.fault(variant, f"xml:lang is {locale[:40]!r}, which is no language code")
        return locale

    def _source(self, texts: list[tuple[str, str, _Element]]) -> tuple[str, str, _Element] | None:
        """
        The variant translated from: in a memory of any direction (`*all*`) the first. Headers name
        a language without the region that the variants name, and the other way round.
        """
        if len(texts) < 2:
            return None
        wanted = self.source_locale.lower()
        for found in texts:
            if wanted in (_ALL, found[0].lower()):
                return found
        for found in texts:
            if wanted.partition("-")[0] == found[0].lower().partition("-")[0]:
                return found
        self.fault(self.element, f"no variant is in the source language {wanted[:40]!r}")
        return None

    def _changed_at(self, variant: _Element) -> datetime | None:
        for element in (variant, self.element):
            text = element.get("changedate") or element.get("creationdate")
            if text:
                try:
                    return _moment(text)
                except ValueError:
                    self.fault(element, f"{text[:40]!r} is no date; it is as 20261123T120000Z")
        return None

    def _text(self, variant: _Element) -> str:
        segments = list(self._children(variant, "seg", "note", "prop"))
        if len(segments) != 1:
            self.fault(variant, f"a variant has {len(segments)} <seg>; it must have one")
            return ""
        text = _Text(self, segments[0])
        words = text.read()
        if not text.whole:
            self.holed.add(variant)
        return words


def _moment(text: str) -> datetime | None:
    """
    A date of TMX, or another of ISO 8601; `ValueError` for none. Without an offset it is UTC. The
    least and the greatest date of a tool's own clock say that it does not know.
    """
    moment = datetime.fromisoformat(text)
    if not OLDEST_YEAR <= moment.year < MAXYEAR:
        return None
    moment = moment.replace(tzinfo=moment.tzinfo or UTC, microsecond=0)
    return moment.astimezone(UTC)


class _Text:
    """The words and codes of one `seg`."""

    def __init__(self, unit: _Unit, element: _Element) -> None:
        self.unit = unit
        self.element = element
        self.begun: set[str] = set()
        self.whole = True

    def read(self) -> str:
        return self._content(self.element)

    def _content(self, element: _Element) -> str:
        parts = [self._words(element.text)]
        for child in element:
            parts += [self._child(child), self._words(child.tail)]
        return "".join(parts)

    def _words(self, text: str | None) -> str:
        words = line_feeds(text or "")
        return spell_words(words) if self.unit.inline else words

    def _child(self, child: _Element) -> str:
        name = _name_of(child)
        if name == "hi":
            return self._content(child)
        if name not in ("bpt", "ept", "ph", "it", "ut"):
            self.unit.fault(child, f"unknown inline element <{name[:40]}>")
            return ""
        if name in ("bpt", "ept"):
            self._check_pair(child, name)
        native = child.text or ""
        kind = OPENING if name == "bpt" else LONE
        if self.unit.inline and not len(child) and kind.fullmatch(native):
            return native
        # Without the code of a format its words are whole; what is put in their midst may be words.
        self.whole = self.whole and name not in _PLACEHOLDERS and not len(child)
        return ""

    def _check_pair(self, child: _Element, name: str) -> None:
        i = child.get("i", "")
        if not i:
            self.unit.fault(child, f"<{name}> has no i; it pairs the two halves of a code")
        elif name == "bpt" and i in self.begun:
            self.unit.fault(child, f"the inline code {i!r} begins twice")
        elif name == "ept" and i not in self.begun:
            self.unit.fault(child, f"the inline code {i!r} ends but has not begun")
        self.begun.add(i)
