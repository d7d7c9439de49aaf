"""
Sending for translation: the page in another language, with its parents, as drafts, in one act.

What the memory knows word for word is filled in at once, so a leaflet that shares its text with
another does not start at nothing; a person still checks every segment.

The page is not made by Wagtail's `copy_for_translation`: that saves the source's words in page and
revision first, and they would have to be emptied and saved again. It leaves the same behind: a
draft with the source's settings, what it says in the audit log, and its signal.
"""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import get_all_child_m2m_relations, get_all_child_relations
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.coreutils import find_available_slug
from wagtail.log_actions import log
from wagtail.models import COMMENTS_RELATION_NAME, Locale, Page
from wagtail.signal_handlers import disable_reference_index_auto_update
from wagtail.signals import copy_for_translation_done

from patientinfo.formats.segments import Segment
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import fill_page
from patientinfo.translation.board import Board
from patientinfo.translation.findings import Examiner
from patientinfo.translation.memory import Suggestion, suggest_many
from patientinfo.translation.pages import for_translators, original_of, segments_of_page
from patientinfo.translation.progress import record_progress, refresh_progress
from patientinfo.translation.rights import Act, require
from patientinfo.translation.shelf import Said, Shelf
from patientinfo.translation.states import Origin, Stored

#: Columns that belong to one page and not to the leaflet: its place, its revisions, its locks.
_OWN = frozenset(
    [
        "id",
        "page_ptr",
        "path",
        "depth",
        "numchild",
        "url_path",
        "slug",
        "locale",
        "owner",
        "alias_of",
        "draft_title",
        "live",
        "expired",
        "has_unpublished_changes",
        "first_published_at",
        "last_published_at",
        "live_revision",
        "latest_revision",
        "latest_revision_created_at",
        "go_live_at",
        "expire_at",
        "locked",
        "locked_at",
        "locked_by",
    ]
)

#: Where a page is: what a translation takes over from the alias that was there before.
_PLACE = ("pk", "page_ptr_id", "path", "depth", "numchild", "url_path", "content_type_id")

SENT = "patientinfo.sent_for_translation"


class AliasInUse(PermissionDenied):
    """A language shows its readers an alias of the leaflet, and the person may not take it away."""

    def __init__(self, alias: LeafletPage) -> None:
        said = _(
            "%(language)s: readers of “%(title)s” are led to another language. Somebody who may "
            "unpublish that page has to send the leaflet."
        )
        values = {"language": alias.locale.get_display_name(), "title": alias.title}
        super().__init__(said % values)


class Original:
    """
    A leaflet to be sent: what is read of it is read once for all its languages. Of a translation
    that is sent the source is: what is made from it has to hear of changes there.
    """

    def __init__(self, page: LeafletPage) -> None:
        self.page = original_of(page)

    @cached_property
    def parent(self) -> Page:
        return self.page.get_parent().specific

    @cached_property
    def source(self) -> LeafletPage:
        """The page as it is translated."""
        return for_translators(self.page)

    @cached_property
    def segments(self) -> dict[str, Segment]:
        return segments_of_page(self.source)

    @cached_property
    def parts(self) -> dict[str, list[Any]]:
        """
        The rows that go with the page, by the name of the relation: codes, people, references,
        topics. What editors remark about the source stays there.
        """
        names = [r.get_accessor_name() for r in get_all_child_relations(LeafletPage)]
        names += [field.name for field in get_all_child_m2m_relations(LeafletPage)]
        found = {
            n: list(getattr(self.source, n).all()) for n in names if n != COMMENTS_RELATION_NAME
        }
        for name, rows in found.items():
            setattr(self.source, name, rows)  # what asks for them in each language finds them here
        return found


def send_for_translation(source: LeafletPage, locale: Locale, user: Any) -> LeafletPage:
    """One leaflet into one language; see `send`."""
    return send(Original(source), locale, user)


@transaction.atomic
def send(original: Original, locale: Locale, user: Any) -> LeafletPage:
    """
    The leaflet's page in `locale`; made as a draft, parents included, when it is not there. An
    alias, which shows the source, becomes that draft where it stands, and is live no more.

    `PermissionDenied` for one who may not translate into the language, or not unpublish the alias.
    `ValueError` for the language that a page was translated from, when its source is gone: the two
    would be translations of each other.
    """
    require(user, Act.TRANSLATE, locale.language_code)
    page = original.page
    if page.source_locale == locale.language_code:
        raise ValueError(f"“{page.title}” is translated from {page.source_locale} itself")
    found: LeafletPage | None = page.get_translation_or_none(locale)
    if found is not None and not found.alias_of_id:
        refresh_progress(page.translation_key, locale.language_code)
        return found
    if found is not None:
        parent, slug = found.get_parent().specific, found.slug
    else:
        parent = parent_in(original.parent, locale)
        slug = find_available_slug(parent, page.slug)
    new = _new_page(original, locale, slug, user)
    shelf = Shelf.load(new.translation_key, locale.language_code)
    _fill_from_memory(shelf, original)
    fill_page(new, original.source, shelf)
    with disable_reference_index_auto_update():  # the revision's own save has it brought up to date
        parts = {name: list(getattr(new, name).all()) for name in original.parts}
        if found is not None:
            _put_in_place_of(found, new, user)
        else:
            parent.add_child(instance=new)
    for name, rows in parts.items():
        setattr(new, name, rows)  # the same rows, stored now: the revision need not ask for them
    new.save_revision(user=user, clean=False)
    _tell(original, new, parent, user)
    written_in = original.source.locale.language_code
    examiner = Examiner(shelf.key, written_in, shelf.locale, shelf.overrides)
    record_progress(Board(new, original.source, examiner, shelf.rows, original.segments))
    return new


