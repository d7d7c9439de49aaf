"""
Where the words stand in a page's stored body.

Works on the raw JSON of the StreamField (`[{"type", "value", "id"}]`), not on Wagtail's block
values: keys are assigned, texts read and translations written without building a block tree, and in
one place that knows the shape. Paths are those of `formats.segments`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

Raw = dict[str, Any]

#: Per block type: its own text fields, and whether each is rich text.
TEXT_FIELDS: dict[str, dict[str, bool]] = {
    "paragraph": {"text": True},
    "leaflet_link": {"text": False},
    "list": {"lead_in": True},
    "steps": {"lead_in": True},
    "advice": {"lead_in": True},
    "callout": {"heading": False},
    "table": {"caption": False},
    "image": {"alt": False, "caption": False},
}


@dataclass(frozen=True, slots=True)
class Slot:
    """One place for a text: reading it is `holder[field]`, writing it sets that member."""

    path: str
    section: str
    holder: Raw
    field: str
    rich: bool

    @property
    def text(self) -> str:
        return self.holder.get(self.field) or ""

    def fill(self, text: str) -> None:
        self.holder[self.field] = text


def items_of(value: Raw, field: str) -> list[Raw]:
    """The values of a list block's items; tolerates the old bare form without `type` and `id`."""
    return [item.get("value", item) for item in value.get(field) or []]


def slots(body: list[Raw]) -> Iterator[Slot]:
    """
    Every text slot of a body, in reading order. A value without a key, as in an old revision, has
    an empty one in its path.
    """
    for section in body:
        value = section["value"]
        key = value.get("key") or ""
        yield Slot(f"{key}/heading", key, value, "heading", rich=False)
        for block in value.get("blocks") or []:
            yield from _block_slots(key, block["type"], block["value"])


def _block_slots(section: str, kind: str, value: Raw) -> Iterator[Slot]:
    def path(holder: Raw, field: str) -> str:
        return f"{holder.get('key') or ''}/{field}"

    for field, rich in TEXT_FIELDS.get(kind, {}).items():
        yield Slot(path(value, field), section, value, field, rich)
    for item in items_of(value, "items"):
        yield Slot(path(item, "text"), section, item, "text", rich=True)
    columns = items_of(value, "columns")
    for column in columns:
        yield Slot(path(column, "text"), section, column, "text", rich=True)
    for row in items_of(value, "rows"):
        for column, cell in zip(columns, row.get("cells") or [], strict=False):
            yield Slot(path(row, column.get("key") or ""), section, cell, "value", rich=True)


def keyed(body: list[Raw]) -> Iterator[tuple[Raw, str]]:
    """Every value that carries a key, with a word for what it is, sections first in each."""
    for section in body:
        yield section["value"], "section"
        for block in section["value"].get("blocks") or []:
            value = block["value"]
            yield value, block["type"]
            for field in ("items", "columns", "rows"):
                for item in items_of(value, field):
                    yield item, field
