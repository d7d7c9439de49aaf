"""Answers to FHIR clients. Every one asks the guard, as the page API does."""

from __future__ import annotations

import uuid

import orjson
from django.http import HttpRequest, HttpResponse

from patientinfo.api import access, readers, refusals, renditions, rows
from patientinfo.api.answers import Body, etag_of, respond, respond_with
from patientinfo.api.errors import Problem
from patientinfo.api.fhir.capability import capability_statement
from patientinfo.api.fhir.outcomes import MEDIA_TYPE
from patientinfo.api.fhir.resources import RESOURCES, WITH_WORDS, base_url, searchset
from patientinfo.api.fhir.search import prove_format, search_of
from patientinfo.api.readers import Reader
from patientinfo.api.rows import Row
from patientinfo.channels.base import Channel
from patientinfo.channels.fhir.elements import parsed_id
from patientinfo.channels.renditions import Order, order_of
from patientinfo.editions.models import CatalogueEntry
from patientinfo.licensing.guard import Reason, Refused


def show_capability(request: HttpRequest) -> HttpResponse:
    """`/fhir/R5/metadata`"""
    body = Body(orjson.dumps(capability_statement()), media_type=MEDIA_TYPE)
    return respond_with(request, body)


def read_resource(request: HttpRequest, kind: str, given: str) -> HttpResponse:
    """`/fhir/R5/Composition/{id}`: one leaflet in one language."""
    prove_format(request.GET.get("_format", "json"))
    row = _row(kind, given)
    reader = readers.reader_of(request)
    order = renditions.order_for(reader, row, _channel(), is_read=kind in WITH_WORDS)
    etag = etag_of((order.etag, kind, base_url()))

    def make() -> Body:
        return Body(orjson.dumps(RESOURCES[kind](order)), etag, MEDIA_TYPE)

    headers = {"Content-Language": row.locale, **access.headers_for(request, reader)}
    return respond(request, etag, make, headers)


def read_document(request: HttpRequest, given: str) -> HttpResponse:
    """`/fhir/R5/Composition/{id}/$document`: the rendition of the channel `fhir`."""
    return renditions.answer(request, _row("Composition", given), _channel())


def search_resources(request: HttpRequest, kind: str) -> HttpResponse:
    """
    `/fhir/R5/Composition?…`: leaflets that a key does not cover are there as everybody has them,
    as in the lists of the page API.
    """
    search = search_of(request.GET)
    reader = readers.reader_of(request)
    access.prove_serves(reader, _channel().uses)
    entries = search.entries()
    total = entries.count()
    shown = entries[search.offset : search.offset + search.count]
    made = [RESOURCES[kind](_listed(reader, entry, kind)) for entry in shown]
    links = [("self", f"{kind}?{search.query(search.offset)}")]
    if search.count and search.offset + search.count < total:
        links.append(("next", f"{kind}?{search.query(search.offset + search.count)}"))
    body = Body(orjson.dumps(searchset(made, total, links)), media_type=MEDIA_TYPE)
    return respond_with(request, body, access.headers_for(request, reader))


def not_here(request: HttpRequest, path: str = "") -> HttpResponse:
    """Any other address under `/fhir/`."""
    raise Problem(
        "no-such-address",
        f"Nothing is at {request.path[:200]!r}. What there is: {base_url()}/metadata",
    )


def _channel() -> Channel:
    return renditions.channel_named("fhir")


def _row(kind: str, given: str) -> Row:
    parsed = parsed_id(given)
    key = uuid.UUID(parsed[0]) if parsed else None
    row = rows.row_of(key, parsed[1]) if parsed and key else None
    if row is None or parsed is None or key is None:
        raise Problem("no-such-leaflet", f"There is no {kind} with the id {given[:80]!r}.")
    if not row.available:
        raise refusals.gone(rows.typed(row))
    return row


def _listed(reader: Reader, entry: CatalogueEntry, kind: str) -> Order:
    """One of a list: as its reader may have it, or as everybody."""
    try:
        row, is_read = rows.row_from(entry), kind in WITH_WORDS
        return renditions.order_for(reader, row, _channel(), entry, is_read=is_read)
    except Problem as problem:
        if problem.code != "not-licensed":
            raise
        return order_of(_channel(), entry, Refused(Reason.NOT_LICENSED))
