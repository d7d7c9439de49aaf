"""Keeps the numbers of the matrix and the home panel; see `TranslationProgress`."""

from __future__ import annotations

import uuid
from collections.abc import Callable

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.board import Board, load_board
from patientinfo.translation.desk_models import TranslationProgress
from patientinfo.translation.findings import Examiner
from patientinfo.translation.pages import source_page
from patientinfo.translation.states import State

Signed = Callable[[LeafletPage], bool]
_signed: list[Signed] = []


def register_signed(signed: Signed) -> None:
    """
    Names who says whether what a translated page says needs no new signature; a later stage knows
    what has happened to the source since the last.
    """
    _signed[:] = [signed]


def refresh_progress(
    key: uuid.UUID, locale: str | None = None, examiner: Examiner | None = None
) -> None:
    """
    Counts one leaflet anew, in one language or in all that it has a page in. `examiner` is one of
    that language which this act has used already.
    """
    pages = LeafletPage.objects.filter(translation_key=key, alias_of=None).select_related("locale")
    if locale is not None:
        pages = pages.filter(locale__language_code=locale)
    seen = []
    for page in pages:
        if source_page(page) is not None:
            seen.append(page.locale.language_code)
            record_progress(load_board(page, examiner))
    gone = TranslationProgress.objects.filter(key=key).exclude(locale__in=seen)
    (gone if locale is None else gone.filter(locale=locale)).delete()


def record_progress(board: Board) -> TranslationProgress:
    """Writes the counts of a board that is loaded already."""
    counts = board.counts
    changed = [line.row.updated_at for line in board if line.row is not None]
    values = {
        "total": len(board.lines),
        **{str(state): counts[state] for state in State},
        "blocking": counts["blocking"],
        "advisory": counts["advisory"],
        "signed_off": board.complete and _signed_off(board),
        "waiting_since": max(changed, default=None),
    }
    row = TranslationProgress(key=board.page.translation_key, locale=board.locale, **values)
    TranslationProgress.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["key", "locale"], update_fields=list(values)
    )
    return row


def _signed_off(board: Board) -> bool:
    """
    Whether somebody signed the words that are stored now, beside what the source says now. An older
    signature under the newest draft does not cover words that were saved at the desk after it.
    """
    return bool(_signed) and _signed[0](filled_draft(board.page))
