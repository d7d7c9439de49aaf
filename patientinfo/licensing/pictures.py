"""
Addresses of image files: signed, and bound to whom they were given.

    /images/<audience>.<leaflet>.<locale>.<edition>.<signature>/<image>/<width>.png

The first part, the *pass*, says for whom the address was made: `reader` (a page of ours), `public`
(an answer of the API that anybody gets), `key-<id>` (an answer to an access key), or the number of
a licence (its frames, for which nobody sends a key). The signature keeps anybody from making one
up; whoever serves the file asks the guard again, so an address is worth nothing any more when its
key or its licence ends.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from django.conf import settings
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from patientinfo.editions.image_files import suffix_of, widths_of
from patientinfo.licensing.seals import keyed_digest

READER, PUBLIC, KEY_PREFIX = "reader", "public", "key-"
VIEW = "patientinfo_picture"
_SALT = "patientinfo.picture"
_SIGNATURE_BYTES = 15
#: Stands in a template for the pass, which differs from reader to reader.
_PASS = "__pass__"  # noqa: S105 no secret
_FORM = re.compile(
    r"(?P<signed>(?P<audience>[\w-]{1,40})\.(?P<key>[0-9a-f-]{36})"
    r"\.(?P<locale>[A-Za-z0-9-]{2,35})\.(?P<number>\d{1,9}))\.(?P<signature>[\w-]{20})",
    re.ASCII,
)

Json = Mapping[str, Any]


class Pass(NamedTuple):
    """For whom an address of a picture was made, and of which Edition the picture is."""

    audience: str
    key: str
    locale: str
    number: int


def sealed(given: Pass) -> str:
    """The text of a pass, which only we can make."""
    signed = ".".join(map(str, given))
    return f"{signed}.{_signature(signed)}"


def opened(text: str) -> Pass | None:
    """What a pass says; None for one that we did not make, today or under an earlier secret."""
    found = _FORM.fullmatch(text)
    if found is None or not any(
        constant_time_compare(found["signature"], _signature(found["signed"], secret))
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ):
        return None
    return Pass(found["audience"], found["key"], found["locale"], int(found["number"]))


def _signature(signed: str, secret: str | bytes | None = None) -> str:
    made = keyed_digest(_SALT, signed, secret)
    return base64.urlsafe_b64encode(made[:_SIGNATURE_BYTES]).decode()


def picture_templates(image: Json) -> dict[str, str]:
    """Path of each size of an image by its width in pixels, ascending, for `addressed`."""
    return {
        str(width): reverse(VIEW, args=[_PASS, image["id"], f"{width}.{suffix_of(image)}"])
        for width in widths_of(image)
    }


def addressed(template: bytes, given: Pass) -> bytes:
    """Any bytes made with `picture_templates`, with a pass in its place."""
    return template.replace(_PASS.encode(), sealed(given).encode())


def picture_urls(document: Json, audience: str, image: Json) -> dict[str, str]:
    """The same for one image of a Document at once: width in pixels → path."""
    given = sealed(Pass(audience, document["key"], document["locale"], document["edition"]))
    return {width: path.replace(_PASS, given) for width, path in picture_templates(image).items()}
