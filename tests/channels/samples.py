"""
The sample's leaflet as it was issued once, in five languages: what goldens are made of.

The Documents in tests/golden/documents are frozen: a change of the sample does not change them.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from patientinfo.channels.base import Channel, Context
from patientinfo.channels.parts.cutting import cut_down
from patientinfo.channels.parts.sheet import Place, Sheet, sheet_of
from patientinfo.channels.parts.standing import PageMeta
from patientinfo.formats.canonical import digest
from patientinfo.licensing.guard import EVERYTHING
from tests.channels.test_left_out import TODAY

ROOT = Path(__file__).resolve().parent.parent.parent
GOLDEN = ROOT / "tests" / "golden"
LOCALES = ("en", "nl", "de", "es", "ar")
PICTURES = {
    "needle-picture": "needle-in-muscle.png",
    "referred-pain-picture": "referred-pain.png",
}
#: In Dutch and Arabic the source has gone on: a golden of every standing that readers are told of.
BEHIND = {"nl": ["what-is-dry-needling"], "ar": ["what-is-dry-needling"]}


@cache
def _text(locale: str) -> str:
    return (GOLDEN / "documents" / f"dry-needling.{locale}.json").read_text(encoding="utf-8")


def sample(locale: str) -> dict[str, Any]:
    """The frozen Document in a language; a copy, free to change."""
    found: dict[str, Any] = json.loads(_text(locale))
    return found


def picture(image: Mapping[str, Any], width: int) -> bytes:
    """The sample's own drawing, in its one size."""
    return (ROOT / "home" / "sample" / "images" / PICTURES[image["id"]]).read_bytes()


def sheet(document: dict[str, Any], withheld: Any = ()) -> Sheet:
    """What stands around the words, on a site of this name and place."""
    links = ((link_of(document), f"https://uplands.example/{document['locale']}/compared/"),)
    place = Place(
        "Uplands Physio Clinic",
        "https://uplands.example",
        permission_url=f"https://uplands.example/{document['locale']}/partners/",
        links=links,
        withheld=withheld,
    )
    return sheet_of(document, meta(document), place)


def link_of(document: Mapping[str, Any]) -> str:
    """The key of the other leaflet that this one leads to."""
    blocks = [block for section in document["sections"] for block in section["blocks"]]
    return next(str(block["key"]) for block in blocks if block["type"] == "leaflet_link")


def meta(document: dict[str, Any]) -> PageMeta:
    """How the Edition stands."""
    locale = document["locale"]
    behind = BEHIND.get(locale, [])
    now = 2 if behind else 1
    source = {"locale": "en", "edition": 1, "current_edition": now, "behind": behind}
    return {
        "edition": document["edition"],
        "digest": digest(document),
        "status": "behind" if behind else "current",
        "html_url": f"/{locale}/dry-needling/",
        "source": None if locale == "en" else source,
        "translations": [],
    }


def made(channel: Channel, locale: str) -> bytes:
    """The channel's rendition of the sample in a language."""
    left = cut_down(sample(locale), EVERYTHING, TODAY)
    source = cut_down(sample("en"), EVERYTHING, TODAY).document if locale != "en" else None
    around = sheet(left.document, left.withheld)
    return channel.render(left.document, Context(around, picture, source))
