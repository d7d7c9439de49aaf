"""
Files from translators into the store, as if their words were saved at the desk.

The draft of the page is left alone, as it is by the desk: signing off writes it, and a preview
shows the stored words.

A file is taken whole or not at all, unless the person who sends it chooses to keep the rest of one
of which some units are refused: half a leaflet that was translated against one number is worse
than the old one, so that is a choice and not the rule.

A file is judged by the source Edition that its header names, which is there for ever, and not by
what the source says today. So a file that was at the translator's while the source changed is
still taken: what it says counts as made from that Edition, and readers are told which sections are
behind.

No file can say that its words are checked: checking is an act of a person who may do it here. What
a file calls checked comes in as translated, unless the words are those that were checked here.
"""

from __future__ import annotations

import copy
from collections.abc import Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePath
from textwrap import wrap
from typing import Any, NoReturn

from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.actions.copy_for_translation import ParentNotTranslatedError
from wagtail.log_actions import log
from wagtail.models import Locale

from patientinfo.editions.actions import last_edition
from patientinfo.editions.models import Edition
from patientinfo.exchange.belonging import refuse, source_edition, target_locale
from patientinfo.exchange.judging import (
    HEADER,
    Known,
    Verdict,
    is_draft,
    judge,
    left_out,
    outcomes,
)
from patientinfo.exchange.next_edition import NextEdition, Original, next_edition_of
from patientinfo.exchange.results import Change, Imported, Merge
from patientinfo.formats.exchange import FileRefused, Problem, TranslationFile, Unit, one_line
from patientinfo.formats.inline import clean_words, sayable
from patientinfo.formats.segments import Segment, segments_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.signals import translation_stored
from patientinfo.translation.board import Board
from patientinfo.translation.desk_models import SegmentComment
from patientinfo.translation.editing import COMMENT_CHARACTERS
from patientinfo.translation.findings import Examiner
from patientinfo.translation.models import emptied_at
from patientinfo.translation.overrides import Overrides
from patientinfo.translation.pages import for_translators, segments_of_page, source_page
from patientinfo.translation.progress import record_progress
from patientinfo.translation.rights import Act, require
from patientinfo.translation.shelf import Said, Shelf, rows_of
from patientinfo.translation.shelf_rows import store_changed
from patientinfo.translation.states import Origin, Stored
from patientinfo.translation.typed import edits_of_draft, said_by_typists

IMPORTED = "patientinfo.translation_imported"
#: What one file may bring: people at the desk read them all.
MOST_COMMENTS = 1_000


def import_file(
    file: TranslationFile,
    name: str,
    *,
    user: Any = None,
    dry_run: bool = False,
    keep_rest: bool = False,
) -> Imported:
    """
    Stores a file's translations; `FileRefused` with everything that is wrong, and then nothing was
    stored. A dry run does it all and takes it back.

    `user` is who sends the file: `PermissionDenied` unless they may translate into its language.
    None is whoever has the command line. With `keep_rest` the units that are right are stored,
    and those that are not are named in the answer; what is wrong with a file as a whole refuses it,
    words in another language too.
    """
    with _undisturbed(name), transaction.atomic():
        edition, superseded = source_edition(file, name)
        locale = target_locale(file, name)
        if user is not None:
            require(user, Act.TRANSLATE, locale.language_code)
        examiner = Examiner(edition.key, edition.locale, locale.language_code)
        place = _place(file, edition, superseded, locale, examiner.overrides)
        verdict = judge(file, name, place.known, examiner)
        if verdict.is_foreign:
            reason = f"Language is {locale.language_code}, and the words are of another language"
            verdict.refused.insert(0, Problem(name, file.line_of("locale"), reason))
        if verdict.refused and (verdict.is_foreign or not keep_rest):
            raise FileRefused(verdict.refused)
        imported = _store(verdict, file, name, place, examiner, user)
        if dry_run:
            transaction.set_rollback(True)
    return imported


@contextmanager
def _undisturbed(name: str) -> Iterator[None]:
    """Words that are there are held while a file comes in; new ones somebody else may store too."""
    try:
        yield
    except IntegrityError:
        refuse(
            name,
            "somebody else stored words of this leaflet at the same moment; import the file again",
        )


@dataclass(frozen=True, slots=True)
class _Place:
    """
    Where a file belongs: what it was made from, its language, and what is known there. `pages` are
    the leaflet's in that language and in the source's, by language.
    """

    edition: Original
    locale: Locale
    known: Known
    shelf: Shelf
    pages: Mapping[str, LeafletPage]

    @property
    def segments(self) -> Mapping[str, Segment]:
        return self.known.segments

    def put(self, units: Sequence[Unit], state: str, user: Any) -> list[str]:
        """Words of the file, made from this Edition; fuzzy ones from what they say."""
        said = Said(state, Origin.IMPORT, user)
        texts = {unit.path: unit.target for unit in units}
        older = {unit.path: self._previous(unit) for unit in units if unit.previous_source}
        return self.shelf.put(texts, {**self.segments, **older}, self.edition.locale, said)

    def _previous(self, unit: Unit) -> Segment:
        """The segment with the words that a fuzzy translation was made from."""
        segment = self.segments[unit.path]
        if not unit.fuzzy:
            return segment
        return replace(segment, text=clean_words(unit.previous_source, inline=segment.inline))


