"""
Examples for the OpenAPI document: one made-up leaflet, told the same way in every answer.

A test holds each of them against the schema that it stands beside.
"""

from __future__ import annotations

from typing import Any

from patientinfo.api.authoring import contract

Json = dict[str, Any]

SITE = "https://leaflets.clinic.example"
KEY = "3f0a1c52-6a3e-4c8e-9d0b-3f0f7d0f5a11"
DIGEST = "sha256:" + "5d" * 32
PAGES = f"{SITE}/api/v1/pages/{KEY}"

_RIGHTS: Json = {
    "holder": "Uplands Physio Clinic",
    "statement": "© Uplands Physio Clinic. Reproduced only with written permission.",
    "credit": "Information for Patients by Uplands Physio Clinic",
    "licence": None,
    "permission_url": f"{SITE}/nl/partners/?leaflet={KEY}&locale=nl",
}

ENTRY: Json = {
    "key": KEY,
    "locale": "nl",
    "direction": "ltr",
    "type": "leaflet",
    "slug": "dry-needling",
    "title": "Dry needling",
    "summary": "Wat dry needling is, voor wie het is en wat u ervan merkt.",
    "meta": {
        "edition": 2,
        "issued_at": "2026-03-02T09:00:00Z",
        "updated_at": "2026-04-11T07:30:12.271828Z",
        "reviewed_on": "2026-03-01",
        "review_due": "2028-03-01",
        "digest": DIGEST,
        "part_digests": {"text": "sha256:" + "7e" * 32, "photos": "sha256:" + "91" * 32},
        "status": "behind",
        "detail_url": f"{PAGES}/nl/",
        "html_url": f"{SITE}/nl/dry-needling/",
        "source": {
            "locale": "en",
            "edition": 1,
            "current_edition": 2,
            "behind": ["what-is-dry-needling"],
        },
        "translations": [
            {
                "locale": "en",
                "title": "Dry needling",
                "edition": 2,
                "status": "current",
                "detail_url": f"{PAGES}/en/",
                "html_url": f"{SITE}/en/dry-needling/",
            }
        ],
    },
    "rights": _RIGHTS,
}

DOCUMENT: Json = {
    "schema": "patientinfo/document/1",
    "type": "leaflet",
    "key": KEY,
    "locale": "nl",
    "direction": "ltr",
    "title": "Dry needling",
    "source_title": "Dry needling",
    "slug": "dry-needling",
    "summary": ENTRY["summary"],
    "audience": ["patients"],
    "topics": [{"id": "b5a9d4b8-4c55-4c52-8a52-0e4a3e1d2a01", "name": "Pijn"}],
    "codes": [
        {"system": "http://snomed.info/sct", "code": "1234567", "display": "Dry needling (example)"}
    ],
    "sections": [
        {
            "id": "what-is-dry-needling",
            "heading": "Wat is dry needling?",
            "blocks": [
                {
                    "type": "paragraph",
                    "id": "p-tiny-needle",
                    "text": "Met een <strong>heel dun naaldje</strong> behandelen we spieren.",
                }
            ],
        }
    ],
    "images": [],
    "references": [],
    "people": {
        "authors": [],
        "translators": [],
        "checkers": [],
        "approvers": [
            {
                "id": "0f2f4c0e-8f0e-4f0b-9a55-0d6f1f1c7b10",
                "name": "Dr. A. B. (fictional)",
                "on": "2026-03-01",
            }
        ],
    },
    "reviewed_on": "2026-03-01",
    "review_due": "2028-03-01",
    "method": "human",
    "contact": None,
    "rights": {
        "holder": _RIGHTS["holder"],
        "statement": _RIGHTS["statement"],
        "credit": _RIGHTS["credit"],
        "url": "",
    },
    "source": {"locale": "en", "edition": 1, "digest": "sha256:" + "c4" * 32},
    "edition": 2,
    "issued_at": "2026-03-02T09:00:00Z",
    "significance": None,
    "note": "",
}

DETAIL: Json = {**ENTRY, "document": DOCUMENT, "media": {}, "withheld": []}

_NUMBERED: Json = {
    **DETAIL,
    "meta": {
        **ENTRY["meta"],
        "status": "superseded",
        "detail_url": f"{PAGES}/nl/editions/2/",
        "source": {**ENTRY["meta"]["source"], "behind": []},
    },
}

_EDITION: Json = {
    "edition": 2,
    "issued_at": "2026-03-02T09:00:00Z",
    "digest": DIGEST,
    "part_digests": ENTRY["meta"]["part_digests"],
    "status": "behind",
    "source": {"locale": "en", "edition": 1},
    "detail_url": f"{PAGES}/nl/editions/2/",
}

