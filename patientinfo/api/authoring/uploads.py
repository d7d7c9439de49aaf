"""
A file that was sent as `multipart/form-data`: looked at before it is read, and read once.

The length that the request declares is all that Django ever reads of it, so a request that is too
long is refused before any of it is.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError

from patientinfo.api.errors import Problem
from patientinfo.exchange.kinds import KINDS
from patientinfo.formats.exchange import Problem as Fault

PART = "file"

#: Bytes of a request: the largest kind of file, and what a form puts around it.
MOST = max(kind.max_bytes for kind in KINDS.values()) + 10_000

#: What reading a form raises; `LookupError` for a charset that is none of text.
_MALFORMED = (
    MultiPartParserError, SuspiciousOperation, UnreadablePostError, ValueError, LookupError,
)  # fmt: skip


def sent_file(request: HttpRequest) -> UploadedFile[Any]:
    """The one file of the request. Problems for one that is too long, malformed or not alone."""
    _check_length(request)
    if request.content_type != "multipart/form-data":
        raise Problem(
            "unsupported-media-type",
            f"Send the file as multipart/form-data, in the part {PART!r}; this is "
            f"{(request.content_type or 'of no type')[:80]!r}.",
        )
    try:
        files, others = request.FILES, request.POST
    except _MALFORMED as error:
        raise Problem("bad-request", "This is not well-formed multipart/form-data.") from error
    if list(files) != [PART] or len(files.getlist(PART)) != 1 or others:
        raise Problem("bad-request", f"Send one file, in the part {PART!r}, and nothing else.")
    file = files[PART]
    if not isinstance(file, UploadedFile) or not file.name:
        raise Problem("bad-request", "The file has no name; its ending says what it is.")
    return file


def _check_length(request: HttpRequest) -> None:
    declared = request.META.get("CONTENT_LENGTH") or "0"
    if not declared.isascii() or not declared.isdigit() or int(declared[:19]) > MOST:
        raise Problem(
            "too-large",
            f"At most {MOST} bytes are read here; larger memories go in by "
            "`manage.py import_translations`.",
            most=MOST,
        )


def refused(name: str, faults: Sequence[Fault]) -> Problem:
    """The answer to a file that was refused: each fault with the unit or the line it is about."""
    detail = f"{name}: nothing of it is stored. " + "; ".join(
        f"{fault.unit or f'line {fault.line}'}: {fault.reason}" for fault in faults[:3]
    )
    if len(faults) > 3:
        detail += f"; and {len(faults) - 3} more"
    problems = [
        {"unit": fault.unit or None, "line": fault.line, "reason": fault.reason} for fault in faults
    ]
    return Problem("file-refused", detail, file=name, problems=problems)
