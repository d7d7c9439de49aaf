"""
What happens when Wagtail says that something happened. Connected in `AppConfig.ready()`.

Publishing in Wagtail is not atomic with its signals, so a receiver here never breaks the publish
that called it: what could not be issued is logged, and `issue_missing_editions` finds it again.
"""

from __future__ import annotations

import logging
import uuid
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError
from django.db.models.signals import post_delete, post_migrate, pre_delete
from wagtail.models import Revision
from wagtail.signals import (
    copy_for_translation_done,
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
)

from patientinfo.channels.models import KeptRendition
from patientinfo.channels.registry import channels
from patientinfo.editions import catalogue, guardrails
from patientinfo.editions.actions import issue_edition, withdraw_leaflet
from patientinfo.editions.models import Edition
from patientinfo.editions.significance import propose
from patientinfo.editions.sources import is_signed_today, source_digests, source_problems
from patientinfo.editions.superseded import replaced_at, superseded_problems
from patientinfo.leaflets import approval, front_page, gate, kept_drafts, weighing, word_rights
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.models import LicenceEvent
from patientinfo.licensing.request_models import PermissionRequest, RequestEvent
from patientinfo.licensing.tasks import tell_officers
from patientinfo.partners import tasks
from patientinfo.signals import (
    confirmation_wanted,
    edition_issued,
    edition_redacted,
    licence_changed,
    request_moved,
)
from patientinfo.translation import progress
from patientinfo.translation.actions import begin_translation, record_edits
from patientinfo.translation.front_pages import front_page_problems
from patientinfo.translation.override_models import PartOverride
from patientinfo.translation.overriding import reopen_picture
from patientinfo.translation.readiness import translation_problems
from patientinfo.translation.releases import end_release, is_given
from patientinfo.translation.sign_off import signer, unsigned_problems
from patientinfo.translation.word_guard import guard_words

logger = logging.getLogger(__name__)


def connect() -> None:
    """Connects every receiver once; `dispatch_uid` makes a second call harmless."""
    gate.register(translation_problems)
    gate.register(unsigned_problems)
    approval.register_signer(signer)
    approval.register_sources(source_digests)
    approval.register_replaced(replaced_at)
    progress.register_signed(is_signed_today)
    gate.register(source_problems)
    gate.register(superseded_problems)
    front_page.register(front_page_problems)
    word_rights.register(guard_words)
    weighing.register(propose)
    kept_drafts.register(is_given)
    uid = "patientinfo"
    page_published.connect(on_published, sender=LeafletPage, dispatch_uid=uid)
    page_unpublished.connect(on_unpublished, sender=LeafletPage, dispatch_uid=uid)
    pre_delete.connect(on_revision_deleted, sender=Revision, dispatch_uid=uid)
    post_delete.connect(on_deleted, sender=LeafletPage, dispatch_uid=uid)
    post_delete.connect(on_override_deleted, sender=PartOverride, dispatch_uid=uid)
    page_slug_changed.connect(on_moved, dispatch_uid=f"{uid}.slug")
    post_page_move.connect(on_moved, dispatch_uid=f"{uid}.move")
    copy_for_translation_done.connect(on_copied_for_translation, dispatch_uid=uid)
    edition_issued.connect(on_issued, dispatch_uid=uid)
    edition_redacted.connect(on_redacted, dispatch_uid=uid)
    post_migrate.connect(on_migrated, dispatch_uid=uid)
    confirmation_wanted.connect(on_confirmation_wanted, dispatch_uid=uid)
    request_moved.connect(on_request_moved, dispatch_uid=uid)
    licence_changed.connect(on_licence_changed, dispatch_uid=uid)
    request_moved.connect(on_moved_for_officers, dispatch_uid=f"{uid}.officers")


def on_published(sender: Any, instance: LeafletPage, **kwargs: Any) -> None:
    """Wagtail also sends this for aliases, copies and pages scheduled for later."""
    if instance.alias_of_id or not instance.live:
        return
    try:
        end_release(instance)
    except Exception:
        logger.exception("Progress of %s could not be counted anew.", instance.translation_key)
    try:
        with transaction.atomic():
            record_edits(LeafletPage.objects.get(pk=instance.pk))
            issue_edition(instance.pk)
    except Exception:
        logger.exception(
            "Page %s is live but its edition could not be issued; mend the cause and run "
            "`manage.py issue_missing_editions`.",
            instance.pk,
        )


