"""
A Document without what may not leave. The guard decides; this leaves out, before anything is
rendered, and says what was left out and why.

Pure. A Document that needs no cutting is given back as it is, the same object.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from patientinfo.licensing.guard import PARTS, PHOTOS, TEXT, Permitted, Reason, Refused

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A part that was left out and why; `images` are the ids when only some photos were."""

    part: str
    reason: Reason
    images: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Cut:
    """What is left of a Document, and what was withheld. `document` is None without the text."""

    document: Json | None
    images: tuple[Json, ...]
    withheld: tuple[Withheld, ...]


def cut_document(document: Json, decision: Permitted | Refused, today: date) -> Cut:
    """
    What may leave of a Document on a day: the parts of the decision, less each photo that may not
    be passed on and each whose people no longer agree.
    """
    if isinstance(decision, Refused):
        return Cut(None, (), tuple(Withheld(part, decision.reason) for part in PARTS))
    withheld = [Withheld(part, reason) for part, reason in decision.withheld]
    images: tuple[Json, ...] = ()
    if PHOTOS in decision.parts:
        stays = {image["id"]: _reason(image, decision, today) for image in document["images"]}
        images = tuple(image for image in document["images"] if stays[image["id"]] is None)
        withheld += _photos_withheld(stays)
    if TEXT not in decision.parts:
        return Cut(None, images, tuple(withheld))
    if len(images) == len(document["images"]):
        return Cut(document, images, tuple(withheld))
    return Cut(with_images(document, images), images, tuple(withheld))


def with_images(document: Json, images: Collection[Json]) -> Json:
    """The Document with these of its images alone, and with the blocks that show them."""
    ids = {image["id"] for image in images}
    sections = [
        {
            **section,
            "blocks": [b for b in section["blocks"] if b["type"] != "image" or b["image"] in ids],
        }
        for section in document["sections"]
    ]
    return {**document, "sections": sections, "images": list(images)}


def _reason(image: Json, decision: Permitted, today: date) -> Reason | None:
    """Why a photo may not leave; None when it may. What is not said is not allowed."""
    rights = image["rights"]
    if decision.sublicensable_only and not rights.get("sublicensable", False):
        return Reason.PHOTO_NOT_SUBLICENSABLE
    consent = rights.get("consent_until")
    if consent and date.fromisoformat(consent) < today:
        return Reason.CONSENT_ENDED
    return None


def _photos_withheld(stays: Mapping[str, Reason | None]) -> list[Withheld]:
    by_reason: dict[Reason, list[str]] = {}
    for image, reason in stays.items():
        if reason is not None:
            by_reason.setdefault(reason, []).append(image)
    return [Withheld(PHOTOS, reason, tuple(ids)) for reason, ids in by_reason.items()]
