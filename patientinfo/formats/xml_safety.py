"""
XML from outside, read so that it harms nobody.

A document type declaration is where entity expansion ("billion laughs") and external entities
(XXE) begin, so a file that has one is refused before any parser sees it; the parser then is told
to load and expand nothing all the same. Files are UTF-8: in another encoding a declaration could
hide from the look that is taken here.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from lxml import etree
from lxml.etree import _Element

from patientinfo.formats.exchange import Faults

#: How every parser of ours is set; depth, text and name lengths keep libxml2's own limits.
SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "load_dtd": False,
    "dtd_validation": False,
    "attribute_defaults": False,
    "no_network": True,
    "huge_tree": False,
    "recover": False,
    "remove_comments": True,
    "remove_pis": True,
}

#: Where the root element begins is looked for in so many bytes.
PROLOG_BYTES = 65_536

_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, b"<\0", b"\0<")
_DECLARED = re.compile(rb"<\?xml[^>]*?\sencoding\s*=\s*[\"']([^\"'>]*)[\"']")
_SKIPPED = re.compile(rb"\s+|<\?.*?\?>|<!--.*?-->", re.DOTALL)
_ROOT = re.compile(rb"<[^!?\s]")


def check_prolog(head: bytes, faults: Faults, allowed: re.Pattern[bytes] | None = None) -> None:
    """
    Refuse a file whose first bytes are not those of plain XML in UTF-8.

    `head` is the file's beginning, `PROLOG_BYTES` of it or all. Only a document type declaration
    that `allowed` matches may stand in it (and is not followed).
    """
    if not head.strip():
        faults.add(1, "the file is empty")
    elif head.startswith(_UTF16):
        faults.add(1, "the file is UTF-16; save it as UTF-8")
    else:
        declared = _DECLARED.match(head.removeprefix(codecs.BOM_UTF8))
        if declared and declared[1].lower() not in (b"utf-8", b"utf8", b"us-ascii"):
            encoding = declared[1][:40].decode("ascii", "replace")
            faults.add(1, f"the file says that it is {encoding}; save it as UTF-8")
        _check_doctype(head, faults, allowed)
    faults.refuse_if_any()


def _check_doctype(head: bytes, faults: Faults, allowed: re.Pattern[bytes] | None) -> None:
    at = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    while not _ROOT.match(head, at):
        skipped = _SKIPPED.match(head, at) or (allowed and allowed.match(head, at))
        line = head.count(b"\n", 0, at) + 1
        if skipped:
            at = skipped.end()
        elif head[at : at + 9].upper() == b"<!DOCTYPE":
            reason = "a document type (<!DOCTYPE …>) may not stand in the file; delete it"
            return faults.add(line, reason)
        else:
            return faults.add(line, "the file is not XML: no root element begins here")
    return None


def parse_xml(data: bytes, faults: Faults, max_bytes: int) -> _Element:
    """The root element of an XML file that is at most `max_bytes` long."""
    if len(data) > max_bytes:
        faults.add(1, f"the file has {len(data)} bytes; at most {max_bytes} are read")
        faults.refuse()
    check_prolog(data, faults)
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        byte = data[error.start]
        faults.add(line, f"the byte 0x{byte:02X} is not UTF-8; save the file as UTF-8")
        faults.refuse()
    try:
        return etree.fromstring(data, etree.XMLParser(**SAFE))
    except etree.XMLSyntaxError as error:
        add_syntax_error(error, faults)
        faults.refuse()


def add_syntax_error(error: etree.XMLSyntaxError, faults: Faults) -> None:
    """Tell what the parser stopped at."""
    reason = str(error.msg).partition(", line ")[0]
    faults.add(error.lineno, f"the file is not well-formed XML: {reason}")


def line_of(element: _Element) -> int:
    """The line on which an element of a file that was read begins."""
    line: Any = element.sourceline
    return int(line or 1)


def is_element(node: _Element) -> bool:
    """Whether a node between words is an element, and not an entity that nobody declared."""
    tag: Any = node.tag
    return isinstance(tag, str)
