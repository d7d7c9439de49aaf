"""
Sign-off: the act by which a translation becomes fit to be issued.

A signature is a clinical approval of the translated page's words (`leaflets.approval`), given by
somebody who may sign off that language and, unless a setting allows it, did not translate it. It is
bound to the words and to the source Edition beside them: change either, and it does not cover them
any more. Every way of giving one asks here what is missing: desk, page editor and workflow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log

from patientinfo.conf import get_setting
from patientinfo.formats.inline import plain_text
from patientinfo.leaflets.approval import approvals_of, approve, newest_source, person_of
from patientinfo.leaflets.content import fingerprint
from patientinfo.leaflets.gate import NotReadyToPublish, Problem, problems_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.locks import why_locked
from patientinfo.leaflets.snippets import Person
from patientinfo.translation.actions import filled_draft, write_draft
from patientinfo.translation.board import Board, load_board
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import source_page
from patientinfo.translation.progress import refresh_progress
from patientinfo.translation.rights import Act, may
from patientinfo.translation.states import State
from patientinfo.translation.word_guard import said_by

SIGNED = "patientinfo.translation_signed"


def incomplete(board: Board) -> Iterator[Problem]:
    """What the words themselves still lack: one line a state, and one a blocking finding."""
    if board.next_edition:
        yield Problem(
            NON_FIELD_ERRORS,
            _(
                "These are translations of a draft of the source: publish the source and its "
                "translations together."
            ),
        )
    unfinished = {
        State.EMPTY: _("not translated"),
        State.FUZZY: _("made from older words of the source"),
        State.MACHINE: _("machine-made and not checked by a person"),
        State.DRAFT: _("a draft"),
        State.TRANSLATED: _("not checked yet"),
    }
    for state, words in unfinished.items():
        count = board.counts[state]
        if count:
            message = ngettext(
                "%(count)d segment is %(state)s.", "%(count)d segments are %(state)s.", count
            )
            yield Problem("body", message % {"count": count, "state": words})
    for _block in board.outdated_pictures:
        yield Problem(
            "body",
            _("The source has another picture where this language has its own: choose again."),
        )
    for line in board:
        for result in line.results:
            if result.blocks:
                yield Problem(
                    "body",
                    _("“%(text)s”: %(finding)s")
                    % {"text": plain_text(line.text)[:60], "finding": result.finding.message},
                )


def signer(page: LeafletPage, user: Any) -> Person | None:
    """
    The person as whom `user` may sign off `page`, or None: also while something is missing, and
    when the page that it translates is gone.
    """
    if not may(user, Act.SIGN_OFF, page.locale.language_code) or source_page(page) is None:
        return None
    person, board = person_of(user), load_board(page)
    if person is None or any(lacking(page, board)):
        return None
    if not get_setting("SELF_SIGN_OFF") and user.pk in translators(board):
        return None
    return person


def unsigned_problems(page: LeafletPage) -> Iterator[Problem]:
    """
    For the gate: what keeps the words of a translated page from being signed. Words that somebody
    has signed already were complete when they were, and stay fit to be issued as made from the
    source that they were signed beside, until others have been issued (`editions.superseded`).
    """
    if source_page(page) is not None and not approvals_of(page):
        yield from lacking(page, load_board(page))


def lacking(page: LeafletPage, board: Board) -> Iterator[Problem]:
    """What is missing at the desk, and whether the page says what was checked there, no more."""
    yield from incomplete(board)
    if said_by(page) != said_by(filled_draft(page)):
        yield Problem(
            "body",
            _("These words are not those of the translation desk: save and check them there."),
        )


def missing_for_sign_off(board: Board, user: Any) -> list[Problem]:
    """Everything that keeps `user` from signing off now; empty when nothing does."""
    found = list(incomplete(board))
    if locked := why_locked(board.page, user):
        found.append(Problem(NON_FIELD_ERRORS, locked))
    if not may(user, Act.SIGN_OFF, board.locale):
        found.append(
            Problem(NON_FIELD_ERRORS, _("You may not sign off translations into this language."))
        )
    elif person_of(user) is None:
        found.append(
            Problem(
                NON_FIELD_ERRORS,
                _("Your account has no person with recorded consent to be named (see People)."),
            )
        )
    elif not get_setting("SELF_SIGN_OFF") and user.pk in translators(board):
        found.append(
            Problem(NON_FIELD_ERRORS, _("You translated this: somebody else must sign it off."))
        )
    return found


def _hold_words(page: LeafletPage) -> None:
    """Until the end of the transaction nobody changes what is being signed."""
    rows = SegmentTranslation.objects.select_for_update().filter(
        key=page.translation_key, locale=page.locale.language_code
    )
    list(rows.order_by("pk").values_list("pk", flat=True))


def translators(board: Board) -> set[int]:
    """Ids of the accounts whose words, or whose choice of a part of its own, stand in it."""
    words = (line.row.makers for line in board if line.row)
    chosen = (board.overrides.made_by(line.path) for line in board)
    return set().union(*words, *chosen, board.overrides.chosen_by)


@transaction.atomic
def sign_off(page: LeafletPage, user: Any, *, seen: str = "", ahead: bool = False) -> LeafletPage:
    """
    Signs the words that the desk shows, puts them into the page and publishes it. `seen` is the
    `stamp` of the board that the signer read: nobody signs words that were changed meanwhile.
    `ahead` is the signer's word that they say something else than before, without the source.

    Raises `NotReadyToPublish` with everything that is missing; then nothing has changed.
    """
    _hold_words(page)
    source = newest_source(page)  # before the board: a newer one was not read beside these words
    board = load_board(page)
    problems = missing_for_sign_off(board, user)
    if seen and seen != board.stamp:
        problems.append(
            Problem(
                NON_FIELD_ERRORS,
                _("The words have changed since you read them: read them again, then sign."),
            )
        )
    if problems:
        raise NotReadyToPublish(problems)
    draft = write_draft(page, user=user, significance="content" if ahead else "")
    problems = problems_of(draft, approval=False)
    if problems:
        raise NotReadyToPublish(problems)
    person = person_of(user)
    assert person is not None  # missing_for_sign_off has said so  # noqa: S101
    published = LeafletPage.objects.get(pk=page.pk)  # also where it is not live any more
    anew = fingerprint(draft) != fingerprint(published)
    approve(draft, person, user=user, source=source, anew=anew)
    log(instance=page, action=SIGNED, user=user, data={"person": person.name})
    draft.get_latest_revision().publish(user=user, skip_permission_checks=True)
    refresh_progress(page.translation_key, board.locale)
    return LeafletPage.objects.get(pk=page.pk)
