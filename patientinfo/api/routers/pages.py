"""Leaflets as they stand today: list, find, detail."""

from __future__ import annotations

import uuid
from functools import partial
from typing import Annotated, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import Field, WithJsonSchema

from patientinfo.api import access, details, readers, refusals, rendering, renditions, rows
from patientinfo.api.answers import Body, respond, respond_with
from patientinfo.api.filters import PageFilters, list_queries
from patientinfo.api.negotiation import negotiate
from patientinfo.api.rows import Row
from patientinfo.api.schemas import Detail, PageList
from patientinfo.conf import get_setting
from patientinfo.licensing.guard import Reason, Refused

router = Router(tags=["pages"])

#: Between requests for the same list the filters are the same; only these differ.
FIRST_PAGE = {"limit": 20, "offset": 0}

Fallback = Annotated[
    Literal["source"] | None,
    WithJsonSchema({"type": "string", "enum": ["source"]}),
    Field(
        description="`source`: when the leaflet is not there in this language, answer in the "
        "language that it was written in, and say so in `fallback`."
    ),
]
HtmlPath = Annotated[
    str,
    WithJsonSchema({"type": "string", "maxLength": 2000, "examples": ["/nl/dry-needling/"]}),
    Field(max_length=2000, description="Path of the page that people read."),
]


@router.get("/{uuid:key}/{locale}/", response=Detail, operation_id="get_page_in_language")
def get_page_in_language(
    request: HttpRequest, key: uuid.UUID, locale: str, fallback: Query[Fallback] = None
) -> HttpResponse:
    """A leaflet in one language: the whole Document, or what you may have of it."""
    if fallback:
        return _with_source_to_fall_back_on(request, key, locale)
    row, presented = readers.row_for(request, key, locale)
    if row is None:
        raise refusals.not_in_language(key, locale, rows.rows_of(key))
    return _answer(request, row, presented)


def _with_source_to_fall_back_on(request: HttpRequest, key: uuid.UUID, locale: str) -> HttpResponse:
    there = rows.rows_of(key)
    row = next((row for row in there if row.locale == locale), None)
    source = next((row for row in there if row.is_source and row.available), None)
    if source is not None and (row is None or not row.available):
        return _answer(request, source, requested=locale, stands_elsewhere=True)
    if row is None:
        raise refusals.not_in_language(key, locale, there)
    return _answer(request, row)


@router.get("/", response=PageList, operation_id="list_pages")
def list_pages(request: HttpRequest, filters: Query[PageFilters]) -> HttpResponse:
    """Leaflets, each in each of its languages, but for those that were withdrawn."""
    reader = readers.reader_of(request)
    shape = filters.model_copy(update=FIRST_PAGE)
    queries = list_queries(shape, reader, get_setting("PUBLIC_ACCESS"))
    found = queries.rows.run(limit=filters.limit, offset=filters.offset)
    # A list that ends within its page needs no counting.
    ends_here = len(found) < filters.limit and (found or not filters.offset)
    count = filters.offset + len(found) if ends_here else queries.counting.count()
    there = map(Row._make, found)
    entries = rendering.entries_of((row, access.given_under(reader, row)) for row in there)
    body = Body(b'{"count":%d,"items":[%b]}' % (count, b",".join(entries)))
    return respond_with(request, body, access.headers_for(request, reader))


@router.get("/find/", response=Detail, operation_id="find_page")
def find_page(request: HttpRequest, html_path: Query[HtmlPath]) -> HttpResponse:
    """The leaflet whose page stands at a path of this site."""
    path = html_path if html_path.endswith("/") else f"{html_path}/"
    row = rows.row_at(path)
    if row is None:
        raise refusals.nothing_at(html_path)
    return _answer(request, row, stands_elsewhere=True)


@router.get("/{uuid:key}/", response=Detail, operation_id="get_page")
def get_page(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """A leaflet in the language that `Accept-Language` asks for; without it, in its own."""
    there = rows.rows_of(key)
    if not there:
        raise refusals.no_such_leaflet(key)
    by_locale = {row.locale: row for row in there if row.available}
    if not by_locale:
        raise refusals.gone(rows.typed(there[0]))
    wished = request.META.get("HTTP_ACCEPT_LANGUAGE", "")
    locale = negotiate(wished, list(by_locale))
    if locale is None:
        raise refusals.not_acceptable(wished, list(by_locale))
    return _answer(request, by_locale[locale], stands_elsewhere=True, negotiated=True)


def _answer(
    request: HttpRequest,
    row: Row,
    presented: readers.Presented | None = None,
    *,
    requested: str | None = None,
    stands_elsewhere: bool = False,
    negotiated: bool = False,
) -> HttpResponse:
    """
    What the guard lets through of a row. `requested`: the language that this one stands in for.
    `stands_elsewhere`: the leaflet has an address of its own, which the answer names. `presented`:
    the key, where it was read with the row.
    """
    vary = renditions.NEGOTIATED_VARY
    if negotiated:
        vary = f"Accept-Language, {vary}"
    wanted = renditions.accepted_channel(request.META.get("HTTP_ACCEPT", ""))
    if wanted is not None:
        return renditions.answer(request, row, wanted, vary)
    reader = readers.reader_of(request, presented)
    decision = access.decide_current(reader, row)
    if isinstance(decision, Refused) and decision.reason in {Reason.WITHDRAWN, Reason.RECALLED}:
        raise refusals.gone(rows.typed(row))
    subject = details.subject_of(row, decision, requested=requested)
    headers = {"Content-Language": row.locale, **access.headers_for(request, reader, vary)}
    if stands_elsewhere:
        headers["Content-Location"] = rendering.detail_path(row.leaflet, row.locale)
    audience = access.audience_of(reader, row, decision)
    kept = details.kept_detail(subject, audience)
    if kept is not None:
        response = respond_with(request, kept, headers)
    else:
        etag = details.etag_for(subject, audience)
        made = partial(details.made_detail, subject, audience, etag)
        response = respond(request, etag, made, headers)
    access.count(reader, row, decision)
    return response
