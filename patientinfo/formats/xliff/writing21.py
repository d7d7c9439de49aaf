"""
TranslationFile -> XLIFF 2.1 (OASIS Standard, 13 February 2018), the same bytes each time.

The leaflet and its source Edition stand in the Metadata module (5.6), the HTML of inline codes in
each unit's `originalData` (4.2.2.10).
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.etree import _Element

from patientinfo.formats import file_header
from patientinfo.formats.exchange import TranslationFile, Unit, check_writable, one_line, remarks
from patientinfo.formats.inline_codes import Lone, Pair, number_codes
from patientinfo.formats.languages import text_direction
from patientinfo.formats.xliff.codes import fill, nodes_of
from patientinfo.formats.xliff.documents import (
    COMMENT,
    EXPORTED,
    NOTE,
    PREVIOUS_SOURCE,
    SECTION,
    XML_SPACE,
    add,
    by_section,
    new_root,
    to_bytes,
    unit_id,
)
from patientinfo.formats.xliff.states import state_to_21

NAMESPACE = "urn:oasis:names:tc:xliff:document:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
#: Units whose text is not HTML.
PLAIN = "patientinfo:plain"
#: The group of metadata that is ours.
CATEGORY = "patientinfo:leaflet"
#: Of the notes on the whole file.
ABOUT = "about"

#: `type` and `subType` of the codes, as the standard names them (4.3.1.41, 4.3.1.38).
_KINDS = {
    "a": {"type": "link", "subType": "html:a", "canDelete": "no"},
    "strong": {"type": "fmt", "subType": "xlf:b"},
    "em": {"type": "fmt", "subType": "xlf:i"},
    "sub": {"type": "fmt", "subType": "html:sub"},
    "sup": {"type": "fmt", "subType": "html:sup"},
}
_LINE_BREAK = {"type": "fmt", "subType": "xlf:lb"}
_OTHER = {"type": "other"}


def write_xliff(file: TranslationFile) -> bytes:
    """
    The XLIFF 2.1 file of `file`, UTF-8.

    `ValueError` for what the exchange formats cannot carry (`check_writable`).
    """
    check_writable(file)
    languages = {"srcLang": file.source_locale, "trgLang": file.locale}
    root = new_root(NAMESPACE, {"version": "2.1", **languages}, mda=METADATA)
    body = add(root, "file", {"id": "leaflet", "original": f"urn:uuid:{file.key}"})
    body.set(XML_SPACE, "preserve")
    if text_direction(file.locale) == "rtl":
        body.set("trgDir", "rtl")
    _add_header(body, file)
    for number, (section, units) in enumerate(by_section(file.units), start=1):
        parent = add(body, "group", {"id": f"s{number}", "name": section}) if section else body
        for unit in units:
            _add_unit(parent, unit)
    return to_bytes(root)


def _add_header(body: _Element, file: TranslationFile) -> None:
    metadata = add(body, f"{{{METADATA}}}metadata")
    group = add(metadata, "metaGroup", {"category": CATEGORY})
    for name, value in file_header.header_values(file).items():
        if name not in (file_header.SOURCE_LOCALE, file_header.LOCALE_NAME):
            add(group, "meta", {"type": name}, value)
    _add_notes(body, [(ABOUT, line) for line in remarks(file.about)])


def _add_unit(parent: _Element, unit: Unit) -> None:
    element = add(parent, "unit", {"id": unit_id(unit.path), "name": unit.path})
    if not unit.inline:
        element.set("type", PLAIN)
    _add_notes(element, list(_notes(unit)))
    source, target = nodes_of(unit.source, unit), nodes_of(unit.target, unit)
    data = _OriginalData(element)
    segment = add(element, "segment", state_to_21(unit.state, fuzzy=unit.fuzzy))
    fill(add(segment, "source"), source, number_codes(source), data.add_code)
    if unit.target:
        fill(add(segment, "target"), target, number_codes(target, source), data.add_code)
    if not data.ids:
        element.remove(data.element)


def _add_notes(element: _Element, found: list[tuple[str, str]]) -> None:
    notes = add(element, "notes") if found else element
    for category, text in found:
        add(notes, "note", {"category": category}, text)


def _notes(unit: Unit) -> Iterator[tuple[str, str]]:
    if unit.section:
        yield SECTION, one_line(unit.section)
    if unit.note:
        yield NOTE, one_line(unit.note)
    if unit.previous_source:
        yield PREVIOUS_SOURCE, unit.previous_source
    if unit.exported:
        yield EXPORTED, unit.exported
    for comment in remarks(unit.comments):
        yield COMMENT, comment


class _OriginalData:
    """The HTML of one unit's codes, each once."""

    def __init__(self, unit: _Element) -> None:
        self.element = add(unit, "originalData")
        self.ids: dict[str, str] = {}

    def ref(self, html: str) -> str:
        """The id of the `data` element that holds `html`."""
        if html not in self.ids:
            self.ids[html] = f"d{len(self.ids) + 1}"
            add(self.element, "data", {"id": self.ids[html]}, html)
        return self.ids[html]

    def add_code(self, parent: _Element, code: Pair | Lone, number: str) -> _Element:
        if isinstance(code, Lone):
            kind = _LINE_BREAK if code.text == "<br>" else _OTHER
            return add(parent, "ph", {"id": number, "dataRef": self.ref(code.text), **kind})
        start, end = self.ref(code.opening), self.ref(code.closing)
        refs = {"dataRefStart": start, "dataRefEnd": end}
        return add(parent, "pc", {"id": number, **refs, **_KINDS[code.name]})
