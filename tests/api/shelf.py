"""
Leaflets on a shelf: Editions and catalogue rows made directly, without pages.

    entry = put("dry-needling", "nl", title="Dry needling")      # edition 1, current, in Dutch
    put("dry-needling", "nl", title="Dry needling, anew")        # edition 2
    withdraw("dry-needling", "nl")

The same name is the same leaflet. Rows say what `catalogue.refresh` would have made of pages.
"""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

from patientinfo.editions.models import CatalogueEntry, CatalogueTerm, Edition, Status, Withdrawal
from patientinfo.formats.canonical import (
    canonical_bytes,
    content_digest,
    digest_bytes,
    part_digests,
)
from patientinfo.formats.document_schema import SCHEMA_NAME
from patientinfo.formats.inline import plain_text
from patientinfo.formats.search_text import fold
from patientinfo.formats.segments import segments_of

#: Stands in the body of every leaflet and nowhere else.
BODY_WORD = "zygomaticus"
CAPTION_WORD = "cartilaginous"
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
PAIN = {"id": "b5a9d4b8-4c55-4c52-8a52-0e4a3e1d2a01", "name": "Pain"}
SNOMED = "http://snomed.info/sct"


def key_of(name: str) -> uuid.UUID:
    """The key of the leaflet that goes by a name."""
    return uuid.uuid5(uuid.NAMESPACE_URL, name)


def image(image_id: str = "0b1c2d3e-0000-4000-8000-000000000001") -> dict[str, Any]:
    return {
        "id": image_id,
        "alt": "Drawing of a needle",
        "caption": f"A {CAPTION_WORD} drawing",
        "credit": "I. Llustrator (fictional)",
        "rights": {"holder": "Drawing Office (fictional)", "statement": "©", "url": ""},
        "width": 900,
        "height": 600,
        "mime": "image/png",
        "digest": "sha256:" + "ab" * 32,
    }


def document(name: str, locale: str, number: int, **changes: Any) -> dict[str, Any]:
    """A whole Document with `changes`; `body` is the text of its one paragraph."""
    body = changes.pop("body", f"The {BODY_WORD} relaxes, <strong>slowly</strong> &amp; surely.")
    source = locale != "en"
    return {
        "schema": SCHEMA_NAME,
        "type": "leaflet",
        "key": str(key_of(name)),
        "locale": locale,
        "direction": "rtl" if locale == "ar" else "ltr",
        "title": name.replace("-", " ").capitalize(),
        "source_title": name if source else None,
        "slug": name,
        "summary": f"What {name} is.",
        "audience": ["patients"],
        "topics": [PAIN],
        "codes": [{"system": SNOMED, "code": "1234567", "display": "Example"}],
        "sections": [
            {
                "id": "what-is-it",
                "heading": "What is it?",
                "blocks": [
                    {"type": "paragraph", "id": "p-1", "text": body},
                    {"type": "image", "id": "i-1", "image": image()["id"]},
                ],
            }
        ],
        "images": [image()],
        "references": [],
        "people": {"authors": [], "translators": [], "checkers": [], "approvers": []},
        "reviewed_on": "2026-03-01",
        "review_due": "2028-03-01",
        "method": "human",
        "contact": {
            "name": "Uplands Physio Clinic",
            "email": "ask@clinic.example",
            "phone": "",
            "url": "",
            "address": "",
        },
        "rights": {
            "holder": "Uplands Physio Clinic",
            "statement": "© Uplands Physio Clinic",
            "credit": "Information for Patients by Uplands Physio Clinic",
            "url": "",
        },
        "source": {"locale": "en", "edition": 1, "digest": "sha256:" + "cd" * 32}
        if source
        else None,
        "edition": number,
        "issued_at": f"{START + timedelta(days=number - 1):%Y-%m-%dT%H:%M:%SZ}",
        "significance": None,
        "note": "",
        **changes,
    }


