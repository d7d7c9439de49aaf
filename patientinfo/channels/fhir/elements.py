"""
Elements that both resources have: identifiers, codes, people; and how values have to look.

What people read is in the leaflet's language; the `display` of a code is as its system has it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from patientinfo.channels.parts.sheet import Sheet

Json = dict[str, Any]

#: `Identifier.system` of what is a URI itself (FHIR R5, "Identifier Systems").
URI = "urn:ietf:rfc:3986"
LOINC = "http://loinc.org"
ATTESTATION = "http://hl7.org/fhir/composition-attestation-mode"
#: LOINC's code for a document that teaches a patient.
EDUCATION_NOTE = {"system": LOINC, "code": "34895-3", "display": "Education note"}

#: FHIR R5, `code`, `string` and `uri`: no white space at either end, none doubled, none in a URI.
_BLANKS = re.compile(r"\s+")
_ID = re.compile(r"(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})-(?P<locale>[A-Za-z0-9-]+)")


def resource_id(key: str, locale: str) -> str:
    """A leaflet in one language as `Resource.id`: its key and its language."""
    return f"{key}-{locale}"


def parsed_id(given: str) -> tuple[str, str] | None:
    """The key and language of an id; None for one that is none of ours."""
    found = _ID.fullmatch(given)
    return (found["key"], found["locale"]) if found else None


def filled(element: Mapping[str, Any]) -> Json:
    """The element without what is empty: FHIR has no empty values, lists or objects."""
    return {name: value for name, value in element.items() if value not in ("", None, [], {})}


def one_line(text: str) -> str:
    """Text as FHIR's `code` and coded displays take it."""
    return _BLANKS.sub(" ", text).strip()


def identifiers(document: Mapping[str, Any], sheet: Sheet) -> list[Json]:
    """Which leaflet it is, and which words: the digest is that of the whole Edition."""
    found: list[Json] = [{"system": URI, "value": f"urn:uuid:{document['key']}"}]
    if sheet.digest:
        found.append({"type": {"text": sheet.word("fingerprint")}, "value": sheet.digest})
    return found


def kind(sheet: Sheet) -> Json:
    return {"coding": [dict(EDUCATION_NOTE)], "text": sheet.word("leaflet")}


def categories(document: Mapping[str, Any]) -> list[Json]:
    """What the leaflet is about: its clinical codes, and the topics under which patients look."""
    coded = [
        {"coding": [filled({**code, "display": one_line(code["display"])})]}
        for code in document["codes"]
    ]
    return [*coded, *({"text": topic["name"]} for topic in document["topics"])]


def authors(document: Mapping[str, Any]) -> list[Json]:
    """Who wrote it, and who put it into this language; the clinic when nobody is named."""
    people = document["people"]
    named = [*people["authors"], *people["translators"]]
    return _named(named) or [custodian(document)]


def _named(people: Iterable[Mapping[str, Any]]) -> list[Json]:
    return [{"display": person["name"]} for person in people]


def custodian(document: Mapping[str, Any]) -> Json:
    return {"display": document["rights"]["holder"]}


def attesters(document: Mapping[str, Any]) -> list[Json]:
    """The clinicians who approved these words."""
    mode = {"coding": [{"system": ATTESTATION, "code": "professional", "display": "Professional"}]}
    return [
        filled({"mode": mode, "time": person["on"], "party": {"display": person["name"]}})
        for person in document["people"]["approvers"]
    ]
