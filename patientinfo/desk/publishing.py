"""
Signing off and publishing from the desk and the matrix: an Edition comes of it, or nothing happens.

Wagtail's signals never break the publish that called them, so a page can be live without an Edition
(`signal_handlers`). At the desk somebody is there to be told: here the act is undone instead.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from patientinfo.desk.matrix import draft_stamp
from patientinfo.desk.plans import planned
from patientinfo.desk.standing import standing_of
from patientinfo.editions.actions import is_withdrawn, issue_edition, last_edition
from patientinfo.editions.significance import CONTENT, SAFETY, propose, source_hashes
from patientinfo.editions.sources import is_signed_today
from patientinfo.leaflets.approval import newest_source
from patientinfo.leaflets.content import fingerprint
from patientinfo.leaflets.gate import NotReadyToPublish, Problem
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.locks import why_locked
from patientinfo.translation.actions import filled_draft
from patientinfo.translation.board import Board
from patientinfo.translation.pages import released_draft
from patientinfo.translation.sign_off import sign_off

logger = logging.getLogger(__name__)
TOGETHER = "patientinfo.published_together"


@transaction.atomic
def publish_translation(
    page: LeafletPage, user: Any, *, seen: str = "", ahead: bool = False
) -> datetime | None:
    """
    Signs `page` off and makes sure that its Edition is issued; of one that is planned for later it
    returns the moment, since until then readers have what they had. `seen` is the stamp of the
    board that the signer read, `ahead` whether the signer says that it went ahead of its source.
    Raises `NotReadyToPublish`; then nothing has changed. Who signs from a list has read no board,
    so that is refused where the source changed in something that only a reader of both can see.
    """
    if seen:
        sign_off(page, user, seen=seen, ahead=ahead)
    else:
        _sign_unread(page, user, ahead)
    moment = planned([page.pk]).get(page.pk)
    if moment is None:
        _prove_issued(page)
    return moment


def told_of_plan(page: LeafletPage, moment: datetime) -> str:
    """What somebody is told who has signed a translation that is planned for later."""
    return _(
        "“%(title)s” (%(language)s) is signed off. Readers get it on %(moment)s: it is planned for "
        "then in the page editor."
    ) % {
        "title": page.title,
        "language": page.locale.get_display_name(),
        "moment": _moment(moment),
    }


def _moment(moment: datetime) -> str:
    return date_format(timezone.localtime(moment), "DATETIME_FORMAT")


def _sign_unread(page: LeafletPage, user: Any, ahead: bool) -> None:
    """Nor does somebody sign from a list beside what is issued while they do."""
    beside = newest_source(page)
    unseen = standing_of(page).beyond_words
    if not unseen:
        sign_off(page, user, ahead=ahead)
        unseen = newest_source(page) != beside
    if unseen:
        message = _(
            "Something other than words changed in the source: compare both at the desk, and sign "
            "off there."
        )
        raise NotReadyToPublish([Problem(NON_FIELD_ERRORS, message)])


def is_up_to_date(page: LeafletPage) -> bool:
    """
    Whether readers have what the desk shows, signed beside what the source says today. Publishing
    it again would make an Edition in which nothing but the signature is new.
    """
    last = last_edition(page.translation_key, page.locale.language_code)
    if not page.live or last is None or is_withdrawn(last):
        return False
    if not is_signed_today(page):
        return False
    live = fingerprint(page)  # before the words of the desk are filled in, perhaps into this object
    return fingerprint(filled_draft(page)) == live


@dataclass(slots=True)
class Together:
    """What was published with a source, and which translations were left out and why."""

    published: list[LeafletPage] = field(default_factory=list)
    #: Whether the source had anything to publish; a live one without changes stays as it is.
    source_published: bool = False
    #: Whether a newer draft of the source than the one that was translated stays a draft.
    newer_draft: bool = False
    #: Translations that were signed and are planned for later, with the moment.
    planned: list[tuple[LeafletPage, datetime]] = field(default_factory=list)
    left_out: list[tuple[LeafletPage, NotReadyToPublish]] = field(default_factory=list)


@transaction.atomic
def publish_together(
    source: LeafletPage, pages: Iterable[LeafletPage], user: Any, *, seen: str = ""
) -> Together:
    """
    The source's draft and those of its translations that are ready, all at one moment: the draft
    that translators were given (`translation.releases`), else the newest. A translation that is not
    ready is left out, and stands beside the new source as behind or held. For a live leaflet whose
    translators were not given its draft that is every one whose words the draft changes. One that
    is up to date stays as it is. Nothing is logged when nothing was published. `seen` is the stamp
    of the draft that was shown: what was written since is nobody's to publish unread, nor is a
    newer draft when somebody presses twice.

    Raises `NotReadyToPublish` when the source cannot be published; then nothing has changed.
    """
    done = Together()
    if not source.live or source.has_unpublished_changes:
        draft = _publish_source(source, user, seen)
        done.source_published, done.newer_draft = True, not draft.is_latest_revision()
    for page in pages:
        if is_up_to_date(page):
            continue
        try:
            moment = publish_translation(page, user)
        except NotReadyToPublish as refused:
            done.left_out.append((page, refused))
        else:
            if moment is None:
                done.published.append(page)
            else:
                done.planned.append((page, moment))
    if not (done.source_published or done.published):
        return done
    data = {
        "languages": [page.locale.language_code for page in done.published],
        "left_out": [page.locale.language_code for page, _refused in done.left_out],
    }
    log(instance=source, action=TOGETHER, user=user, data=data)
    return done


def _publish_source(source: LeafletPage, user: Any, seen: str) -> Revision:
    """The draft that was published, and issued."""
    draft = draft_to_publish(source)
    reason = _not_to_be_published(source, draft, user, seen)
    if reason:
        raise NotReadyToPublish([Problem(NON_FIELD_ERRORS, reason)])
    if significance_to_publish(source) == SAFETY != draft.content.get("significance"):
        newest = source.get_latest_revision().content
        note = draft.content.get("change_note") or newest.get("change_note", "")
        draft.content = {**draft.content, "significance": SAFETY, "change_note": note}
        draft.save(update_fields=["content"])
    draft.publish(user=user)
    _prove_issued(source)
    return draft


def _not_to_be_published(source: LeafletPage, draft: Revision, user: Any, seen: str) -> str:
    """Why `user` cannot publish this draft now, whatever it says; empty when nothing is against."""
    if not source.permissions_for_user(user).can_publish():
        return _("You may not publish the source leaflet.")
    if locked := why_locked(source, user):
        return locked
    if seen and seen != draft_stamp(draft.pk, draft.created_at):
        return _("The source has another draft by now: look at it, then publish.")
    moment = draft.as_object().go_live_at
    if moment is None or moment <= timezone.now():
        return ""
    message = _(
        "The source is planned for %(moment)s: take that away in its page editor to publish it now."
    )
    return message % {"moment": _moment(moment)}


def draft_to_publish(source: LeafletPage) -> Revision:
    """The draft that translators were given, else the newest."""
    released = released_draft(source)
    found: Revision = released.revision if released else source.get_latest_revision()
    return found


def significance_to_publish(source: LeafletPage) -> str:
    """
    How much the next Edition is said to matter; empty where nobody has said it. Who says “safety”
    in a newer draft than the one that translators have says it of theirs too: a translation that is
    held for nothing harms nobody.
    """
    newest = source.get_latest_revision().content.get("significance")
    own = draft_to_publish(source).content.get("significance")
    return SAFETY if SAFETY in (own, newest) else own or ""


def is_reworded(board: Board) -> bool:
    """
    Whether the next Edition of a translation would change more than punctuation in the last one,
    although both are made from the same words of the source.
    """
    last = last_edition(board.page.translation_key, board.locale)
    if last is None:
        return False
    hashes = source_hashes(last)
    if any(hashes.get(line.path) != line.segment.hash for line in board):
        return False
    return propose(filled_draft(board.page)) == CONTENT


def _prove_issued(page: LeafletPage) -> None:
    """Issuing again does nothing when all went well, and says what is wrong when it did not."""
    if _is_issued(page):
        return
    try:
        issue_edition(page.pk)
    except NotReadyToPublish:
        raise
    except Exception as error:
        logger.exception("Page %s was not published: its edition could not be issued.", page.pk)
        raise NotReadyToPublish(
            [
                Problem(
                    NON_FIELD_ERRORS,
                    _("The edition could not be issued, so nothing was published. Try again."),
                )
            ]
        ) from error


def _is_issued(page: LeafletPage) -> bool:
    """Whether what is live now was issued; what says nothing new is not, and need not be."""
    live = LeafletPage.objects.values_list("live_revision_id", flat=True).get(pk=page.pk)
    last = last_edition(page.translation_key, page.locale.language_code)
    return last is not None and last.revision_id == live and not is_withdrawn(last)