def _place(
    file: TranslationFile,
    edition: Original,
    superseded: bool,
    locale: Locale,
    overrides: Overrides,
) -> _Place:
    pages = _pages_there(edition, locale)
    rows = rows_of(edition.key, locale.language_code, hold=True)
    known = Known(
        segments={segment.path: segment for segment in segments_of(edition.data)},
        later=_later_hashes(edition, superseded, pages.get(edition.locale)),
        rows={path: copy.copy(row) for path, row in rows.items()},
        overrides=overrides,
        emptied=_emptied(edition, locale, {unit.path for unit in file.units} - rows.keys()),
    )
    shelf = Shelf(edition.key, locale.language_code, rows, overrides)
    return _Place(edition, locale, known, shelf, pages)


def _emptied(edition: Original, locale: Locale, paths: Set[str]) -> Set[str]:
    """Those of `paths`, at which nothing is stored, whose words somebody took away."""
    return emptied_at(edition.key, locale.language_code).keys() & paths if paths else set()


def _store(
    verdict: Verdict,
    file: TranslationFile,
    name: str,
    place: _Place,
    examiner: Examiner,
    user: Any,
) -> Imported:
    known, taken = place.known, verdict.taken
    changed = [unit for unit in taken if known.changes(unit)]
    paths = {unit.path for unit in changed}
    finished = [unit for unit in taken if unit.path not in paths and known.finishes(unit)]
    page, new_page = place.pages.get(place.locale.language_code), False
    if page is None and taken:
        page, new_page = _new_page(place, name), True
    source = source_page(page, place.pages) if page is not None else None
    if page is not None and (changed or finished):
        if source is None:
            _refuse_mirror(place, name)
        _put(page, source, changed, place, user)
        _promote(place, finished, user)
    comments = _add_comments(verdict, name, place, user)
    if page is not None and source is not None:
        board = Board(page, for_translators(source), examiner, rows=place.shelf.rows)
        record_progress(board)
    paths |= {unit.path for unit in finished}
    stored = [unit for unit in taken if unit.path in paths]
    imported = Imported(
        title=str(place.edition.data["title"]),
        locale=place.locale.language_code,
        stored=len(stored),
        unchanged=len(taken) - len(stored),
        fuzzy=len(verdict.fuzzy),
        untranslated=len(verdict.untranslated),
        outdated=len(verdict.outdated),
        new_page=new_page,
        drafts=sum(1 for unit in changed if is_draft(unit)),
        comments=comments,
        absent=len(known.segments.keys() - {unit.path for unit in file.units}),
        merge=_merge(place, taken),
        changes=tuple(_change(unit, known) for unit in stored),
        left_out=tuple(left_out(verdict, name)),
        refused=tuple(verdict.refused),
        outcomes=tuple(outcomes(file, name, verdict, paths, known)),
        key=str(place.edition.key),
        edition=place.edition.number,
    )
    if told_of := page or place.pages.get(place.edition.locale):  # remarks make no page
        _log(told_of, imported, name, user)
    return imported


def _log(page: LeafletPage, imported: Imported, name: str, user: Any) -> None:
    """An import that changed something is an act, like saving at the desk."""
    if not (imported.stored or imported.comments or imported.new_page):
        return
    counts = {
        "stored": imported.stored,
        "refused": len(imported.refused),
        "comments": imported.comments,
    }
    data = {"file": PurePath(name).name, "edition": imported.edition, **counts}
    log(instance=page, action=IMPORTED, user=user, data=data)


def _put(
    page: LeafletPage, source: LeafletPage, changed: list[Unit], place: _Place, user: Any
) -> None:
    """
    Into the store, and only there.

    What somebody typed into the page editor since the desk had those words is taken into the store
    first, or the next signature would write over it.
    """
    paths = _keep_typed(page, source, place)
    for state, drafts in ((Stored.TRANSLATED, False), (Stored.DRAFT, True)):
        units = [unit for unit in changed if is_draft(unit) is drafts]
        paths += place.put(units, state, user) if units else []
    translation_stored.send(sender=LeafletPage, page=page, paths=paths)


def _keep_typed(page: LeafletPage, source: LeafletPage, place: _Place) -> list[str]:
    """Words of the page's newest draft that are newer than those in the store."""
    shelf = place.shelf
    copied = {path: segment.text for path, segment in place.segments.items()}
    typed = edits_of_draft(page, shelf.rows, copied)
    if not typed:
        return []
    segments = segments_of_page(for_translators(source))
    own = {p: t for p, t in typed.items() if p not in segments or segments[p].text != t}
    each = said_by_typists(page, page.latest_revision, own)
    return shelf.put(own, segments, source.locale.language_code, each=each)