def put(
    name: str, locale: str = "en", *, row: dict[str, Any] | None = None, **changes: Any
) -> CatalogueEntry:
    """Issues the next Edition; `changes` are to the Document, `row` to its catalogue row."""
    key = key_of(name)
    number = Edition.objects.filter(key=key, locale=locale).count() + 1
    made = document(name, locale, number, **changes)
    data = canonical_bytes(made)
    edition = Edition.objects.create(
        key=key,
        locale=locale,
        number=number,
        digest=digest_bytes(data),
        content_digest=content_digest(made),
        part_digests=part_digests(made),
        document=data.decode(),
        issued_at=datetime.fromisoformat(made["issued_at"]),
        source_locale=made["source"]["locale"] if made["source"] else "",
        source_edition=made["source"]["edition"] if made["source"] else None,
    )
    entry, _made = CatalogueEntry.objects.update_or_create(
        key=key, locale=locale, defaults=_row(edition, made) | (row or {})
    )
    entry.terms.all().delete()
    CatalogueTerm.objects.bulk_create(_terms(entry, made))
    _tell_the_others(key)
    entry.refresh_from_db()
    return entry


def _folded(made: dict[str, Any]) -> str:
    return fold(" ".join(plain_text(s.text) for s in segments_of(made)))


def _row(edition: Edition, made: dict[str, Any]) -> dict[str, Any]:
    shown = [made["title"], made["summary"], *(s["heading"] for s in made["sections"])]
    return {
        "edition": edition,
        "number": edition.number,
        "issued_at": edition.issued_at,
        "updated_at": edition.issued_at,
        "type": "leaflet",
        "slug": made["slug"],
        "title": made["title"],
        "summary": made["summary"],
        "html_path": f"/{made['locale']}/{made['slug']}/",
        "status": Status.CURRENT,
        "is_source": made["source"] is None,
        "source_locale": edition.source_locale,
        "source_edition": edition.source_edition,
        "source_current_edition": edition.source_edition,
        "catalogue_text": fold(" ".join(shown)),
        "full_text": _folded({**made, "images": []}),
        "photo_text": _folded(made),
    }


def _terms(entry: CatalogueEntry, made: dict[str, Any]) -> list[CatalogueTerm]:
    topics = [("topic", t["id"], t["name"]) for t in made["topics"]]
    codes = [("code", f"{c['system']}|{c['code']}", c["code"]) for c in made["codes"]]
    audience = [("audience", a, a) for a in made["audience"]]
    return [
        CatalogueTerm(entry=entry, kind=kind, value=value, label=label)
        for kind, value, label in (*topics, *codes, *audience)
    ]


def _tell_the_others(key: uuid.UUID) -> None:
    """Each language's row lists the other languages, as they stand."""
    entries = list(CatalogueEntry.objects.filter(key=key).order_by("locale"))
    for entry in entries:
        entry.translations = [
            {
                "locale": other.locale,
                "title": other.title,
                "edition": other.number,
                "status": other.status,
                "html_path": other.html_path,
            }
            for other in entries
            if other.pk != entry.pk
        ]
        entry.save(update_fields=["translations"])


def set_row(name: str, locale: str, **values: Any) -> None:
    """Changes a catalogue row, and when it changed, as `catalogue.refresh` would."""
    entry = CatalogueEntry.objects.get(key=key_of(name), locale=locale)
    for field, value in {"updated_at": entry.updated_at + timedelta(hours=1), **values}.items():
        setattr(entry, field, value)
    entry.save()
    _tell_the_others(entry.key)


def withdraw(name: str, locale: str) -> Withdrawal:
    """Takes back the current Edition."""
    entry = CatalogueEntry.objects.get(key=key_of(name), locale=locale)
    withdrawal = Withdrawal.objects.create(
        key=entry.key,
        locale=locale,
        edition=entry.number,
        at=START + timedelta(days=60),
        reason="unpublished",
    )
    set_row(name, locale, status=Status.WITHDRAWN)
    return withdrawal
