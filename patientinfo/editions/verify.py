"""
Whether every Edition still is what was issued.

Nothing here trusts a column: digests are computed again from the stored bytes, columns compared
with the Document, numbers counted, and the pictures' files read. Editions are streamed one leaflet
after another; what is kept in memory is one leaflet's digests and which pictures were looked at.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.core.files.storage import default_storage
from django.db.models import F, OuterRef, Subquery
from PIL import Image

from patientinfo.editions.compose import format_moment
from patientinfo.editions.image_files import file_name, widths_of
from patientinfo.editions.models import CatalogueEntry, Edition, Redaction, Withdrawal
from patientinfo.formats.canonical import (
    PREFIX,
    canonical_bytes,
    content_digest,
    digest_bytes,
    part_digests,
)
from patientinfo.formats.document_schema import schema_problems

CHUNK = 50  # Editions fetched at a time; one is some 20 kB


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that is not as it was issued: what it is about, and what is wrong with it."""

    subject: str
    reason: str

    def __str__(self) -> str:
        return f"{self.subject}: {self.reason}"


@dataclass(slots=True)
class Verification:
    """
    One look at all Editions. `differences()` finds and counts as it goes; `editions` says
    afterwards how many were read, and `redacted` which of them lack a part by right.
    """

    editions: int = 0
    redacted: list[str] = field(default_factory=list)
    _pictures: dict[str, list[str]] = field(default_factory=dict)

    def differences(self) -> Iterator[Difference]:
        """Everything that differs, leaflet by leaflet."""
        rows = Edition.objects.order_by("key", "locale", "number").iterator(chunk_size=CHUNK)
        for _key, editions in groupby(rows, key=lambda edition: edition.key):
            yield from self._leaflet(editions)
        yield from _lost_withdrawals()
        yield from _lost_newest()

    def _leaflet(self, editions: Iterator[Edition]) -> Iterator[Difference]:
        """One leaflet's Editions, by language and number: each alone, then their order."""
        digests: dict[tuple[str, int], str] = {}
        sources: list[tuple[str, dict[str, Any]]] = []
        before: tuple[str, int] = ("", 0)
        for edition in editions:
            self.editions += 1
            expected = before[1] + 1 if edition.locale == before[0] else 1
            for number in range(expected, edition.number):
                yield Difference(f"{edition.key} {edition.locale} edition {number}", "is not there")
            before = (edition.locale, edition.number)
            digests[before] = edition.digest
            if self._is_redacted(edition):
                continue
            document, reasons = _read(edition)
            if document is not None:
                reasons += self._document_reasons(edition, document)
                if not reasons and document["source"] is not None:
                    sources.append((str(edition), document["source"]))
            yield from (Difference(str(edition), reason) for reason in reasons)
        for subject, source in sources:
            if digests.get((source["locale"], source["edition"])) != source["digest"]:
                yield Difference(subject, f"its source is not what it names: {source}")

    def _is_redacted(self, edition: Edition) -> bool:
        """Whether an Edition is what a redaction left of it; then it is not what was issued."""
        last = (
            Redaction.objects.filter(key=edition.key, locale=edition.locale, edition=edition.number)
            .order_by("-pk")
            .first()
        )
        if last is None or last.document_digest != digest_bytes(edition.document.encode()):
            return False
        self.redacted.append(f"{edition}: redacted on {last.at:%Y-%m-%d}: {', '.join(last.parts)}")
        return True

    def _document_reasons(self, edition: Edition, document: dict[str, Any]) -> list[str]:
        invalid = [f"invalid: {problem}" for problem in schema_problems(document)]
        if invalid:
            return invalid  # what follows reads members that may not be there
        reasons = list(_column_reasons(edition, document))
        for image in document["images"]:
            reasons += self._picture_reasons(image)
        return reasons

    def _picture_reasons(self, image: dict[str, Any]) -> list[str]:
        """Looks at one picture's files once, however many Editions show it."""
        known = f"{image['digest']} {image['mime']} {image['width']}"
        if known not in self._pictures:
            self._pictures[known] = list(_file_reasons(image))
        return self._pictures[known]


