"""
What became of each piece of a bundle, written down as it happens: `manifest.json`.

Rows go to a spool and not into a list, so a manifest of many thousand files needs no memory.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import orjson

from patientinfo import __version__
from patientinfo.bundles.archive import Member, Spool
from patientinfo.bundles.recipients import Recipient
from patientinfo.channels.base import Channel, Rendition
from patientinfo.channels.renditions import Order
from patientinfo.editions.models import CatalogueEntry
from patientinfo.exchange.selection import Selection
from patientinfo.licensing.cutting import Cut

Json = dict[str, Any]

NAME = "manifest.json"
SCHEMA = "patientinfo/bundle/1"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A piece that is not there: a code of the guard's or of `NotRenderable`, and its words."""

    reason: str
    detail: str = ""


class Ledger:
    """The rows of a manifest: the files that are there, and what was left out."""

    def __init__(self) -> None:
        self._files, self._left_out = Spool(), Spool()

    def add(self, path: str, made: Rendition, order: Order, cut: Cut) -> None:
        """A rendition that is in the bundle."""
        document = order.document
        row = {
            "path": path,
            "digest": made.digest,
            "size": len(made.content),
            "media_type": made.media_type,
            "channel": order.channel.name,
            "key": document["key"],
            "locale": document["locale"],
            "title": document["title"],
            "edition": document["edition"],
            "edition_digest": order.digest,
            "status": order.sheet.status,
            "rights": {**document["rights"], "photos": [_photo(i) for i in document["images"]]},
            "withheld": [
                {"part": one.part, "reason": str(one.reason), "images": list(one.images)}
                for one in cut.withheld
            ],
        }
        _write(self._files, row)

    def add_other(self, member: Member, media_type: str) -> None:
        """A file that belongs to no leaflet."""
        row = {"path": member.path, "digest": member.digest, "size": member.size}
        _write(self._files, {**row, "media_type": media_type})

    def leave_out(self, entry: CatalogueEntry, channel: Channel, why: LeftOut) -> None:
        """A form of a leaflet that is not in the bundle."""
        about = {
            "key": str(entry.key),
            "locale": entry.locale,
            "title": entry.title,
            "edition": entry.number,
            "channel": channel.name,
        }
        _write(self._left_out, {**about, "reason": why.reason, "detail": why.detail})

    def leave_out_paper(self, path: str, why: LeftOut) -> None:
        _write(self._left_out, {"path": path, "reason": why.reason, "detail": why.detail})

    def manifest(self, about: Mapping[str, Any]) -> Member:
        """The member that names all the others; it is the last, as it has their digests."""
        whole = Spool()
        head = orjson.dumps(about, option=orjson.OPT_INDENT_2)
        whole.write(head.removesuffix(b"\n}") + b',\n  "files": [')
        _copy(self._files, whole)
        whole.write(b'\n  ],\n  "left_out": [')
        _copy(self._left_out, whole)
        whole.write(b"\n  ]\n}\n")
        return Member(NAME, whole)

    def close(self) -> None:
        self._files.close()
        self._left_out.close()


def about_bundle(
    recipient: Recipient, selection: Selection, channels: tuple[Channel, ...], clinic: str
) -> Json:
    """What stands in a manifest before its files."""
    keys, locales = selection.keys, selection.locales
    return {
        "schema": SCHEMA,
        "kind": recipient.kind.value,
        "generator": {
            "name": "patientinfo",
            "version": __version__,
            "channels": {channel.name: channel.version for channel in channels},
        },
        "clinic": clinic,
        "licence": _licence(recipient),
        "leaflets": None if keys is None else sorted(map(str, keys)),
        "locales": None if locales is None else sorted(locales),
    }


def _licence(recipient: Recipient) -> Json | None:
    licence, terms = recipient.licence, recipient.terms
    if licence is None or terms is None:
        return None
    return {
        "number": licence.number,
        "version": licence.version,
        "terms_digest": licence.terms_digest,
        "licensee": terms.licensee.name,
        "licensor": terms.licensor.name,
        "starts": terms.starts.isoformat(),
        "ends": terms.ends.isoformat() if terms.ends else None,
        "uses": sorted(terms.uses),
        "parts": sorted(terms.parts),
        "credit": dict(sorted(terms.credit.items())),
    }


def _photo(image: Mapping[str, Any]) -> Json:
    rights = image["rights"]
    return {
        "id": image["id"],
        "holder": rights["holder"],
        "statement": rights["statement"],
        "credit": image["credit"],
    }


def _write(spool: Spool, row: Json) -> None:
    spool.write((b",\n    " if spool.size else b"\n    ") + orjson.dumps(row))


def _copy(rows: Spool, out: Spool) -> None:
    for chunk in rows.chunks():
        out.write(chunk)
