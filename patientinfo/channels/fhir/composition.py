"""
`Composition` (https://hl7.org/fhir/R5/composition.html): the leaflet's sections as narratives.

Without the text it is still the leaflet's entry in the catalogue: title, summary, headings. Each
section is then empty, and says that its words were withheld.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from patientinfo.channels.fhir.elements import (
    URI,
    Json,
    attesters,
    authors,
    categories,
    custodian,
    filled,
    identifiers,
    kind,
    resource_id,
)
from patientinfo.channels.parts.sheet import Sheet
from patientinfo.channels.parts.story import Heading, Piece, story_of
from patientinfo.channels.parts.xhtml import narrative

EMPTY_REASON = {
    "coding": [
        {
            "system": "http://terminology.hl7.org/CodeSystem/list-empty-reason",
            "code": "withheld",
            "display": "Information Withheld",
        }
    ]
}


def composition_of(document: Mapping[str, Any], sheet: Sheet, forms: Json | None = None) -> Json:
    """
    The resource; `forms` is a reference to the DocumentReference that stands beside it, which the
    last section then has as its entry.
    """
    front, *sections = _sections(story_of(document, sheet))
    made = [_section(pieces, sheet, withheld=_withheld(pieces, document)) for pieces in sections]
    if forms and made:
        made[-1]["entry"] = [forms]
    return filled(
        {
            "resourceType": "Composition",
            "id": resource_id(document["key"], document["locale"]),
            "meta": _meta(document),
            "language": document["locale"],
            "text": {"status": "generated", "div": narrative(front, sheet)},
            "url": sheet.url,
            "identifier": identifiers(document, sheet),
            "version": str(document["edition"]),
            "status": _status(sheet),
            "type": kind(sheet),
            "category": categories(document),
            "date": document["issued_at"],
            "author": authors(document),
            "title": document["title"],
            "note": _notes(document, sheet),
            "attester": attesters(document),
            "custodian": custodian(document),
            "relatesTo": _source(document, sheet),
            "event": _review(document),
            "section": made,
        }
    )


def _meta(document: Mapping[str, Any]) -> Json:
    return {"versionId": str(document["edition"]), "lastUpdated": document["issued_at"]}


def _status(sheet: Sheet) -> str:
    """Held and redacted Editions are not given at all."""
    return "preliminary" if sheet.draft else "final"


def _notes(document: Mapping[str, Any], sheet: Sheet) -> list[Json]:
    """What whoever reproduces it has to show: how it stands, the credit, the permission."""
    rights = document["rights"]
    told = [sheet.said(notice) for notice in sheet.notices]
    told += [rights["credit"], rights["statement"]]
    if sheet.licence:
        told += [sheet.licence.credit, sheet.licence.number]
    return [{"text": text} for text in dict.fromkeys(told) if text]


def _source(document: Mapping[str, Any], sheet: Sheet) -> list[Json]:
    """The Edition that a translation was made from."""
    source = document["source"]
    if not source:
        return []
    other = {
        "type": "Composition",
        "identifier": {"system": URI, "value": f"urn:uuid:{document['key']}"},
        "display": f"{document['source_title'] or document['title']} "
        f"({sheet.original}) {source['digest']}",
    }
    return [{"type": "derived-from", "resourceReference": other}]


def _review(document: Mapping[str, Any]) -> list[Json]:
    """The event that is documented: the clinical review, and until when it holds."""
    period = filled({"start": document["reviewed_on"], "end": document["review_due"]})
    return [{"period": period}] if period else []


def _sections(story: Iterable[Piece]) -> Iterator[list[Piece]]:
    """The pieces before the first section, then those of each."""
    found: list[Piece] = []
    for piece in story:
        if isinstance(piece, Heading) and piece.level == 2:
            yield found
            found = []
        found.append(piece)
    yield found


def _withheld(pieces: list[Piece], document: Mapping[str, Any]) -> bool:
    """A section of the leaflet with nothing in it: no leaflet is issued with one."""
    return len(pieces) == 1 and isinstance(pieces[0], Heading) and bool(pieces[0].id)


def _section(pieces: list[Piece], sheet: Sheet, *, withheld: bool) -> Json:
    heading = pieces[0]
    title = heading.text if isinstance(heading, Heading) else ""
    shown = {"status": "empty" if withheld else "additional", "div": narrative(pieces, sheet)}
    return filled(
        {"title": title, "text": shown, "emptyReason": EMPTY_REASON if withheld else None}
    )
