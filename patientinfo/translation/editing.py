"""
What people do to one segment at the desk. Each function is one act: allowed, done, logged.

Two people may have the same segment open. Whoever saves second is told what the first has written
and nothing is lost: their own words come back with the conflict.
"""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from patientinfo.conf import get_setting
from patientinfo.formats.exchange import line_feeds
from patientinfo.formats.inline import clean_inline, clean_text, sayable
from patientinfo.formats.segments import Segment, source_hash
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.checks import CHECKS
from patientinfo.translation.desk_models import FindingDismissal, SegmentComment
from patientinfo.translation.findings import Examiner
from patientinfo.translation.memory import is_machine_made, remember
from patientinfo.translation.models import EmptiedSegment, SegmentTranslation, first_versions
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.pages import source_language
from patientinfo.translation.rights import Act, require, require_any
from patientinfo.translation.states import Origin, Stored

MOST_CHARACTERS = 20_000  # of one segment's translation, as it was typed
#: Forms send a line break as two characters, and fields count it as one; so do these.
COMMENT_CHARACTERS = 2_000
REASON_CHARACTERS = 500


@dataclass(frozen=True, slots=True)
class Saved:
    """The words are stored; `row` has its new version."""

    row: SegmentTranslation


@dataclass(frozen=True, slots=True)
class Conflict:
    """
    Somebody saved first, or (`source_changed`) the source says something else by now. `row` is what
    is stored (None: nothing), `text` what was not stored.
    """

    row: SegmentTranslation | None
    text: str
    source_changed: bool = False


@dataclass(frozen=True, slots=True)
class Declined:
    """Not done, and why."""

    reason: str


Outcome = Saved | Conflict | Declined


@dataclass(frozen=True, slots=True)
class Edit:
    """
    What somebody wants to store. `version` is the one they were shown (0: none), `made_from` the
    hash of the source that they saw (empty: the source of now, by one who has just read it).
    """

    text: str
    version: int
    state: str = Stored.TRANSLATED
    origin: str = Origin.HUMAN
    made_from: str = ""


def _row(page: LeafletPage, path: str) -> SegmentTranslation | None:
    return SegmentTranslation.objects.filter(
        key=page.translation_key, locale=page.locale.language_code, path=path
    ).first()


def save_segment(page: LeafletPage, segment: Segment, edit: Edit, user: Any) -> Outcome:
    """
    Stores new words, made from the source as it is now. Empty words empty the segment; words that
    are there already stay as they are, with whoever wrote and checked them.

    `PermissionDenied` for one who may not translate into the language.
    """
    require(user, Act.TRANSLATE, page.locale.language_code)
    reason = _not_to_be_saved(edit)
    if reason:
        return Declined(reason)
    overrides = Overrides.load(page.translation_key, page.locale.language_code)
    text = _clean(segment, edit.text, overrides)
    with transaction.atomic():
        row = _row(page, segment.path)
        overtaken = (row.version if row else 0) != edit.version
        source_changed = bool(edit.made_from) and edit.made_from != segment.hash
        if overtaken or source_changed:
            return Conflict(row, text, source_changed=source_changed and not overtaken)
        if not text:
            return _empty(page, row, user)
        if row is not None and _says_nothing_new(row, segment, text, edit.state):
            return Saved(row)
        machine = _by_machine(page, segment, row, overrides.source_links(segment.path, text))
        origin = Origin.MACHINE if machine else edit.origin
        saved = _store(page, segment, row, replace(edit, text=text, origin=origin), user)
    if saved is None:
        return Conflict(_row(page, segment.path), text)
    _log(page, "patientinfo.segment_saved", user, segment.path, state=edit.state)
    return Saved(saved)


def _clean(segment: Segment, text: str, overrides: Overrides) -> str:
    """Words in our one spelling, their links leading where this language has them lead."""
    if not segment.inline:
        return clean_text(text)
    return overrides.own_links(segment.path, clean_inline(text))


def _by_machine(
    page: LeafletPage, segment: Segment, row: SegmentTranslation | None, words: str
) -> bool:
    """
    What a machine began stays marked, however much a person has mended in it; so does what was
    taken over whole from the memory. `words` have the addresses of the source, as the memory does.
    """
    if row is not None and row.origin == Origin.MACHINE:
        return True
    languages = source_language(page), page.locale.language_code
    return is_machine_made(words, segment.text, *languages, inline=segment.inline)


