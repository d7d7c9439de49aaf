"""Everything that was ever issued of a leaflet in one language."""

from __future__ import annotations

import uuid
from typing import Any

import orjson
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from patientinfo.api import access, details, readers, refusals, rendering, rows
from patientinfo.api.answers import Body, respond, respond_with
from patientinfo.api.filters import Paging
from patientinfo.api.rows import Row
from patientinfo.api.schemas import Detail, EditionList
from patientinfo.editions.models import SUPERSEDED, Edition, Redaction, Status, Withdrawal
from patientinfo.licensing.guard import Reason, Refused

router = Router(tags=["editions"])

#: Reasons for which not even the entry of an Edition is shown at its number.
NOT_SHOWN = {Reason.HELD, Reason.RECALLED, Reason.REDACTED}


def _editions(key: uuid.UUID, locale: str) -> QuerySet[Any]:
    withdrawn = Withdrawal.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), edition=OuterRef("number")
    )
    redacted = Redaction.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), edition=OuterRef("number")
    )
    return Edition.objects.filter(key=key, locale=locale).annotate(
        withdrawn=Exists(withdrawn), redacted=Exists(redacted)
    )


def _row(key: uuid.UUID, locale: str) -> Row:
    row = rows.row_of(key, locale)
    if row is None:
        raise refusals.not_in_language(key, locale, rows.rows_of(key))
    return rows.typed(row)


def _status(edition: Any, row: Row) -> str:
    """An Edition that was redacted is shown to nobody, be it withdrawn besides."""
    if edition.redacted:
        return str(Status.REDACTED)
    if edition.number == row.number:
        return row.status
    return str(Status.WITHDRAWN) if edition.withdrawn else SUPERSEDED


@router.get("/{uuid:key}/{locale}/editions/", response=EditionList, operation_id="list_editions")
def list_editions(
    request: HttpRequest, key: uuid.UUID, locale: str, paging: Query[Paging]
) -> HttpResponse:
    """Every edition, newest first: its number, its digest, and how it stands today."""
    reader = readers.reader_of(request)
    row = _row(key, locale)
    there = _editions(key, locale)
    page = there.defer("document")[paging.offset : paging.offset + paging.limit]
    items = [_item(edition, row) for edition in page]
    body = Body(orjson.dumps({"count": there.count(), "items": items}))
    return respond_with(request, body, access.headers_for(request, reader))


def _item(edition: Any, row: Row) -> dict[str, Any]:
    source = edition.source_locale and {
        "locale": edition.source_locale,
        "edition": edition.source_edition,
    }
    path = rendering.edition_path(edition.key, edition.locale, edition.number)
    return {
        "edition": edition.number,
        "issued_at": rendering.moment(edition.issued_at),
        "digest": edition.digest,
        "part_digests": edition.part_digests,
        "status": _status(edition, row),
        "source": source or None,
        "detail_url": rendering.place().origin + path,
    }


@router.get(
    "/{uuid:key}/{locale}/editions/{int:number}/", response=Detail, operation_id="get_edition"
)
def get_edition(request: HttpRequest, key: uuid.UUID, locale: str, number: int) -> HttpResponse:
    """
    One edition as it was issued, for ever: its Document is the same bytes each time. How it stands
    (`meta.status`) changes: it is `superseded` by a later one, or was `withdrawn`.
    """
    reader = readers.reader_of(request)
    row = _row(key, locale)
    found = _editions(key, locale).filter(number=number).first() if number <= rows.HIGHEST else None
    if found is None:
        raise refusals.no_such_edition(row, number)
    status = _status(found, row)
    decision = access.decide_numbered(reader, row, number, status)
    if isinstance(decision, Refused) and decision.reason in NOT_SHOWN:
        raise refusals.not_readable(row, number, status)
    then = row._replace(
        edition_id=found.pk,
        digest=found.digest,
        part_digests=found.part_digests,
        number=number,
        status=status,
        # Which sections are behind is known of the newest edition alone.
        behind=row.behind if number == row.number else [],
    )
    subject = details.subject_of(then, decision, numbered=True)
    audience = access.audience_of(reader, then, decision)
    etag = details.etag_for(subject, audience)
    response = respond(
        request,
        etag,
        lambda: details.numbered_detail(subject, audience, etag, found.document),
        {"Content-Language": locale, **access.headers_for(request, reader)},
    )
    access.count(reader, then, decision)
    return response
