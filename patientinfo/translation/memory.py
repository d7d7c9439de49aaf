"""
The translation memory: what has been checked once is suggested wherever it is said again.

Shared by all leaflets. Look-ups and storing take a bounded number of queries for a whole leaflet,
and read a bounded number of rows however large the memory is (`memory_words` says how).

An entry is inline HTML on both sides. Plain texts go in escaped and come out as they were, word for
word, and are the same text as an inline one that says the same.
"""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Any, TypeAlias

from django.db import transaction
from django.utils import timezone

from patientinfo.conf import get_setting
from patientinfo.formats.inline import clean_inline, plain_text
from patientinfo.formats.inline_codes import spell_words
from patientinfo.formats.segments import source_hash
from patientinfo.translation.memory_models import MemoryEntry, MemoryUse
from patientinfo.translation.memory_score import EQUAL, SAME_PLACE, score
from patientinfo.translation.memory_words import add_to_index, candidates, remove_from_index
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.states import Origin

#: So many texts are stored in one transaction.
BATCH = 500
#: So many suggestions are looked through for words that were taken over; the desk shows fewer.
LOOKED_AT = 50

#: Source language, language, source text and translation in inline HTML, when it was last changed
#: (None: unknown).
Unit: TypeAlias = tuple[str, str, str, str, datetime | None]
#: What makes an entry one: hash of the source, language, source language, hash of the text.
_Identity: TypeAlias = tuple[str, str, str, str]
_IDENTITY = ["source_hash", "locale", "source_locale", "text_hash"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """
    A translation of the same or a similar text.

    `score` is how much `source_text` is like the text asked about: 101 the same text at the same
    path, 100 the same text, below that similar. `key` and `path` say where it was last confirmed;
    None and "" for one from another memory. `origin` and `made_by` are those of the entry.
    """

    text: str
    source_text: str
    score: int
    key: uuid.UUID | None
    path: str
    origin: str = Origin.HUMAN
    made_by: Any = None

    @property
    def percent(self) -> int:
        """The score for people: that of the same place only puts it first, both are the same."""
        return min(EQUAL, self.score)


# -- storing --------------------------------------------------------------------------------------


def remember(row: SegmentTranslation, *, source_locale: str, inline: bool = True) -> None:
    """Keeps the words of a checked segment; see `remember_many`. `inline=False` for a plain one."""
    remember_many([row], source_locale, plain=() if inline else (row.path,))


def remember_many(
    rows: Iterable[SegmentTranslation], source_locale: str, *, plain: Collection[str] = ()
) -> None:
    """
    Keeps the words of checked segments; a bounded number of queries for each `BATCH` of them.
    `plain` are the paths whose texts are plain.

    Other words for the same source at the same path replace those that were kept before, unless
    another segment still has these.
    """
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        told = [row for row in batch if row.text and row.source_text]
        _remember(told, source_locale, plain)


@transaction.atomic
def _remember(rows: list[SegmentTranslation], source_locale: str, plain: Collection[str]) -> None:
    new = [
        MemoryEntry(
            source_locale=source_locale,
            locale=row.locale,
            source_text=_inline(row.source_text, row.path in plain),
            text=_inline(row.text, row.path in plain),
            key=row.key,
            path=row.path,
            origin=row.origin,
            made_by_id=row.translated_by_id,
        )
        for row in rows
    ]
    entries, _made = _store(new, ["key", "path", "origin", "made_by", "updated_at"])
    uses = {
        (row.key, row.locale, row.path): entries[_identity(entry)]
        for row, entry in zip(rows, new, strict=True)
    }
    _replace_uses(uses)


def _inline(text: str, plain: bool) -> str:
    return spell_words(text) if plain else text


def _identity(entry: MemoryEntry) -> _Identity:
    source, text = source_hash(entry.source_text), source_hash(entry.text)
    return source, entry.locale, entry.source_locale, text


def _distinct(entries: Iterable[MemoryEntry]) -> dict[_Identity, MemoryEntry]:
    """The entries with their hashes, of equal ones the last."""
    distinct: dict[_Identity, MemoryEntry] = {}
    for entry in entries:
        identity = _identity(entry)
        entry.source_hash, entry.text_hash = identity[0], identity[3]
        distinct[identity] = entry
    return distinct


def _unknown(entries: Mapping[_Identity, MemoryEntry]) -> set[_Identity]:
    """Which of the entries are not in store."""
    known = MemoryEntry.objects.filter(source_hash__in={identity[0] for identity in entries})
    return entries.keys() - set(known.order_by().values_list(*_IDENTITY))


def _store(
    entries: Iterable[MemoryEntry], update_fields: list[str]
) -> tuple[dict[_Identity, MemoryEntry], int]:
    """The entries as stored, by identity, and how many are new; with the index, five queries."""
    wanted = _distinct(entries)
    new = _unknown(wanted)
    # In one order everywhere, so that two who do this at once wait and do not deadlock.
    MemoryEntry.objects.bulk_create(
        [wanted[identity] for identity in sorted(wanted)],
        update_conflicts=True,
        unique_fields=_IDENTITY,
        update_fields=update_fields,
    )
    add_to_index([wanted[identity] for identity in sorted(new)])
    return wanted, len(new)


def _replace_uses(uses: Mapping[tuple[uuid.UUID, str, str], MemoryEntry]) -> None:
    """Notes which entry each segment has now, and forgets those that it had for the same source."""
    before = MemoryUse.objects.filter(
        key__in={key for key, _locale, _path in uses},
        locale__in={locale for _key, locale, _path in uses},
        path__in={path for _key, _locale, path in uses},
    )
    replaced = set()
    for use in before.select_related("entry"):
        entry = uses.get((use.key, use.locale, use.path))
        if entry and use.entry_id != entry.pk and use.entry.source_hash == entry.source_hash:
            replaced.add(use.entry_id)
    MemoryUse.objects.bulk_create(
        [
            MemoryUse(key=key, locale=locale, path=path, entry_id=entry.pk)
            for (key, locale, path), entry in sorted(uses.items(), key=lambda item: item[0])
        ],
        update_conflicts=True,
        unique_fields=["key", "locale", "path"],
        update_fields=["entry"],
    )
    if replaced:
        forgotten = MemoryEntry.objects.filter(pk__in=replaced, uses=None)
        ids = list(forgotten.values_list("pk", flat=True))
        remove_from_index(ids)
        MemoryEntry.objects.filter(pk__in=ids).delete()


# -- looking up -----------------------------------------------------------------------------------


def suggest(
    source_text: str,
    source_locale: str,
    locale: str,
    *,
    path: str = "",
    limit: int = 5,
    inline: bool = True,
) -> list[Suggestion]:
    """
    What is known of a text, best first: the same text, then similar ones from the setting
    `MEMORY_MINIMUM` on. `inline=False` for a plain text, which gets plain suggestions.
    """
    plain = () if inline else (path,)
    found = suggest_many({path: source_text}, source_locale, locale, plain=plain, limit=limit)
    return found[path]


def suggest_many(
    texts: Mapping[str, str],
    source_locale: str,
    locale: str,
    *,
    plain: Collection[str] = (),
    limit: int = 5,
    similar: bool = True,
) -> dict[str, list[Suggestion]]:
    """
    `suggest` for `texts` (path → source text) of a whole leaflet, in five queries.

    `plain` are the paths whose texts are plain. With `limit=1` nothing similar is looked for where
    there is the same text, and without `similar` nothing but the same text at all.
    """
    asked = {path: _inline(text, path in plain) for path, text in texts.items()}
    same = _same(asked, source_locale, locale)
    places = set(
        MemoryUse.objects.filter(
            entry__in=[entry.pk for entries in same.values() for entry in entries],
            path__in=list(asked),
        ).values_list("entry_id", "path")
    )
    wanting = {path: text for path, text in asked.items() if text and len(same[text]) < limit}
    alike_to = _similar(wanting, source_locale, locale) if similar else {}
    minimum = _minimum()
    suggested = {}
    for path, text in asked.items():
        scored = [
            (SAME_PLACE if (entry.pk, path) in places else EQUAL, entry) for entry in same[text]
        ]
        for entry in alike_to.get(path, []):
            alike = score(text, entry.source_text)
            if minimum <= alike < EQUAL:
                scored.append((alike, entry))
        suggested[path] = _best(scored, path in plain, limit)
    return suggested


def is_machine_made(
    text: str, source_text: str, source_locale: str, locale: str, *, inline: bool = True
) -> bool:
    """
    Whether a translation is, whole, what the memory suggests for a text, and was made by machine:
    for the same text or a similar one. Where a person made just these words of a text that is more
    like it, they are a person's.
    """
    found = suggest(source_text, source_locale, locale, limit=LOOKED_AT, inline=inline)
    return any(one.text == text and one.origin == Origin.MACHINE for one in found)


def _minimum() -> int:
    return int(get_setting("MEMORY_MINIMUM"))


def _same(
    texts: Mapping[str, str], source_locale: str, locale: str
) -> defaultdict[str, list[MemoryEntry]]:
    """Entries of exactly these source texts, by text."""
    found: defaultdict[str, list[MemoryEntry]] = defaultdict(list)
    for entry in MemoryEntry.objects.filter(
        source_hash__in={source_hash(text) for text in texts.values()},
        locale=locale,
        source_locale=source_locale,
    ).select_related("made_by"):
        found[entry.source_text].append(entry)
    return found


def _similar(
    texts: Mapping[str, str], source_locale: str, locale: str
) -> dict[str, list[MemoryEntry]]:
    """Entries that may be similar to the text of each path."""
    if not texts:
        return {}
    ids = candidates(texts, source_locale, locale)
    wanted = {pk for found in ids.values() for pk in found}
    known = MemoryEntry.objects.filter(pk__in=wanted).select_related("made_by")
    entries = {entry.pk: entry for entry in known}
    return {path: [entries[pk] for pk in found if pk in entries] for path, found in ids.items()}


def _best(scored: list[tuple[int, MemoryEntry]], plain: bool, limit: int) -> list[Suggestion]:
    """The best of them, each translation once; of two as good, the one confirmed last."""
    scored.sort(key=lambda item: (item[0], item[1].updated_at, item[1].pk), reverse=True)
    spelled = plain_text if plain else clean_inline
    best: dict[str, Suggestion] = {}
    for points, entry in scored:
        text = spelled(entry.text)
        if text not in best:
            best[text] = Suggestion(
                text,
                spelled(entry.source_text),
                points,
                entry.key,
                entry.path,
                entry.origin,
                entry.made_by,
            )
        if len(best) == limit:
            break
    return list(best.values())


# -- exchange with other memories -----------------------------------------------------------------


def import_units(units: Iterable[Unit], *, user: Any = None, dry_run: bool = False) -> int:
    """
    Takes in what another memory knows; returns how many translations are new. `user` is who sent
    it, and counts as who made the words.

    What is known already stays as it is, so that the same import can be done again. Each `BATCH`
    is a transaction: nobody who saves a segment waits for the end of a large import. Memory is
    bounded; units without a text on both sides are left out. A dry run stores nothing, and counts
    a translation anew in each batch that has it.
    """
    waiting = iter(units)
    made = 0
    while batch := list(islice(waiting, BATCH)):
        entries = [_entry_of(unit, user) for unit in batch]
        entries = [entry for entry in entries if entry.source_text and entry.text]
        made += len(_unknown(_distinct(entries))) if dry_run else _import(entries)
    return made


def _entry_of(unit: Unit, user: Any) -> MemoryEntry:
    """A date that is still to come is another clock's: it would stand before all that is new."""
    source_locale, locale, source, target, changed_at = unit
    now = timezone.now()
    return MemoryEntry(
        source_locale=source_locale,
        locale=locale,
        source_text=clean_inline(source),
        text=clean_inline(target),
        origin=Origin.IMPORT,
        made_by=user,
        updated_at=min(changed_at or now, now),
    )


@transaction.atomic
def _import(entries: Iterable[MemoryEntry]) -> int:
    _entries, made = _store(entries, ["text_hash"])  # a known entry stays as it is
    return made


def export_units(source_locale: str | None = None, locale: str | None = None) -> Iterator[Unit]:
    """What is known, of all languages or of one on either side; in bounded memory."""
    entries = MemoryEntry.objects.order_by("pk")
    if source_locale is not None:
        entries = entries.filter(source_locale=source_locale)
    if locale is not None:
        entries = entries.filter(locale=locale)
    units: Iterator[Unit] = entries.values_list(
        "source_locale", "locale", "source_text", "text", "updated_at"
    ).iterator(chunk_size=1000)
    return units