def _read(edition: Edition) -> tuple[dict[str, Any] | None, list[str]]:
    """The Document as values, or None when it cannot be read; and what is wrong with its bytes."""
    data = edition.document.encode()
    reasons = _unequal("digest", edition.digest, digest_bytes(data))
    try:
        document = json.loads(data)
        canonical = canonical_bytes(document)
    except ValueError as error:  # RFC 8785's errors are ValueErrors too
        return None, [*reasons, f"is no JSON: {error}"]
    if not isinstance(document, dict):
        return None, [*reasons, "is no JSON object"]
    if canonical != data:
        reasons.append("is not in canonical form")
    return document, reasons


def _column_reasons(edition: Edition, document: dict[str, Any]) -> Iterator[str]:
    """Columns that say something else than the Document."""
    source = document["source"] or {"locale": "", "edition": None}
    yield from _unequal("content digest", edition.content_digest, content_digest(document))
    for part, digest in part_digests(document).items():
        yield from _unequal(f"digest of its {part}", edition.part_digests.get(part), digest)
    yield from _unequal("key", str(edition.key), document["key"])
    yield from _unequal("language", edition.locale, document["locale"])
    yield from _unequal("number", edition.number, document["edition"])
    yield from _unequal("moment", format_moment(edition.issued_at), document["issued_at"])
    yield from _unequal("source language", edition.source_locale, source["locale"])
    yield from _unequal("source edition", edition.source_edition, source["edition"])


def _unequal(name: str, stored: object, computed: object) -> list[str]:
    return [] if stored == computed else [f"{name} differs: {stored} is stored, {computed} is so"]


def _file_reasons(image: dict[str, Any]) -> Iterator[str]:
    """Files of a picture that are gone or damaged, or an original that is another picture."""
    *smaller, original = widths_of(image)
    for width in smaller:
        name = file_name(image, width)
        if not default_storage.exists(name):
            yield f"picture {image['id']}: {name} is not in storage"
        elif not _is_picture(name, width):
            yield f"picture {image['id']}: {name} is no picture of {width} pixels"
    name = file_name(image, original)
    if not default_storage.exists(name):
        yield f"picture {image['id']}: {name} is not in storage"
        return
    found = hashlib.sha256()
    with default_storage.open(name) as file:
        for chunk in file.chunks():
            found.update(chunk)
    for reason in _unequal("digest", image["digest"], PREFIX + found.hexdigest()):
        yield f"picture {image['id']}: {name}: {reason}"


def _is_picture(name: str, width: int) -> bool:
    """
    Whether a smaller size can be shown. It has no digest in the Document; a disk that was full or a
    machine that stopped leaves half of one, or nothing.
    """
    try:
        with default_storage.open(name) as file, Image.open(file) as opened:
            opened.load()
            return bool(opened.width == width)
    except (OSError, ValueError, SyntaxError):
        return False


def _lost_withdrawals() -> Iterator[Difference]:
    """Withdrawals of Editions that are not there."""
    withdrawn = Edition.objects.filter(
        key=OuterRef("key"), locale=OuterRef("locale"), number=OuterRef("edition")
    )
    rows = Withdrawal.objects.annotate(there=Subquery(withdrawn.values("number")[:1]))
    for row in rows.filter(there__isnull=True).iterator(chunk_size=CHUNK):
        yield Difference(str(row), "the edition is not there")


def _lost_newest() -> Iterator[Difference]:
    """
    Leaflets whose newest Edition is not the one that readers get. Counting cannot see that a last
    number is gone; the catalogue remembers it.
    """
    newest = Edition.objects.filter(key=OuterRef("key"), locale=OuterRef("locale"))
    number = newest.order_by("-number").values("number")[:1]
    rows = CatalogueEntry.objects.select_related("edition").annotate(newest=Subquery(number))
    for row in rows.exclude(newest=F("number"), edition__number=F("number")).iterator(CHUNK):
        yield Difference(
            f"{row.key} {row.locale}",
            f"readers get edition {row.edition.number}, the catalogue says {row.number}, "
            f"the newest is {row.newest}",
        )