def parent_in(page: Page, locale: Locale) -> Page:
    """
    The parent in `locale`, with its own parents made as drafts where they are missing; an alias
    would be live in the source language. Below the root all languages are side by side.
    """
    if page.is_root():
        return page
    found: Page | None = page.get_translation_or_none(locale)
    if found is None:
        parent_in(page.get_parent().specific, locale)
        found = page.copy_for_translation(locale)
    return found


def _new_page(original: Original, locale: Locale, slug: str, user: Any) -> LeafletPage:
    """A draft, not saved, with everything of the source that is not its own; its words too."""
    source = original.source
    left_out = _OWN | set(LeafletPage.exclude_fields_in_copy)
    page = LeafletPage(
        **{
            field.attname: getattr(source, field.attname)
            for field in LeafletPage._meta.concrete_fields
            if field.name not in left_out
        },
        locale=locale,
        slug=slug,
        owner=user,
        live=False,
        has_unpublished_changes=True,
        source_locale=source.locale.language_code,
    )
    for name, rows in original.parts.items():
        shared = isinstance(LeafletPage._meta.get_field(name), ParentalManyToManyField)
        setattr(page, name, rows if shared else [_copied(row) for row in rows])
    return page


def _put_in_place_of(alias: LeafletPage, page: LeafletPage, user: Any) -> None:
    """Stores a new page as what an alias was: links and addresses that lead there still do."""
    if alias.live:
        if not alias.permissions_for_user(user).can_unpublish():
            raise AliasInUse(alias)
        alias.unpublish(user=user)
    for name in _PLACE:
        setattr(page, name, getattr(alias, name))
    page._state.adding = False  # noqa: SLF001  it is stored, as an alias
    page.save(clean=False)


def _copied(row: Any) -> Any:
    """A row that belongs to a page, for another page."""
    fields = [
        f for f in row._meta.concrete_fields if not f.primary_key and not isinstance(f, ParentalKey)
    ]
    return type(row)(**{field.attname: getattr(row, field.attname) for field in fields})


def _fill_from_memory(shelf: Shelf, original: Original) -> None:
    """
    What the memory knows word for word goes into the store, as the work of whoever made it there:
    they may not check it here either, and whoever sends the leaflet may. Words that nobody is known
    to have made are drafts, and whoever takes them over answers for them.
    """
    segments, written_in = original.segments, original.source.locale.language_code
    wanted = {path: segment.text for path, segment in segments.items() if path not in shelf.rows}
    plain = [path for path, segment in segments.items() if not segment.inline]
    found = suggest_many(wanted, written_in, shelf.locale, plain=plain, limit=1, similar=False)
    known = {path: same[0] for path, same in found.items() if same}
    texts = {path: suggestion.text for path, suggestion in known.items()}
    said = {path: _said_of(suggestion) for path, suggestion in known.items()}
    shelf.put(texts, segments, written_in, each=said)


def _said_of(found: Suggestion) -> Said:
    machine = found.origin == Origin.MACHINE
    return Said(
        state=Stored.TRANSLATED if found.made_by else Stored.DRAFT,
        origin=Origin.MACHINE if machine else Origin.MEMORY,
        user=found.made_by,
    )


def _tell(original: Original, page: LeafletPage, parent: Page, user: Any) -> None:
    """The audit log, with what Wagtail's own copying for translation says there, and its signal."""

    def named(what: Page) -> dict[str, Any]:
        return {"id": what.pk, "title": what.title}

    spoken = {"id": page.locale_id, "language_code": page.locale.language_code}
    source = original.page
    written = {"id": source.locale_id, "language_code": source.locale.language_code}
    data = {
        "page": {**named(page), "locale": spoken},
        "source": named(original.parent),
        "destination": named(parent),
        "keep_live": False,
        "source_locale": written,
    }
    log(instance=page, action=SENT, user=user, data=data)
    copy_for_translation_done.send(
        sender=CopyPageForTranslationAction, source_obj=source, target_obj=page
    )
