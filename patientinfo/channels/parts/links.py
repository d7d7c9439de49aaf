"""Links from one leaflet to others: by key in a Document, by address in a rendition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from patientinfo.formats.inline import clean_inline

#: A link to a leaflet in clean inline HTML: its key, and its words.
LEAFLET_LINK = re.compile(r'<a href="urn:uuid:([^"]*)">(.*?)</a>', re.DOTALL)


def linked_keys(document: Mapping[str, Any]) -> set[str]:
    """The keys of all leaflets that a Document links to, in its text or by a block."""
    return {key.lower() for key in _linked(document["sections"])}


def _linked(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        if "urn:uuid:" in node:
            yield from (key for key, _ in LEAFLET_LINK.findall(clean_inline(node)))
    elif isinstance(node, Mapping):
        if node.get("type") == "leaflet_link":
            yield node["key"]
        for value in node.values():
            yield from _linked(value)
    elif isinstance(node, list):
        for value in node:
            yield from _linked(value)
