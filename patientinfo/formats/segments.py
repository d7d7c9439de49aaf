"""
Segments: the translatable strings of a Document, each with a path that outlives rewording.

A path is made of keys that the leaflet stores with its text (never positions, never Wagtail block
ids), so a paragraph keeps its translation when it is reworded, moved, or saved by a client that
makes all block ids anew. Source hashes are stored, so `source_hash` fixes bytes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

#: Ids that a section may not have: they name the parts of a leaflet outside any section.
TITLE, SUMMARY, SHORT_TEXT = OUTSIDE = "title", "summary", "short_text"
RESERVED_IDS = frozenset(OUTSIDE)


@dataclass(frozen=True, slots=True)
class Segment:
    """
    One translatable string.

    `path` is unique in the leaflet; `text` is inline HTML when `inline`, else plain text;
    `section` is the id of its section (or one of `OUTSIDE`); `note` tells a translator in plain
    English what kind of text it is.
    """

    path: str
    text: str
    section: str
    note: str
    inline: bool = True

    @property
    def hash(self) -> str:
        return source_hash(self.text)


def source_hash(text: str) -> str:
    """32 hex digits: the first 128 bits of SHA-256 over the UTF-8 text."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def segments_of(document: Mapping[str, Any]) -> list[Segment]:
    """Every non-empty translatable string of a Document (or of its content), in reading order."""
    found = [
        Segment(TITLE, document["title"], TITLE, "title of the leaflet", inline=False),
        Segment(SUMMARY, document["summary"], SUMMARY, "summary of the leaflet", inline=False),
        Segment(
            SHORT_TEXT,
            document.get(SHORT_TEXT, ""),
            SHORT_TEXT,
            "text message: short, every character counts",
            inline=False,
        ),
    ]
    images = {image["id"]: image for image in document.get("images", [])}
    for section in document["sections"]:
        sid = section["id"]
        found.append(
            Segment(f"{sid}/heading", section["heading"], sid, "section heading", inline=False)
        )
        for block in section["blocks"]:
            found.extend(_block_segments(sid, block, images))
    return [segment for segment in found if segment.text]


def _block_segments(
    sid: str, block: Mapping[str, Any], images: Mapping[str, Any]
) -> Iterator[Segment]:
    """The strings of one block; each block type names its own in `_READERS`."""
    yield from _READERS[block["type"]](sid, block, images)


def _text(sid: str, block: Mapping[str, Any], _: Mapping[str, Any]) -> Iterator[Segment]:
    note = "link to another leaflet" if block["type"] == "leaflet_link" else "paragraph"
    yield Segment(
        f"{block['id']}/text", block["text"], sid, note, inline=block["type"] != "leaflet_link"
    )


_ITEM_NOTES = {
    "list": "list item",
    "steps": "step of a numbered list",
    "advice": "item of a do or don't list",
    "callout": "paragraph of a call-out",
}


def _items(sid: str, block: Mapping[str, Any], _: Mapping[str, Any]) -> Iterator[Segment]:
    if block["type"] == "callout":
        yield Segment(
            f"{block['id']}/heading", block["heading"], sid, "call-out heading", inline=False
        )
    else:
        yield Segment(f"{block['id']}/lead_in", block["lead_in"], sid, "lead-in of a list")
    for item in block["items"]:
        yield Segment(f"{item['id']}/text", item["text"], sid, _ITEM_NOTES[block["type"]])


def _table(sid: str, block: Mapping[str, Any], _: Mapping[str, Any]) -> Iterator[Segment]:
    yield Segment(f"{block['id']}/caption", block["caption"], sid, "table caption", inline=False)
    for column in block["columns"]:
        yield Segment(f"{column['id']}/text", column["text"], sid, "table column heading")
    for row in block["rows"]:
        for column, cell in zip(block["columns"], row["cells"], strict=True):
            yield Segment(f"{row['id']}/{column['id']}", cell, sid, "table cell")


def _image(sid: str, block: Mapping[str, Any], images: Mapping[str, Any]) -> Iterator[Segment]:
    image = images.get(block["image"])
    if image is None:
        return
    yield Segment(
        f"{block['id']}/alt",
        image["alt"],
        sid,
        "description of a picture, read aloud",
        inline=False,
    )
    yield Segment(
        f"{block['id']}/caption", image["caption"], sid, "caption of a picture", inline=False
    )


_READERS = {
    "paragraph": _text,
    "leaflet_link": _text,
    "list": _items,
    "steps": _items,
    "advice": _items,
    "callout": _items,
    "table": _table,
    "image": _image,
}
