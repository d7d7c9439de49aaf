"""Everything that a licence covers, as one ZIP."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router, Schema
from pydantic import Field

from patientinfo.api import bundles, readers

router = Router(tags=["bundles"])

Names = Annotated[list[Annotated[str, Field(max_length=255)]], Field(max_length=100)]


class Wanted(Schema):
    """What shall be in it; empty means all that the key is for."""

    channel: Names = []
    locale: Names = []
    leaflet: Names = []


@router.get("/", operation_id="get_bundle")
def get_bundle(request: HttpRequest, wanted: Query[Wanted]) -> HttpResponse:
    """
    Everything that a key may have, as a ZIP: the leaflets in their languages and forms, an index
    for people, the letter and the terms of the licence, and `manifest.json` with the digest of
    every file and what was left out. Each parameter can be given several times.
    """
    reader = readers.reader_of(request)
    return bundles.answer(reader, wanted.channel, wanted.locale, wanted.leaflet)