#: Operation → an answer.
EXAMPLES: dict[str, Json] = {
    "list_pages": {"count": 1, "items": [ENTRY]},
    "find_page": DETAIL,
    "get_page": DETAIL,
    "get_page_in_language": DETAIL,
    "list_editions": {"count": 1, "items": [_EDITION]},
    "get_edition": _NUMBERED,
    "list_locales": {
        "count": 2,
        "items": [
            {"locale": "nl", "name": "Nederlands", "direction": "ltr", "count": 2},
            {"locale": "ar", "name": "العربية", "direction": "rtl", "count": 2},
        ],
    },
    "ask_for_permission": {
        "id": "0c2f6f5e-6f0e-4a31-8a0c-1d3f0a4d9b77",
        "state": "draft",
        "next": "confirm_email",
        "status_url": f"{SITE}/nl/partners/requests/0c2f6f5e-6f0e-4a31-8a0c-1d3f0a4d9b77/",
    },
    "list_usage": {
        "licence": "P26-7KQ4-M9X5",
        "count": 1,
        "items": [
            {
                "day": "2026-05-04",
                "key": KEY,
                "locale": "nl",
                "edition": 2,
                "channel": "json",
                "reads": 318,
            }
        ],
    },
    **contract.EXAMPLES,
}

#: Operation → what is sent to it.
SENT_EXAMPLES: dict[str, Json] = {
    "ask_for_permission": {
        "organisation": "Harbour Rehab (fictional)",
        "country": "NL",
        "contact": "M. Aker",
        "email": "m.aker@harbour.example",
        "language": "nl",
        "message": "For the page about treatments on our website.",
        "wish": {
            "leaflets": [KEY],
            "locales": ["nl", "en"],
            "parts": ["text"],
            "uses": {"website": {}, "print": {"run": 500}},
            "territory": ["NL"],
            "starts": "2027-01-01",
            "ends": "2027-12-31",
        },
    }
}

#: Problem code → the members beside `type`, `title` and `status`.
PROBLEM_EXAMPLES: dict[str, Json] = {
    "unknown-parameter": {
        "detail": "There is no query parameter 'lang' here.",
        "parameter": "lang",
        "allowed": ["limit", "locale", "offset"],
    },
    "invalid-value": {
        "detail": "locale: It has to be one of en, nl, de, es, ar.",
        "parameter": "locale",
        "allowed": ["en", "nl", "de", "es", "ar"],
        "locales": ["en", "nl", "de", "es", "ar"],
    },
    "access-key-required": {
        "detail": "Send the key of your licence: Authorization: Bearer pik_l_….",
    },
    "too-many-requests": {
        "detail": "More than 600 requests in 60 seconds with this key: go on in 4 s.",
        "policy": "key",
    },
    "unknown-access-key": {
        "detail": "This access key was not issued here. Leave the header Authorization out to read "
        "what is public.",
        "reason": "unknown",
    },
    "licence-not-in-force": {
        "detail": "Licence P26-7KQ4-M9X5 has ended; ask for its renewal.",
        "licence": "P26-7KQ4-M9X5",
        "reason": "expired",
        "renew_url": f"{SITE}/partners/licences/P26-7KQ4-M9X5/",
        "proof_url": f"{SITE}/permissions/P26-7KQ4-M9X5/",
    },
    "not-licensed": {
        "detail": "Licence P26-7KQ4-M9X5 does not cover the use “print”.",
        "licence": "P26-7KQ4-M9X5",
        "reason": "use_not_licensed",
        "permission_url": f"{SITE}/partners/",
    },
    "no-such-language": {
        "detail": "This leaflet is not there in 'fr'.",
        "locales": ["en", "nl", "de", "es", "ar"],
    },
    "no-such-edition": {
        "detail": "There is no edition 7; the newest is 2.",
        "newest": 2,
        "editions_url": f"{PAGES}/nl/editions/",
    },
    "invalid-request": {
        "detail": "Something is wrong with: wish.uses.",
        "errors": [{"member": "wish.uses", "reason": "'web' is not a use"}],
    },
    "asked-too-often": {
        "detail": "That was too often in a short time. Please wait a little.",
        "retry_after": 1800,
    },
    "withdrawn": {
        "detail": "Edition 2 was withdrawn and there is no later one in 'nl'.",
        "edition": 2,
        "withdrawn_at": "2026-05-04T10:00:00Z",
        "editions_url": f"{PAGES}/nl/editions/",
        "locales": ["en", "de"],
    },
    **contract.PROBLEM_EXAMPLES,
}
