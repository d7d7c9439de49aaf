"""A Document through a channel, with nothing of a site around it."""

from __future__ import annotations

import io
from collections.abc import Collection
from datetime import date
from typing import Any

from PIL import Image

from patientinfo.channels.base import Channel, Context, NotRenderable
from patientinfo.channels.parts.cutting import cut_down
from patientinfo.channels.parts.sheet import Place, sheet_of
from patientinfo.channels.parts.standing import PageMeta
from patientinfo.licensing.guard import PARTS, Decision, Permitted, Reason
from tests.channels.web_documents import META, OTHER_KEY

SITE = "Uplands Physio Clinic"
ORIGIN = "https://uplands.example"
OTHER_URL = f"{ORIGIN}/en/compared/"


def picture(image: dict[str, Any], width: int) -> bytes:
    """A small picture of the image's type."""
    out = io.BytesIO()
    Image.new("RGB", (64, 36), "#1d5a4c").save(out, format=image["mime"].partition("/")[2])
    return out.getvalue()


def no_picture(image: dict[str, Any], width: int) -> bytes:
    """What the store says when the file of a picture is gone."""
    raise NotRenderable("missing_image", "the file is gone")


def context_of(document: dict[str, Any], meta: PageMeta = META, **place: Any) -> Context:
    """The context of a copy that may have everything; `place` changes where it is made."""
    place = {"links": ((OTHER_KEY, OTHER_URL),), **place}
    sheet = sheet_of(document, meta, Place(SITE, ORIGIN, **place))
    return Context(sheet, picture)


def licensed(parts: Collection[str], *, sublicensable_only: bool = False) -> Permitted:
    """What the guard says of a licence that names these parts."""
    refused = tuple((part, Reason.PART_NOT_LICENSED) for part in PARTS if part not in parts)
    return Permitted(frozenset(parts), refused, sublicensable_only)


def rendered(
    channel: Channel,
    document: dict[str, Any],
    meta: PageMeta = META,
    *,
    parts: Collection[str] = PARTS,
    decision: Decision | None = None,
    **place: Any,
) -> bytes:
    """What a channel makes of a Document, for whoever the guard decided so about."""
    left = cut_down(document, decision or licensed(parts), date(2026, 1, 1))
    context = context_of(left.document, meta, withheld=left.withheld, **place)
    return channel.render(left.document, context)
