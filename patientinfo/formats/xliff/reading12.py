"""
The bytes of an XLIFF 1.2 file -> TranslationFile, or every problem in it.

Tools that cut a unit into segments mark them inside `source` and `target` (`mrk mtype="seg"`) and
add a `seg-source`; the whole texts are still there and are what is read. A unit of which only some
segments are translated comes back fuzzy. Alternatives that tools add (`alt-trans`) are proposals,
and ignored.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, zip_longest

from lxml.etree import _Element

from patientinfo.formats import file_header
from patientinfo.formats.exchange import (
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
    SECTION,
    check_single,
    check_unique,
    is_translated,
    only_file,
    read_root,
)
from patientinfo.formats.xliff.states import State, doubted, state_from_12
from patientinfo.formats.xliff.writing12 import NAMESPACE, OURS, PLAIN, PREVIOUS
from patientinfo.formats.xml_safety import line_of

_STRUCTURE = (
    *("xliff", "file", "header", "body", "group", "trans-unit", "source", "seg-source", "target"),
    *("note", "alt-trans", "tool", "skl", "internal-file", "external-file", "glossary"),
    *("reference", "phase-group", "phase", "count-group", "count", "context-group", "context"),
    *("prop-group", "prop"),
)
_INLINE = ("g", "x", "bx", "ex", "mrk", "bpt", "ept", "ph", "it", "sub")
_KNOWN = frozenset((*_STRUCTURE, *_INLINE))
_X = f"{{{NAMESPACE}}}"


def read_xliff12(data: bytes, name: str) -> TranslationFile:
    """
    The translations in an XLIFF 1.2 file; `FileRefused` with all that is wrong in it.

    `name` is what problems call the file. Inline codes are read as `g`, `x`, `bx` and `ex`, which
    is what is exported; native code inside a text (`bpt`, `ept`, `ph`, `it`) is refused.
    """
    faults = Faults(name)
    root = read_root(data, faults, NAMESPACE, ("1.2",), _KNOWN)
    file = only_file(root, faults)
    header = _header(file, faults)
    faults.found += file_header.header_faults(line_of(file), header)
    units = [
        (element.get("id", ""), _read_unit(element, faults))
        for element in file.iter(f"{_X}trans-unit")
    ]
    check_unique(units, faults)
    faults.refuse_if_any()
    return file_header.file_from(header, [unit for _, unit in units])


def _header(file: _Element, faults: Faults) -> Header:
    header: Header = {}
    for name, attribute in (
        (file_header.SOURCE_LOCALE, "source-language"),
        (file_header.LOCALE_NAME, "target-language"),
    ):
        if file.get(attribute) is not None:
            header[name] = line_of(file), file.get(attribute, "")
    for note in file.iterfind(f"{_X}header/{_X}note"):
        author, line = note.get("from", ""), line_of(note)
        name = author.removeprefix(OURS)
        if name == author:
            continue
        if name in header:
            faults.add(line, f"{name} stands twice, also on line {header[name][0]}; delete one")
        header.setdefault(name, (line, one_line(note.text or "")))
    return header


class _Codes(CodeReader):
    """The inline elements of 1.2 (2.2.5) that stand for code kept elsewhere."""

    def __init__(self, faults: Faults, *, inline: bool) -> None:
        super().__init__(NAMESPACE, faults, inline=inline)
        self.begun: dict[str, str] = {}  # `rid` (or id) of each `bx` -> its id
        self.readers = {
            "g": self._g,
            "x": self._x,
            "bx": self._bx,
            "ex": self._ex,
            "mrk": self.text_of,
        }

    def _g(self, element: _Element) -> str:
        code = self.code(element, element.get("equiv-text"), paired=True)
        return f"{code.html}{self.text_of(element)}{closing_of(code.html)}"

    def _x(self, element: _Element) -> str:
        return self.code(element, element.get("equiv-text"), paired=False).html

    def _bx(self, element: _Element) -> str:
        number = element.get("id", "")
        self.begun[element.get("rid", number)] = number
        return self.code(element, element.get("equiv-text"), paired=True).html

    def _ex(self, element: _Element) -> str:
        number = element.get("id", "")
        return self.closing(element, self.begun.get(element.get("rid", number), number))


def _read_unit(element: _Element, faults: Faults) -> Unit:
    path, line = element.get("resname", ""), line_of(element)
    if not path:
        faults.add(line, "the unit has no resname; it is the place of the text, keep it")
    if not element.get("id"):
        faults.add(line, "the unit has no id")
    check_single(element, path, faults)
    codes = _Codes(faults, inline=element.get("datatype") != PLAIN)
    source = codes.read_source(_children(element, "source"))
    if not source:
        faults.add(line, f"the unit {path!r} has no source text")
    target = codes.read_target(_children(element, "target"))
    state, fuzzy = _state(element, faults)
    if target.strip() and not _is_whole(element):
        state, fuzzy = "draft", True
    notes = _notes(element)
    unit = Unit(
        path=path,
        source=source,
        target=target,
        section=one_line(notes.pop(SECTION, [""])[0]),
        note=one_line(notes.pop(NOTE, [""])[0]),
        exported=one_line(notes.pop(EXPORTED, [""])[0]),
        fuzzy=fuzzy,
        previous_source=_previous_source(element, faults, inline=codes.inline),
        line=line,
        state=state,
        comments=remarks((*chain(*notes.values()), *_annotated(element))),
        inline=codes.inline,
    )
    return doubted(unit)


def _children(element: _Element, name: str) -> Iterator[_Element]:
    return element.iterchildren(f"{_X}{name}")


def _is_whole(element: _Element) -> bool:
    """Whether each segment is translated, for a tool that marks the segments in the target too."""
    sources = _segments(element, "seg-source") or _segments(element, "source")
    targets = _segments(element, "target")
    if not targets:
        return True
    if _are_named(sources) and _are_named(targets):
        named = {mark.get("mid", ""): mark for mark in targets}
        return all(is_translated(source, named.get(source.get("mid", ""))) for source in sources)
    pairs = zip_longest(sources, targets)
    return all(is_translated(source, target) for source, target in pairs)


def _segments(element: _Element, name: str) -> list[_Element]:
    return element.findall(f"{_X}{name}//{_X}mrk[@mtype='seg']")


def _are_named(marks: list[_Element]) -> bool:
    """Whether each segment has a `mid` of its own; where tools leave it out, its place tells."""
    names = {mark.get("mid", "") for mark in marks}
    return "" not in names and len(names) == len(marks)


def _state(element: _Element, faults: Faults) -> State:
    targets = list(_children(element, "target"))
    attributes = {str(name): str(value) for name, value in targets[0].items()} if targets else {}
    state = state_from_12(attributes, approved=element.get("approved") == "yes")
    if state is None:
        faults.add(line_of(targets[0]), f"{attributes['state'][:40]!r} is no state of a target")
    return state or ("", False)


def _previous_source(element: _Element, faults: Faults, *, inline: bool) -> str:
    older = element.find(f"{_X}alt-trans[@alttranstype='{PREVIOUS}']")
    if older is None:
        return ""
    return _Codes(faults, inline=inline).read_source(_children(older, "source"))


def _notes(element: _Element) -> dict[str, list[str]]:
    notes: dict[str, list[str]] = {}
    for note in _children(element, "note"):
        notes.setdefault(note.get("from", ""), []).append(line_feeds(note.text or ""))
    return notes


def _annotated(element: _Element) -> Iterator[str]:
    """Remarks on words of the texts (2.2.5, `mrk`)."""
    for name in ("source", "target"):
        for text in _children(element, name):
            for mark in text.iter(f"{_X}mrk"):
                yield mark.get("comment", "")
