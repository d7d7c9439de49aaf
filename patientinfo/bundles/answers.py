"""A bundle as an answer over HTTP, sent while it is made; for one reader alone."""

from __future__ import annotations

from typing import cast

from django.http import HttpResponse, StreamingHttpResponse

from patientinfo.bundles.archive import MEDIA_TYPE
from patientinfo.bundles.making import Bundle

#: Making and packing the forms of many leaflets takes longer than that many answers.
COST = 20


def bundle_response(bundle: Bundle) -> HttpResponse:
    """An attachment that no cache keeps."""
    response = StreamingHttpResponse(bundle.chunks(), content_type=MEDIA_TYPE)
    response["Content-Disposition"] = f'attachment; filename="{bundle.file_name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return cast("HttpResponse", response)  # to whoever hands it on they are one