def _promote(place: _Place, finished: list[Unit], user: Any) -> None:
    """
    A stored draft that the file calls finished keeps where it came from: machine-made words stay
    marked until somebody checks them.
    """
    if not finished:
        return
    now = timezone.now()
    promoted = [place.shelf.rows[unit.path] for unit in finished]
    for row in promoted:
        row.helpers = row.helpers_of(user)
        row.state, row.version, row.updated_at = Stored.TRANSLATED, row.version + 1, now
        row.translated_by, row.translated_at = user, now
    store_changed(promoted)


def _add_comments(verdict: Verdict, name: str, place: _Place, user: Any) -> int:
    """
    Keeps the remarks in the file that are not there yet, settled ones included; their number. What
    is remarked on refused words may say why they are as they are. A comment is only so long: a
    longer remark becomes several, so that no word of it is lost.
    """
    left = (*verdict.fuzzy, *verdict.untranslated, *verdict.outdated, *verdict.refused_units)
    units = (*verdict.taken, *left)
    if not any(unit.comments for unit in units):
        return 0
    of = {"key": place.edition.key, "locale": place.locale.language_code}
    known = {
        (path, one_line(sayable(text)))  # as it went out
        for path, text in SegmentComment.objects.filter(**of).values_list("path", "text")
    }
    new = [
        SegmentComment(**of, path=unit.path, text=text, user=user)
        for unit in units
        for remark in unit.comments
        for text in wrap(sayable(remark), COMMENT_CHARACTERS, break_on_hyphens=False)
        if (unit.path, text) not in known
    ]
    if len(new) > MOST_COMMENTS:
        refuse(name, f"there are {len(new)} new remarks in it; at most {MOST_COMMENTS} are taken")
    SegmentComment.objects.bulk_create(new, batch_size=500)
    return len(new)


def _merge(place: _Place, taken: list[Unit]) -> Merge | None:
    if not place.known.later:
        return None
    last = last_edition(place.edition.key, place.edition.locale)
    if last is None or last.number == place.edition.number:
        return None
    now = {segment.path: segment.hash for segment in segments_of(last.data)}
    changed = sum(1 for unit in taken if now.get(unit.path) != place.segments[unit.path].hash)
    return Merge(place.edition.number, last.number, changed)


def _change(unit: Unit, known: Known) -> Change:
    row = known.rows.get(unit.path)
    return Change(
        path=unit.path,
        line=unit.line or HEADER,
        source=unit.source,
        before=row.text if row else "",
        after=unit.target,
        state=Stored.DRAFT if is_draft(unit) else Stored.TRANSLATED,
        of_checked=known.is_checked(unit.path),
    )


def _later_hashes(
    edition: Original, superseded: bool, source: LeafletPage | None
) -> dict[str, set[str]]:
    """
    Path → hashes of the source texts that came after `edition`, in Editions (if it is `superseded`)
    and in the draft that translators have; empty for the newest.
    """
    later: dict[str, set[str]] = {}
    of = {"key": edition.key, "locale": edition.locale, "number__gt": edition.number}
    editions = Edition.objects.filter(**of).iterator(chunk_size=10) if superseded else ()
    has_draft = source is not None and not isinstance(edition, NextEdition)
    draft = next_edition_of(source, edition.locale) if source and has_draft else None
    for newer in chain(editions, [draft] if draft else []):
        for segment in segments_of(newer.data):
            later.setdefault(segment.path, set()).add(segment.hash)
    return later


def _pages_there(edition: Original, locale: Locale) -> dict[str, LeafletPage]:
    """The leaflet's page in the file's language and the one that it was made from, by language."""
    codes = (locale.language_code, edition.locale)
    family = LeafletPage.objects.filter(translation_key=edition.key)
    there = family.filter(locale__language_code__in=codes).select_related("locale")
    return {page.locale.language_code: page for page in there}


def _new_page(place: _Place, name: str) -> LeafletPage:
    """The page to put the words into, made as a draft where the leaflet has none."""
    source = place.pages.get(place.edition.locale)
    if source is None:
        _refuse_orphan(place, name)
    try:
        page: LeafletPage = source.copy_for_translation(place.locale).specific
    except ParentNotTranslatedError:
        parent = source.get_parent()
        refuse(
            name,
            f"the page above it, “{parent.title}” ({parent.url_path}), is not there in "
            f"{place.locale.language_code} yet; make it first",
        )
    return page


def _refuse_mirror(place: _Place, name: str) -> NoReturn:
    """A page that is there and has no source to be translated from."""
    if place.edition.locale not in place.pages:
        _refuse_orphan(place, name)
    refuse(name, f"the page in {place.locale.language_code} mirrors another page")


def _refuse_orphan(place: _Place, name: str) -> NoReturn:
    refuse(name, f"the page of “{place.edition.data['title']}” is gone")
