"""What this server can do: `CapabilityStatement` (https://hl7.org/fhir/R5/capabilitystatement.html)."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from patientinfo.api.fhir.outcomes import MEDIA_TYPE
from patientinfo.api.fhir.resources import RESOURCES, base_url
from patientinfo.api.fhir.search import DECLARED

#: When this statement was changed last.
DATE = "2026-11-25"
SECURITY = (
    "Without a key: what the catalogue says of a leaflet. The words are given under a licence for "
    "the use “portal”, with its access key in the header Authorization (Bearer)."
)
DOCUMENT = {
    "name": "document",
    "definition": "http://hl7.org/fhir/OperationDefinition/Composition-document",
}


def capability_statement() -> dict[str, Any]:
    """The statement of this installation."""
    name = getattr(settings, "WAGTAIL_SITE_NAME", "")
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": DATE,
        "kind": "instance",
        "software": {"name": "patientinfo"},
        "implementation": {
            "description": f"Patient information leaflets, {name}".rstrip(", "),
            "url": base_url(),
        },
        "fhirVersion": "5.0.0",
        "format": ["json", MEDIA_TYPE],
        "rest": [
            {
                "mode": "server",
                "security": {"cors": True, "description": SECURITY},
                "resource": [_resource(name) for name in RESOURCES],
            }
        ],
    }


def _resource(name: str) -> dict[str, Any]:
    operations = {"operation": [DOCUMENT]} if name == "Composition" else {}
    return {
        "type": name,
        "interaction": [{"code": "read"}, {"code": "search-type"}],
        "versioning": "no-version",
        "searchParam": [
            {"name": parameter, "type": kind, "documentation": about}
            for parameter, (kind, about) in DECLARED.items()
        ],
        **operations,
    }
