"""
The matrix: leaflets down, languages across, each cell how far the translation is.

Reads projections only (progress, catalogue), so a thousand leaflets in ten languages cost a bounded
number of queries and no text is touched.
"""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.core.paginator import Page as PaginatedPage
from django.core.paginator import Paginator
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import NullIf
from django.utils import timezone
from wagtail.models import Locale

from patientinfo.desk.plans import planned
from patientinfo.editions.models import CatalogueEntry, Status
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.release_models import ReleasedDraft

ROWS = 50
REVIEW_SOON = timedelta(days=90)
ORDERS = {
    "title": ("title",),
    "-title": ("-title",),
    "changed": ("-latest_revision_created_at",),
    "review": (F("review_due").asc(nulls_last=True), "title"),
}
#: What leaflets are ordered by beside that: a measure of all their translations, or of one.
MEASURES: dict[str, Any] = {
    "percent": Sum(F("translated") + F("checked")) * 1.0 / NullIf(Sum("total"), 0),
    "findings": Sum("blocking"),
    "age": Min("waiting_since"),
}
#: Filter name → which progress rows have it.
WANTED = {
    "behind": Q(fuzzy__gt=0),
    "blocked": Q(blocking__gt=0),
    "waiting": Q(checked=F("total"), blocking=0, signed_off=False, total__gt=0),
    "unfinished": Q(checked__lt=F("total")),
}
#: Filter name → statuses of what readers have. A source that only grew leaves nothing fuzzy.
PUBLISHED = {
    "behind": (Status.BEHIND, Status.HELD),
    "late": (Status.BEHIND,),
    "held": (Status.HELD,),
}


@dataclass(slots=True)
class Cell:
    """
    One leaflet in one language. `page_id` is None where the language was never begun; `is_source`:
    it is written in this language. `released`: the stamp of its draft that translators were given.
    `planned`: when a draft that is signed or approved goes out.
    """

    locale: str
    page_id: int | None = None
    is_source: bool = False
    released: str = ""
    progress: TranslationProgress | None = None
    status: str = ""
    edition: int | None = None
    planned: datetime | None = None

    @property
    def state(self) -> str:
        """A word for what this cell needs, for style and for reading aloud."""
        if self.page_id is None:
            return "missing"
        if self.is_source:
            return "source"
        if self.progress is None or not self.progress.total:
            return "begun"
        if self.progress.ready and not self.progress.signed_off:
            return "waiting"
        return "done" if self.progress.signed_off else "working"


@dataclass(slots=True)
class Row:
    """One leaflet: its source page and a cell for each language, its own included."""

    source: LeafletPage
    cells: list[Cell] = field(default_factory=list)

    @property
    def draft(self) -> str:
        """The stamp of the draft that would be published with its translations."""
        given = next((cell.released for cell in self.cells if cell.page_id == self.source.pk), "")
        pk, written_at = self.source.latest_revision_id, self.source.latest_revision_created_at
        return given or (draft_stamp(pk, written_at) if pk and written_at else "")


def draft_stamp(pk: int, written_at: datetime) -> str:
    """Changes with every draft, also with one that was written over another."""
    return f"{pk} {written_at.isoformat()}"


@dataclass(frozen=True, slots=True)
class View:
    """
    How somebody looks at the matrix: words of the title, what some translation of a leaflet needs
    (in `language`, or in any when that is empty), and in which order.
    """

    search: str = ""
    wanted: str = ""
    order: str = "title"
    language: str = ""

    @property
    def of_language(self) -> Q:
        return Q(locale=self.language) if self.language else Q()


def sources(view: View) -> QuerySet[LeafletPage]:
    """Source pages as `view` wants them, in whatever language they are written."""
    found = LeafletPage.objects.filter(source_locale="", alias_of=None)
    if view.search:
        found = found.filter(title__icontains=view.search)
    if view.wanted in WANTED or view.wanted in PUBLISHED:
        found = found.filter(_needing(view))
    elif view.wanted == "missing":
        found = found.exclude(translation_key__in=_whole(view))
    elif view.wanted == "review":
        found = found.filter(review_due__lt=timezone.localdate() + REVIEW_SOON)
    ordered: QuerySet[LeafletPage] = _in_order(found, view)
    said = ("pk", "title", "translation_key", "locale_id", "review_due", "live")
    return ordered.only(*said, "latest_revision_id", "latest_revision_created_at")


def languages_across() -> list[Locale]:
    """The languages that leaflets are written in or translated into: all of the site."""
    return list(Locale.objects.all())


