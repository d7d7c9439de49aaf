"""
A Document, with what is known of it today, as data for the page's templates.

Pure: the same input gives the same page. Everything that a reader must always be able to see is a
field here, whatever the access level; `sections` have blocks only when the text may be shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.utils import translation

from patientinfo.channels.parts.facts import Contact, Facts, contact_of, facts_of
from patientinfo.channels.parts.record import left_out
from patientinfo.channels.parts.standing import (
    STOPPED,
    PageMeta,
    Standing,
    TranslationMeta,
    standing_of,
)
from patientinfo.channels.parts.wording import Language, language
from patientinfo.channels.web.blocks import ImageUrls, Surroundings, block_view
from patientinfo.channels.web.frame import LanguageLink, in_order
from patientinfo.channels.web.words import Definition, Words, definitions_of
from patientinfo.formats.inline import safe_href
from patientinfo.licensing.cutting import Withheld

#: The parts of an Edition that the guard can let through.
TEXT, PHOTOS = "text", "photos"
WHOLE = frozenset({TEXT, PHOTOS})


@dataclass(frozen=True, slots=True)
class Section:
    """
    A section; `id` is its anchor, which survives rewording and is the same in every language.
    `elsewhere` leads to it in the other languages that have it.
    """

    id: str
    heading: str
    blocks: tuple[dict[str, Any], ...] = ()
    elsewhere: tuple[LanguageLink, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafletView:
    """Everything that the templates of one leaflet's page show."""

    key: str
    language: Language
    title: str
    summary: str
    source_title: str
    standing: Standing
    facts: Facts
    rights: Mapping[str, str]
    contact: Contact | None
    permission_href: str
    html_url: str
    text_shown: bool
    audience: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    sections: tuple[Section, ...] = ()
    references: tuple[Mapping[str, str], ...] = ()
    definitions: tuple[Definition, ...] = ()
    languages: tuple[LanguageLink, ...] = ()
    left_out: tuple[str, ...] = ()


def leaflet_view(
    document: Mapping[str, Any],
    meta: PageMeta,
    *,
    image_urls: ImageUrls,
    links: Mapping[str, str] | None = None,
    parts: Collection[str] = WHOLE,
    permission_url: str = "",
) -> LeafletView:
    """
    The page of a Document for a reader who may have `parts` of it.

    `links` gives the page addresses of other leaflets by key (lower case); `permission_url` where
    a clinic asks to reproduce, when it is not the leaflet's own contact.
    """
    locale = document["locale"]
    shown = TEXT in parts and meta["status"] not in STOPPED
    around = Surroundings(
        links=links or {},
        images={image["id"]: image for image in document["images"]},
        image_urls=image_urls,
        photos=PHOTOS in parts,
        words=Words(definitions_of(document)),
    )
    return LeafletView(
        key=document["key"],
        language=language(locale, locale),
        title=document["title"],
        summary=document["summary"],
        source_title=document["source_title"] or "",
        standing=standing_of(document, meta),
        facts=facts_of(document, meta),
        rights=document["rights"] | {"url": safe_href(document["rights"]["url"])},
        contact=contact_of(document["contact"]),
        permission_href=safe_href(permission_url) or safe_href(document["rights"]["url"]),
        html_url=meta["html_url"],
        text_shown=shown,
        audience=tuple(document["audience"]),
        topics=tuple(topic["name"] for topic in document["topics"]),
        sections=tuple(
            replace(section, elsewhere=_elsewhere(section.id, locale, meta))
            for section in (_section(each, around, shown) for each in document["sections"])
        ),
        references=_references(document) if shown else (),
        definitions=definitions_of(document) if shown else (),
        languages=_languages(document, meta),
    )


def _section(section: Mapping[str, Any], around: Surroundings, shown: bool) -> Section:
    blocks = section["blocks"] if shown else ()
    around = replace(around, words=around.words.fresh())
    return Section(
        section["id"], section["heading"], tuple(block_view(block, around) for block in blocks)
    )


def _references(document: Mapping[str, Any]) -> tuple[Mapping[str, str], ...]:
    return tuple(
        {"text": reference["text"], "href": safe_href(reference["url"])}
        for reference in document["references"]
    )


def telling(
    view: LeafletView, document: Mapping[str, Any], withheld: tuple[Withheld, ...]
) -> LeafletView:
    """The page, which then says what is not in its Document any more and why."""
    with translation.override(document["locale"]):
        return replace(view, left_out=left_out(document, withheld))


def _languages(document: Mapping[str, Any], meta: PageMeta) -> tuple[LanguageLink, ...]:
    """This language and the others that can be read now, in the order of their own names."""
    locale = document["locale"]
    here = LanguageLink(language(locale, locale), document["title"], "")
    others = (_link(other, locale) for other in _readable(meta))
    return in_order([here, *others])


def _elsewhere(section: str, locale: str, meta: PageMeta) -> tuple[LanguageLink, ...]:
    """A section in the other languages that have it, or of which that is not known."""

    def has(other: TranslationMeta) -> bool:
        known = other.get("sections")
        return bool(other["html_url"]) and (known is None or section in known)

    return in_order(_link(other, locale, f"#{section}") for other in _readable(meta) if has(other))


def _readable(meta: PageMeta) -> Iterator[TranslationMeta]:
    return (other for other in meta["translations"] if other["status"] not in STOPPED)


def _link(other: TranslationMeta, locale: str, fragment: str = "") -> LanguageLink:
    spoken = language(other["locale"], locale)
    return LanguageLink(spoken, other["title"], other["html_url"] + fragment)
