"""
Makes Editions and catalogue agree with what is live.

Publishing in Wagtail is not one transaction with issuing, so a crash between them leaves a page
live whose words readers do not get yet, and words that readers get of a page that is gone. Running
this again and again is harmless.
"""

from __future__ import annotations

import logging
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from patientinfo.editions import catalogue
from patientinfo.editions.actions import (
    Issued,
    is_withdrawn,
    issue_edition,
    last_edition,
    withdraw_leaflet,
)
from patientinfo.editions.models import CatalogueEntry, Edition, Withdrawal
from patientinfo.editions.sources import compose_with_source, is_as_good_beside
from patientinfo.formats.canonical import content_digest
from patientinfo.leaflets.gate import NotReadyToPublish, problems_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import record_edits
from patientinfo.translation.pages import source_page

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Finding:
    """
    One leaflet in one language that was not as it should be. `done` says what became of it (in a
    dry run: what would); `reason` says what was wrong, or why it could not be mended.
    """

    done: Literal["issued", "withdrawn", "refreshed", "refused"]
    subject: str
    reason: str


def reconcile(*, dry_run: bool = False) -> Iterator[Finding]:
    """Mends one leaflet after another, naming each; one that cannot be mended stops no other."""
    yield from _withdraw_gone(dry_run)
    yield from _issue_missing(dry_run)
    yield from _refresh(dry_run)


def _live() -> list[int]:
    """Ids of the pages that should have an Edition, sources before their translations."""
    pages = LeafletPage.objects.live().filter(alias_of__isnull=True)
    sources = Q(source_locale="") & Q(locale__language_code=settings.LANGUAGE_CODE)
    first = list(pages.filter(sources).order_by("pk").values_list("pk", flat=True))
    return first + list(pages.exclude(sources).order_by("pk").values_list("pk", flat=True))


def _issue_missing(dry_run: bool) -> Iterator[Finding]:
    """
    A page that is refused is tried once more at the end, if anything was issued since: it may
    have waited for the Edition of its own source.
    """
    refused: list[tuple[int, Finding]] = []
    issued = False
    for pk in _live():
        finding = _mend(pk, dry_run)
        if finding is not None and finding.done == "refused":
            refused.append((pk, finding))
        elif finding is not None:
            issued = True
            yield finding
    for pk, finding in refused:
        again = _mend(pk, dry_run) if issued else finding
        if again is not None:
            yield again


def _mend(pk: int, dry_run: bool) -> Finding | None:
    """Issues what one page lacks; None when it lacks nothing."""
    page = LeafletPage.objects.select_related("locale").filter(pk=pk).first()
    if page is None:  # deleted since we looked
        return None
    subject = f"{page.title} ({page.locale.language_code}, page {pk})"
    try:
        reason = why_missing(page)
        if not reason:
            return None
        done = _would_issue(page) if dry_run else _issue(page)
    except ValidationError as error:
        return Finding("refused", subject, "; ".join(error.messages))
    except Exception as error:  # one bad page must not keep the others from their readers
        logger.exception("Page %s could not be issued.", pk)
        return Finding("refused", subject, f"{type(error).__name__}: {error}")
    return Finding("issued", subject, f"{done}; {reason}" if done else reason)


def _would_issue(page: LeafletPage) -> str:
    problems = problems_of(page)
    if problems:
        raise NotReadyToPublish(problems)
    return ""


@transaction.atomic
def _issue(page: LeafletPage) -> str:
    """Issues, and says which Edition there is now."""
    _record_edits(page)
    outcome = issue_edition(page.pk)
    return f"edition {outcome.edition.number}" if isinstance(outcome, Issued) else outcome.reason


def why_missing(page: LeafletPage) -> str:
    """
    Why the live content of `page` has no Edition; empty when it has one.

    A changed snippet is no reason: whether it makes new Editions is an editor's decision. Nor is an
    Edition of the source that changes nothing which needs a new signature.
    """
    last = last_edition(page.translation_key, page.locale.language_code)
    if last is None:
        return "it had none"
    if is_withdrawn(last):
        return f"edition {last.number} was withdrawn"
    if page.live_revision_id is not None and page.live_revision_id == last.revision_id:
        return ""
    document, source = compose_with_source(page)
    if source is not None and is_as_good_beside(page, last, source):
        document = {**document, **{name: last.data[name] for name in ("source", "source_title")}}
    if content_digest(document) == last.content_digest:
        return ""
    return f"edition {last.number} does not say what the page says"


def _record_edits(page: LeafletPage) -> None:
    """
    Takes words typed into a translated page into the store, as publishing would have done, unless
    the source was published again since: then nobody knows which source they were made from.
    """
    source = source_page(page)
    moments = (source.last_published_at, page.last_published_at) if source else (None, None)
    if moments[0] and moments[1] and moments[0] <= moments[1]:
        record_edits(page)


def _withdraw_gone(dry_run: bool) -> Iterator[Finding]:
    """Takes back Editions whose page was deleted or is not live, without our having heard of it."""
    pages = LeafletPage.objects.filter(
        translation_key=OuterRef("key"),
        locale__language_code=OuterRef("locale"),
        alias_of__isnull=True,
    )
    same = {"key": OuterRef("key"), "locale": OuterRef("locale")}
    gone = Edition.objects.filter(
        ~Exists(Edition.objects.filter(**same, number__gt=OuterRef("number"))),
        ~Exists(Withdrawal.objects.filter(**same, edition=OuterRef("number"))),
        ~Exists(pages.filter(live=True)),
    ).annotate(there=Exists(pages))
    rows = gone.order_by("key", "locale").values_list("key", "locale", "number", "there")
    for key, locale, number, there in list(rows):
        reason = "the page is not live" if there else "the page is gone"
        try:
            subject = f"{_title(key, locale)} ({locale}, {key})"
            if not dry_run:
                withdraw_leaflet(key, locale, reason)
        except Exception as error:
            yield _damaged(key, error)
            continue
        yield Finding("withdrawn", subject, f"edition {number}; {reason}")


def _title(key: uuid.UUID, locale: str) -> str:
    edition = last_edition(key, locale)
    return str(edition.data["title"]) if edition else str(key)


def _refresh(dry_run: bool) -> Iterator[Finding]:
    """Makes every entry of the catalogue anew; names the leaflets whose entries were wrong."""
    keys = Edition.objects.order_by("key").values_list("key", flat=True).distinct()
    for key in keys.iterator(chunk_size=500):
        try:
            wrong = _made_anew(key, dry_run)
        except Exception as error:
            yield _damaged(key, error)
            continue
        if wrong:
            yield Finding("refreshed", str(key), "its catalogue entries were out of date")


@transaction.atomic
def _made_anew(key: uuid.UUID, dry_run: bool) -> bool:
    """Whether entries of one leaflet are others now; in a dry run, whether they would be."""
    before = _entries(key)
    catalogue.refresh(key)
    wrong = before != _entries(key)
    transaction.set_rollback(dry_run)
    return wrong


def _damaged(key: uuid.UUID, error: Exception) -> Finding:
    """A leaflet whose catalogue cannot be made: something is wrong with what was issued of it."""
    logger.error("The catalogue of %s could not be made.", key, exc_info=error)
    reason = f"{type(error).__name__}: {error}; see verify_editions"
    return Finding("refused", str(key), reason)


def _entries(key: uuid.UUID) -> list[tuple[str, object]]:
    return list(
        CatalogueEntry.objects.filter(key=key)
        .order_by("locale")
        .values_list("locale", "updated_at")
    )
