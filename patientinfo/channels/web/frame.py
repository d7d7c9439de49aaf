"""What stands around every page of the reader: clinic, language switcher, direction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.urls import get_script_prefix

from patientinfo.channels.parts.wording import Language, language


@dataclass(frozen=True, slots=True)
class LanguageLink:
    """A page in another language; `href` is empty for the language of this page."""

    language: Language
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Frame:
    """
    `indexed` is False for a page that search engines should leave alone; `crumb` names the page in
    the path from the front page to it.
    """

    language: Language
    site_name: str
    home_href: str
    languages: tuple[LanguageLink, ...] = ()
    indexed: bool = True
    crumb: str = ""


def home_path(locale: str) -> str:
    """The clinic's front page in a language."""
    return f"{get_script_prefix()}{locale}/"


def frame_of(
    locale: str,
    languages: Iterable[LanguageLink] = (),
    *,
    indexed: bool = True,
    crumb: str = "",
) -> Frame:
    """The frame of a page in `locale`; the name is the project's `WAGTAIL_SITE_NAME`."""
    return Frame(
        language=language(locale, locale),
        site_name=getattr(settings, "WAGTAIL_SITE_NAME", ""),
        home_href=home_path(locale),
        languages=in_order(languages),
        indexed=indexed,
        crumb=crumb,
    )


def in_order(links: Iterable[LanguageLink]) -> tuple[LanguageLink, ...]:
    """Languages in the order of their own names, the same on every page."""
    return tuple(sorted(links, key=lambda link: link.language.own_name.casefold()))


def home_links(locale: str) -> tuple[LanguageLink, ...]:
    """The front pages of all languages of the site, `locale` being that of this page."""
    return tuple(
        LanguageLink(language(code, locale), "", "" if code == locale else home_path(code))
        for code, _ in settings.LANGUAGES
    )
