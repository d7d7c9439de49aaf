"""Issuing and withdrawing: the only two ways in which what readers see changes."""

from __future__ import annotations

import logging
import uuid
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from patientinfo.editions import catalogue
from patientinfo.editions.compose import Document, format_moment
from patientinfo.editions.image_files import store_files
from patientinfo.editions.models import Edition, Withdrawal
from patientinfo.editions.significance import (
    COSMETIC,
    clear_choice,
    rebase_translations,
    significance_of,
)
from patientinfo.editions.sources import Source, compose_with_source
from patientinfo.formats.canonical import (
    canonical_bytes,
    content_digest,
    digest_bytes,
    part_digests,
)
from patientinfo.formats.document_schema import schema_problems
from patientinfo.leaflets.content import images_of
from patientinfo.leaflets.gate import NotReadyToPublish, Problem, problems_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.signals import edition_issued, leaflet_withdrawn

logger = logging.getLogger(__name__)

ATTEMPTS = 5  # publishers that may collide on one number before we give up


@dataclass(frozen=True, slots=True)
class Issued:
    """A new Edition."""

    edition: Edition


@dataclass(frozen=True, slots=True)
class Unchanged:
    """Nothing was issued; `reason` says why."""

    reason: str


Outcome = Issued | Unchanged


def issue_edition(page_id: int) -> Outcome:
    """
    Issues the next Edition of a live page; idempotent, safe against another publisher.

    Composes what is live now, not what a caller holds, so a late or repeated call does no harm.
    Raises `NotReadyToPublish` when the page lacks what patients need.
    """
    for attempt in range(ATTEMPTS):
        try:
            with transaction.atomic():
                outcome = _issue(page_id)
        except IntegrityError:
            # Somebody issued the same number between our look and our write: look again.
            if attempt == ATTEMPTS - 1:
                raise
            continue
        if isinstance(outcome, Issued):
            edition_issued.send(sender=Edition, edition=outcome.edition)
        return outcome
    raise AssertionError("unreachable")


def _issue(page_id: int) -> Outcome:
    # The parent's row, which saving a page writes first: who publishes meanwhile waits there, and
    # no two wait for each other.
    locked = LeafletPage.objects.select_for_update(of=("page_ptr",))
    page = locked.filter(pk=page_id).first()
    if page is None or not page.live:
        return Unchanged("the page is not live")
    if page.alias_of_id:
        return Unchanged("an alias shows another page")
    problems = problems_of(page)
    if problems:
        raise NotReadyToPublish(problems)
    document, source = compose_with_source(page)
    last = last_edition(page.translation_key, document["locale"])
    same = last is not None and last.content_digest == content_digest(document)
    if last is not None and same and not is_withdrawn(last):
        clear_choice(page)  # or it would be taken for what somebody says of the next change
        catalogue.refresh(page.translation_key)
        return Unchanged(f"edition {last.number} says the same")
    for image in images_of(page).values():
        members = [m for m in document["images"] if m["digest"] == image.file_digest]
        for member in members:
            store_files(image, member)
    document["significance"] = significance_of(page, last, document, translated=source is not None)
    document["note"] = page.change_note
    edition = _write(document, last.number + 1 if last else 1, page.live_revision_id, source)
    if last is not None and source is None and document["significance"] == COSMETIC:
        rebase_translations(last.data, document)
    clear_choice(page)
    catalogue.refresh(page.translation_key)
    return Issued(edition)


def _write(
    document: Document, number: int, revision_id: int | None, source: Source | None
) -> Edition:
    now = timezone.now().replace(microsecond=0)
    document = {**document, "edition": number, "issued_at": format_moment(now)}
    problems = schema_problems(document)
    if problems:
        raise NotReadyToPublish([Problem("__all__", problem) for problem in problems])
    data = canonical_bytes(document)
    return Edition.objects.create(
        key=uuid.UUID(document["key"]),
        locale=document["locale"],
        number=number,
        digest=digest_bytes(data),
        content_digest=content_digest(document),
        part_digests=part_digests(document),
        document=data.decode(),
        issued_at=now,
        revision_id=revision_id,
        source_locale=source.edition.locale if source else "",
        source_edition=source.edition.number if source else None,
        made_from=source.made_from if source else {},
    )


def last_edition(key: Any, locale: str) -> Edition | None:
    """The newest Edition, withdrawn or not."""
    found: Edition | None = (
        Edition.objects.filter(key=key, locale=locale).order_by("-number").first()
    )
    return found


def is_withdrawn(edition: Edition) -> bool:
    return Withdrawal.objects.filter(
        key=edition.key, locale=edition.locale, edition=edition.number
    ).exists()


@transaction.atomic
def withdraw_leaflet(key: Any, locale: str, reason: str) -> Withdrawal | None:
    """
    Takes back the current Edition; None when there is none or it is withdrawn already. The Edition
    itself stays, and publishing again issues the next number.
    """
    last = last_edition(key, locale)
    if last is None or is_withdrawn(last):
        return None
    withdrawal: Withdrawal = Withdrawal.objects.create(
        key=key, locale=locale, edition=last.number, at=timezone.now(), reason=reason[:300]
    )
    catalogue.refresh(key)
    leaflet_withdrawn.send(sender=Withdrawal, withdrawal=withdrawal)
    return withdrawal
