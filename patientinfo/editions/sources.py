"""
Which source Edition a translation was made from.

Nobody has to guess it: whoever signs a translation signs it beside one Edition of its source
(`leaflets.approval`), and only what is signed is issued. What lies in drafts says nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from patientinfo.editions.compose import Document, compose
from patientinfo.editions.models import Edition
from patientinfo.editions.significance import COSMETIC, SAFETY, proposed
from patientinfo.formats.segments import segments_of
from patientinfo.leaflets.approval import approvals_of, signature_of
from patientinfo.leaflets.content import fingerprint, fingerprint_of_document
from patientinfo.leaflets.gate import Problem
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import newest as newest_draft
from patientinfo.translation.pages import source_language, source_page

LOOKED_AT = 50  # source Editions, newest first, for which a signature may still be good


@dataclass(frozen=True, slots=True)
class Source:
    """The source Edition of a translation, and the source hash of each of its segments by path."""

    edition: Edition
    made_from: Mapping[str, str]

    def as_member(self) -> dict[str, Any]:
        """What identifies the source in a Document."""
        found = self.edition
        return {"locale": found.locale, "edition": found.number, "digest": found.digest}


def _editions(page: LeafletPage, language: str) -> QuerySet[Edition]:
    """Editions of the source, newest first."""
    found: QuerySet[Edition] = Edition.objects.filter(key=page.translation_key, locale=language)
    return found.order_by("-number")


def source_digests(page: LeafletPage) -> list[str] | None:
    """What a signature under `page` may name (`approval.Sources`)."""
    language = source_language(page)
    return list(_editions(page, language).values_list("digest", flat=True)) if language else None


def source_problems(page: LeafletPage) -> Iterator[Problem]:
    """
    A check of the gate: a translation is issued after its source, whose Edition it names, and
    nobody signs one beside words of the source that have no Edition.
    """
    language = source_language(page)
    if not language:
        return
    newest = _editions(page, language).first()
    if newest is None:
        message = _(
            "The leaflet that this page translates has not been issued yet: publish it first."
        )
        yield Problem(NON_FIELD_ERRORS, message)
        return
    source = source_page(page)
    if source is None or approvals_of(page):
        return
    # Of one that was unpublished the translators have the newest draft.
    translated = source if source.live else newest_draft(source)
    if fingerprint_of_document(newest.data) != fingerprint(translated):
        message = _(
            "The newest words of the leaflet that this page translates have not been issued yet: "
            "publish it again first."
        )
        yield Problem(NON_FIELD_ERRORS, message)


def _good_beside(page: LeafletPage, digest: str) -> Edition | None:
    """
    The newest source Edition beside which a signature that names `digest` is still good: since that
    one the source has changed nothing that needs a new signature, or says again what it said then.
    None when there is no such one.
    """
    good: Edition | None = None
    newer: Edition | None = None
    today: list[Edition] = []  # the newest, and those that differ from it in nothing that matters
    safety = False
    editions = _editions(page, source_language(page))
    for edition in editions[:LOOKED_AT].iterator(chunk_size=2):
        safety = safety or (newer is not None and newer.data["significance"] == SAFETY)
        if newer is None or _matters(edition.data, newer.data):
            again = not safety and any(_says_again(edition.data, one.data) for one in today)
            good = today[0] if again else edition
        if not today or good == today[0]:
            today.append(edition)
        if edition.digest == digest:
            return good
        newer = edition
    return editions.filter(digest=digest).first()


def _says_again(before: Document, after: Document) -> bool:
    """Whether two source Editions say the same, for the same readers, whatever stood in between."""
    return before["audience"] == after["audience"] and not proposed(before, after)


def is_signed_today(page: LeafletPage) -> bool:
    """Whether what `page` says is signed, and the source has changed nothing that matters since."""
    digest, approvals = signature_of(page)
    if not approvals or not digest:
        return bool(approvals)
    good = _good_beside(page, digest)
    newest = _editions(page, source_language(page)).values_list("pk", flat=True).first()
    return good is not None and good.pk == newest


def _matters(before: Document, after: Document) -> bool:
    """Whether translations signed beside `before` have to be signed again beside `after`."""
    if after["significance"] == SAFETY:
        return True
    if after["significance"] != COSMETIC and after["audience"] != before["audience"]:
        return True
    changed = proposed(before, after)
    return bool(changed) and (after["significance"], changed) != (COSMETIC, COSMETIC)


def compose_with_source(page: LeafletPage) -> tuple[Document, Source | None]:
    """
    The Document of `page` with its `source` and `source_title`, which come from the source Edition
    that it was signed beside, or a newer one that matters to nobody's signature, and not from what
    the source page says today. A source has no source, nor has a translation that nobody signed.
    """
    document = compose(page)
    language = source_language(page)
    if not language:
        return {**document, "source_title": None}, None
    digest, _approvals = signature_of(page)
    edition = _good_beside(page, digest) if digest else None
    if edition is None:
        return document, None
    own = {segment.path for segment in segments_of(document)}
    hashes = {s.path: s.hash for s in segments_of(edition.data) if s.path in own}
    source = Source(edition, hashes)
    title, images = edition.data["title"], _in_their_places(document["images"], edition.data)
    named = {"source": source.as_member(), "source_title": title, "images": images}
    return {**document, **named}, source


def is_as_good_beside(page: LeafletPage, last: Edition, source: Source) -> bool:
    """Whether a signature beside the source Edition that `last` names is good beside `source`."""
    named = last.data.get("source")
    return named is not None and _good_beside(page, named["digest"]) == source.edition


def _in_their_places(images: Iterable[Document], source: Document) -> list[Document]:
    """
    Pictures of a language's own name those that they were signed beside. What the desk says by now
    may be for another, of which nobody has signed that it may be replaced.
    """
    theirs = {image["id"]: image["digest"] for image in source["images"]}
    return [
        {**image, "in_place_of": theirs[image["id"]]}
        if theirs.get(image["id"], image["digest"]) != image["digest"]
        else image
        for image in images
    ]