def _not_to_be_saved(edit: Edit) -> str:
    """Why nothing of this can be stored; empty when it can."""
    if edit.state not in (Stored.DRAFT, Stored.TRANSLATED) or edit.origin not in Origin.values:
        return _("Save it as a draft or as translated; checking is another act.")
    if len(line_feeds(edit.text)) > MOST_CHARACTERS:
        return _("This is too long for one segment; nothing was saved.")
    return ""


def _says_nothing_new(row: SegmentTranslation, segment: Segment, text: str, state: str) -> bool:
    """Going through a leaflet with the save key must not undo what others have checked."""
    same = (row.text, row.source_hash) == (text, segment.hash)
    checked = (row.state, state) == (Stored.CHECKED, Stored.TRANSLATED)
    return same and (row.state == state or checked)


def _store(
    page: LeafletPage, segment: Segment, row: SegmentTranslation | None, edit: Edit, user: Any
) -> SegmentTranslation | None:
    """The row as stored, or None when somebody else was faster by a hair."""
    now = timezone.now()
    values = {
        "source_text": segment.text,
        "source_hash": segment.hash,
        "text": edit.text,
        "state": edit.state,
        "origin": edit.origin,
        "translated_by": user,
        "translated_at": now,
        "helpers": row.helpers_of(user) if row else [],
        "checked_by": None,
        "checked_at": None,
        "updated_at": now,
    }
    if row is None:
        return _begin(page, segment.path, values)
    return _change(row, values)


def _begin(page: LeafletPage, path: str, values: Mapping[str, Any]) -> SegmentTranslation | None:
    """A first row, or None when somebody else has made one by now."""
    key, locale = page.translation_key, page.locale.language_code
    version = first_versions(key, locale, [path])[path]
    try:
        with transaction.atomic():
            return SegmentTranslation.objects.create(
                key=key, locale=locale, path=path, version=version, **values
            )
    except IntegrityError:
        return None


def _change(row: SegmentTranslation, values: Mapping[str, Any]) -> SegmentTranslation | None:
    """The row with other values, or None when it is not the version any more that was read."""
    mine = SegmentTranslation.objects.filter(pk=row.pk, version=row.version)
    if not mine.update(version=F("version") + 1, **values):
        return None
    return SegmentTranslation.objects.get(pk=row.pk)


def _empty(page: LeafletPage, row: SegmentTranslation | None, user: Any) -> Outcome:
    if row is None:
        return Declined(_("There is nothing to save: write a translation first."))
    if not SegmentTranslation.objects.filter(pk=row.pk, version=row.version).delete()[0]:
        return Conflict(_row(page, row.path), "")
    place: dict[str, Any] = {"key": row.key, "locale": row.locale, "path": row.path}
    last = {"version": row.version, "emptied_at": timezone.now()}
    EmptiedSegment.objects.update_or_create(**place, defaults=last)
    _log(page, "patientinfo.segment_saved", user, row.path, state="empty")
    return Saved(SegmentTranslation(**place, version=0))


def check_segment(page: LeafletPage, segment: Segment, version: int, user: Any) -> Outcome:
    """
    Says that the words are right. By another person than the translator, unless `SELF_CHECK`; only
    for finished words, made from the source of today, that no blocking finding speaks against. A
    checked segment feeds the memory, so what is wrong here would be suggested everywhere.
    """
    require(user, Act.CHECK, page.locale.language_code)
    with transaction.atomic():
        row = _row(page, segment.path)
        if row is None:
            return Declined(_("There is no translation to check yet."))
        if row.version != version:
            return Conflict(row, "")
        if row.state == Stored.CHECKED and row.source_hash == segment.hash:
            return Saved(row)
        reason = _not_to_be_checked(page, segment, row, user)
        if reason:
            return Declined(reason)
        checked = {"state": Stored.CHECKED, "checked_by": user, "checked_at": timezone.now()}
        saved = _change(row, {**checked, "updated_at": timezone.now()})
        if saved is None:
            return Conflict(_row(page, segment.path), "")
        _remember(saved, source_language(page), inline=segment.inline)
    _log(page, "patientinfo.segment_checked", user, segment.path)
    return Saved(saved)


def _remember(row: SegmentTranslation, source_locale: str, *, inline: bool) -> None:
    """The memory is for other leaflets too, so it keeps the addresses of the source."""
    overrides = Overrides.load(row.key, row.locale)
    words = copy.copy(row)
    words.text = overrides.source_links(row.path, row.text)
    remember(words, source_locale=source_locale, inline=inline)


