"""
What can be exported: one generator of files a format.

Each makes its files one at a time, so an export of thousands of leaflets needs no more memory than
one of a few. A format for translators is added by its line in `kinds.KINDS`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import BinaryIO

from patientinfo.channels.base import Channel, NothingToRender, NotRenderable
from patientinfo.channels.registry import channels
from patientinfo.channels.renditions import order_of
from patientinfo.editions.models import Status
from patientinfo.exchange.catalogs import translation_file
from patientinfo.exchange.kinds import KINDS, TMX
from patientinfo.exchange.next_edition import Original, next_edition, released_leaflets
from patientinfo.exchange.selection import Selection, language_codes, stems
from patientinfo.formats.segments import segments_of
from patientinfo.formats.tmx import MemoryUnit, write_tmx
from patientinfo.licensing.guard import EVERYTHING
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.memory_tmx import export_tmx
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.states import Stored

Writer = Callable[[BinaryIO], None]


@dataclass(frozen=True, slots=True)
class ExportFile:
    """One file: its name, what it holds in a few words, and its bytes or, if long, their writer."""

    name: str
    about: str
    data: bytes = b""
    writer: Writer | None = None

    def write_to(self, out: BinaryIO) -> None:
        if self.writer is not None:
            self.writer(out)
        else:
            out.write(self.data)


@dataclass(frozen=True, slots=True)
class NotExported:
    """A file that could not be made, and why."""

    name: str
    reason: str


Exporter = Callable[[Selection], Iterator[ExportFile | NotExported]]


def json_files(selection: Selection) -> Iterator[ExportFile]:
    """Each current Document in its canonical bytes: their SHA-256 is the Edition's digest."""
    entries = selection.entries()
    if selection.locales is not None:
        entries = entries.filter(locale__in=selection.locales)
    for entry, stem in stems(entries):
        about = f"edition {entry.edition.number}, {entry.edition.digest}"
        yield ExportFile(f"{stem}.{entry.locale}.json", about, entry.edition.document.encode())


def _pairs(selection: Selection) -> Iterator[tuple[Original, str, str]]:
    """
    Each chosen leaflet's source Edition, or the next one where translators have its draft, with
    each chosen other language, and a file's stem.
    """
    targets = [code for code in language_codes() if selection.has(code)]
    released = released_leaflets()
    for entry, stem in stems(selection.entries().filter(is_source=True)):
        named = (entry.key, entry.locale)
        original = (next_edition(*named) if named in released else None) or entry.edition
        for locale in targets:
            if locale != entry.locale:
                yield original, locale, f"{stem}.{locale}"


def export_one(edition: Original, locale: str, stem: str, kind: str) -> ExportFile | NotExported:
    """A source's words and their translations into `locale`, as a file of `kind`."""
    name = stem + KINDS[kind].suffix
    file = translation_file(edition, locale)
    done = sum(1 for u in file.units if u.target and not u.fuzzy and u.state != Stored.DRAFT)
    try:
        data = KINDS[kind].write(file)
    except ValueError as error:  # a character that no translation tool takes
        return NotExported(name, str(error))
    about = f"{done} of {len(file.units)} translated, from edition {edition.number}"
    return ExportFile(name, about, data)


def translator_files(kind: str, selection: Selection) -> Iterator[ExportFile | NotExported]:
    """A file from each leaflet's source into each other language of the site."""
    for edition, locale, stem in _pairs(selection):
        yield export_one(edition, locale, stem, kind)


def tmx_files(selection: Selection) -> Iterator[ExportFile | NotExported]:
    """
    The translation memory, a file a language pair; of chosen leaflets their checked segments.

    A memory is for other tools, and what is in it is taken as right: so only what somebody checked.
    """
    if selection.keys is not None:
        for edition, locale, stem in _pairs(selection):
            yield leaflet_memory(edition, locale, stem)
        return
    pairs = MemoryEntry.objects.order_by("source_locale", "locale")
    for source, locale in pairs.values_list("source_locale", "locale").distinct():
        if selection.has(locale):
            writer = partial(_write_memory, source, locale)
            yield ExportFile(
                f"memory.{source}.{locale}.tmx",
                f"the translation memory from {source} into {locale}",
                writer=writer,
            )


def _write_memory(source_locale: str, locale: str, out: BinaryIO) -> None:
    export_tmx(out, source_locale, locale)


def leaflet_memory(edition: Original, locale: str, stem: str) -> ExportFile | NotExported:
    """The checked segments of one leaflet as a memory; what was made from older words too."""
    inline = {segment.path: segment.inline for segment in segments_of(edition.data)}
    rows = SegmentTranslation.objects.filter(
        key=edition.key, locale=locale, state=Stored.CHECKED, path__in=inline
    ).order_by("pk")
    overrides = Overrides.load(edition.key, locale)
    units = [
        MemoryUnit(
            edition.locale,
            locale,
            row.source_text,
            overrides.source_links(row.path, row.text),
            (row.checked_at or row.updated_at).replace(microsecond=0),
            inline[row.path],
        )
        for row in rows
    ]
    out = BytesIO()
    try:
        write_tmx(units, out)
    except ValueError as error:
        return NotExported(f"{stem}.tmx", str(error))
    return ExportFile(f"{stem}.tmx", f"{len(units)} checked segments", out.getvalue())


po_files = partial(translator_files, "po")


def rendition_files(wanted: Channel, selection: Selection) -> Iterator[ExportFile | NotExported]:
    """
    Each current Edition in a channel, whole: whoever runs commands is the clinic. Nothing is kept,
    as an export asks for each once.
    """
    entries = selection.entries().exclude(status=Status.HELD)
    if selection.locales is not None:
        entries = entries.filter(locale__in=selection.locales)
    for entry, stem in stems(entries):
        order = order_of(wanted, entry, EVERYTHING)
        ending = order.file_name.rpartition(f".{entry.locale}.")[2]
        name = f"{stem}.{entry.locale}.{ending}"
        try:
            made = order.rendition(keep=False)
        except NothingToRender:
            continue
        except NotRenderable as problem:
            yield NotExported(name, str(problem))
            continue
        yield ExportFile(name, f"edition {entry.number}, {made.digest}", made.content)


FORMATS: dict[str, Exporter] = {
    "json": json_files,
    **{kind: partial(translator_files, kind) for kind in KINDS},
    TMX: tmx_files,
}


def formats() -> dict[str, Exporter]:
    """Those that are always there, and the site's channels by their names."""
    renditions = {name: partial(rendition_files, found) for name, found in channels().items()}
    return {**FORMATS, **{name: made for name, made in renditions.items() if name not in FORMATS}}
