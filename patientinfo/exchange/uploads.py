"""
A file that somebody has sent and not confirmed yet, as a signed text for a hidden field.

Between the page that shows what an import would do and the one that does it nothing is kept on the
server: nothing has to be cleaned up, and two servers need share nothing. The text is bound to the
person who sent the file and to the page they sent it on, and good for an hour.
"""

from __future__ import annotations

import base64
import zlib
from typing import Any

from django.core.signing import BadSignature, TimestampSigner

from patientinfo.formats.exchange import FileRefused, Problem

#: Below what Django takes in form fields (`DATA_UPLOAD_MAX_MEMORY_SIZE`, 2.5 MB).
MAX_FIELD = 2_000_000
SECONDS = 3600


class UploadGone(ValueError):
    """The text is not one that this person was given here within the last hour."""


def _signer(user: Any, page_id: int | str | None) -> TimestampSigner:
    return TimestampSigner(salt=f"patientinfo.upload.{user.pk}.{page_id or 'all'}")


def pack(name: str, data: bytes, user: Any, page_id: int | str | None) -> str:
    """The file as a signed text; `FileRefused` when it is too long for a form."""
    packed = base64.b64encode(zlib.compress(name.encode() + b"\0" + data)).decode()
    if len(packed) > MAX_FIELD:
        reason = "the file is too large to be sent here; use `manage.py import_translations`"
        raise FileRefused([Problem(name, 1, reason)])
    return _signer(user, page_id).sign(packed)


def unpack(text: str, user: Any, page_id: int | str | None) -> tuple[str, bytes]:
    """Name and bytes of the file; only what `pack` made here is ever unpacked. `UploadGone`."""
    try:
        packed = _signer(user, page_id).unsign(text, max_age=SECONDS)
    except BadSignature as error:
        raise UploadGone from error
    name, _separator, data = zlib.decompress(base64.b64decode(packed)).partition(b"\0")
    return name.decode(), data
