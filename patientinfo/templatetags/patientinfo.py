"""Template tags of the reader's pages: their frame, their addresses, the shelf of leaflets."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils.translation import get_language

from patientinfo.channels.parts.wording import language
from patientinfo.channels.web.cards import Shelf, shelf_of
from patientinfo.channels.web.frame import Frame, LanguageLink, frame_of, home_links, in_order
from patientinfo.channels.web.head import Alternate, Head
from patientinfo.conf import public_url

register = template.Library()


@register.simple_tag(takes_context=True)
def page_frame(context: template.Context) -> Frame:
    """The frame that the view gave; for a page without one (404, front page) the usual one."""
    given: Frame | None = context.get("frame")
    if given:
        return given
    locale = get_language() or settings.LANGUAGE_CODE
    return frame_of(locale, home_links(locale))


@register.simple_tag
def page_languages(translations: Iterable[Any], locale: str) -> tuple[LanguageLink, ...]:
    """Links to the translations of a page (anything with `locale`, `title`, `url`) and itself."""
    here = LanguageLink(language(locale, locale), "", "")
    others = (
        LanguageLink(language(page.locale.language_code, locale), page.title, page.url)
        for page in translations
    )
    return in_order([here, *others])


@register.simple_tag(takes_context=True)
def leaflet_shelf(context: template.Context, locale: str, index_href: str = "") -> Shelf:
    """
    The leaflets of a language on its front page: what was asked for, else the newest; all of them
    where no index lists them.
    """
    request = context.get("request")
    asked = request.GET if request else {}
    newest = bool(index_href) and not asked.keys() & {"search", "topic", "page"}
    return shelf_of(locale, asked, newest=newest)


@register.simple_tag
def front_page_head(page_url: str, translations: Iterable[Any], locale: str) -> Head:
    """The head of a front page; whoever reads none of its languages goes to the front door."""
    pages = {locale: page_url, **{p.locale.language_code: p.full_url for p in translations}}
    named = tuple(Alternate(code, pages[code]) for code in sorted(pages))
    return Head(url=page_url, alternates=(*named, Alternate("x-default", public_url("/"))))


@register.simple_tag
def absolute_url(path: str) -> str:
    """A path of this site with its scheme and host; an absolute address as it is."""
    return public_url(path) if path.startswith("/") else path
