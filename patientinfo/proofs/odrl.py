"""
A licence as an ODRL 2.2 Agreement, in JSON-LD.

One permission for each part, text and photos, because a photo has another owner than the words
beside it. Each rule is atomic, as the information model's cardinalities have it (2.6, 2.7): one
action, one target. The target is a collection whose members are the leaflets in their languages.

Terms are ODRL's wherever it has one; the rest are those of `odrl_profile`. It states what was
agreed, not how that stands: whether it is valid today is answered at its `uid`, the public proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from patientinfo.licensing.models import LicenceVersion
from patientinfo.licensing.terms import LICENSABLE, PARTS, TEXT, LicenceTerms, Party, Use
from patientinfo.proofs.addresses import catalogue_url, leaflet_url, profile_url, proof_url
from patientinfo.proofs.odrl_profile import CONTEXT
from patientinfo.proofs.subjects import Subject

Json = dict[str, Any]

MEDIA_TYPE = "application/ld+json"
ODRL_CONTEXT = "http://www.w3.org/ns/odrl.jsonld"
_CLASSES = {part: f"pi:{part.capitalize()}" for part in PARTS}


def agreement_of(version: LicenceVersion, subjects: Sequence[Subject]) -> Json:
    """The Agreement of one frozen version of a licence; `subjects` are those of its terms."""
    terms = version.terms
    uid = proof_url(version.licence.number)
    parts = [part for part in PARTS if part in terms.parts]
    parties = {"assigner": f"{uid}#licensor", "assignee": f"{uid}#licensee"}
    return {
        "@context": [ODRL_CONTEXT, _own_context()],
        "@type": "Agreement",
        "uid": uid,
        "profile": profile_url(),
        "conflict": "prohibit",
        "dct:identifier": version.licence.number,
        "dct:issued": _moment(version.frozen_at),
        "pi:version": version.version,
        "pi:termsDigest": version.digest,
        **_in_words(terms),
        "assigner": _party(parties["assigner"], terms.licensor),
        "assignee": _party(parties["assignee"], terms.licensee),
        "permission": [_permission(uid, part, terms, subjects) | parties for part in parts],
        "prohibition": [
            rule | parties for part in parts for rule in _prohibitions(uid, part, terms)
        ],
        "obligation": [_withdrawal(uid, part) | parties for part in parts],
    }


def _own_context() -> Json:
    return {
        **CONTEXT,
        "pi": f"{profile_url()}#",
        # What ODRL says from the member's side, said from the collection's.
        "member": {"@reverse": "odrl:partOf", "@type": "@id"},
    }


def _in_words(terms: LicenceTerms) -> Json:
    """What no program can weigh."""
    said = {"pi:conditions": terms.conditions, "pi:price": terms.price}
    return {
        name: {"@value": text, "@language": terms.language} for name, text in said.items() if text
    }


def _party(uid: str, party: Party) -> Json:
    """An organisation. People stay out: a policy is read by programs, and copied."""
    country = {"vcard:country-name": party.country} if party.country else {}
    return {
        "@type": ["Party", "vcard:Organization"],
        "uid": uid,
        "vcard:fn": party.name,
        **country,
    }


def _permission(uid: str, part: str, terms: LicenceTerms, subjects: Sequence[Subject]) -> Json:
    return {
        "@type": "Permission",
        "uid": f"{uid}#{part}-permission",
        "target": _collection(uid, part, terms, subjects),
        "action": "pi:adapt" if terms.adaptation and part == TEXT else "pi:reproduce",
        "constraint": list(_constraints(terms)),
        "duty": [_attribution(uid, part, terms)],
    }


def _collection(uid: str, part: str, terms: LicenceTerms, subjects: Sequence[Subject]) -> Json:
    """The part of each leaflet that is licensed; of "all leaflets" only the pinned are named."""
    kind = _CLASSES[part]
    if terms.leaflets is None:
        members = [_asset(kind, part, key, locale, terms) for key, locale in sorted(terms.pinned)]
        members.append({"@type": ["AssetCollection", kind], "uid": f"{catalogue_url()}#{part}"})
    else:
        members = [
            _asset(kind, part, subject.key, locale, terms, subject.titles.get(locale, ""))
            for subject in subjects
            for locale in _locales_of(subject, terms)
        ]
    return {"@type": ["AssetCollection", kind], "uid": f"{uid}#{part}", "member": members}


def _locales_of(subject: Subject, terms: LicenceTerms) -> Iterable[str]:
    """The licensed languages; of all languages those that are there, or the leaflet as a whole."""
    if terms.locales is not None:
        return sorted(terms.locales)
    return sorted(subject.titles) or [""]


def _asset(
    kind: str, part: str, key: str, locale: str, terms: LicenceTerms, title: str = ""
) -> Json:
    pinned = terms.pinned.get((key, locale))
    asset: Json = {
        "@type": ["Asset", kind],
        "uid": f"{leaflet_url(key, locale, pinned)}#{part}",
        "dct:identifier": f"urn:uuid:{key}",
    }
    if locale:
        asset["dct:language"] = locale
    if title:
        asset["dct:title"] = {"@value": title, "@language": locale}
    return asset


def _constraints(terms: LicenceTerms) -> Iterator[Json]:
    yield _constraint("dateTime", "gteq", _moment(terms.first_moment))
    if terms.end_moment is not None:
        yield _constraint("dateTime", "lt", _moment(terms.end_moment))
    uses = [use for use in LICENSABLE if use in terms.uses]
    yield _among("purpose", [{"@id": f"pi:{use}"} for use in uses])
    if terms.locales is not None:
        yield _among("language", [_coded(code, "dct:RFC5646") for code in sorted(terms.locales)])
    if terms.territory is not None:
        yield _among("spatial", [_coded(code, "dct:ISO3166") for code in sorted(terms.territory)])
    run = terms.uses.get(Use.PRINT, {}).get("run")
    if run:
        yield _constraint("pi:printRun", "lteq", _coded(str(run), "xsd:integer"))
    edition = "pi:asNamed" if terms.pinned else "pi:current"
    yield _constraint("pi:edition", "eq", {"@id": edition})


def _attribution(uid: str, part: str, terms: LicenceTerms) -> Json:
    """The credit line as it must stand there, or at least the licensor's name."""
    lines = [{"@value": line, "@language": code} for code, line in sorted(terms.credit.items())]
    action: str | Json = "attribute"
    if lines:
        refinement = _among("pi:creditLine", lines)
        action = {"rdf:value": {"@id": "odrl:attribute"}, "refinement": [refinement]}
    return {
        "@type": "Duty",
        "uid": f"{uid}#{part}-attribution",
        "action": action,
        "attributedParty": f"{uid}#licensor",
    }


