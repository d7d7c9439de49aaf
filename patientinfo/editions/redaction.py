"""
Redaction: the one exception to "never changed", for a person's or a court's right.

What was named goes out of the stored Document for ever; number and digest stay, and a `Redaction`
row says what was removed, when, by whom and why. The Edition is not shown at its number any more
(410 with the notice), and a leaflet whose current Edition was redacted shows its catalogue entry
until the next one is issued: what is left is no longer what was approved.

The triggers that refuse every change are lifted for the one statement, inside the transaction.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from typing import Any

from django.core.files.storage import default_storage
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.utils import timezone

from patientinfo.editions import catalogue, guardrails
from patientinfo.editions.image_files import file_name, widths_of
from patientinfo.editions.models import Edition, Redaction
from patientinfo.formats.canonical import canonical_bytes, digest_bytes
from patientinfo.formats.segments import OUTSIDE
from patientinfo.signals import edition_redacted

Document = dict[str, Any]
REMOVED = "[redacted]"
#: Members that go as a whole; a translation has its source's title beside its own.
WHOLE = frozenset({*OUTSIDE, "source_title"})


class NotThere(ValueError):
    """What was to be removed is not in the Edition; nothing was changed. The message names it."""


@transaction.atomic
def redact_edition(edition: Edition, parts: Iterable[str], *, by: str, reason: str) -> Redaction:
    """
    Removes `parts` from an Edition: `title`, `source_title`, `summary`, `short_text`, `section:ID`,
    `block:ID`, `image:ID`, `person:UUID`. Raises `NotThere` for one that it does not have, and
    `ValueError` without a reason. Files of pictures that no other Edition shows are deleted.
    """
    named = list(dict.fromkeys(parts))
    if not named or not reason.strip():
        raise ValueError("Say what is to be removed, and why.")
    document = json.loads(edition.document)
    images = {image["id"]: image for image in document["images"]}
    for part in named:
        _remove(document, part)
    data = canonical_bytes(document)
    _overwrite(edition, data.decode())
    redaction: Redaction = Redaction.objects.create(
        key=edition.key,
        locale=edition.locale,
        edition=edition.number,
        parts=named,
        document_digest=digest_bytes(data),
        at=timezone.now(),
        by=by,
        reason=reason.strip()[:500],
    )
    catalogue.refresh(edition.key)
    gone = [images[p.partition(":")[2]] for p in named if p.startswith("image:")]
    transaction.on_commit(lambda: _delete_files(gone))
    edition_redacted.send(sender=Edition, edition=edition, redaction=redaction)
    return redaction


def _remove(document: Document, part: str) -> None:
    kind, _, name = part.partition(":")
    if kind in WHOLE and document.get(kind) and not name:
        document[kind] = REMOVED
        return
    remove = _REMOVERS.get(kind)
    if remove is None or not name or not remove(document, name):
        raise NotThere(f"There is no “{part}” in this edition.")


def _remove_section(document: Document, name: str) -> bool:
    kept = [section for section in document["sections"] if section["id"] != name]
    found = len(kept) < len(document["sections"])
    document["sections"] = kept
    return found


def _remove_block(document: Document, name: str) -> bool:
    found = False
    for section in document["sections"]:
        kept = [block for block in section["blocks"] if block["id"] != name]
        found = found or len(kept) < len(section["blocks"])
        section["blocks"] = kept
    return found


def _remove_image(document: Document, name: str) -> bool:
    kept = [image for image in document["images"] if image["id"] != name]
    found = len(kept) < len(document["images"])
    document["images"] = kept
    for section in document["sections"]:
        section["blocks"] = [b for b in section["blocks"] if b.get("image") != name]
    return found


def _remove_person(document: Document, name: str) -> bool:
    found = False
    for role, people in document["people"].items():
        kept = [person for person in people if person["id"] != name]
        found = found or len(kept) < len(people)
        document["people"][role] = kept
    return found


_REMOVERS: dict[str, Callable[[Document, str], bool]] = {
    "section": _remove_section,
    "block": _remove_block,
    "image": _remove_image,
    "person": _remove_person,
}


def _overwrite(edition: Edition, document: str) -> None:
    connection = connections[DEFAULT_DB_ALIAS]
    with guardrails.lifted(tables=[Edition._meta.db_table]), connection.cursor() as cursor:
        cursor.execute(
            f'UPDATE "{Edition._meta.db_table}" SET document = %s WHERE id = %s',  # noqa: S608
            [document, edition.pk],
        )


def _delete_files(images: Iterable[Document]) -> None:
    for image in images:
        if Edition.objects.filter(document__contains=image["digest"]).exists():
            continue  # another Edition shows it
        for width in widths_of(image):
            default_storage.delete(file_name(image, width))
