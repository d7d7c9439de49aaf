"""
An Edition and how it stands today → the JSON of an Entry.

What is the same for everybody is made once and kept; the rights, which name a reader's licence,
come last in an Entry and are put on for each.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from functools import cache
from typing import Any, NamedTuple

import orjson
from django.urls import reverse

from patientinfo.api.memo import Memo
from patientinfo.api.rows import Row, document_texts, typed
from patientinfo.conf import get_setting, public_url
from patientinfo.editions.holding import listed
from patientinfo.editions.models import Status

NAMESPACE = "patientinfo-v1"

#: Changes when the shape of answers does, so that no client keeps an old shape by its ETag.
SHAPE = 2

Json = dict[str, Any]


class Place(NamedTuple):
    """Where this site is: scheme and host; and where it wants to be asked for permission."""

    origin: str
    permission_url: str


class Given(NamedTuple):
    """The licence that something is given under and its credit line; empty: as to anybody."""

    licence: str = ""
    credit: str = ""


class EntryPieces(NamedTuple):
    """An Entry in two: `head` is its JSON up to the rights, with the brace left open."""

    head: bytes
    rights: Json


_ENTRIES: Memo[EntryPieces] = Memo(8_000_000)


def place() -> Place:
    return Place(public_url(), get_setting("PERMISSION_URL"))


def forget_entries() -> None:
    """Empties what this process keeps, for tests that measure or that rewrite history."""
    _ENTRIES.clear()


# Addresses


@cache
def api_root() -> str:
    """The path of the API, `/api/v1/`."""
    return reverse(f"{NAMESPACE}:api-root")


def detail_path(key: object, locale: str) -> str:
    return f"{api_root()}pages/{key}/{locale}/"


def edition_path(key: object, locale: str, number: int) -> str:
    return f"{detail_path(key, locale)}editions/{number}/"


def moment(at: datetime) -> str:
    """RFC 3339 in UTC with `Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


# Entries


def entries_of(rows: Iterable[tuple[Row, Given]]) -> list[bytes]:
    """The JSON of each row's Entry; asks the database once, for the Editions it has not seen."""
    here = place()
    wanted = [((SHAPE, row, here), given) for row, given in rows]
    found = {made_from: _ENTRIES.get(made_from) for made_from, _given in wanted}
    missing = [made_from for made_from, pieces in found.items() if pieces is None]
    texts = document_texts({row.edition_id for _shape, row, _here in missing})
    for made_from in missing:
        row = typed(made_from[1])
        made = entry_pieces(row, orjson.loads(texts[row.edition_id]), here)
        found[made_from] = _ENTRIES.keep(made_from, made, len(made.head))
    return [
        pieces.head + b',"rights":' + rights_json(pieces.rights, given) + b"}"
        for made_from, given in wanted
        if (pieces := found[made_from])
    ]


def entry_pieces(
    row: Row, document: Mapping[str, Any], here: Place, *, numbered: bool = False
) -> EntryPieces:
    """What the catalogue says of one leaflet in one language. `row` is typed."""
    document = listed(document, row.status, row.behind)
    same = ("key", "locale", "direction", "type", "slug", "title", "summary")
    entry = {
        **{name: document[name] for name in same},
        "meta": _meta(row, document, here, numbered=numbered),
    }
    rights = {
        **{name: document["rights"][name] for name in ("holder", "statement", "credit")},
        "licence": None,
        "permission_url": permission_url(document, here),
    }
    return EntryPieces(orjson.dumps(entry)[:-1], rights)


def rights_json(rights: Mapping[str, Any], given: Given) -> bytes:
    """The rights as a reader has them: under a licence, with the credit line that it asks for."""
    if not given.licence:
        return orjson.dumps(rights)
    credit = given.credit or rights["credit"]
    return orjson.dumps({**rights, "licence": given.licence, "credit": credit})


def _meta(row: Row, document: Mapping[str, Any], here: Place, *, numbered: bool) -> Json:
    own = edition_path(row.key, row.locale, row.number) if numbered else None
    return {
        "edition": row.number,
        "issued_at": document["issued_at"],
        "updated_at": moment(row.updated_at),
        "reviewed_on": document["reviewed_on"],
        "review_due": document["review_due"],
        "digest": row.digest,
        "part_digests": row.part_digests,
        "status": row.status,
        "detail_url": here.origin + (own or detail_path(row.key, row.locale)),
        "html_url": here.origin + row.html_path if row.html_path else None,
        "source": _source(row, document),
        "translations": [
            _translation(row, other, here)
            for other in row.translations
            if other["status"] not in {Status.WITHDRAWN, Status.RECALLED}
        ],
    }


def _source(row: Row, document: Mapping[str, Any]) -> Json | None:
    source = document["source"]
    return source and {
        "locale": source["locale"],
        "edition": source["edition"],
        "current_edition": row.source_current_edition,
        "behind": row.behind,
    }


def _translation(row: Row, other: Mapping[str, Any], here: Place) -> Json:
    return {
        "locale": other["locale"],
        "title": other["title"],
        "edition": other["edition"],
        "status": other["status"],
        "detail_url": here.origin + detail_path(row.key, other["locale"]),
        "html_url": here.origin + other["html_path"] if other["html_path"] else None,
    }


def permission_url(document: Mapping[str, Any], here: Place) -> str:
    """Where written permission is asked: where the project says, or on our pages for partners."""
    key, locale = document["key"], document["locale"]
    return here.permission_url or f"{here.origin}/{locale}/partners/?leaflet={key}&locale={locale}"
