"""An XLIFF document as a whole: bytes, root, ids, groups; alike in both versions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from typing import Any

from lxml import etree
from lxml.etree import _Element

from patientinfo.formats.exchange import Faults, Unit, one_line
from patientinfo.formats.xml_safety import line_of, parse_xml

#: A leaflet is some 100 kB of XLIFF; what is fifty times that is not read.
MAX_BYTES = 5_000_000

XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

#: Categories of our notes; every other note is a person's comment.
SECTION, NOTE, PREVIOUS_SOURCE, COMMENT = "section", "note", "previous-source", "comment"
EXPORTED = "as-exported"

#: Elements whose white space is text.
_MIXED = {"source", "target", "note", "data", "meta"}
#: Elements that say something about words and are none.
_ANNOTATIONS = {"mrk", "sm", "em"}
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]")


def unit_id(path: str) -> str:
    """A segment's path as an XML name token: `needle/text` becomes `needle.text`, uniquely."""
    return _UNSAFE.sub(lambda m: "." if m[0] == "/" else f":{ord(m[0]):x}:", path)


def by_section(units: tuple[Unit, ...]) -> Iterator[tuple[str, list[Unit]]]:
    """Runs of units that stand in one section, each with its heading, in order."""
    for section, run in groupby(units, key=lambda unit: one_line(unit.section)):
        yield section, list(run)


def new_root(namespace: str, attributes: Mapping[str, str], **prefixes: str) -> _Element:
    """An `xliff` element; `prefixes` are those of the modules it uses."""
    names: dict[Any, str] = {None: namespace, **prefixes}
    return etree.Element(f"{{{namespace}}}xliff", dict(attributes), nsmap=names)


def add(
    parent: _Element, tag: str, attributes: Mapping[str, str] | None = None, text: str | None = None
) -> _Element:
    """A new last child of `parent`, in its namespace unless `tag` names another."""
    qualified = tag if tag.startswith("{") else f"{{{namespace_of(parent)}}}{tag}"
    element = etree.SubElement(parent, qualified, dict(attributes or {}))
    element.text = text
    return element


def namespace_of(element: _Element) -> str:
    return str(element.tag).rpartition("}")[0][1:]


def name_of(element: _Element) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def is_translated(source: _Element | None, target: _Element | None) -> bool:
    """Whether a segment has a translation: words or codes, unless its source has none either."""
    if target is None:
        return False
    return _has_content(target) or (source is not None and not _has_content(source))


def _has_content(element: _Element) -> bool:
    """White space is none, and what only says something about words is no code."""
    codes = (child for child in element.iterdescendants() if name_of(child) not in _ANNOTATIONS)
    return bool("".join(map(str, element.itertext())).strip()) or any(True for _ in codes)


def to_bytes(root: _Element) -> bytes:
    """The document, laid out for reading, with no white space added to any text."""
    _lay_out(root, "\n")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True) + b"\n"


def _lay_out(element: _Element, line_end: str) -> None:
    children = list(element)
    if name_of(element) in _MIXED or not children:
        return
    element.text = line_end + "  "
    for child in children:
        child.tail = line_end + "  "
        _lay_out(child, line_end + "  ")
    children[-1].tail = line_end


def read_root(
    data: bytes, faults: Faults, namespace: str, versions: tuple[str, ...], known: frozenset[str]
) -> _Element:
    """
    The `xliff` element of a file of one of `versions`, or `FileRefused`.

    Elements of the standard's namespace that are not `known` are told; those of other namespaces
    are tools' own and may stand everywhere but in texts.
    """
    root = parse_xml(data, faults, MAX_BYTES)
    found = (root.tag, root.get("version"))
    if found not in {(f"{{{namespace}}}xliff", version) for version in versions}:
        if name_of(root) != "xliff":
            reason = f"the root element is <{name_of(root)[:40]}>, not <xliff>"
        else:
            version, space = root.get("version", "none")[:40], namespace_of(root)[:80]
            reason = (
                f"the file is XLIFF of version {version}, namespace {space!r}; "
                f"{versions[-1]} with {namespace!r} is read"
            )
        faults.add(line_of(root), reason)
        faults.refuse()
    for element in root.iter(f"{{{namespace}}}*"):
        if name_of(element) not in known:
            faults.add(line_of(element), f"unknown element <{name_of(element)[:40]}>")
    return root


def only_file(root: _Element, faults: Faults) -> _Element:
    """The one `file` of the document: a file of ours is one leaflet in one language."""
    files = root.findall(f"{{{namespace_of(root)}}}file")
    if not files:
        faults.add(line_of(root), "there is no <file> in the document")
        faults.refuse()
    for other in files[1:]:
        faults.add(line_of(other), "a second <file>; send each leaflet in a document of its own")
    return files[0]


def check_single(element: _Element, path: str, faults: Faults) -> None:
    """Tell a second source or target in one place: nobody can say which of the two is meant."""
    for name in ("source", "target"):
        for other in element.findall(f"{{{namespace_of(element)}}}{name}")[1:]:
            faults.add(line_of(other), f"a second <{name}> in the unit {path!r}; delete one")


def check_unique(units: list[tuple[str, Unit]], faults: Faults) -> None:
    """Tell units that have the id or the path of another; `units` come with their ids."""
    for what, keyed in (
        ("id", [(key, unit.line) for key, unit in units]),
        ("path", [(unit.path, unit.line) for _, unit in units]),
    ):
        first: dict[str, int | None] = {}
        for key, line in keyed:
            if key in first and key:
                faults.add(line, f"the unit {what} {key!r} stands also on line {first[key]}")
            first.setdefault(key, line)
