"""A Document with every kind of block in it, as plain data."""

from __future__ import annotations

from typing import Any

KEY = "0b0f3c9e-7a34-4f68-9f0f-3f3ad8a6e8f1"
OTHER_KEY = "6a0c5a83-61e5-4ff5-8c55-2f0a3c0a1f6e"


def items(*texts: str, start: str) -> list[dict[str, str]]:
    return [{"id": f"{start}-{n}", "text": text} for n, text in enumerate(texts, start=1)]


def every_block() -> list[dict[str, Any]]:
    return [
        {"type": "paragraph", "id": "para", "text": "Some <strong>words</strong>."},
        {"type": "list", "id": "list", "lead_in": "", "items": items("one", "two", start="li")},
        {"type": "steps", "id": "steps", "lead_in": "First:", "items": items("sit", start="st")},
        {
            "type": "advice",
            "id": "advice",
            "kind": "dont",
            "lead_in": "Please do not:",
            "items": items("run", start="ad"),
        },
        {
            "type": "callout",
            "id": "callout",
            "kind": "urgent",
            "heading": "Get help",
            "items": items("Call us.", start="ca"),
        },
        {
            "type": "table",
            "id": "table",
            "caption": "How often",
            "columns": items("What", "Often", start="col"),
            "rows": [{"id": "row-1", "cells": ["a bruise", "rarely"]}],
        },
        {"type": "image", "id": "pic", "image": "pic"},
        {"type": "leaflet_link", "id": "link", "key": OTHER_KEY, "text": "Another leaflet"},
    ]


def person(name: str) -> dict[str, Any]:
    return {"id": OTHER_KEY, "name": name, "on": "2026-01-31"}


def whole_document(**changes: Any) -> dict[str, Any]:
    document: dict[str, Any] = {
        "schema": "patientinfo/document/1",
        "type": "leaflet",
        "key": KEY,
        "locale": "en",
        "direction": "ltr",
        "title": "Dry needling",
        "source_title": None,
        "slug": "dry-needling",
        "summary": "In short.",
        "audience": ["patients"],
        "topics": [{"id": OTHER_KEY, "name": "Pain"}],
        "codes": [{"system": "http://snomed.info/sct", "code": "1", "display": ""}],
        "sections": [{"id": "what", "heading": "What is it?", "blocks": every_block()}],
        "images": [
            {
                "id": "pic",
                "alt": "A needle",
                "caption": "Ten times its size",
                "credit": "",
                "rights": {"holder": "Drawing Office", "statement": "", "url": ""},
                "width": 1200,
                "height": 800,
                "mime": "image/png",
                "digest": "sha256:" + "0" * 64,
            }
        ],
        "references": [{"text": "A book", "url": ""}],
        "people": {
            "authors": [person("W. Riter")],
            "translators": [],
            "checkers": [],
            "approvers": [{**person("A. Prover"), "on": None}],
        },
        "reviewed_on": "2026-03-01",
        "review_due": "2028-03-01",
        "method": "human",
        "contact": None,
        "rights": {"holder": "Clinic", "statement": "©", "credit": "", "url": ""},
        "source": None,
        "edition": 1,
        "issued_at": "2026-11-23T12:00:00Z",
        "significance": None,
        "note": "",
    }
    return {**document, **changes}
