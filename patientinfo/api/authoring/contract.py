"""What OpenAPI has to know of the translators' part beside its parameters and shapes."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_BINARY: Json = {"schema": {"type": "string", "format": "binary"}}
_MEDIA_TYPES = (
    "text/x-gettext-translation",
    "application/xliff+xml",
    "application/x-xliff+xml",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/x-tmx+xml",
)

#: What is sent: one file in one part.
FILE_BODY: Json = {
    "required": True,
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["file"],
                "additionalProperties": False,
                "properties": {
                    "file": {
                        "type": "string",
                        "format": "binary",
                        "description": "With its name, whose ending says what it is.",
                    }
                },
            }
        }
    },
}

#: Operation → media type → content, of answers that are files.
FILES: dict[str, Json] = {
    "export_translations": {"application/zip": _BINARY},
    "export_translation": {
        **dict.fromkeys(_MEDIA_TYPES, _BINARY),
        "application/json": {"schema": {"type": "object"}},
    },
}

_GUARDED = ("token-required", "forbidden", "invalid-value")
_SENT = ("bad-request", "too-large", "unsupported-media-type", "file-refused")

#: Operation → the codes of its problems, beside those of every operation.
CODES: dict[str, tuple[str, ...]] = {
    "export_translations": (*_GUARDED, "no-such-language"),
    "export_translation": (*_GUARDED, "no-such-leaflet", "no-such-language", "not-exportable"),
    "import_translation": (*_GUARDED, *_SENT),
    "import_memory": (*_GUARDED, *_SENT),
}

EXAMPLES: dict[str, Json] = {
    "import_translation": {
        "dry_run": False,
        "key": "4b1f6c52-8a0e-4d6b-9f37-2c5d0e9a7b14",
        "locale": "nl",
        "title": "Dry needling",
        "source_edition": 1,
        "merge": {"edition": 1, "current_edition": 2, "changed": 1},
        "new_page": False,
        "counts": {
            "stored": 1,
            "unchanged": 1,
            "fuzzy": 1,
            "untranslated": 0,
            "outdated": 0,
            "refused": 0,
            "drafts": 0,
            "comments": 0,
            "absent": 51,
        },
        "units": [
            {"unit": "title", "line": 22, "outcome": "unchanged", "reason": ""},
            {"unit": "cramps/text", "line": 27, "outcome": "stored", "reason": ""},
            {
                "unit": "summary",
                "line": 32,
                "outcome": "fuzzy",
                "reason": "'summary' is fuzzy, and its codes are broken, so it was left out",
            },
        ],
    },
    "import_memory": {
        "dry_run": False,
        "units": 120,
        "new": 12,
        "left_out": 0,
        "not_allowed": 40,
    },
}

PROBLEM_EXAMPLES: dict[str, Json] = {
    "token-required": {
        "detail": "Send the API token of an editor: Authorization: Bearer …; keys of licences and "
        "sessions are not taken here.",
    },
    "file-refused": {
        "detail": "dry-needling.nl.po: nothing of it is stored. cramps/text: msgstr lacks <em>; "
        "tags and links must be those of msgid",
        "file": "dry-needling.nl.po",
        "problems": [
            {
                "unit": "cramps/text",
                "line": 27,
                "reason": "msgstr lacks <em>; tags and links must be those of msgid",
            }
        ],
    },
}
