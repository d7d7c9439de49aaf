"""
A bundle from its order to its bytes, as a stream: one rendition in memory at a time.

What cannot be had or made is named in the manifest with its reason, and the rest goes on: a bundle
is never half a file, nor fails for one leaflet of a thousand.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from django.conf import settings
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.functions import Collate, Concat
from django.utils import timezone

from patientinfo.bundles.archive import Member, zip_stream
from patientinfo.bundles.index import Index, Shelf
from patientinfo.bundles.ledger import Ledger, LeftOut, about_bundle
from patientinfo.bundles.papers import PAPERS, paper_of
from patientinfo.bundles.recipients import Recipient
from patientinfo.channels.base import Channel, NotRenderable, Rendition
from patientinfo.channels.renditions import Order, order_of
from patientinfo.editions.models import CatalogueEntry
from patientinfo.exchange.selection import Selection, stems
from patientinfo.licensing.cutting import cut_document
from patientinfo.licensing.guard import Decision, Refused

logger = logging.getLogger(__name__)

#: By bytes, in every database: paths are in the order of their letters.
_BY_BYTES = {"sqlite": "BINARY", "postgresql": "C"}


@dataclass(frozen=True, slots=True)
class Bundle:
    """What is wanted, and for whom: of which leaflets and languages, in which forms."""

    recipient: Recipient
    selection: Selection
    channels: tuple[Channel, ...]

    @property
    def file_name(self) -> str:
        licence = self.recipient.licence
        return f"{licence.number}.zip" if licence else "leaflets.zip"

    def entries(self) -> QuerySet[CatalogueEntry]:
        """Every leaflet that is meant, language by language, withdrawn ones too."""
        wanted = self.recipient.narrowed(self.selection)
        entries = CatalogueEntry.objects.all()
        if wanted.keys is not None:
            entries = entries.filter(key__in=wanted.keys)
        if wanted.locales is not None:
            entries = entries.filter(locale__in=wanted.locales)
        by_path = Collate(Concat("slug", Value(".")), _BY_BYTES[connection.vendor])
        return entries.order_by("locale", by_path, "key")

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the ZIP."""
        codes = self.entries().order_by("locale").values_list("locale", flat=True)
        locales = list(codes.distinct())
        clinic = getattr(settings, "WAGTAIL_SITE_NAME", "")
        with ExitStack() as stack:
            ledger = Ledger()
            stack.callback(ledger.close)
            index = Index(locales, self.recipient, clinic)
            stack.callback(index.close)
            yield from zip_stream(self._members(ledger, index, clinic))

    def _members(self, ledger: Ledger, index: Index, clinic: str) -> Iterator[Member]:
        """In the order of their paths: files, index, licence, manifest."""
        for entry, stem in stems(self.entries()):
            yield from self._leaflet(self.recipient.meant(entry), stem, ledger, index)
        for page in index.pages():
            ledger.add_other(page, "text/html; charset=utf-8")
            yield page
        yield from self._papers(ledger)
        wanted = self.recipient.narrowed(self.selection)
        yield ledger.manifest(about_bundle(self.recipient, wanted, self.channels, clinic))

    def _leaflet(
        self, entry: CatalogueEntry, stem: str, ledger: Ledger, index: Index
    ) -> Iterator[Member]:
        shelf = Shelf(entry.title)
        for channel in sorted(self.channels, key=_ending):
            decision = self.recipient.decide(entry, channel)
            piece = self._piece(entry, channel, decision)
            if isinstance(piece, LeftOut):
                ledger.leave_out(entry, channel, piece)
                shelf.leave_out(channel.label, piece)
                continue
            order, made = piece
            ending = made.file_name.rpartition(f".{entry.locale}.")[2]
            path = f"files/{entry.locale}/{stem}.{entry.locale}.{ending}"
            cut = cut_document(entry.edition.data, decision, timezone.localdate())
            ledger.add(path, made, order, cut)
            shelf.add(order, path, len(made.content))
            self.recipient.count(entry, channel)
            yield Member(path, made.content, packed=channel.packed)
        index.add(entry.locale, shelf)

    def _piece(
        self, entry: CatalogueEntry, channel: Channel, decision: Decision
    ) -> tuple[Order, Rendition] | LeftOut:
        if isinstance(decision, Refused):
            return LeftOut(str(decision.reason))
        try:
            order = order_of(channel, entry, decision, self.recipient.line_for(entry))
            return order, order.rendition(keep=False)
        except NotRenderable as problem:
            return LeftOut(problem.reason, str(problem))
        except Exception:
            # The first bytes have left: a fault in one piece may not take the others with it.
            logger.exception("%s of %s was left out of a bundle", channel.name, entry)
            return LeftOut("failed", "A fault in this installation; its log has more.")

    def _papers(self, ledger: Ledger) -> Iterator[Member]:
        licence = self.recipient.licence
        if licence is None:
            return
        for path, media_type in PAPERS.items():
            try:
                content = paper_of(licence, path)
            except NotRenderable as problem:
                ledger.leave_out_paper(path, LeftOut(problem.reason, str(problem)))
                continue
            member = Member(path, content, packed=path.endswith(".pdf"))
            ledger.add_other(member, media_type)
            yield member


def _ending(channel: Channel) -> str:
    """What the name of its files ends in, which is their order."""
    return channel.file_name({"slug": "", "key": "", "locale": ""})