def _prohibitions(uid: str, part: str, terms: LicenceTerms) -> Iterator[Json]:
    refused = {
        "adaptation": (terms.adaptation and part == TEXT, "derive"),
        "commercial": (terms.commercial, "cc:CommercialUse"),
    }
    for name, (is_allowed, action) in refused.items():
        if is_allowed:
            continue
        rule: Json = {
            "@type": "Prohibition",
            "uid": f"{uid}#{part}-no-{name}",
            "target": f"{uid}#{part}",
            "action": action,
        }
        if name == "adaptation" and Use.TRANSLATE in terms.uses:
            # A translation is derived too, and it is allowed.
            rule["constraint"] = [_constraint("purpose", "neq", {"@id": "pi:translate"})]
        yield rule


def _withdrawal(uid: str, part: str) -> Json:
    return {
        "@type": "Duty",
        "uid": f"{uid}#{part}-withdrawal",
        "target": f"{uid}#{part}",
        "action": "pi:withdraw",
        "constraint": [_constraint("event", "eq", {"@id": "pi:recall"})],
    }


def _among(operand: str, values: list[Json]) -> Json:
    """One value is compared with; several are one list (2.5.1)."""
    if len(values) == 1:
        return _constraint(operand, "eq", values[0])
    return _constraint(operand, "isAnyOf", {"@list": values})


def _constraint(operand: str, operator: str, value: Any) -> Json:
    return {
        "@type": "Constraint",
        "leftOperand": operand,
        "operator": operator,
        "rightOperand": value,
    }


def _coded(value: str, scheme: str) -> Json:
    return {"@value": value, "@type": scheme}


def _moment(value: Any) -> Json:
    return _coded(value.isoformat(), "xsd:dateTime")
