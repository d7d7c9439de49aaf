"""
A leaflet as a file for translators: what a partner gets that is licensed to translate it.

Made of Editions alone, like every rendition: of a translation the words of both, of an original a
template with nothing translated yet. Whose words they are, under which licence and how they stand
is said in notes on the whole file. What our own translators get, with drafts, remarks and what
has changed since, is `export`'s and stays in the house.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib.metadata import version as distribution_version
from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from patientinfo.channels.base import Channel, Context, Document, NotRenderable
from patientinfo.channels.parts.sheet import Sheet
from patientinfo.exchange.kinds import KINDS, PO, XLIFF
from patientinfo.formats.canonical import digest
from patientinfo.formats.exchange import TranslationFile, Unit
from patientinfo.formats.segments import segments_of
from patientinfo.licensing.terms import Use

_BABEL = distribution_version("babel")
#: The language of a template: BCP 47's for one that is not known yet.
ANY_LANGUAGE = "und"


class TranslatorsChannel(Channel):
    """One leaflet in one pair of languages, in one of the kinds of file of the exchange."""

    kind: ClassVar[str]
    uses = frozenset({Use.TRANSLATE})
    shows_source = True

    def render(self, document: Document, context: Context) -> bytes:
        write: Callable[[TranslationFile], bytes] = KINDS[self.kind].write
        try:
            return write(_file(document, context))
        except ValueError as error:  # a character that no translation tool takes
            raise NotRenderable("failed", str(error)) from error


class PoChannel(TranslatorsChannel):
    """Gettext's format."""

    name = kind = PO
    label = _("For translators (PO)")
    media_type = KINDS[PO].media_type
    extension = "po"

    @property
    def version(self) -> str:
        """Also that of the library which writes it, and names itself in the header."""
        return f"3+babel-{_BABEL}"


class XliffChannel(TranslatorsChannel):
    """XLIFF 2.1."""

    name = kind = XLIFF
    label = _("For translators (XLIFF)")
    version = "2"
    media_type = KINDS[XLIFF].media_type
    extension = "xliff"


def _file(document: Document, context: Context) -> TranslationFile:
    named = document["source"]
    source = context.source if named else document
    if source is None:
        raise NotRenderable("failed", "The edition that it was translated from is not there.")
    return TranslationFile(
        key=document["key"],
        source_locale=source["locale"],
        locale=document["locale"] if named else ANY_LANGUAGE,
        source_edition=source["edition"],
        source_digest=named["digest"] if named else context.sheet.digest or digest(document),
        title=source["title"],
        units=tuple(_units(source, document if named else None)),
        issued_at=source["issued_at"] or "",
        about=tuple(_about(context.sheet)),
    )


def _about(sheet: Sheet) -> Iterator[str]:
    """What a reader must always be able to see, in the language of the words that are given."""
    yield from map(sheet.said, sheet.notices)
    for row in sheet.record:
        yield f"{row.label}: {sheet.listed(line.text for line in row.lines)}"
    for asking in sheet.asking:
        yield f"{asking.heading}: {asking.text} {asking.where.text}"


def _units(source: Document, translation: Document | None) -> Iterator[Unit]:
    """The source's segments. Of a translation those it has too: the others were left out of it."""
    said = {s.path: s.text for s in segments_of(translation)} if translation else {}
    headings = {section["id"]: section["heading"] for section in source["sections"]}
    state = "checked" if translation and translation["people"]["checkers"] else "translated"
    for segment in segments_of(source):
        if translation is not None and segment.path not in said:
            continue
        target = said.get(segment.path, "")
        yield Unit(
            path=segment.path,
            source=segment.text,
            target=target,
            section=headings.get(segment.section, ""),
            note=segment.note,
            state=state if target else "",
            inline=segment.inline,
        )
