"""
FHIR R5: a leaflet as a health record takes it (HL7, https://hl7.org/fhir/R5/).

`composition` makes a Document into a `Composition` whose sections are narratives, `reference` says
in a `DocumentReference` which forms of it there are, and `bundle` puts both into one document.
Pure: all of it is made from a Document that the guard has cut down and from its Sheet.
"""

from patientinfo.channels.fhir.channel import FhirChannel

__all__ = ["FhirChannel"]
