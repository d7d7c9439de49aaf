"""Text that nobody translated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.formats.numbers.words.tokens import Word, folded_in, words_in
from patientinfo.translation.checks.base import Context, Finding, Span
from patientinfo.translation.checks.profiles import PROFILES
from patientinfo.translation.checks.reading import without_asides
from patientinfo.translation.checks.scripts import letters_without_spaces
from patientinfo.translation.checks.terms import without_terms

#: From so many words on the same words are a sentence, not a name.
SENTENCE_WORDS = 4
#: German writes many words with a capital that are no names.
_FEWEST_WORDS = {"de": 3}
#: Languages without spaces have so many letters to a word.
_LETTERS_A_WORD = 2
#: So many words in a row that the source has too, one byte each.
_IN_BOTH = b"\1" * SENTENCE_WORDS
_SENTENCE = re.compile(r"[^.!?؟:;。！？।\n]+")


def check_untranslated(context: Context) -> Iterator[Finding]:
    """No translation at all, or words of the source that stand in it as they were."""
    source, target = context.readings
    if not target.plain.strip():
        if source.plain.strip():
            yield Finding("untranslated", _("There is no translation."), (0, len(source.plain)))
        return
    if _same_language(context) or not _may_share_a_sentence(context):
        return
    there = dict(_sentences(_own_words(context, source.prose)))
    parts = _Parts(there, language_of(context.source_locale), language_of(context.locale))
    prose = _own_words(context, target.prose)
    asides = without_asides(prose)
    for key, span in _sentences(prose):
        if key in there:
            yield Finding("untranslated", _("These words are not translated."), there[key], span)
        else:
            for part in parts.left_in(asides, span):
                yield Finding("untranslated", _("These words are not translated."), None, part)


class _Parts:
    """
    Parts of a source's sentences that stand in a translation.

    Names, Latin and titles stay as they are in many languages. So a part counts with so many words
    that are no names, and a small word among them that the other language has not ("and", "the").
    """

    def __init__(self, sentences: Iterable[tuple[str, ...]], original: str, locale: str) -> None:
        own = PROFILES.get(original, frozenset())
        self.small = own - PROFILES.get(locale, frozenset())
        self.fewest = _FEWEST_WORDS.get(original, SENTENCE_WORDS)
        self.runs = {
            words[at : at + SENTENCE_WORDS]
            for words in sentences
            for at in range(len(words) - SENTENCE_WORDS + 1)
        }

    def left_in(self, text: str, sentence: Span) -> Iterator[Span]:
        """Where such parts stand in a sentence of a text."""
        first, last = sentence
        words = [word for word in words_in(text) if first <= word.start < last]
        at = 0
        while at + SENTENCE_WORDS <= len(words):
            end = at
            while tuple(w.folded for w in words[end : end + SENTENCE_WORDS]) in self.runs:
                end += 1
            part = words[at : end + SENTENCE_WORDS - 1] if end > at else []
            if self._is_language(text, part):
                yield part[0].start, part[-1].end
            at += max(1, len(part))

    def _is_language(self, text: str, part: Sequence[Word]) -> bool:
        plain = [word for word in part if not text[word.start].isupper()]
        return len(plain) >= self.fewest and any(word.folded in self.small for word in plain)


def _may_share_a_sentence(context: Context) -> bool:
    """
    A quick look before the long one: whether enough words stand in both, side by side in the
    translation. Where some of it is left out of the comparison (terms, asides), side by side is
    also what has only that between.
    """
    source, target = context.readings
    if letters_without_spaces(target.prose):
        return True
    shared = list(map(set(source.folded).__contains__, target.folded))
    if shared.count(True) < SENTENCE_WORDS:
        return False
    left_out = bool(_kept(context)) or without_asides(target.prose) != target.prose
    return left_out or _IN_BOTH in bytes(shared)


def check_identical(context: Context) -> Iterator[Finding]:
    """A short text that is the same in both languages: a name, or forgotten."""
    source, target = context.readings
    size = _size(target.prose, target.folded)
    same_number = len(source.folded) == len(target.folded)
    if _same_language(context) or size >= SENTENCE_WORDS or not same_number:
        return
    before = folded_in(_own_words(context, source.prose))
    after = folded_in(_own_words(context, target.prose))
    if before and before == after:
        span = (0, len(target.plain))
        yield Finding("identical", _("The same as the source."), (0, len(source.plain)), span)


def _same_language(context: Context) -> bool:
    return language_of(context.source_locale) == language_of(context.locale)


def _own_words(context: Context, text: str) -> str:
    """`text` without the terms that are the same in both languages."""
    return without_terms(text, _kept(context))


def _kept(context: Context) -> tuple[str, ...]:
    """Words that are the same in both languages."""
    same = [term.source for term in context.glossary if term.source == term.target]
    return (*context.do_not_translate, *same)


def _sentences(text: str) -> Iterator[tuple[tuple[str, ...], Span]]:
    """Sentences as folded words, and where they stand; short ones are left out."""
    if _size(text, folded_in(text)) < SENTENCE_WORDS:
        return
    every = words_in(text)
    at = 0
    for match in _SENTENCE.finditer(text):
        first = at
        while at < len(every) and every[at].start < match.end():  # no word reaches over a mark
            at += 1
        words = every[first:at]
        if words and _size(match[0], words) >= SENTENCE_WORDS:
            yield tuple(word.folded for word in words), (words[0].start, words[-1].end)


def _size(text: str, words: Sequence[Word | str]) -> int:
    """How many words; for languages without spaces about how many."""
    return max(len(words), letters_without_spaces(text) // _LETTERS_A_WORD)