def _needing(view: View) -> Q:
    """Leaflets of which some translation needs what is wanted."""
    entries = CatalogueEntry.objects.filter(view.of_language)
    published = entries.filter(status__in=PUBLISHED.get(view.wanted, ())).values("key")
    needing = Q(translation_key__in=published)
    if view.wanted in WANTED:
        rows = TranslationProgress.objects.filter(WANTED[view.wanted], view.of_language)
        needing |= Q(translation_key__in=rows.values("key"))
    return needing


def _whole(view: View) -> QuerySet[Any]:
    """Keys of the leaflets that are begun in the language, or in all of them."""
    pages = LeafletPage.objects.all()
    if view.language:
        return pages.filter(locale__language_code=view.language).values("translation_key")
    return (
        pages.values("translation_key")
        .annotate(languages=Count("pk"))
        .filter(languages__gte=Locale.objects.count())
        .values("translation_key")
    )


def _in_order(found: QuerySet[LeafletPage], view: View) -> QuerySet[LeafletPage]:
    name, backwards = view.order.removeprefix("-"), view.order.startswith("-")
    if name in MEASURES:
        rows = TranslationProgress.objects.filter(
            view.of_language, key=OuterRef("translation_key")
        ).order_by()
        measured = rows.values("key").annotate(measure=MEASURES[name]).values("measure")
        found = found.annotate(measure=Subquery(measured))
        by = F("measure")
        first = by.desc(nulls_last=True) if backwards else by.asc(nulls_last=True)
        return found.order_by(first, "title", "pk")
    return found.order_by(*ORDERS.get(view.order, ORDERS["title"]), "pk")


def load_matrix(found: QuerySet[LeafletPage], number: Any) -> tuple[PaginatedPage, list[Row]]:
    """One page of the matrix: eight queries, however many leaflets and languages there are."""
    page = Paginator(found, ROWS).get_page(number)
    return page, rows_of(list(page.object_list))


def rows_of(pages: list[LeafletPage]) -> list[Row]:
    """A row for each of these source pages, its cells in the order of `languages_across`."""
    cells = _cells([source.translation_key for source in pages])
    locales = languages_across()
    return [
        Row(
            source,
            [
                cells.get((source.translation_key, loc.language_code)) or Cell(loc.language_code)
                for loc in locales
            ],
        )
        for source in pages
    ]


def _cells(keys: list[uuid.UUID]) -> dict[tuple[uuid.UUID, str], Cell]:
    pages = LeafletPage.objects.filter(translation_key__in=keys, alias_of=None)
    cells = {
        (key, code): Cell(code, pk, is_source=not source_locale)
        for pk, key, code, source_locale in pages.values_list(
            "pk", "translation_key", "locale__language_code", "source_locale"
        )
    }
    for progress in TranslationProgress.objects.filter(key__in=keys):
        if cell := cells.get((progress.key, progress.locale)):
            cell.progress = progress
    entries = CatalogueEntry.objects.filter(key__in=keys)
    for key, locale, status, number in entries.values_list("key", "locale", "status", "number"):
        if cell := cells.get((key, locale)):
            cell.status, cell.edition = status, number
    released = _released(pages)
    moments = planned(cell.page_id for cell in cells.values() if cell.page_id)
    for cell in cells.values():
        cell.released = released.get(cell.page_id, "")
        cell.planned = moments.get(cell.page_id or 0)
    return cells


def _released(pages: QuerySet[LeafletPage]) -> dict[int | None, str]:
    """The stamps of the drafts that translators have (`translation.pages.released_draft`)."""
    given = ReleasedDraft.objects.filter(
        page__in=pages, page__live=True, page__has_unpublished_changes=True
    ).exclude(page__last_published_at__gt=F("released_at"))
    rows = given.values_list("page_id", "revision_id", "revision__created_at")
    return {page_id: draft_stamp(pk, written_at) for page_id, pk, written_at in rows}


def summary() -> dict[str, int]:
    """The numbers of the home panel."""
    statuses = dict(
        CatalogueEntry.objects.filter(status__in=[Status.BEHIND, Status.HELD])
        .values_list("status")
        .annotate(Count("pk"))
    )
    waiting = TranslationProgress.objects.filter(WANTED["waiting"]).count()
    due = sources(View(wanted="review")).count()
    blocked = TranslationProgress.objects.aggregate(n=Sum("blocking"))["n"] or 0
    return {
        "behind": statuses.get(Status.BEHIND, 0),
        "held": statuses.get(Status.HELD, 0),
        "waiting": waiting,
        "blocked": blocked,
        "review": due,
    }
