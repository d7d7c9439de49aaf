"""
The JSON Schema (draft 2020-12) of a Document, published at `/api/v1/schemas/document.json`.

Every issued Document is valid under it. A change that an existing reader could trip over gets a new
`schema` value, never a quiet edit.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

SCHEMA_NAME = "patientinfo/document/1"
AUDIENCES = ("patients", "carers", "children", "professionals")
METHODS = ("human", "machine-checked")
SIGNIFICANCES = ("cosmetic", "content", "safety")

_TEXT: dict[str, Any] = {"type": "string"}
_WORDS: dict[str, Any] = {"type": "string", "minLength": 1}
_INLINE = {
    "type": "string",
    "description": "HTML of the closed subset a (href only), strong, em, sub, sup, br",
}
_KEY = {"type": "string", "pattern": "^[a-z0-9][a-z0-9-]*$", "maxLength": 80}
_UUID = {"type": "string", "format": "uuid"}
_DATE = {"type": "string", "format": "date"}
_MOMENT = {  # RFC 3339 in UTC, to the second
    "type": "string",
    "format": "date-time",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$",
}
_DIGEST = {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"}


def _record(properties: dict[str, Any], optional: dict[str, Any] | None = None) -> dict[str, Any]:
    """
    An object whose members are all required but the `optional` ones, and which has no others. An
    optional member came later, and is left out where it would be empty: a Document that does not
    need it has the bytes that it always had.
    """
    return {
        "type": "object",
        "properties": {**properties, **(optional or {})},
        "required": sorted(properties),
        "additionalProperties": False,
    }


def _list(items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "array", "items": items, **more}


def _nullable(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


def _block(name: str, /, **properties: Any) -> dict[str, Any]:
    return _record({"type": {"const": name}, "id": _KEY, **properties})


_ITEMS = _list(_record({"id": _KEY, "text": _INLINE}), minItems=1)
_BLOCKS = {
    "paragraph": _block("paragraph", text=_INLINE),
    "list": _block("list", lead_in=_INLINE, items=_ITEMS),
    "steps": _block("steps", lead_in=_INLINE, items=_ITEMS),
    "advice": _block("advice", kind={"enum": ["do", "dont"]}, lead_in=_INLINE, items=_ITEMS),
    "callout": _block(
        "callout", kind={"enum": ["note", "warning", "urgent"]}, heading=_TEXT, items=_ITEMS
    ),
    "table": _block(
        "table",
        caption=_TEXT,
        columns=_ITEMS,
        rows=_list(_record({"id": _KEY, "cells": _list(_INLINE)})),
    ),
    "image": _block("image", image=_KEY),
    "leaflet_link": _block("leaflet_link", key=_UUID, text=_TEXT),
}
_PERSON = _record({"id": _UUID, "name": _WORDS, "on": _nullable(_DATE)})
_IMAGE = _record(
    {
        "id": _KEY,
        "alt": _WORDS,
        "caption": _TEXT,
        "credit": _TEXT,
        "rights": _record(
            {"holder": _WORDS, "statement": _TEXT, "url": _TEXT},
            optional={
                "sublicensable": {
                    "type": "boolean",
                    "description": "whether the clinic may let others reproduce it; left out: no",
                },
                "consent_until": {
                    **_nullable(_DATE),
                    "description": "last day for which the people shown have agreed",
                },
            },
        ),
        "width": {"type": "integer", "minimum": 1},
        "height": {"type": "integer", "minimum": 1},
        "mime": {"type": "string", "pattern": "^image/"},
        "digest": _DIGEST,
    },
    # Of a translation: the digest of the source's picture that this one of its own stands for.
    {"in_place_of": _DIGEST},
)
_DEFINITION = _record(
    {"id": _UUID, "term": _WORDS, "text": _WORDS, "forms": _list(_WORDS, minItems=1)}
)

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "Document: one leaflet in one language at one moment",
    **_record(
        {
            "schema": {"const": SCHEMA_NAME},
            "type": {"const": "leaflet"},
            "key": _UUID,
            "locale": {"type": "string", "pattern": "^[a-z]{2,3}(-[A-Za-z0-9]+)*$"},
            "direction": {"enum": ["ltr", "rtl"]},
            "title": _WORDS,
            "source_title": _nullable(_WORDS),
            "slug": _WORDS,
            "summary": _WORDS,
            "audience": _list({"enum": list(AUDIENCES)}),
            "topics": _list(_record({"id": _UUID, "name": _WORDS})),
            "codes": _list(_record({"system": _WORDS, "code": _WORDS, "display": _TEXT})),
            "sections": _list(
                _record(
                    {
                        "id": _KEY,
                        "heading": _WORDS,
                        "blocks": _list({"oneOf": [{"$ref": f"#/$defs/{n}"} for n in _BLOCKS]}),
                    }
                ),
                minItems=1,
            ),
            "images": _list(_IMAGE),
            "references": _list(_record({"text": _WORDS, "url": _TEXT})),
            "people": _record(
                {
                    role: _list(_PERSON)
                    for role in ("authors", "translators", "checkers", "approvers")
                }
            ),
            "reviewed_on": _DATE,
            "review_due": _DATE,
            "method": {"enum": list(METHODS)},
            "contact": _nullable(
                _record(dict.fromkeys(("name", "email", "phone", "url", "address"), _TEXT))
            ),
            "rights": _record(dict.fromkeys(("holder", "statement", "credit", "url"), _TEXT)),
            "source": _nullable(
                _record(
                    {
                        "locale": _WORDS,
                        "edition": {"type": "integer", "minimum": 1},
                        "digest": _DIGEST,
                    }
                )
            ),
            "edition": {"type": "integer", "minimum": 1},
            "issued_at": _MOMENT,
            "significance": {"enum": [None, *SIGNIFICANCES]},
            "note": _TEXT,
        },
        {
            # Words of the leaflet that are explained to patients; `forms` are those that it uses.
            "definitions": _list(_DEFINITION, minItems=1),
            # What is sent to a phone: written for that, no part of the text.
            "short_text": _WORDS,
        },
    ),
    "$defs": _BLOCKS,
}


@cache
def _validator() -> Draft202012Validator:
    Draft202012Validator.check_schema(SCHEMA)
    return Draft202012Validator(SCHEMA, format_checker=FormatChecker(["uuid", "date"]))


def schema_problems(document: Any) -> list[str]:
    """Where a Document differs from the schema, as `path: reason`; empty when it is valid."""
    return [
        f"{'/'.join(map(str, error.absolute_path)) or '(document)'}: {error.message[:300]}"
        for error in _validator().iter_errors(document)
    ]
