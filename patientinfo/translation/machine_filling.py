"""Filling the empty segments of a translation by machine: one act, allowed, done, logged."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from patientinfo.formats.segments import Segment
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import store_translations
from patientinfo.translation.board import Board, load_board
from patientinfo.translation.editing import MOST_CHARACTERS, Declined
from patientinfo.translation.machine import translate_segments, translator_for
from patientinfo.translation.rights import Act, require
from patientinfo.translation.shelf import Said
from patientinfo.translation.states import Origin, State, Stored

logger = logging.getLogger(__name__)
FILLED = "patientinfo.machine_translated"


@dataclass(frozen=True, slots=True)
class Filled:
    """How many segments have a machine-made draft now, and how many are empty still."""

    count: int
    left: int


def machine_for(board: Board) -> Any:
    """
    The translator that may fill this board; None when there is none, or nothing is empty, or it
    fails when it is asked for its languages: people go on without it.
    """
    if not board.counts[State.EMPTY]:
        return None
    try:
        return translator_for(board.source.locale, board.page.locale)
    except Exception:
        logger.exception("The machine translator cannot be asked for its languages.")
        return None


def fill_by_machine(page: LeafletPage, user: Any) -> Filled | Declined:
    """
    Machine-made drafts for every empty segment. What people have written is not touched, also not
    what they write while the machine is at work.
    """
    require(user, Act.TRANSLATE, page.locale.language_code)
    board = load_board(page)
    translator = machine_for(board)
    if translator is None:
        return Declined(_("No machine translator is there for this, or nothing is empty."))
    empty = {line.path: line.segment for line in board if line.state == State.EMPTY}
    try:
        texts = translate_segments(
            translator, empty.values(), board.source.locale, board.page.locale
        )
        stored = _store(page, texts, empty)
    except IntegrityError:
        return Declined(_("Somebody wrote a translation at the same moment. Try again."))
    except Exception:
        logger.exception("The machine translator failed for page %s.", page.pk)
        return Declined(
            _("The machine translator failed, and nothing was stored. Try again later.")
        )
    if not stored:
        return Declined(_("The machine translator had no translation for any of them."))
    name = str(getattr(translator, "display_name", type(translator).__name__))
    log(
        instance=page,
        action=FILLED,
        user=user,
        data={"translator": name, "segments": len(stored)},
    )
    return Filled(len(stored), len(empty) - len(stored))


@transaction.atomic
def _store(page: LeafletPage, texts: dict[str, str], empty: dict[str, Segment]) -> list[str]:
    """
    Whoever pressed the button translated nothing, so no row says that they did. What is longer than
    the desk takes is left out: nobody could save it.
    """
    still = {line.path for line in load_board(page) if line.state == State.EMPTY}
    return store_translations(
        page,
        {path: t for path, t in texts.items() if path in still and len(t) <= MOST_CHARACTERS},
        made_from=empty,
        said=Said(state=Stored.DRAFT, origin=Origin.MACHINE),
    )
