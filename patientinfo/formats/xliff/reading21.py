"""
The bytes of an XLIFF 2.1 (or 2.0) file -> TranslationFile, or every problem in it.

Translators' tools cut a unit into segments and what lies between them (`ignorable`); here they are
joined again, translations in their own `order` (4.3.1.25).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from lxml.etree import _Element

from patientinfo.formats import file_header
from patientinfo.formats.exchange import (
    STATES,
    Faults,
    TranslationFile,
    Unit,
    line_feeds,
    one_line,
    remarks,
)
from patientinfo.formats.file_header import Header
from patientinfo.formats.inline_codes import closing_of
from patientinfo.formats.xliff.codes import CodeReader
from patientinfo.formats.xliff.documents import (
    EXPORTED,
    NOTE,
    PREVIOUS_SOURCE,
    SECTION,
    check_single,
    check_unique,
    is_translated,
    name_of,
    only_file,
    read_root,
)
from patientinfo.formats.xliff.states import State, doubted, state_from_21
from patientinfo.formats.xliff.writing21 import CATEGORY, METADATA, NAMESPACE, PLAIN
from patientinfo.formats.xml_safety import line_of

_STRUCTURE = (
    *("xliff", "file", "skeleton", "group", "unit", "segment", "ignorable", "source", "target"),
    *("notes", "note", "originalData", "data"),
)
_INLINE = ("cp", "ph", "pc", "sc", "ec", "mrk", "sm", "em")
_KNOWN = frozenset((*_STRUCTURE, *_INLINE))
_X = f"{{{NAMESPACE}}}"
_MDA = f"{{{METADATA}}}"


def read_xliff(data: bytes, name: str) -> TranslationFile:
    """
    The translations in an XLIFF 2.1 file; `FileRefused` with all that is wrong in it.

    `name` is what problems call the file. A unit of which only some segments are translated comes
    back fuzzy. Candidates, glossaries and whatever else modules add are ignored.
    """
    faults = Faults(name)
    root = read_root(data, faults, NAMESPACE, ("2.0", "2.1"), _KNOWN)
    file = only_file(root, faults)
    header = _header(root, file, faults)
    faults.found += file_header.header_faults(line_of(file), header)
    units = [
        (element.get("id", ""), _UnitReader(element, faults).read())
        for element in file.iter(f"{_X}unit")
    ]
    check_unique(units, faults)
    faults.refuse_if_any()
    return file_header.file_from(header, [unit for _, unit in units])


def _header(root: _Element, file: _Element, faults: Faults) -> Header:
    header: Header = {}
    for name, attribute in (
        (file_header.SOURCE_LOCALE, "srcLang"),
        (file_header.LOCALE_NAME, "trgLang"),
    ):
        if root.get(attribute) is not None:
            header[name] = line_of(root), root.get(attribute, "")
    for meta in file.iterfind(f"{_MDA}metadata/{_MDA}metaGroup[@category='{CATEGORY}']/{_MDA}meta"):
        name, line = meta.get("type", ""), line_of(meta)
        if name in header:
            faults.add(line, f"{name} stands twice, also on line {header[name][0]}; delete one")
        header.setdefault(name, (line, one_line(meta.text or "")))
    return header


class _Codes(CodeReader):
    """The inline elements of 2.1 (4.2.3)."""

    def __init__(self, unit: _Element, faults: Faults, *, inline: bool) -> None:
        super().__init__(NAMESPACE, faults, inline=inline)
        self.data = _original_data(unit, faults)
        self.readers = {
            "pc": self._pc,
            "ph": self._ph,
            "sc": self._sc,
            "ec": self._ec,
            # Annotations say something about words; the words are all we take.
            "mrk": self.text_of,
            "sm": self.text_of,
            "em": self.text_of,
        }

    def _own(self, element: _Element, attribute: str) -> str | None:
        """The HTML that the file gives for a code: its data, or that of what it is a copy of."""
        copied = element.get("copyOf", "")
        code = self.source.get(copied) or self.seen.get(copied)
        return code.html if code else self.data.get(element.get(attribute, ""))

    def _pc(self, element: _Element) -> str:
        code = self.code(element, self._own(element, "dataRefStart"), paired=True)
        return f"{code.html}{self.text_of(element)}{closing_of(code.html)}"

    def _ph(self, element: _Element) -> str:
        return self.code(element, self._own(element, "dataRef"), paired=False).html

    def _sc(self, element: _Element) -> str:
        return self.code(element, self._own(element, "dataRef"), paired=True).html

    def _ec(self, element: _Element) -> str:
        return self.closing(element, element.get("startRef"))


def _original_data(unit: _Element, faults: Faults) -> dict[str, str]:
    data: dict[str, str] = {}
    for element in unit.iterfind(f"{_X}originalData/{_X}data"):
        name = element.get("id", "")
        if not name or name in data:
            faults.add(line_of(element), f"the data id {name!r} is empty or stands twice")
        data[name] = element.text or ""
    return data


class _UnitReader:
    def __init__(self, element: _Element, faults: Faults) -> None:
        self.element = element
        self.faults = faults
        self.inline = element.get("type") != PLAIN
        tags = (f"{_X}segment", f"{_X}ignorable")
        self.segments = [child for child in element if child.tag in tags]

    def read(self) -> Unit:
        path = self.element.get("name", "")
        if not path:
            self._fault(self.element, "the unit has no name; it is the place of the text, keep it")
        if not self.element.get("id"):
            self._fault(self.element, "the unit has no id")
        for segment in self.segments:
            check_single(segment, path, self.faults)
        codes = _Codes(self.element, self.faults, inline=self.inline)
        source = codes.read_source(self._sources())
        if not source:
            self._fault(self.element, f"the unit {path!r} has no source text")
        target = codes.read_target(self._targets())
        state, fuzzy = self._state(target)
        notes = self._notes()
        unit = Unit(
            path=path,
            source=source,
            target=target,
            section=one_line(notes.pop(SECTION, [""])[0]),
            note=one_line(notes.pop(NOTE, [""])[0]),
            exported=one_line(notes.pop(EXPORTED, [""])[0]),
            fuzzy=fuzzy,
            previous_source=notes.pop(PREVIOUS_SOURCE, [""])[0],
            line=line_of(self.element),
            state=state,
            comments=remarks((*chain(*notes.values()), *self._annotated())),
            inline=self.inline,
        )
        return doubted(unit)

    def _sources(self) -> Iterator[_Element]:
        for segment in self.segments:
            source = segment.find(f"{_X}source")
            if source is None:
                self._fault(segment, f"<{name_of(segment)}> has no <source>")
            else:
                yield source

    def _targets(self) -> list[_Element]:
        """The translations in their order; what lies between segments stays as in the source."""
        found: dict[int, _Element] = {}
        translated = any(_is_translated(segment) for segment in self.segments)
        for place, segment in enumerate(self.segments, start=1):
            target = segment.find(f"{_X}target")
            if target is None and translated and segment.tag == f"{_X}ignorable":
                target = segment.find(f"{_X}source")
            if target is None:
                continue
            order = target.get("order", str(place))
            number = int(order) if order.isdecimal() and len(order) < 10 else 0
            if not 0 < number <= len(self.segments) or number in found:
                self._fault(target, f"the order {order[:20]!r} is not that of one segment")
            found[number] = target
        return [found[number] for number in sorted(found)]

    def _state(self, target: str) -> State:
        """The least of its segments' states; fuzzy when a part has no translation yet."""
        states: list[State] = []
        segments = [segment for segment in self.segments if segment.tag == f"{_X}segment"]
        for segment in segments:
            state = state_from_21({str(name): str(value) for name, value in segment.items()})
            if state is None:
                self._fault(segment, f"{segment.get('state')!r} is no state of a segment")
            else:
                states.append(state)
        if not segments:
            self._fault(self.element, "the unit has no <segment>")
        if target.strip() and not all(map(_is_translated, segments)):
            return "draft", True
        said = [state for state, _ in states]
        least = "draft" if "draft" in said else min(said, key=STATES.index, default="")
        return least, any(fuzzy for _, fuzzy in states)

    def _notes(self) -> dict[str, list[str]]:
        notes: dict[str, list[str]] = {}
        for note in self.element.iterfind(f"{_X}notes/{_X}note"):
            notes.setdefault(note.get("category", ""), []).append(line_feeds(note.text or ""))
        return notes

    def _annotated(self) -> Iterator[str]:
        """Remarks on words of the text (4.7.3.1.3); one that names a note says it there."""
        for segment in self.segments:
            for mark in segment.iter(f"{_X}mrk", f"{_X}sm"):
                if mark.get("type") == "comment":
                    yield mark.get("value", "")

    def _fault(self, element: _Element, reason: str) -> None:
        self.faults.add(line_of(element), reason)


def _is_translated(segment: _Element) -> bool:
    if segment.tag != f"{_X}segment":
        return False
    return is_translated(segment.find(f"{_X}source"), segment.find(f"{_X}target"))
