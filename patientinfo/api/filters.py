"""
The parameters of the list, and the queries they make.

Each parameter is declared once, with its JSON Schema: OpenAPI, the check of a value and the values
that a problem names as allowed all come from here.
"""

from __future__ import annotations

import re
import uuid
from datetime import UTC, datetime
from functools import lru_cache
from typing import Annotated, Any, Literal, NamedTuple

from django.conf import settings
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, WithJsonSchema

from patientinfo.api.access import searchable
from patientinfo.api.readers import Reader
from patientinfo.api.rows import compiled
from patientinfo.editions.compiled_query import CompiledQuery, storable
from patientinfo.editions.models import CatalogueEntry
from patientinfo.formats.document_schema import AUDIENCES
from patientinfo.licensing.guard import PHOTOS, TEXT
from patientinfo.licensing.searching import matching

MAX_LIMIT = 100
MAX_OFFSET = 2**31 - 1
MAX_SEARCH = 200
TYPES = ("leaflet",)

_ONE_SPACE_FOR_PLUS = re.compile(r"(?<=T\S{5}) (?=\d\d:\d\d$)|(?<=T\S{8}) (?=\d\d:\d\d$)")


def locales() -> list[str]:
    """The codes of the languages that leaflets may be in, in the site's order."""
    languages = getattr(settings, "WAGTAIL_CONTENT_LANGUAGES", settings.LANGUAGES)
    return [code for code, _name in languages]


def _one_of(*allowed: str) -> Any:
    """A check that names what is allowed."""

    def check(value: str | None) -> str | None:
        if value is not None and value not in allowed:
            raise ValueError(f"It has to be one of {', '.join(allowed)}.")
        return value

    return AfterValidator(check)


def _moment(value: Any) -> Any:
    """
    ISO 8601, a date alone meaning its first moment; without an offset, UTC. A `+` that the query
    string turned into a space is taken back.
    """
    if not isinstance(value, str):
        return value
    text = _ONE_SPACE_FOR_PLUS.sub("+", value)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("It has to be a date or a date and time of ISO 8601.") from None
    try:
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except OverflowError:  # year 1 east of Greenwich is before there were years
        return datetime.min.replace(tzinfo=UTC)


class Paging(Schema):
    """Which part of a long list."""

    model_config = ConfigDict(frozen=True)

    limit: Annotated[int, Field(ge=1, le=MAX_LIMIT, description="How many at most.")] = 20
    offset: Annotated[int, Field(ge=0, le=MAX_OFFSET, description="How many to pass over.")] = 0


class PageFilters(Paging):
    """What the list can be asked for. All that is given has to hold."""

    locale: Annotated[
        str | None,
        _one_of(*locales()),
        WithJsonSchema({"type": "string", "enum": locales()}),
        Field(description="Language. Without it, every language of every leaflet."),
    ] = None
    type: Annotated[
        str | None,
        _one_of(*TYPES),
        WithJsonSchema({"type": "string", "enum": list(TYPES)}),
        Field(description="Type of page."),
    ] = None
    topic: Annotated[
        str | None,
        WithJsonSchema({"type": "string", "maxLength": 200, "examples": ["Pain"]}),
        Field(
            max_length=200, description="Topic: its id, the same in every language, or its name."
        ),
    ] = None
    code: Annotated[
        str | None,
        WithJsonSchema({"type": "string", "maxLength": 200}),
        Field(max_length=200, description="Clinical code: `system|code`, or the code alone."),
    ] = None
    audience: Annotated[
        str | None,
        _one_of(*AUDIENCES),
        WithJsonSchema({"type": "string", "enum": list(AUDIENCES)}),
        Field(description="For whom the leaflet is written."),
    ] = None
    translation_of: Annotated[
        uuid.UUID | None,
        WithJsonSchema({"type": "string", "format": "uuid"}),
        Field(description="Key of a leaflet: the languages it was translated into."),
    ] = None
    search: Annotated[
        str | None,
        WithJsonSchema({"type": "string", "maxLength": MAX_SEARCH}),
        Field(
            max_length=MAX_SEARCH,
            description="Words that all have to be there, in part or whole; case, accents and "
            "Arabic vowel signs do not matter. Finds only what you may read.",
        ),
    ] = None
    updated_since: Annotated[
        datetime | None,
        BeforeValidator(_moment),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "string", "format": "date-time"},
                    {"type": "string", "format": "date"},
                ]
            }
        ),
        Field(description="Changed at or after this moment; compare with `meta.updated_at`."),
    ] = None
    order: Annotated[
        Literal["title", "-title", "issued_at", "-issued_at", "updated_at", "-updated_at"],
        Field(description="Order; `-` turns it round. Language decides between equals."),
    ] = "title"


class ListQueries(NamedTuple):
    """The rows of a list in its order, and the query that counts them."""

    rows: CompiledQuery
    counting: CompiledQuery


@lru_cache(maxsize=256)
def list_queries(filters: PageFilters, reader: Reader, public_access: str) -> ListQueries:
    """
    The queries of a list; its `limit` and `offset` come when they are run.

    Kept, because clients ask for the same lists again. `public_access` is the site's default level:
    what may be searched depends on it.
    """
    entries = CatalogueEntry.objects.available()
    exact: dict[str, Any] = {
        "locale": filters.locale,
        "type": filters.type,
        "key": filters.translation_of,
        "updated_at__gte": filters.updated_since,
    }
    entries = entries.filter(**{name: value for name, value in exact.items() if value is not None})
    if filters.translation_of is not None:
        entries = entries.filter(is_source=False)
    for kind in ("topic", "code", "audience"):
        value = getattr(filters, kind)
        if value is not None:
            entries = entries.with_term(kind, storable(value))
    if filters.search is not None and filters.search.strip():
        in_text, in_photos = searchable(reader, TEXT), searchable(reader, PHOTOS)
        entries = matching(entries, filters.search, in_text, in_photos)
    return ListQueries(
        rows=compiled(entries.order_by(filters.order, "locale", "pk")),
        counting=CompiledQuery(entries.order_by().values_list("pk")),
    )
