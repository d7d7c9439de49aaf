"""
The ODRL profile: the few terms that ODRL's core and common vocabulary lack.

ODRL 2.2, section 3.3, asks that new terms say what they are included in. The document is published
at the profile's own address, and a term never changes its meaning there: a changed one gets a new
version of the profile.
"""

from __future__ import annotations

from typing import Any

from patientinfo.licensing.terms import LICENSABLE, Use
from patientinfo.proofs.addresses import profile_url

VERSION = 1
CONTEXT = {
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "cc": "http://creativecommons.org/ns#",
    "dct": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

#: Use → what it is, and the actions of ODRL's common vocabulary that it takes.
USES: dict[Use, tuple[str, tuple[str, ...]]] = {
    Use.WEBSITE: ("On the assignee's public website.", ("display", "distribute")),
    Use.PRINT: ("Printed on paper and handed to patients.", ("print", "distribute")),
    Use.PORTAL: ("In a portal that patients sign in to.", ("display",)),
    Use.SCREEN: ("On screens in the assignee's rooms.", ("present",)),
    Use.SOCIAL: ("In the assignee's accounts on social media.", ("display", "distribute")),
    Use.TRAINING: ("In the training of the assignee's staff.", ("present", "distribute")),
    Use.EMAIL: ("In e-mails from the assignee to patients.", ("distribute",)),
    Use.TRANSLATE: ("Translated into another language.", ("translate",)),
}
_ACTIONS = {
    "reproduce": (
        "To make unaltered copies and to let patients and staff of the assignee have them, in the "
        "ways that the operand `purpose` names and in no others.",
        "odrl:use",
        (),
    ),
    "adapt": (
        "To do as with `reproduce`, and for that to change what the assignee's circumstances "
        "require without changing what is said about health.",
        "odrl:use",
        ("odrl:derive",),
    ),
    "withdraw": (
        "To take every copy out of the sight of patients at once, and to destroy those on paper.",
        "odrl:use",
        (),
    ),
}
_LEFT_OPERANDS = {
    "printRun": "The number of copies printed on paper under this policy in all. It limits no "
    "purpose but `print`.",
    "edition": "Which edition of the asset is used.",
    "creditLine": "The line that stands beside every copy, in the language of the copy.",
}
_RIGHT_OPERANDS = {
    "current": "The edition that is current on the day of use.",
    "asNamed": "Of an asset whose identifier names an edition, that edition; of every other asset "
    "the edition that is current on the day of use.",
    "recall": "The licensor says that an edition must not be used any more.",
}
_ASSETS = {
    "Text": "The words of a leaflet, its title, headings and tables included.",
    "Photos": "The pictures of a leaflet, but for those whose rights the assigner may not pass on.",
}
_PROPERTIES = {
    "member": "An asset of this collection; the inverse of odrl:partOf.",
    "version": "Which version of the terms under this number the policy states.",
    "termsDigest": "SHA-256 of the canonical JSON (RFC 8785) of the terms.",
    "conditions": "Further conditions, in words.",
    "price": "What a reader may be asked to pay, in words.",
    "takes": "An action of ODRL's common vocabulary that a purpose takes.",
}


def profile_document() -> dict[str, Any]:
    """The profile as JSON-LD; its context is in it, so that it is read without another look-up."""
    url = profile_url()
    return {
        "@context": {**CONTEXT, "pi": f"{url}#"},
        "@id": url,
        "@type": "owl:Ontology",
        "dct:title": {"@value": "Reproduction of patient information", "@language": "en"},
        "owl:versionInfo": str(VERSION),
        "@included": [*_actions(), *_purposes(), *_operands(), *_assets(), *_properties()],
    }


def _term(name: str, kinds: list[str], definition: str, **more: Any) -> dict[str, Any]:
    return {
        "@id": f"pi:{name}",
        "@type": kinds,
        "rdfs:isDefinedBy": {"@id": profile_url()},
        "rdfs:label": {"@value": name, "@language": "en"},
        "skos:definition": {"@value": definition, "@language": "en"},
        **more,
    }


def _actions() -> list[dict[str, Any]]:
    return [
        _term(
            name,
            ["odrl:Action", "skos:Concept"],
            definition,
            **{"odrl:includedIn": {"@id": parent}},
            **({"odrl:implies": [{"@id": action} for action in implied]} if implied else {}),
        )
        for name, (definition, parent, implied) in _ACTIONS.items()
    ]


def _purposes() -> list[dict[str, Any]]:
    return [
        _term(
            use,
            ["odrl:RightOperand", "skos:Concept"],
            USES[use][0],
            **{"pi:takes": [{"@id": f"odrl:{action}"} for action in USES[use][1]]},
        )
        for use in LICENSABLE
    ]


def _operands() -> list[dict[str, Any]]:
    left = [_term(n, ["odrl:LeftOperand", "skos:Concept"], d) for n, d in _LEFT_OPERANDS.items()]
    right = [_term(n, ["odrl:RightOperand", "skos:Concept"], d) for n, d in _RIGHT_OPERANDS.items()]
    return left + right


def _assets() -> list[dict[str, Any]]:
    above = {"rdfs:subClassOf": {"@id": "odrl:Asset"}}
    return [_term(n, ["rdfs:Class", "owl:Class"], d, **above) for n, d in _ASSETS.items()]


def _properties() -> list[dict[str, Any]]:
    return [_term(name, ["rdf:Property"], said) for name, said in _PROPERTIES.items()]
