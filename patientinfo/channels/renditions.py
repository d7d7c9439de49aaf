"""
Renditions made on demand and kept: the one way from an Edition to a channel's bytes.

`order_of` says what would be made and gives its ETag, without making it; `Order.rendition` takes it
from the store or makes and keeps it. Whoever orders has asked the guard.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone

from patientinfo.channels.base import Channel, Context, NotRenderable, Rendition
from patientinfo.channels.models import KeptRendition
from patientinfo.channels.parts.cutting import cut_down
from patientinfo.channels.parts.links import linked_keys
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.parts.sheet import Place, Sheet, sheet_of
from patientinfo.channels.shelf import draft_meta, link_paths, meta_of
from patientinfo.conf import permission_url, public_url
from patientinfo.editions.holding import listed_of
from patientinfo.editions.image_files import MissingFile, read_image
from patientinfo.editions.models import SUPERSEDED, CatalogueEntry, Edition, Redaction, Status
from patientinfo.licensing.guard import EVERYTHING, Decision, Facts, facts_of
from patientinfo.licensing.picture_rights import stamped


@dataclass(frozen=True, slots=True)
class Order:
    """A rendition that can be had: `document` is cut down, `etag` known before it is made."""

    channel: Channel
    document: Mapping[str, Any]
    digest: str
    sheet: Sheet
    etag: str
    source: Mapping[str, Any] | None = None

    @property
    def file_name(self) -> str:
        return self.channel.file_name(self.document)

    def rendition(self, *, keep: bool = True) -> Rendition:
        """
        The rendition; one look-up when it was made before.

        `keep=False` makes it without looking, as an export of everything does, which would only
        fill the store.
        """
        kept = KeptRendition.objects.filter(pk=self.etag).first() if keep else None
        content = bytes(kept.content) if kept else self._made()
        if keep and not kept:
            # Two that make it at once make the same bytes; the second finds it kept.
            row = KeptRendition(
                etag=self.etag,
                channel=self.channel.name,
                edition_digest=self.digest,
                content=content,
            )
            KeptRendition.objects.bulk_create([row], ignore_conflicts=True)
        return Rendition(content, self.channel.media_type, self.file_name, self.etag)

    def _made(self) -> bytes:
        return self.channel.render(self.document, Context(self.sheet, picture_of, self.source))


def order_of(
    channel: Channel,
    entry: CatalogueEntry,
    decision: Decision,
    licence: LicenceLine | None = None,
) -> Order:
    """
    What `channel` would make of an entry's Edition for whoever the guard decided about.

    The entry's Edition is there already; one query more for a leaflet that links to others.
    """
    issued = listed_of(entry)
    left = cut_down(issued, decision, timezone.localdate())
    document = left.document
    paths = link_paths(linked_keys(document), entry.locale)
    place = _place(
        document,
        withheld=left.withheld,
        licence=licence,
        links=paths,
        renditions=_renditions_url(entry, licence),
    )
    sheet = sheet_of(document, meta_of(entry), place)
    digest = entry.edition.digest
    source = _source(entry, decision) if channel.shows_source else None
    # Which of the photos are left depends on the licence and on the day.
    shown = [*document["images"], *(source["images"] if source else ())]
    made_from = " ".join((digest, *(image["id"] for image in shown)))
    return Order(channel, document, digest, sheet, channel.etag_of(made_from, sheet), source)


def source_facts(entry: CatalogueEntry) -> Facts | None:
    """
    What the guard needs to know of the Edition that a translation was made from; None for what is
    no translation. A channel that shows its words needs the guard's leave for both.
    """
    edition = _source_edition(entry)
    if edition is None:
        return None
    of_source = CatalogueEntry.objects.of_leaflet(entry.key).in_locale(edition.locale).first()
    level, status = (of_source.level, of_source.status) if of_source else ("", Status.WITHDRAWN)
    named = {"key": entry.key, "locale": edition.locale, "edition": edition.number}
    if Redaction.objects.filter(**named).exists():
        status = Status.REDACTED
    newest = of_source is not None and of_source.number == edition.number
    return facts_of(
        level,
        status,
        key=str(entry.key),
        locale=edition.locale,
        number=edition.number,
        newest=newest,
    )


def _renditions_url(entry: CatalogueEntry, licence: LicenceLine | None) -> str:
    """Where the leaflet is in every form; what is pinned or no longer the newest, at its number."""
    numbered = entry.status == SUPERSEDED or (licence is not None and licence.pinned)
    edition = f"editions/{entry.number}/" if numbered else ""
    return public_url(f"/api/v1/pages/{entry.key}/{entry.locale}/{edition}renditions/")


def _source(entry: CatalogueEntry, decision: Decision) -> dict[str, Any] | None:
    edition = _source_edition(entry)
    return cut_down(edition.data, decision, timezone.localdate()).document if edition else None


def _source_edition(entry: CatalogueEntry) -> Edition | None:
    named = entry.edition.data["source"]
    if not named:
        return None
    editions = Edition.objects.filter(key=entry.key, locale=named["locale"])
    return editions.filter(number=named["edition"]).first()


def render_draft(channel: Channel, document: Mapping[str, Any]) -> bytes:
    """A draft through a channel, said to be one on every page; never kept."""
    links = link_paths(linked_keys(document), document["locale"])
    left = cut_down(document, EVERYTHING, timezone.localdate())
    place = _place(document, withheld=left.withheld, links=links, draft=True)
    sheet = sheet_of(left.document, draft_meta(), place)
    return channel.render(left.document, Context(sheet, _draft_picture))


def picture_of(image: Mapping[str, Any], width: int) -> bytes:
    """The file of a Document's image, in the size nearest above `width` pixels."""
    try:
        return stamped(read_image(image, width), image)
    except MissingFile as error:
        raise NotRenderable("missing_image", str(error)) from error


def _draft_picture(image: Mapping[str, Any], width: int) -> bytes | None:
    """A draft's picture is only kept when it is issued, so it may be missing."""
    try:
        return read_image(image, width)
    except MissingFile:
        return None


def _place(document: Mapping[str, Any], *, links: Mapping[str, str], **more: Any) -> Place:
    key, locale = document["key"], document["locale"]
    return Place(
        site_name=getattr(settings, "WAGTAIL_SITE_NAME", ""),
        origin=public_url(),
        permission_url=permission_url(key, locale),
        links=tuple(sorted((key, public_url(path)) for key, path in links.items())),
        **more,
    )
