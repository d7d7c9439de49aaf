"""The channel: one leaflet as a FHIR document."""

from __future__ import annotations

import orjson
from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document
from patientinfo.channels.fhir.bundle import document_of
from patientinfo.licensing.terms import Use

MEDIA_TYPE = "application/fhir+json"


class FhirChannel(Channel):
    """A leaflet for a health record; without the text, what the catalogue says of it."""

    name = "fhir"
    label = _("For health records (FHIR R5)")
    media_type = MEDIA_TYPE
    extension = "fhir.json"
    needs = frozenset[str]()
    uses = frozenset({Use.PORTAL})
    version = "4"

    def render(self, document: Document, context: Context) -> bytes:
        return orjson.dumps(document_of(document, context.sheet))
