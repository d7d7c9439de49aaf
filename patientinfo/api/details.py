"""
An Edition, how it stands today and what the guard decided → the JSON of a Detail.

The Document goes into the answer as the text that was stored when it was issued, byte for byte,
unless something had to be cut out of it; only what stands around it is made here. What is the same
for every reader with the same rights is kept in pieces. What names a licence, the rights and the
signed addresses of photos, is put between them for each.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple

import orjson
from django.utils import timezone

from patientinfo.api import rendering
from patientinfo.api.answers import Body, etag_of
from patientinfo.api.memo import Memo
from patientinfo.api.rendering import SHAPE, Given, Json, Place, place
from patientinfo.api.rows import Row, document_texts, typed
from patientinfo.licensing import pictures
from patientinfo.licensing.cutting import Cut, Withheld, cut_document
from patientinfo.licensing.guard import Decision, Permitted, Reason, Refused


class Subject(NamedTuple):
    """
    Everything that a Detail is made of but for who it is for; the same Subject always makes the
    same pieces. It holds plain values in a fixed order, because an ETag is made from it.

    `parts` may leave, each of `withheld` may not and says why; `refused`: nothing may, for this
    reason. `day`: photos of people leave only while they agree. `numbered`: asked for by its
    number. `requested`: the language asked for, when the source language stands in for it.
    """

    row: Row
    parts: tuple[str, ...]
    withheld: tuple[tuple[str, str], ...]
    sublicensable_only: bool
    refused: str
    day: str
    place: Place
    numbered: bool = False
    requested: str | None = None
    shape: int = SHAPE

    @property
    def decision(self) -> Decision:
        if self.refused:
            return Refused(Reason(self.refused))
        withheld = tuple((part, Reason(reason)) for part, reason in self.withheld)
        return Permitted(frozenset(self.parts), withheld, self.sublicensable_only)


class Audience(NamedTuple):
    """For whom an answer is: the licence it names, and whose addresses of photos it carries."""

    given: Given = Given()
    pictures: str = pictures.PUBLIC


class Pieces(NamedTuple):
    """
    A Detail's JSON but for what names its reader: `head`, rights, `middle`, media, `tail`. `tag`:
    what an ETag has of the Subject that they were made from.
    """

    head: bytes
    rights: Json
    middle: bytes
    media: bytes
    tail: bytes
    tag: str = ""

    @property
    def size(self) -> int:
        return len(self.head) + len(self.middle) + len(self.media) + len(self.tail)


EVERYBODY = Audience()

_PIECES: Memo[Pieces] = Memo(32_000_000)
_PUBLIC: Memo[Body] = Memo(32_000_000)
_LICENSED: Memo[Body] = Memo(32_000_000)


def forget() -> None:
    """Empties what this process keeps, for tests that measure or that rewrite history."""
    rendering.forget_entries()
    for memo in (_PIECES, _PUBLIC, _LICENSED):
        memo.clear()


def subject_of(row: Row, decision: Decision, **more: Any) -> Subject:
    """What a row is to a reader for whom the guard decided so."""
    today, here = timezone.localdate().isoformat(), place()
    if isinstance(decision, Refused):
        return Subject(row, (), (), False, str(decision.reason), today, here, **more)
    parts = tuple(sorted(decision.parts))
    withheld = tuple((part, str(reason)) for part, reason in decision.withheld)
    return Subject(row, parts, withheld, decision.sublicensable_only, "", today, here, **more)


def kept_detail(subject: Subject, audience: Audience) -> Body | None:
    """The Detail of a subject for an audience, if it was made before."""
    return _memo(audience).get((subject, audience))


def numbered_detail(subject: Subject, audience: Audience, etag: str, text: str) -> Body:
    """The Detail of an Edition at its own number, whose row is typed and whose `text` was read."""
    pieces = pieces_of(subject, subject.row, text)
    return Body(put_together(pieces, subject, audience), etag)


def made_detail(subject: Subject, audience: Audience, etag: str) -> Body:
    """The Detail, made from its Document, which is read for that."""
    pieces = _PIECES.get(subject)
    if pieces is None:
        row = typed(subject.row)
        pieces = pieces_of(subject, row, document_texts([row.edition_id])[row.edition_id])
        pieces = pieces._replace(tag=etag_of(subject))
        _PIECES.keep(subject, pieces, pieces.size)
    body = Body(put_together(pieces, subject, audience), etag)
    return _memo(audience).keep((subject, audience), body, len(body.content))


def etag_for(subject: Subject, audience: Audience) -> str:
    """Made from all that the answer is made from: no two readers that may differ share one."""
    # A row that was asked for by its number is typed, and its pieces are not kept.
    pieces = None if subject.numbered else _PIECES.get(subject)
    return etag_of((pieces.tag if pieces else etag_of(subject), audience))


def _memo(audience: Audience) -> Memo[Body]:
    # Apart, so that ten thousand licences do not push out what everybody reads.
    return _PUBLIC if audience == EVERYBODY else _LICENSED


def put_together(pieces: Pieces, subject: Subject, audience: Audience) -> bytes:
    """The JSON of a Detail for its reader."""
    rights = rendering.rights_json(pieces.rights, audience.given)
    media = pieces.media
    if media != b"{}":
        row = subject.row
        of = pictures.Pass(audience.pictures, row.leaflet_key, row.locale, row.number)
        media = pictures.addressed(media, of)
    return b"".join(
        (pieces.head, b',"rights":', rights, pieces.middle, b',"media":', media, pieces.tail)
    )


def pieces_of(subject: Subject, row: Row, text: str) -> Pieces:
    """The pieces of a Detail; `row` is typed, `text` the Edition's canonical JSON."""
    document = orjson.loads(text)
    entry = rendering.entry_pieces(row, document, subject.place, numbered=subject.numbered)
    cut = cut_document(document, subject.decision, date.fromisoformat(subject.day))
    tail: Json = {"withheld": [_withheld(w, entry.rights) for w in cut.withheld]}
    if subject.requested:
        tail["fallback"] = {"requested": subject.requested, "served": row.locale}
    media = {
        image["id"]: {
            width: subject.place.origin + path
            for width, path in pictures.picture_templates(image).items()
        }
        for image in cut.images
    }
    return Pieces(
        head=entry.head,
        rights=entry.rights,
        middle=_middle(document, cut, text),
        media=orjson.dumps(media),
        tail=b"," + orjson.dumps(tail)[1:],
    )


def _middle(document: Mapping[str, Any], cut: Cut, text: str) -> bytes:
    """The words: as they were issued, as they were cut, or only their headings."""
    if cut.document is document:
        return b',"document":' + text.encode()
    if cut.document is not None:
        return b',"document":' + orjson.dumps(cut.document)
    outline = [{"id": s["id"], "heading": s["heading"]} for s in document["sections"]]
    found: Json = {"outline": outline}
    if cut.images:
        found["images"] = cut.images
    return b"," + orjson.dumps(found)[1:-1]


def _withheld(withheld: Withheld, rights: Mapping[str, Any]) -> Json:
    found: Json = {
        "part": withheld.part,
        "reason": str(withheld.reason),
        "permission_url": rights["permission_url"],
    }
    if withheld.images:
        found["images"] = list(withheld.images)
    return found
