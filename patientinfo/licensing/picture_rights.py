"""What an image file itself says of its owner, wherever it goes: IPTC's rights fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from patientinfo.conf import partners_url
from patientinfo.editions.image_files import MissingFile
from patientinfo.formats.image_rights import ImageRights, with_rights


def rights_of(image: Mapping[str, Any]) -> ImageRights:
    """
    The rights of one of a Document's images. Permission is asked for here only where it is ours to
    give; else with its owner, where that has a page for it.
    """
    rights = image["rights"]
    ours = rights.get("sublicensable", False)
    return ImageRights(
        notice=rights["statement"] or f"© {rights['holder']}",
        credit=image["credit"],
        statement_url=rights["url"],
        licensor=rights["holder"],
        licensor_url=partners_url() if ours else rights["url"],
        alt=image["alt"],
    )


def stamped(data: bytes, image: Mapping[str, Any]) -> bytes:
    """
    The bytes of an image's file with its rights in them; the picture is the same.

    `MissingFile` when the bytes are not those of a picture of the image's type.
    """
    try:
        return with_rights(data, image["mime"], rights_of(image))
    except ValueError as error:
        raise MissingFile(f"the file of picture {image['id']!r} is damaged: {error}") from error
