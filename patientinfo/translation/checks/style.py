"""Doubled words, and length out of proportion."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice, pairwise
from operator import eq

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.formats.numbers.words.tokens import Word, fold_word
from patientinfo.translation.checks.base import Context, Finding, say
from patientinfo.translation.checks.reading import Reading
from patientinfo.translation.checks.scripts import script_of_letter

#: Words that good sentences have twice in a row.
_TWICE = {
    "en": "that had is very", "nl": "die dat zo u je zij heel", "de": "die das der sie den dem was",
    "fr": "nous vous", "es": "muy", "ar": "شيئا", "el": "πολύ", "uk": "дуже", "it": "piano",
}  # fmt: skip
#: Languages in which doubling a word is grammar; there only these are told.
_DOUBLING = {
    "tr": "ve ile için bu da de", "hi": "और में से का की के को है हैं", "id": "yang dan di",
    "ms": "yang dan di", "bn": "এবং", "th": "", "vi": "và là của",
}  # fmt: skip
_EXCEPTIONS = {k: frozenset(map(fold_word, words.split())) for k, words in _TWICE.items()}
_ONLY = {k: frozenset(map(fold_word, words.split())) for k, words in _DOUBLING.items()}
#: How many letters a script needs for what Latin letters say in one.
_DENSITY = {
    "CJK": 0.35, "HIRAGANA": 0.5, "KATAKANA": 0.5, "HANGUL": 0.5, "ARABIC": 0.8, "HEBREW": 0.75,
    "DEVANAGARI": 0.9, "THAI": 0.85,
}  # fmt: skip
_FEWEST_LETTERS = 30
_SHORTEST, _LONGEST = 0.45, 2.3


def check_doubled_words(context: Context) -> Iterator[Finding]:
    """A word that stands twice in a row, as words do after editing."""
    source, target = context.readings
    language = language_of(context.locale)
    only, except_for = _ONLY.get(language), _EXCEPTIONS.get(language, frozenset())
    doubled = [
        (one, other)
        for one, other in _pairs(target)
        if (only is None or one.folded in only) and one.folded not in except_for
    ]
    if not doubled:
        return
    meant = {one.folded for one, _other in _pairs(source)}
    for one, other in doubled:
        if one.folded not in meant:
            word = target.plain[one.start : one.end]
            message = say(_("“{word}” stands twice."), word=word)
            yield Finding("doubled_words", message, None, (one.start, other.end))


def _pairs(reading: Reading) -> Iterator[tuple[Word, Word]]:
    """Words that follow their like, with nothing but space between them."""
    if not any(map(eq, reading.folded, islice(reading.folded, 1, None))):
        return
    for one, other in pairwise(reading.words):
        written = reading.prose[one.start], reading.prose[other.start]
        # A letter is no word: "de la A a la Z".
        same = one.folded == other.folded and (len(one.folded) > 1 or written[0] == written[1])
        if same and reading.prose[one.end : other.start].isspace():
            yield one, other


def check_length(context: Context) -> Iterator[Finding]:
    """The translation is much shorter or much longer than its script makes likely."""
    source, target = context.readings
    before = _length(source)
    if before < _FEWEST_LETTERS:
        return
    ratio = _length(target) / before
    if not _SHORTEST <= ratio <= _LONGEST:
        message = say(
            _("The length is {percent}% of what the source makes likely."),
            percent=round(ratio * 100),
        )
        yield Finding("length", message, None, (0, len(target.plain)))


def _length(reading: Reading) -> float:
    """Letters, as many as Latin script would need."""
    plain = reading.plain
    if reading.scripts.isdisjoint(_DENSITY):
        return len(plain)
    return sum(
        times / _DENSITY.get(script_of_letter(letter), 1.0)
        for letter, times in Counter(plain).items()
    )
