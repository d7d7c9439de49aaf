"""
How a page stands today: current, behind its source, withdrawn, … and what a reader is told of it.

None of this is in the Document, because it changes without a new Edition.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NotRequired, TypedDict

from patientinfo.channels.parts.wording import Language, language, number
from patientinfo.formats.segments import OUTSIDE, SHORT_TEXT

#: Standings under which no words of the leaflet are shown.
STOPPED = frozenset({"held", "withdrawn", "recalled", "redacted"})
#: Of these the ones under which the leaflet will come back: its catalogue entry is still shown.
PAUSED = frozenset({"held", "redacted"})


class SourceMeta(TypedDict):
    """The source that a translation was made from, and where that source is now."""

    locale: str
    edition: int
    current_edition: int | None
    behind: list[str]


class TranslationMeta(TypedDict):
    """
    The same leaflet in another language. `sections` are the ids of those that it has; a catalogue
    entry that was written before these were kept has none to tell.
    """

    locale: str
    title: str
    edition: int
    status: str
    html_url: str
    sections: NotRequired[list[str] | None]


class PageMeta(TypedDict):
    """What is known of a page beside its Document. `behind`: section ids, or of `OUTSIDE`."""

    edition: int
    digest: str
    status: str
    html_url: str
    source: SourceMeta | None
    translations: list[TranslationMeta]


@dataclass(frozen=True, slots=True)
class ChangedPart:
    """
    A part that changed in the source since this translation was made.

    `heading` is as this page has it. It is empty for a section that the translation does not have
    yet (`kind` is then `new`), and for the title, the summary and the text message, which `kind`
    names.
    """

    kind: str
    heading: str
    href: str


@dataclass(frozen=True, slots=True)
class Standing:
    """`status` as in the page API; editions are numbers in the page's digits, or empty."""

    status: str
    source: Language | None = None
    source_href: str = ""
    source_edition: str = ""
    source_current_edition: str = ""
    changed: tuple[ChangedPart, ...] = ()

    @property
    def stopped(self) -> bool:
        return self.status in STOPPED

    @property
    def notable(self) -> bool:
        """True when the reader is told at the top of the page."""
        return self.status != "current"


def standing_of(document: Mapping[str, Any], meta: PageMeta) -> Standing:
    """What a reader is told about the state of this page."""
    source = meta["source"]
    if source is None:
        return Standing(meta["status"])
    locale = document["locale"]
    paths = {other["locale"]: other["html_url"] for other in meta["translations"]}
    href = paths.get(source["locale"], "")
    current = source["current_edition"]
    return Standing(
        status=meta["status"],
        source=language(source["locale"], locale),
        source_href=href,
        source_edition=number(source["edition"], locale),
        source_current_edition=number(current, locale) if current else "",
        changed=_changed_parts(document, source["behind"], href),
    )


def _changed_parts(
    document: Mapping[str, Any], behind: list[str], source_href: str
) -> tuple[ChangedPart, ...]:
    """The parts that are behind, each with a link: to this page where it has them."""
    headings = {section["id"]: section["heading"] for section in document["sections"]}
    found = []
    for part in behind:
        if part in headings:
            found.append(ChangedPart("section", headings[part], f"#{part}"))
        elif part in OUTSIDE:
            # No page shows the text message.
            found.append(ChangedPart(part, "", "" if part == SHORT_TEXT else f"#{part}"))
        else:
            found.append(ChangedPart("new", "", f"{source_href}#{part}" if source_href else ""))
    return tuple(found)
