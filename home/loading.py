"""
Makes pages of the sample's data: the Document's shapes back into Wagtail's stored ones.

Used by `load_sample` only. Every function looks first and makes only what is not there.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.models import Locale, Page

from patientinfo.leaflets import richtext
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.leaflet_page import LeafletPage

SAMPLE = Path(__file__).resolve().parent / "sample"
Json = dict[str, Any]


def read(name: str) -> Any:
    """One of the sample's data files."""
    return json.loads((SAMPLE / f"{name}.json").read_text(encoding="utf-8"))


def urn_ids(locale: Locale) -> dict[str, int]:
    """Page ids by leaflet key, for links between leaflets of one language."""
    pages = LeafletPage.objects.filter(locale=locale)
    return {str(key): pk for pk, key in pages.values_list("pk", "translation_key")}


class BodyWriter:
    """Writes sections of the sample as a stored body. `pages` and `images` give ids by key."""

    def __init__(self, pages: dict[str, int], images: dict[str, int]) -> None:
        self.pages = pages
        self.images = images

    def body(self, sections: list[Json]) -> StreamValue:
        raw = [
            {
                "type": "section",
                "value": {
                    "key": section["id"],
                    "heading": section["heading"],
                    "blocks": [self.block(block) for block in section["blocks"]],
                },
            }
            for section in sections
        ]
        return StreamValue(LeafletBody(), raw, is_lazy=True)

    def rich(self, inline: str) -> str:
        return richtext.to_stored(inline, self.pages)

    def items(self, items: list[Json]) -> list[Json]:
        return [
            {"type": "item", "value": {"key": item["id"], "text": self.rich(item["text"])}}
            for item in items
        ]

    def rows(self, rows: list[Json]) -> list[Json]:
        return [
            {
                "type": "item",
                "value": {
                    "key": row["id"],
                    "cells": [{"type": "item", "value": self.rich(c)} for c in row["cells"]],
                },
            }
            for row in rows
        ]

    def block(self, block: Json) -> Json:
        value: Json = {"key": block["id"]}
        for name in ("kind", "heading", "caption"):
            if name in block:
                value[name] = block[name]
        for name in ("text", "lead_in"):
            if name in block:
                plain = block["type"] == "leaflet_link"
                value[name] = block[name] if plain else self.rich(block[name])
        for name in ("items", "columns"):
            if name in block:
                value[name] = self.items(block[name])
        if block["type"] == "table":
            value["rows"] = self.rows(block["rows"])
        if block["type"] == "image":
            value |= {"image": self.images[block["image"]], "alt": "", "caption": ""}
        if block["type"] == "leaflet_link":
            value["page"] = self.pages[block["key"]]
        return {"type": block["type"], "value": value}


def page_of(model: type[Page], key: str, locale: Locale) -> Any:
    """The page of a translation key in a language, or None."""
    return model.objects.filter(translation_key=key, locale=locale).first()
