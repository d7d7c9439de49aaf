"""
The word index of the translation memory: which entries may resemble a text.

A look-up reads no more rows in a memory of a hundred thousand entries than in one of a thousand,
because a word that `COMMON` entries have lists no more of them: it tells texts apart no longer.
Pairs of words, which stay rare for longer, find what consists of common words alone.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from django.db import connection
from django.db.models import F

from patientinfo.formats.search_text import fold
from patientinfo.translation.memory_models import MemoryEntry, MemoryPosting, MemoryWord
from patientinfo.translation.memory_score import words_of_inline

#: A word lists so many entries and no more.
COMMON = 500
#: The rarest words of a text are looked up until they list so many entries.
ENOUGH = 500
#: So many entries, those that share most words with the text, are compared with it.
CANDIDATES = 40
#: Of a text, so many words and so many pairs are in the index: the longest, which are the rarest.
WORDS = 12
#: A word's first letters stand for its inflected forms too.
STEM = 6
#: Scripts that put no spaces between words, as a class of a pattern: Thai, Lao, Burmese, Khmer,
#: kana, Han.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\U00020000-\U0003ffff"
#: A leaflet has a thousand lines of the index: rows of a table are made four times as fast as
#: instances of its model. Names are sorted, so that two who add them at once wait and do not
#: deadlock.
_ADD_WORDS = """
    INSERT INTO patientinfo_memoryword (name, count) VALUES (%s, %s)
    ON CONFLICT (name) DO UPDATE SET count = patientinfo_memoryword.count + excluded.count
"""
_ADD_POSTINGS = """
    INSERT INTO patientinfo_memoryposting (word_id, entry_id) VALUES (%s, %s)
    ON CONFLICT DO NOTHING
"""
_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+")


def index_words(text: str) -> list[str]:
    """
    The words and pairs of words that a text is listed under and looked for by.

    Folded (case, accents, digits of any script), so that the words of "Needles?" are those of
    "needle". A character of a script without spaces counts as a word.
    """
    words = [token[:STEM] for token in _TOKEN.findall(fold(words_of_inline(text)))]
    pairs = [f"{first} {second}" for first, second in pairwise(words)]
    return [*_longest(words), *_longest(pairs)]


def _longest(words: Iterable[str]) -> list[str]:
    return sorted(set(words), key=lambda word: (-len(word), word))[:WORDS]


def _names(text: str, source_locale: str, locale: str) -> list[str]:
    return [f"{source_locale} {locale} {word}" for word in index_words(text)]


def add_to_index(entries: Iterable[MemoryEntry]) -> None:
    """Lists new entries under their words, in four queries."""
    names = {
        entry.pk: _names(entry.source_text, entry.source_locale, entry.locale) for entry in entries
    }
    wanted = sorted({name for found in names.values() for name in found})
    words = MemoryWord.objects.filter(name__in=wanted).order_by()
    counts = dict(words.values_list("name", "count"))
    listed: dict[str, list[int]] = defaultdict(list)
    for pk, found in names.items():
        for name in found:
            if counts.get(name, 0) + len(listed[name]) < COMMON:
                listed[name].append(pk)
    with connection.cursor() as cursor:
        cursor.executemany(
            _ADD_WORDS, [(name, len(listed[name])) for name in wanted if listed[name]]
        )
        ids = dict(words.values_list("name", "pk"))
        cursor.executemany(
            _ADD_POSTINGS, [(ids[name], pk) for name in wanted for pk in listed[name]]
        )


def remove_from_index(entry_ids: Iterable[int]) -> None:
    """Takes entries out of the index, and makes room under their words for others."""
    postings = MemoryPosting.objects.filter(entry_id__in=list(entry_ids))
    times = Counter(postings.order_by().values_list("word_id", flat=True))
    by_number: dict[int, list[int]] = defaultdict(list)
    for word_id, number in sorted(times.items()):
        by_number[number].append(word_id)
    for number, word_ids in sorted(by_number.items()):
        words = MemoryWord.objects.filter(pk__in=word_ids, count__gte=number)
        words.update(count=F("count") - number)
    postings.delete()


def candidates(texts: Mapping[str, str], source_locale: str, locale: str) -> dict[str, list[int]]:
    """
    For each of `texts` (name → text) the ids of entries that may resemble it, likeliest first.

    Two queries, and at most `CANDIDATES` ids a text.
    """
    names = {name: _names(text, source_locale, locale) for name, text in texts.items()}
    wanted = {name for found in names.values() for name in found}
    counts: dict[str, tuple[int, int]] = {
        name: (count, pk)
        for name, count, pk in MemoryWord.objects.filter(name__in=wanted).values_list(
            "name", "count", "pk"
        )
    }
    rare = {
        name: _rarest([counts[word] for word in found if word in counts])
        for name, found in names.items()
    }
    postings: dict[int, list[int]] = defaultdict(list)
    word_ids = {word_id for found in rare.values() for word_id in found}
    for word_id, entry_id in (
        MemoryPosting.objects.filter(word_id__in=word_ids)
        .order_by()
        .values_list("word_id", "entry_id")
    ):
        postings[word_id].append(entry_id)
    return {name: _likeliest(found, postings) for name, found in rare.items()}


def _rarest(words: list[tuple[int, int]]) -> list[int]:
    """Ids of the words that list the fewest entries, until these are enough."""
    chosen, entries = [], 0
    for count, word_id in sorted(words):
        if entries >= ENOUGH:
            break
        chosen.append(word_id)
        entries += count
    return chosen


def _likeliest(word_ids: list[int], postings: Mapping[int, list[int]]) -> list[int]:
    """Ids of the entries that share most words; a rare word says more than a common one."""
    weights: Counter[int] = Counter()
    for word_id in word_ids:
        entries = postings.get(word_id, [])
        for entry_id in entries:
            weights[entry_id] += 1 + COMMON // len(entries)
    return sorted(weights, key=lambda pk: (-weights[pk], -pk))[:CANDIDATES]
