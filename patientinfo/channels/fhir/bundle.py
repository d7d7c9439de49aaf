"""
`Bundle` (https://hl7.org/fhir/R5/bundle.html): one leaflet as a FHIR document.

Its entries name one another by `urn:uuid`, so it says the same wherever it is kept.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from typing import Any

from patientinfo.channels.fhir.composition import composition_of
from patientinfo.channels.fhir.elements import URI, Json
from patientinfo.channels.fhir.reference import page_of, reference_of
from patientinfo.channels.parts.sheet import Sheet


def document_of(document: Mapping[str, Any], sheet: Sheet) -> Json:
    """A Bundle of the type `document`: the Composition, and then what it refers to."""
    itself, composition, reference = (
        _urn(document, part) for part in ("Bundle", "Composition", "DocumentReference")
    )
    made = composition_of(document, sheet, {"reference": reference})
    return {
        "resourceType": "Bundle",
        "language": document["locale"],
        "identifier": {"system": URI, "value": itself},
        "type": "document",
        "timestamp": document["issued_at"],
        "entry": [
            {"fullUrl": composition, "resource": made},
            {
                "fullUrl": reference,
                "resource": reference_of(document, sheet, page_of(sheet)),
            },
        ],
    }


def _urn(document: Mapping[str, Any], part: str) -> str:
    """The same for the same Edition everywhere (RFC 9562, version 5)."""
    name = f"{part}/{document['locale']}/{document['edition']}"
    return uuid.uuid5(uuid.UUID(document["key"]), name).urn
