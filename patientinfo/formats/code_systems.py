"""
Clinical code systems by the two names that records give them: an OID (HL7 v3, the Infobutton) and a
canonical URI (FHIR).
"""

from __future__ import annotations

from collections.abc import Iterator

SNOMED_CT = "http://snomed.info/sct"
ICD_10 = "http://hl7.org/fhir/sid/icd-10"
ICD_10_CM = "http://hl7.org/fhir/sid/icd-10-cm"
ICD_9_CM = "http://hl7.org/fhir/sid/icd-9-cm"
ICPC_2 = "http://hl7.org/fhir/sid/icpc-2"
RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm"
LOINC = "http://loinc.org"

#: FHIR R5, "Using Codes", and the registry at https://terminology.hl7.org/
URI_OF_OID = {
    "2.16.840.1.113883.6.96": SNOMED_CT,
    "2.16.840.1.113883.6.3": ICD_10,
    "2.16.840.1.113883.6.90": ICD_10_CM,
    "2.16.840.1.113883.6.103": ICD_9_CM,
    "2.16.840.1.113883.6.139": ICPC_2,
    "2.16.840.1.113883.6.88": RXNORM,
    "2.16.840.1.113883.6.1": LOINC,
}
#: Systems whose codes are cut shorter to mean more.
_BY_LETTERS = {ICD_10, ICD_10_CM, ICD_9_CM}
_CATEGORY = 3


def system_of(name: str) -> str | None:
    """
    The URI of a system given by its OID, with or without `urn:oid:`, or by that URI.

    >>> system_of("2.16.840.1.113883.6.96")
    'http://snomed.info/sct'
    """
    bare = name.strip().removeprefix("urn:oid:")
    return URI_OF_OID.get(bare) or (bare if bare in URI_OF_OID.values() else None)


def meanings_of(system: str, code: str) -> Iterator[tuple[str, str]]:
    """
    A code, and then the wider ones that it is a kind of, nearest first. ICD-10-CM is ICD-10 with
    more letters.

    >>> [code for system, code in meanings_of(ICD_9_CM, "729.11")]
    ['729.11', '729.1', '729']
    """
    systems = (system, ICD_10) if system == ICD_10_CM else (system,)
    yield from ((each, code) for each in systems)
    while system in _BY_LETTERS and len(code) > _CATEGORY:
        code = code[:-1].removesuffix(".")
        yield from ((each, code) for each in systems)
