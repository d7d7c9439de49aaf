"""What a client has to know to use the rest: the languages there are, and the Document's schema."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from babel import Locale, UnknownLocaleError
from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from ninja import Router

from patientinfo.api import access, readers
from patientinfo.api.answers import Body, respond_with
from patientinfo.api.filters import locales
from patientinfo.api.schemas import LocaleList
from patientinfo.editions.models import CatalogueEntry
from patientinfo.formats.document_schema import SCHEMA

router = Router(tags=["reference"])


@router.get("/locales/", response=LocaleList, operation_id="list_locales")
def list_locales(request: HttpRequest) -> HttpResponse:
    """The languages of this site, and how many leaflets there are in each."""
    reader = readers.reader_of(request)
    counted = CatalogueEntry.objects.available().order_by().values_list("locale")
    counts = dict(counted.annotate(leaflets=Count("pk")))
    codes = [*locales(), *sorted(set(counts) - set(locales()))]
    items = [{**_language(code), "count": counts.get(code, 0)} for code in codes]
    body = Body(orjson.dumps({"count": len(items), "items": items}))
    return respond_with(request, body, access.headers_for(request, reader))


@cache
def _language(code: str) -> dict[str, Any]:
    """A language's name in itself and its direction, from CLDR."""
    try:
        language = Locale.parse(code, sep="-")
    except (UnknownLocaleError, ValueError):  # a code of the clinic's own
        return {"locale": code, "name": code, "direction": "ltr"}
    name = language.get_display_name() or code
    return {"locale": code, "name": name, "direction": language.text_direction}


@router.get("/schemas/document.json", operation_id="get_document_schema")
def get_document_schema(request: HttpRequest) -> HttpResponse:
    """The JSON Schema (draft 2020-12) that every `document` is valid under."""
    return respond_with(request, _document_schema())


@cache
def _document_schema() -> Body:
    return Body(orjson.dumps(SCHEMA), media_type="application/schema+json")
