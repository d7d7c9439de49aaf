"""
TranslationFile -> XLIFF 1.2 (OASIS Standard, 1 February 2008), the same bytes each time.

The leaflet and its source Edition stand in notes of the header. `g` and `x` have no place for the
HTML they stand for but `equiv-text`, which is where other exporters of HTML put it too.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from lxml.etree import _Element

from patientinfo.formats import file_header
from patientinfo.formats.exchange import TranslationFile, Unit, check_writable, one_line, remarks
from patientinfo.formats.inline_codes import Lone, Pair, number_codes
from patientinfo.formats.xliff.codes import fill, nodes_of
from patientinfo.formats.xliff.documents import (
    COMMENT,
    EXPORTED,
    NOTE,
    SECTION,
    XML_SPACE,
    add,
    by_section,
    new_root,
    to_bytes,
    unit_id,
)
from patientinfo.formats.xliff.states import state_to_12

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
#: `datatype` of units whose text is not HTML.
PLAIN = "plaintext"
#: Notes of the header that are ours begin their `from` so.
OURS = "patientinfo:"
#: The kind of alternative that holds the older source of a fuzzy unit.
PREVIOUS = "previous-version"

#: `ctype` of the codes, by the standard's recipe for HTML.
_KINDS = {
    "a": "link",
    "strong": "bold",
    "em": "italic",
    "sub": "x-html-sub",
    "sup": "x-html-sup",
}
_LINE_BREAK, _OTHER = "lb", "x-html"


def write_xliff12(file: TranslationFile) -> bytes:
    """
    The XLIFF 1.2 file of `file`, UTF-8.

    `ValueError` for what the exchange formats cannot carry (`check_writable`).
    """
    check_writable(file)
    root = new_root(NAMESPACE, {"version": "1.2"})
    element = add(root, "file", _attributes(file))
    element.set(XML_SPACE, "preserve")
    header = add(element, "header")
    for name, value in file_header.header_values(file).items():
        if name not in (file_header.SOURCE_LOCALE, file_header.LOCALE_NAME):
            add(header, "note", {"from": OURS + name}, value)
    body = add(element, "body")
    for number, (section, units) in enumerate(by_section(file.units), start=1):
        parent = add(body, "group", {"id": f"s{number}", "resname": section}) if section else body
        for unit in units:
            _add_unit(parent, unit)
    return to_bytes(root)


def _attributes(file: TranslationFile) -> dict[str, str]:
    attributes = {
        "original": f"urn:uuid:{file.key}",
        "source-language": file.source_locale,
        "target-language": file.locale,
        "datatype": "html",
    }
    if file.issued_at:
        attributes["date"] = datetime.fromisoformat(file.issued_at).isoformat(timespec="seconds")
    return attributes


def _add_unit(parent: _Element, unit: Unit) -> None:
    element = add(parent, "trans-unit", {"id": unit_id(unit.path), "resname": unit.path})
    if not unit.inline:
        element.set("datatype", PLAIN)
    if unit.state == "checked" and not unit.fuzzy:
        element.set("approved", "yes")
    _add_texts(element, unit, unit.source, state_to_12(unit.state, fuzzy=unit.fuzzy))
    if unit.previous_source:
        older = add(element, "alt-trans", {"alttranstype": PREVIOUS})
        _add_texts(older, unit, unit.previous_source, None)
    for author, text in _notes(unit):
        add(element, "note", {"from": author}, text)


def _add_texts(element: _Element, unit: Unit, source: str, state: dict[str, str] | None) -> None:
    """A `source`, and the unit's `target` beside it; one without words only to carry a state."""
    nodes, translation = nodes_of(source, unit), nodes_of(unit.target, unit)
    fill(add(element, "source"), nodes, number_codes(nodes), _add_code)
    if unit.target or state or state is None:
        target = add(element, "target", state)
        fill(target, translation, number_codes(translation, nodes), _add_code)


def _notes(unit: Unit) -> Iterator[tuple[str, str]]:
    if unit.section:
        yield SECTION, one_line(unit.section)
    if unit.note:
        yield NOTE, one_line(unit.note)
    if unit.exported:
        yield EXPORTED, unit.exported
    for comment in remarks(unit.comments):
        yield COMMENT, comment


def _add_code(parent: _Element, code: Pair | Lone, number: str) -> _Element:
    if isinstance(code, Lone):
        kind = _LINE_BREAK if code.text == "<br>" else _OTHER
        return add(parent, "x", {"id": number, "ctype": kind, "equiv-text": code.text})
    kind = _KINDS[code.name]
    return add(parent, "g", {"id": number, "ctype": kind, "equiv-text": code.opening})
