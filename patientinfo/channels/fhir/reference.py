"""
`DocumentReference` (https://hl7.org/fhir/R5/documentreference.html): which forms of a leaflet there
are and where. It says what the catalogue says, so it is for everybody; whoever fetches one of the
forms is asked for a key there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
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

RELATION = "http://hl7.org/fhir/document-relationship-type"


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a leaflet: where it is and as what."""

    url: str
    media_type: str


def page_of(sheet: Sheet) -> tuple[Form, ...]:
    """The form that every leaflet with an address has: the page that people read."""
    return (Form(sheet.url, "text/html"),) if sheet.url else ()


def reference_of(document: Mapping[str, Any], sheet: Sheet, forms: Iterable[Form]) -> Json:
    """The resource; `forms` in the order in which they are offered."""
    contents = [{"attachment": _attachment(form, document)} for form in forms]
    return filled(
        {
            "resourceType": "DocumentReference",
            "id": resource_id(document["key"], document["locale"]),
            "meta": {"versionId": str(document["edition"]), "lastUpdated": document["issued_at"]},
            "language": document["locale"],
            "identifier": identifiers(document, sheet),
            "version": str(document["edition"]),
            "status": "current",
            "docStatus": "preliminary" if sheet.draft else "final",
            "type": kind(sheet),
            "category": categories(document),
            "date": document["issued_at"],
            "author": authors(document),
            "attester": attesters(document),
            "custodian": custodian(document),
            "relatesTo": _source(document, sheet),
            "description": document["summary"],
            # A Document without an address is a draft; FHIR asks for one content all the same.
            "content": contents or [{"attachment": {"title": document["title"]}}],
        }
    )


def _attachment(form: Form, document: Mapping[str, Any]) -> Json:
    return {
        "contentType": form.media_type,
        "language": document["locale"],
        "url": form.url,
        "title": document["title"],
        "creation": document["issued_at"],
    }


def _source(document: Mapping[str, Any], sheet: Sheet) -> list[Json]:
    if not document["source"]:
        return []
    code = {"coding": [{"system": RELATION, "code": "transforms", "display": "Transforms"}]}
    target = {
        "type": "DocumentReference",
        "identifier": {"system": URI, "value": f"urn:uuid:{document['key']}"},
        "display": sheet.original,
    }
    return [{"code": code, "target": target}]
