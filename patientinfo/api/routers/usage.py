"""What was read under a licence, for its holder."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import BeforeValidator, Field, WithJsonSchema

from patientinfo.api import access, readers
from patientinfo.api.answers import Body, respond_with
from patientinfo.api.errors import Problem
from patientinfo.api.filters import Paging
from patientinfo.api.readers import Reader
from patientinfo.api.schemas import UsageList
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.models import UsageCount
from patientinfo.licensing.usage_reports import counts_of

router = Router(tags=["usage"])


def _day(value: Any) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("It has to be a date like 2026-03-02.") from None


class UsageFilters(Paging):
    """Which of the counts."""

    since: Annotated[
        date | None,
        BeforeValidator(_day),
        WithJsonSchema({"type": "string", "format": "date"}),
        Field(description="That day (UTC) or later. Without it, all that were ever counted."),
    ] = None


@router.get("/", response=UsageList, operation_id="list_usage")
def list_usage(request: HttpRequest, filters: Query[UsageFilters]) -> HttpResponse:
    """
    How often each edition was read under your licence, by day and channel, the newest day first.
    Needs the key of a licence. What was read in the last seconds may not be counted yet.
    """
    reader = readers.reader_of(request)
    there = counts_of(_licence_id(reader), since=filters.since)
    items = [_item(row) for row in there[filters.offset : filters.offset + filters.limit]]
    found = {"licence": reader.licence, "count": there.count(), "items": items}
    return respond_with(request, Body(orjson.dumps(found)), access.headers_for(request, reader))


def _licence_id(reader: Reader) -> int:
    """Whose counts these are. A browser's key stands in a page, where everybody can read it."""
    holder = reader.holder
    if holder is None:
        raise Problem(
            "access-key-required",
            "Send the key of your licence: Authorization: Bearer pik_l_….",
            headers={"WWW-Authenticate": "Bearer", "Vary": "Authorization"},
        )
    if holder.licence_id is None or holder.kind is not Kind.LICENCE:
        raise Problem(
            "forbidden",
            "These counts are told to programs with the key of a licence.",
            headers={"Vary": "Authorization"},
        )
    return holder.licence_id


def _item(row: UsageCount) -> dict[str, Any]:
    return {
        "day": row.day,
        "key": row.key,
        "locale": row.locale,
        "edition": row.edition,
        "channel": row.channel,
        "reads": row.count,
    }