def _not_to_be_checked(
    page: LeafletPage, segment: Segment, row: SegmentTranslation, user: Any
) -> str:
    """Why `user` cannot say now that the words are right; empty when nothing is in the way."""
    if row.source_hash != segment.hash:
        return _("The source has changed: update the translation first.")
    if row.state == Stored.DRAFT:
        return _("This is a draft: save it as translated first.")
    if user.pk in row.makers and not get_setting("SELF_CHECK"):
        return _("You translated this: somebody else must check it.")
    examiner = Examiner(page.translation_key, source_language(page), row.locale)
    if user.pk in examiner.overrides.made_by(segment.path) and not get_setting("SELF_CHECK"):
        return _("You chose its picture or its link: somebody else must check it.")
    if any(result.blocks for result in examiner.examine(segment, row.text)):
        return _("A finding must be solved first, or dismissed with a reason.")
    return ""


def add_comment(page: LeafletPage, path: str, text: str, user: Any) -> SegmentComment | Declined:
    """A remark for the others; whoever may work on the language in any way may make it."""
    require_any(user, page.locale.language_code)
    words = sayable(line_feeds(text)).strip()
    if not words:
        return Declined(_("Write a comment first."))
    if len(words) > COMMENT_CHARACTERS:
        return Declined(_("This comment is too long; nothing was saved."))
    comment = SegmentComment.objects.create(
        key=page.translation_key,
        locale=page.locale.language_code,
        path=path,
        user=user,
        text=words,
    )
    _log(page, "patientinfo.segment_commented", user, path)
    return comment


def settle_comment(
    page: LeafletPage, path: str, pk: int, settled: bool, user: Any
) -> SegmentComment | Declined:
    """
    Says that a remark on a segment needs nothing more, or that it does after all; whoever may
    make remarks may. A settled one stays at the desk and goes into no file.
    """
    locale = page.locale.language_code
    require_any(user, locale)
    of = {"key": page.translation_key, "locale": locale, "path": path}
    comment = SegmentComment.objects.filter(**of, pk=pk).first()
    if comment is None:
        return Declined(_("There is no such comment."))
    if (comment.resolved_at is not None) is not settled:
        comment.resolved_at = timezone.now() if settled else None
        comment.save(update_fields=["resolved_at"])
        act = "settled" if settled else "reopened"
        _log(page, f"patientinfo.comment_{act}", user, path)
    return comment


@dataclass(frozen=True, slots=True)
class Dismissal:
    """
    Which finding somebody overrules, why, and what they were shown: the version of the words, and
    `made_from` the hash of the source (empty: the source of now, by one who has just read it).
    """

    check: str
    reason: str
    version: int
    made_from: str = ""


def dismiss_finding(
    page: LeafletPage, segment: Segment, dismissal: Dismissal, user: Any
) -> FindingDismissal | Declined | Conflict:
    """
    A checker overrules a finding, with a reason, for exactly these words: those that they saw, of
    the translation and of the source.
    """
    require(user, Act.CHECK, page.locale.language_code)
    row = _row(page, segment.path)
    reason = sayable(dismissal.reason).strip()
    if row is not None and row.version != dismissal.version:
        return Conflict(row, "")
    if dismissal.made_from not in ("", segment.hash):
        return Conflict(row, "", source_changed=True)
    if row is None or dismissal.check not in CHECKS:
        return Declined(_("There is no such finding."))
    if not reason:
        return Declined(_("Say why the finding is wrong."))
    if len(reason) > REASON_CHARACTERS:
        return Declined(_("This comment is too long; nothing was saved."))
    found, _made = FindingDismissal.objects.update_or_create(
        key=page.translation_key,
        locale=page.locale.language_code,
        path=segment.path,
        check_name=dismissal.check,
        source_hash=segment.hash,
        target_hash=source_hash(row.text),
        defaults={"reason": reason, "user": user, "at": timezone.now()},
    )
    _log(
        page,
        "patientinfo.finding_dismissed",
        user,
        segment.path,
        check=dismissal.check,
        reason=reason,
    )
    return found


def _log(page: LeafletPage, action: str, user: Any, path: str, **data: str) -> None:
    """Wagtail's audit log; names the segment, never quotes it."""
    log(instance=page, action=action, user=user, data={"path": path, **data})
