"""Hand-made Documents for the reader's tests: every type of block, every fact, both directions."""

from __future__ import annotations

import copy
from typing import Any

from patientinfo.channels.parts.standing import PageMeta

KEY = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff"
OTHER_KEY = "0d5a1c52-6a3e-4c8e-9d0b-3f0f7d0f5a11"
DIGEST = "sha256:" + "ab" * 32


def _items(prefix: str, *texts: str) -> list[dict[str, str]]:
    return [{"id": f"{prefix}-{n}", "text": text} for n, text in enumerate(texts, 1)]


BLOCKS: list[dict[str, Any]] = [
    {
        "type": "paragraph",
        "id": "p-1",
        "text": "A tiny needle treats <strong>muscles</strong>. See "
        f'<a href="urn:uuid:{OTHER_KEY}">the comparison</a> or '
        '<a href="https://example.org/?a=1&amp;b=2">this site</a>.',
    },
    {
        "type": "list",
        "id": "l-1",
        "lead_in": "Trigger points can lead to:",
        "items": _items("li", "pain", "less strength"),
    },
    {
        "type": "steps",
        "id": "s-1",
        "lead_in": "The treatment goes like this:",
        "items": _items("st", "We talk.", "We check your muscles.", "We treat them."),
    },
    {
        "type": "advice",
        "id": "a-1",
        "kind": "do",
        "lead_in": "After the treatment:",
        "items": _items("do", "Rest, if possible.", "Drink plenty of water."),
    },
    {
        "type": "advice",
        "id": "a-2",
        "kind": "dont",
        "lead_in": "",
        "items": _items("dont", "Stop your medication."),
    },
    {
        "type": "callout",
        "id": "c-1",
        "kind": "note",
        "heading": "Good to know",
        "items": _items("cn", "Some symptoms become worse before they improve."),
    },
    {
        "type": "callout",
        "id": "c-2",
        "kind": "warning",
        "heading": "",
        "items": _items("cw", "Tell us if you take blood thinners."),
    },
    {
        "type": "callout",
        "id": "c-3",
        "kind": "urgent",
        "heading": "Short of breath?",
        "items": _items("cu", 'Call <a href="tel:112">112</a> at once.'),
    },
    {
        "type": "table",
        "id": "t-1",
        "caption": "Two therapies",
        "columns": _items("col", "", "Dry needling", "Acupuncture"),
        "rows": [
            {"id": "row-1", "cells": ["Needles", "One", "Several"]},
            {"id": "row-2", "cells": ["Depth", "In the muscle", "Superficial"]},
        ],
    },
    {"type": "image", "id": "picture", "image": "picture"},
    {"type": "leaflet_link", "id": "k-1", "key": OTHER_KEY, "text": "Compared with acupuncture"},
]

DOCUMENT: dict[str, Any] = {
    "schema": "patientinfo/document/1",
    "type": "leaflet",
    "key": KEY,
    "locale": "en",
    "direction": "ltr",
    "title": "Dry needling",
    "source_title": None,
    "slug": "dry-needling",
    "summary": "What dry needling is, and what to expect.",
    "audience": ["patients"],
    "topics": [{"id": "3b7ac4cc-17c4-4a6f-9f8e-0b4b8a2f1f10", "name": "Pain"}],
    "codes": [],
    "sections": [
        {"id": "what-is-it", "heading": "What is dry needling?", "blocks": BLOCKS},
        {
            "id": "after",
            "heading": "What can I expect afterwards?",
            "blocks": [
                {"type": "paragraph", "id": "p-2", "text": "Most people need more than one."}
            ],
        },
    ],
    "images": [
        {
            "id": "picture",
            "alt": "A thin needle above a muscle.",
            "caption": "The needle is thinner than a hair.",
            "credit": "Drawing: R. Example",
            "rights": {
                "holder": "Studio Fictional",
                "statement": "Not to be changed.",
                "url": "https://studio.example/",
            },
            "width": 1600,
            "height": 900,
            "mime": "image/png",
            "digest": "sha256:" + "cd" * 32,
        }
    ],
    "references": [{"text": "A guideline", "url": "https://example.org/guideline"}],
    "people": {
        "authors": [{"id": KEY, "name": "Dr A. Author (fictional)", "on": "2026-01-05"}],
        "translators": [],
        "checkers": [],
        "approvers": [{"id": KEY, "name": "Dr P. Approver (fictional)", "on": "2026-02-06"}],
    },
    "reviewed_on": "2026-03-07",
    "review_due": "2028-04-08",
    "method": "human",
    "contact": {
        "name": "Uplands Physio Clinic",
        "email": "info@uplands.example",
        "phone": "+1 555 0100",
        "url": "https://uplands.example/",
        "address": "1 Hill Road\nUplands",
    },
    "rights": {
        "holder": "Uplands Physio Clinic",
        "statement": "© Uplands Physio Clinic: only with written permission.",
        "credit": "Information for Patients by Uplands Physio Clinic",
        "url": "",
    },
    "source": None,
    "edition": 3,
    "issued_at": "2026-11-23T12:00:00Z",
    "significance": None,
    "note": "",
}

META: PageMeta = {
    "edition": 3,
    "digest": DIGEST,
    "status": "current",
    "html_url": "/en/dry-needling/",
    "source": None,
    "translations": [
        {
            "locale": "ar",
            "title": "الإبر الجافة",
            "edition": 1,
            "status": "current",
            "html_url": "/ar/dry-needling/",
        }
    ],
}


def document(**changes: Any) -> dict[str, Any]:
    """The English leaflet, changed."""
    return copy.deepcopy(DOCUMENT) | changes


def translated(locale: str, **changes: Any) -> dict[str, Any]:
    """A translation, its words left alone: what is tested is what stands around them."""
    people = {
        **copy.deepcopy(DOCUMENT["people"]),
        "translators": [{"id": KEY, "name": "T. Translator (fictional)", "on": "2026-05-09"}],
        "checkers": [{"id": KEY, "name": "C. Checker (fictional)", "on": "2026-06-10"}],
    }
    return document(
        locale=locale,
        direction="rtl" if locale == "ar" else "ltr",
        title=f"Title in {locale}",
        source_title="Dry needling",
        people=people,
        method="machine-checked",
        source={"locale": "en", "edition": 2, "digest": DIGEST},
        **changes,
    )


def translated_meta(locale: str, status: str = "current", behind: tuple[str, ...] = ()) -> PageMeta:
    """A translation made from edition 2 of the English leaflet, which is now at edition 3."""
    return {
        "edition": 3,
        "digest": DIGEST,
        "status": status,
        "html_url": f"/{locale}/dry-needling/",
        "source": {"locale": "en", "edition": 2, "current_edition": 3, "behind": list(behind)},
        "translations": [
            {
                "locale": "en",
                "title": "Dry needling",
                "edition": 3,
                "status": "current",
                "html_url": "/en/dry-needling/",
            }
        ],
    }


def image_urls(image: dict[str, Any]) -> dict[str, str]:
    """As `editions.image_files.image_urls` gives them."""
    return {"400": "/media/p-400.png", "1600": "/media/p-1600.png"}
