"""
The parts of a leaflet that one language has of its own, as everything else reads them.

Stored translations have their own addresses in their text, as the page and the Edition do. What
compares a translation with its source, or takes it elsewhere (checks, the memory, files for
translators), reads it with the source's addresses, so that an address of its own is no difference,
and a changed address that nobody chose is one.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from patientinfo.formats.inline import replace_links
from patientinfo.translation.override_models import PartOverride

IMAGE = "/image"
#: Before the number of a reference; those of a language are all its own, or none is.
REFERENCE = "references/"
#: The words of a picture; of a picture of its own they have nothing to be compared with.
PICTURE_FIELDS = ("alt", "caption")


def picture_path(block: str) -> str:
    """Where the override of a picture is kept."""
    return block + IMAGE


def picture_of(path: str) -> str:
    """The key of the block whose picture a segment may be the words of; empty for other fields."""
    block, _slash, name = path.rpartition("/")
    return block if name in PICTURE_FIELDS else ""


@dataclass(frozen=True, slots=True)
class Overrides:
    """
    Pictures by the key of their block; links by segment and the source's address; references in
    their order.
    """

    pictures: Mapping[str, PartOverride] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, PartOverride]] = field(default_factory=dict)
    references: Sequence[PartOverride] = ()

    @classmethod
    def load(cls, key: uuid.UUID, locale: str) -> Overrides:
        """One query, and one for pictures if the language has any of its own."""
        pictures: dict[str, PartOverride] = {}
        links: dict[str, dict[str, PartOverride]] = defaultdict(dict)
        references: dict[int, PartOverride] = {}
        rows = PartOverride.objects.filter(key=key, locale=locale).prefetch_related("image")
        for row in rows:
            if row.link:
                links[row.path][row.link] = row
            elif row.image_id:
                pictures[row.path.removesuffix(IMAGE)] = row
            elif row.path.startswith(REFERENCE):
                references[int(row.path.removeprefix(REFERENCE))] = row
        return cls(pictures, dict(links), [references[number] for number in sorted(references)])

    def own_links(self, path: str, text: str) -> str:
        """The words of a segment with the addresses of their own language."""
        own = {link: row.href for link, row in self.links.get(path, {}).items()}
        return replace_links(text, own) if own else text

    def source_links(self, path: str, text: str) -> str:
        """The words of a segment with the addresses that the source has."""
        source = {row.href: link for link, row in self.links.get(path, {}).items()}
        return replace_links(text, source) if source else text

    def describes_own_picture(self, path: str) -> bool:
        """Whether the segment is the words of a picture that the source does not have."""
        return picture_of(path) in self.pictures

    def made_by(self, path: str) -> set[int]:
        """Ids of the accounts that chose what belongs to a segment: whoever did cannot check it."""
        rows = [*self.links.get(path, {}).values()]
        if self.describes_own_picture(path):
            rows.append(self.pictures[picture_of(path)])
        return {row.user_id for row in rows if row.user_id}

    @property
    def chosen_by(self) -> set[int]:
        """Ids of the accounts that chose references: whoever did cannot sign them."""
        return {row.user_id for row in self.references if row.user_id}

    def fill_pictures(self, body: list[dict[str, Any]]) -> None:
        """Puts pictures into a stored body, with a caption where the source's has none."""
        for value in _images(body):
            own = self.pictures.get(value.get("key") or "")
            if own is not None:
                value["image"] = own.image_id
                value["caption"] = value.get("caption") or own.caption

    @property
    def stamp(self) -> list[str]:
        """Changes whenever one of them does."""
        links = [
            f"{path} {link} {row.href}"
            for path, rows in self.links.items()
            for link, row in rows.items()
        ]
        pictures = [f"{k} {row.image_id} {row.caption}" for k, row in self.pictures.items()]
        references = [f"{row.path} {row.caption} {row.href}" for row in self.references]
        return sorted([*links, *pictures, *references])


def _images(body: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for section in body:
        for block in section["value"].get("blocks") or []:
            if block["type"] == "image":
                yield block["value"]
