"""
A Document without what may not leave: what every rendition is made from.

The guard decides; this leaves out. Also here: characters that no channel can carry go, so that no
format has to think of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from patientinfo.formats.inline import sayable
from patientinfo.licensing.cutting import Withheld, cut_document
from patientinfo.licensing.guard import PHOTOS, Decision

Json = dict[str, Any]
#: Members that are left out together with the text: they are words of it.
_WORDS = frozenset({"short_text", "definitions"})


@dataclass(frozen=True, slots=True)
class Left:
    """What is left of a Document, and what was withheld of that which it had."""

    document: Json
    withheld: tuple[Withheld, ...]


def cut_down(document: Mapping[str, Any], decision: Decision, today: date) -> Left:
    """
    The Document for somebody about whom the guard decided so. Without the text only what the
    catalogue says of it is left: nothing that a channel gets can slip out of it.
    """
    cut = cut_document(document, decision, today)
    left = cut.document if cut.document is not None else outline_of(document)
    return Left(_sayable(left), withheld_of(document, cut.withheld))


def withheld_of(
    document: Mapping[str, Any], withheld: tuple[Withheld, ...]
) -> tuple[Withheld, ...]:
    """Without the pictures of a leaflet that has none: nobody misses them."""
    return tuple(each for each in withheld if each.part != PHOTOS or document["images"])


def outline_of(document: Mapping[str, Any]) -> Json:
    """What the catalogue says of a Document: no blocks, no pictures, no references."""
    said = {name: value for name, value in document.items() if name not in _WORDS}
    sections = [{**section, "blocks": []} for section in document["sections"]]
    return {**said, "sections": sections, "images": [], "references": []}


def _sayable(node: Any) -> Any:
    if isinstance(node, str):
        return sayable(node)
    if isinstance(node, Mapping):
        return {name: _sayable(value) for name, value in node.items()}
    if isinstance(node, list):
        return [_sayable(value) for value in node]
    return node
