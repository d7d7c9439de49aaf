"""
schema.org: a leaflet as `MedicalWebPage`, in its own rendition and in the reader's page.

It says about a leaflet what its catalogue entry says, never its words. A leaflet that was withdrawn
or recalled is only named: what it was about is no longer to be found by.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import orjson
from django.utils.safestring import SafeString, mark_safe

from patientinfo.channels.parts.record import LicenceLine, credit_of
from patientinfo.channels.parts.sheet import Other, Sheet
from patientinfo.channels.parts.standing import PAUSED, STOPPED
from patientinfo.formats.inline import safe_href

CONTEXT = "https://schema.org"
#: schema.org's `MedicalAudience` knows these; children and carers read as patients do.
_AUDIENCES = {"patients": "Patient", "professionals": "Clinician", "carers": "Caregiver"}
#: All that is said of a leaflet that is gone.
_NAMED = {
    *("@context", "@type", "@id", "identifier", "name", "alternateName", "inLanguage", "version"),
    *("datePublished", "creativeWorkStatus", "publisher", "copyrightHolder", "copyrightNotice"),
}
#: In a script element none of these may end it or begin a comment; JSON writes them another way.
_ESCAPED = str.maketrans({sign: f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"})
Document = Mapping[str, Any]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """
    What is known of a leaflet beside its Document. Addresses are absolute; `method` and `notices`
    are sentences in the leaflet's language.
    """

    url: str
    digest: str
    status: str
    permission_url: str = ""
    others: tuple[Other, ...] = ()
    licence: LicenceLine | None = None
    method: str = ""
    notices: str = ""


def whereabouts_of(sheet: Sheet) -> Whereabouts:
    """The same from a Sheet; permission is the last of what can be asked for."""
    asked = sheet.asking[-1].where.href
    told = " ".join(map(sheet.said, sheet.notices))
    return Whereabouts(
        sheet.url,
        sheet.digest,
        sheet.status,
        asked,
        sheet.others,
        sheet.licence,
        sheet.method,
        told,
    )


def page_of(document: Document, at: Whereabouts) -> Json:
    """The `MedicalWebPage`; members that would be empty are left out."""
    rights = document["rights"]
    people = document["people"]
    page = {
        "@context": CONTEXT,
        "@type": "MedicalWebPage",
        "@id": at.url or f"urn:uuid:{document['key']}",
        "url": at.url,
        "identifier": [f"urn:uuid:{document['key']}", at.digest],
        "name": document["title"],
        "alternateName": document["source_title"],
        "description": document["summary"],
        "inLanguage": document["locale"],
        "version": str(document["edition"]),
        "datePublished": document["issued_at"],
        "lastReviewed": document["reviewed_on"],
        "expires": document["review_due"],
        "creativeWorkStatus": at.status,
        "correction": _correction(at),
        "publishingPrinciples": _method(at),
        "author": _people(people["authors"]),
        "translator": _people(people["translators"]),
        "reviewedBy": _people([*people["checkers"], *people["approvers"]]),
        "publisher": _organisation(rights),
        "copyrightHolder": _organisation(rights),
        "copyrightNotice": rights["statement"],
        "creditText": credit_of(document, at.licence),
        "usageInfo": _licence(at),
        "license": safe_href(rights["url"]) or _page(at.permission_url),
        "acquireLicensePage": at.permission_url,
        "medicalAudience": _audiences(document),
        "keywords": [topic["name"] for topic in document["topics"]],
        "about": [_code(code) for code in document["codes"]],
        "hasPart": [
            {"@type": "WebPageElement", "name": s["heading"], "url": _anchor(at, s["id"])}
            for s in document["sections"]
        ],
        "image": [_picture(image) for image in document["images"]],
        "citation": [_citation(reference) for reference in document["references"]],
        "translationOfWork": _source(document, at),
        "workTranslation": _translations(document, at),
    }
    gone = at.status in STOPPED - PAUSED
    return {
        name: value
        for name, value in page.items()
        if value not in (None, "", [], {}) and (name in _NAMED or not gone)
    }


def _page(href: str) -> str:
    """An address that is a page; whoever is written to by e-mail has no terms there to be read."""
    return href if href.startswith(("https://", "http://")) else ""


def _correction(at: Whereabouts) -> Json | None:
    """What a reader is told of a text that is older or newer than its original, and where."""
    return {"@type": "CorrectionComment", "text": at.notices} if at.notices else None


def _method(at: Whereabouts) -> Json | None:
    return {"@type": "CreativeWork", "description": at.method} if at.method else None


def _licence(at: Whereabouts) -> Json | None:
    """The permission under which this copy is given; its number is what it is asked for by."""
    return {"@type": "CreativeWork", "identifier": at.licence.number} if at.licence else None


def script_json(value: Any) -> SafeString:
    """JSON for a script element, whatever it says."""
    text = orjson.dumps(value).decode().translate(_ESCAPED)
    return mark_safe(text)  # noqa: S308 escaped above


def _people(people: Iterable[Mapping[str, Any]]) -> list[Json]:
    return [{"@type": "Person", "name": person["name"]} for person in people]


def _organisation(rights: Mapping[str, str]) -> Json:
    found = {"@type": "MedicalOrganization", "name": rights["holder"]}
    url = safe_href(rights["url"])
    return {**found, "url": url} if url else found


def _audiences(document: Document) -> list[Json]:
    return [
        {"@type": "MedicalAudience", "audienceType": _AUDIENCES[code]}
        for code in document["audience"]
        if code in _AUDIENCES
    ]


def _code(code: Mapping[str, str]) -> Json:
    named = {"@type": "MedicalCode", "codingSystem": code["system"], "codeValue": code["code"]}
    entity = {"@type": "MedicalEntity", "code": named}
    return {**entity, "name": code["display"]} if code["display"] else entity


def _anchor(at: Whereabouts, section: str) -> str | None:
    return f"{at.url}#{section}" if at.url else None


def _picture(image: Mapping[str, Any]) -> Json:
    rights = image["rights"]
    picture = {
        "@type": "ImageObject",
        "description": image["alt"],
        "caption": image["caption"],
        "creditText": image["credit"],
        "copyrightNotice": rights["statement"],
        "copyrightHolder": {"@type": "Organization", "name": rights["holder"]},
        "acquireLicensePage": safe_href(rights["url"]),
    }
    return {name: value for name, value in picture.items() if value}


def _citation(reference: Mapping[str, str]) -> Json:
    cited = {"@type": "CreativeWork", "name": reference["text"]}
    url = safe_href(reference["url"])
    return {**cited, "url": url} if url else cited


def _source(document: Document, at: Whereabouts) -> Json | None:
    source = document["source"]
    if not source:
        return None
    other = next((o for o in at.others if o.locale == source["locale"]), None)
    work = {
        "@type": "MedicalWebPage",
        "inLanguage": source["locale"],
        "version": str(source["edition"]),
        "name": document["source_title"],
        "@id": other.url if other else "",
    }
    return {name: value for name, value in work.items() if value}


def _translations(document: Document, at: Whereabouts) -> list[Json]:
    """Of the source only: a translation of a translation is none."""
    if document["source"]:
        return []
    return [
        {
            "@type": "MedicalWebPage",
            "@id": other.url,
            "inLanguage": other.locale,
            "name": other.title,
        }
        for other in at.others
        if other.url
    ]
