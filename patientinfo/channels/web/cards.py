"""Leaflets on a shelf: the catalogue of one language as cards, searched and sorted by topic."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count

from patientinfo.channels.parts.standing import STOPPED
from patientinfo.channels.parts.wording import language, number
from patientinfo.channels.web.frame import LanguageLink, in_order
from patientinfo.editions.models import CatalogueEntry, CatalogueQuerySet, CatalogueTerm, Status
from patientinfo.licensing.guard import PHOTOS, TEXT, Use
from patientinfo.licensing.searching import matching, publicly_searchable

CARDS_ON_A_PAGE = 48
#: How many the front page shows as new.
NEWEST = 6
LONGEST_QUERY = 200


@dataclass(frozen=True, slots=True)
class Card:
    """
    A leaflet to choose; `languages` are the other languages it can be read in. The text of one that
    is `held` is not shown until it is right again.
    """

    title: str
    summary: str
    href: str
    languages: tuple[LanguageLink, ...]
    held: bool = False


@dataclass(frozen=True, slots=True)
class TopicLink:
    """A topic with how many leaflets it has; `query` chooses it, whatever else was asked."""

    id: str
    name: str
    count: str
    query: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """
    What a reader finds. `search` and `topic` are what they asked for, `total` how many there are
    of it in the page's digits, and `query` asks for the same again: `…&` or empty.
    """

    cards: Page[Card]
    topics: tuple[TopicLink, ...]
    count: int
    total: str
    search: str = ""
    topic: str = ""
    topic_name: str = ""
    query: str = ""

    @property
    def asked(self) -> bool:
        return bool(self.search or self.topic)


def shelf_of(locale: str, asked: Mapping[str, str], *, newest: bool = False) -> Shelf:
    """
    The leaflets of a language by title, `asked` being the query string: `search`, `topic`, `page`.

    Three queries; a page that is not there is the nearest. `newest`: the last ones issued instead.
    """
    shown = CatalogueEntry.objects.available().in_locale(locale)
    search, topic = _text(asked.get("search")), _text(asked.get("topic"))
    topics = _topics(shown, locale, search)
    found = shown.with_term("topic", topic) if topic else shown
    if search:
        text, photos = (publicly_searchable(Use.READER, part) for part in (TEXT, PHOTOS))
        found = matching(found, search, text, photos)
    order = ("-issued_at", "-edition_id") if newest else ("title", "key")
    pages = Paginator(found.order_by(*order), NEWEST if newest else CARDS_ON_A_PAGE)
    page = pages.get_page(asked.get("page"))
    cards = [card_of(entry) for entry in page.object_list]
    kept = {name: value for name, value in (("search", search), ("topic", topic)) if value}
    return Shelf(
        cards=Page(cards, page.number, pages),  # type: ignore[arg-type]
        topics=topics,
        count=pages.count,
        total=number(pages.count, locale),
        search=search,
        topic=topic,
        topic_name=next((t.name for t in topics if topic in {t.id, t.name}), ""),
        query=f"{urlencode(kept)}&" if kept else "",
    )


def _text(given: str | None) -> str:
    """What was typed, as any database can be asked about it: PostgreSQL refuses NUL."""
    return (given or "").replace("\x00", " ").strip()[:LONGEST_QUERY]


def _topics(entries: CatalogueQuerySet, locale: str, search: str) -> tuple[TopicLink, ...]:
    """The topics of the leaflets of a language by name; what is searched for is kept."""
    terms = CatalogueTerm.objects.filter(kind="topic", entry__in=entries.order_by())
    counted = terms.values_list("value", "label").annotate(count=Count("pk")).order_by("label")
    kept = {"search": search} if search else {}
    return tuple(
        TopicLink(value, label, number(count, locale), urlencode({**kept, "topic": value}))
        for value, label, count in counted
    )


def card_of(entry: CatalogueEntry) -> Card:
    """The card of one catalogue entry."""
    others = (
        LanguageLink(language(t["locale"], entry.locale), t["title"], t["html_path"])
        for t in entry.translations
        if t["status"] not in STOPPED
    )
    held = entry.status == Status.HELD
    return Card(entry.title, entry.summary, entry.html_path, in_order(others), held)
