"""What a page says of itself to programs that read it: search engines, previews of links."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import translation
from django.utils.encoding import iri_to_uri

from patientinfo.channels.parts.facts import facts_of
from patientinfo.channels.parts.notices import notices_of, said_of
from patientinfo.channels.parts.record import method_of
from patientinfo.channels.parts.schema_org import Whereabouts, page_of, script_json
from patientinfo.channels.parts.sheet import Other
from patientinfo.channels.parts.standing import STOPPED, PageMeta, standing_of
from patientinfo.channels.web.frame import LanguageLink
from patientinfo.conf import public_url
from patientinfo.formats.inline import safe_href

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Alternate:
    """The page in a language, by its absolute address."""

    hreflang: str
    href: str


@dataclass(frozen=True, slots=True)
class Head:
    """
    Addresses are absolute, and empty where there are none. A page that is not to be found again has
    no `url` and no `alternates`.
    """

    url: str = ""
    alternates: tuple[Alternate, ...] = ()
    licence_href: str = ""
    json_ld: str = ""

    @property
    def link(self) -> str:
        """The header `Link` (RFC 8288), or empty."""
        return f'<{iri_to_uri(self.licence_href)}>; rel="license"' if self.licence_href else ""


def head_of(
    document: Json, meta: PageMeta, permission_url: str, crumbs: Json | None = None
) -> Head:
    """The head of a leaflet's page; `document` is what may be shown of it."""
    url = public_url(meta["html_url"]) if meta["html_url"] else ""
    others = tuple(
        Other(other["locale"], other["title"], public_url(other["html_url"]))
        for other in meta["translations"]
        if other["status"] not in STOPPED and other["html_url"]
    )
    method, told = _said(document, meta)
    at = Whereabouts(
        url, meta["digest"], meta["status"], permission_url, others, method=method, notices=told
    )
    described = page_of(document, at)
    if crumbs and "hasPart" in described:
        described["breadcrumb"] = crumbs
    found = bool(url) and meta["status"] not in STOPPED
    return Head(
        url=url if found else "",
        alternates=_alternates(document, meta, url, others) if found else (),
        licence_href=safe_href(document["rights"]["url"]) or permission_url,
        json_ld=script_json(described),
    )


def _said(document: Json, meta: PageMeta) -> tuple[str, str]:
    """How it was made and how it stands, in its own language."""
    locale = document["locale"]
    with translation.override(locale):
        standing = standing_of(document, meta)
        told = " ".join(said_of(notice, locale) for notice in notices_of(standing))
        return method_of(facts_of(document, meta), standing), told


def _alternates(
    document: Json, meta: PageMeta, url: str, others: tuple[Other, ...]
) -> tuple[Alternate, ...]:
    """Every language and, for a reader of none of them, the one that it was written in."""
    pages = {document["locale"]: url, **{other.locale: other.url for other in others}}
    source = meta["source"]["locale"] if meta["source"] else document["locale"]
    named = [Alternate(code, pages[code]) for code in sorted(pages)]
    return (*named, Alternate("x-default", pages.get(source, url)))


def index_head(path: str, links: Iterable[LanguageLink]) -> Head:
    """The head of a list of leaflets: the list itself, whatever is looked for in it."""
    named = [
        Alternate(link.language.code, public_url((link.href or path).partition("?")[0]))
        for link in links
    ]
    return Head(url=public_url(path), alternates=tuple(sorted(named, key=lambda a: a.hreflang)))


def breadcrumbs(*crumbs: tuple[str, str]) -> Json:
    """schema.org's list of (name, absolute address), the front page first."""
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": href}
            for place, (name, href) in enumerate(crumbs, 1)
        ],
    }
