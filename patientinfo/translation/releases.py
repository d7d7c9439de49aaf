"""
Giving translators the next edition of a live leaflet before readers have it.

Without this the words of a changed leaflet reach its translators when they reach its readers, and
every translation is behind, or held, until it has caught up. Whoever edits the source gives them
its draft instead; they work on that, nothing of it can be signed off, and source and translations
are published at one moment (`desk.publishing.publish_together`). Publishing the source in any way
ends it, and so does taking it back: translators have the words again that readers have.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log
from wagtail.models import Revision

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.pages import source_language
from patientinfo.translation.progress import refresh_progress
from patientinfo.translation.release_models import ReleasedDraft

RELEASED = "patientinfo.draft_released"
TAKEN_BACK = "patientinfo.draft_taken_back"


class NothingToRelease(Exception):
    """The page has no draft that its translators could be given; the text says why."""


def require_editor(page: LeafletPage, user: Any) -> None:
    """Raises `PermissionDenied` unless `user` may edit the source."""
    if not page.permissions_for_user(user).can_edit():
        raise PermissionDenied(_("You may not edit this leaflet."))


@transaction.atomic
def release_draft(page: LeafletPage, user: Any) -> ReleasedDraft:
    """
    Gives the newest draft of `page` to its translators; a newer one takes the place of an older.
    Words that it does not change stay translated, checked or fuzzy as they are.
    """
    require_editor(page, user)
    page = LeafletPage.objects.select_for_update(of=("page_ptr",)).get(pk=page.pk)
    if page.alias_of_id or source_language(page):
        raise NothingToRelease(_("A translation has no translators of its own."))
    if not page.live:
        raise NothingToRelease(
            _("This leaflet is not published yet: its translators have the newest draft already.")
        )
    if not page.has_unpublished_changes:
        raise NothingToRelease(_("There is no draft that is newer than what readers have."))
    revision = page.get_latest_revision()
    released, _created = ReleasedDraft.objects.update_or_create(
        page=page,
        defaults={"revision": revision, "released_by": user, "released_at": timezone.now()},
    )
    log(instance=page, action=RELEASED, user=user, revision=revision)
    refresh_progress(page.translation_key)
    return released


def is_given(revision: Revision) -> bool:
    """Whether translators have this draft (`leaflets.kept_drafts`)."""
    return bool(ReleasedDraft.objects.filter(revision=revision).exists())


@transaction.atomic
def take_back(page: LeafletPage, user: Any) -> bool:
    """
    Translators have again what readers have; whether they had anything else. What they have written
    stays: where the words differ it counts as made from other words of the source.
    """
    require_editor(page, user)
    if not end_release(page):
        return False
    log(instance=page, action=TAKEN_BACK, user=user)
    return True


@transaction.atomic
def end_release(page: LeafletPage) -> bool:
    """Whether there was a draft at translators to end; then translations are counted anew."""
    deleted, _each = ReleasedDraft.objects.filter(page=page).delete()
    if deleted:
        refresh_progress(page.translation_key)
    return bool(deleted)