def on_issued(sender: Any, edition: Edition, **kwargs: Any) -> None:
    """A new source Edition changes what is left to do in every language."""
    _count_anew(edition.key, edition.locale if edition.source_locale else None)


def _count_anew(key: uuid.UUID, locale: str | None = None) -> None:
    try:
        with transaction.atomic():
            progress.refresh_progress(key, locale)
    except Exception:
        logger.exception("Progress of %s could not be counted anew.", key)


def on_redacted(sender: Any, edition: Edition, **kwargs: Any) -> None:
    """
    What was made of the Edition before holds what was removed; so does a form of a translation that
    shows its source beside it.
    """
    KeptRendition.objects.filter(edition_digest=edition.digest).delete()
    both = [name for name, found in channels().items() if found.shows_source]
    translated = Edition.objects.filter(key=edition.key).values("digest")
    KeptRendition.objects.filter(channel__in=both, edition_digest__in=translated).delete()


def on_unpublished(sender: Any, instance: LeafletPage, **kwargs: Any) -> None:
    """Of a source that is not live its translators have the newest draft, whatever it says."""
    if not instance.alias_of_id:
        withdraw_leaflet(instance.translation_key, instance.locale.language_code, "unpublished")
        _count_anew(instance.translation_key)


def on_deleted(sender: Any, instance: LeafletPage, **kwargs: Any) -> None:
    if not instance.alias_of_id:
        withdraw_leaflet(instance.translation_key, instance.locale.language_code, "deleted")
        progress.refresh_progress(instance.translation_key)


def on_override_deleted(sender: Any, instance: PartOverride, origin: Any, **kwargs: Any) -> None:
    """Where the desk takes it back it does the rest itself; else its picture was deleted."""
    if getattr(origin, "model", type(origin)) is not PartOverride:
        reopen_picture(instance)
        _count_anew(instance.key, instance.locale)


def on_revision_deleted(sender: Any, instance: Revision, origin: Any, **kwargs: Any) -> None:
    """
    `purge_revisions` leaves alone what is protected: what is live, or Wagtail takes a page offline
    when its next draft is planned, and the draft that translators have. It all goes with its page.
    """
    if getattr(origin, "model", type(origin)) is Revision and kept_drafts.is_kept(instance):
        raise ProtectedError("Something rests upon this draft.", {instance})


def on_moved(sender: Any, instance: Any, **kwargs: Any) -> None:
    """Addresses of the page and of everything under it have changed."""
    leaflets = LeafletPage.objects.descendant_of(instance, inclusive=True)
    for key in leaflets.values_list("translation_key", flat=True).distinct():
        catalogue.refresh(key)


def on_copied_for_translation(sender: Any, source_obj: Any, target_obj: Any, **kwargs: Any) -> None:
    """A page that says what it is translated from was made by `send_for_translation`, empty."""
    if not isinstance(target_obj, LeafletPage) or target_obj.alias_of_id:
        return
    if not target_obj.source_locale:
        begin_translation(target_obj, source_obj.specific)


def on_migrated(sender: Any, using: str, **kwargs: Any) -> None:
    """Django's SQLite table remake drops triggers, so they are made again after every migrate."""
    if sender.name == "patientinfo":
        guardrails.install(using)


def on_confirmation_wanted(
    sender: Any, request: PermissionRequest, submit: bool, **kwargs: Any
) -> None:
    tell(tasks.send_confirmation, request.pk, submit)


def on_request_moved(sender: Any, event: RequestEvent, **kwargs: Any) -> None:
    tell(tasks.send_request_news, event.pk)


def on_licence_changed(sender: Any, event: LicenceEvent, **kwargs: Any) -> None:
    tell(tasks.send_licence_news, event.pk)


def tell(task: Any, *numbers: int) -> None:
    """A mail that cannot be queued undoes nothing: what it would tell has been decided."""
    try:
        task.enqueue(*numbers)
    except Exception:
        logger.exception("A mail to a partner could not be queued: %s %s", task.name, numbers)


def on_moved_for_officers(sender: Any, event: RequestEvent, **kwargs: Any) -> None:
    """A mail that cannot be queued undoes nothing: what it would tell has been done."""
    try:
        tell_officers.enqueue(event.pk)
    except Exception:
        logger.exception("Officers could not be told of event %s.", event.pk)
