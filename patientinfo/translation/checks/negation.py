"""A "not" that is gone, or that nobody said: "do not take" turned into "take"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.formats.numbers.words.tokens import fold_word
from patientinfo.translation.checks.base import Context, Finding, Span, say
from patientinfo.translation.checks.negation_words import (
    ANSWERS,
    ANSWERS_BY_PATTERN,
    ECHOES,
    HARMLESS,
    PARTS_OF_PATTERNS,
    PATTERNS,
    UNSURE,
    WEAK,
    WORDS,
)
from patientinfo.translation.checks.reading import REMEMBERED, Reading, blanked

#: Whole words, and beginnings of words.
_Table = tuple[frozenset[str], tuple[str, ...]]
_ARABIC_SIGNS = re.compile("[\u064b-\u0652\u0640]")
_SENTENCE = re.compile(r"[^\n]+?(?:[.!?؟]+(?=\s|$)|[。！？।]+|\n|$)")


def check_negation(context: Context) -> Iterator[Finding]:
    """
    The source denies more often than the translation, or the translation something of its own.

    Where the sentences of both are as many they are compared one by one. In languages whose
    double negations are not known it is only told when the translation denies nothing at all.
    """
    source, target = context.readings
    if not (_known(source.locale) and _known(target.locale)):
        return
    there, here = _negations(source), _negations(target)
    if not there and not here:
        return
    if not (_counted(source.locale) and _counted(target.locale)):
        asked = _sure(source, there) if _counted(source.locale) else there
        if asked and not here and len(_answers(target)) <= len(_answers(source)):
            yield _missing(source, asked[0])
        return
    for one, other in _pairs(source, target):
        before, after = _Part(source, one, there), _Part(target, other, here)
        yield from _differences(before, after)


class _Part:
    """A sentence of a text with what it denies: `every` place, and the `sure` ones."""

    def __init__(self, reading: Reading, span: Span, found: list[Span]) -> None:
        self.reading, self.span = reading, span
        self.every = [place for place in found if span[0] <= place[0] < span[1]]
        self.sure = _sure(reading, self.every)

    @property
    def answers(self) -> int:
        """How many other words it has that can stand for a negation of the other text."""
        first, last = self.span
        return sum(first <= start < last for start, _end in _answers(self.reading))

    @property
    def unsure(self) -> int:
        """How many of them may be no negation."""
        unsure = _table(UNSURE[language_of(self.reading.locale)])
        return sum(_is_among(fold_word(_word(self.reading, at)), unsure) for at in self.every)


def _differences(source: _Part, target: _Part) -> Iterator[Finding]:
    """
    What is gone or added between two sentences. With a word that is no sure negation, as in
    `لا … إلا` ("only"), nothing counts as added.
    """
    answered = len(target.every) - min(target.unsure, source.unsure)
    if len(source.sure) > answered:
        answered += max(0, target.answers - source.answers)
    if len(source.sure) > answered:
        yield _missing(source.reading, source.sure[answered])
    elif source.every and not target.every and not _denies_weakly(target):
        yield _missing(source.reading, source.every[0])
    elif target.sure and not target.unsure and not source.every and not _denies_weakly(source):
        span = target.sure[0]
        word = _word(target.reading, span)
        said = say(_("The translation says “{word}”, the source nothing like it."), word=word)
        yield Finding("negation", said, None, span)


def _missing(source: Reading, span: Span) -> Finding:
    message = say(_("Nothing in the translation stands for “{word}”."), word=_word(source, span))
    return Finding("negation", message, span)


def _word(reading: Reading, span: Span) -> str:
    return reading.plain[slice(*span)]


def _known(locale: str) -> bool:
    language = language_of(locale)
    return language in WORDS or language in PATTERNS


def _counted(locale: str) -> bool:
    return language_of(locale) in ECHOES


def _pairs(source: Reading, target: Reading) -> Iterator[tuple[Span, Span]]:
    """The sentences of both that belong together; the whole texts when they are not as many."""
    there, here = _sentences(source.prose), _sentences(target.prose)
    if len(there) == len(here):
        yield from zip(there, here, strict=True)
    else:
        yield (0, len(source.prose)), (0, len(target.prose))


def _sentences(text: str) -> list[Span]:
    found = (match.span() for match in _SENTENCE.finditer(text))
    return [span for span in found if any(letter.isalpha() for letter in text[slice(*span)])]


def _sure(reading: Reading, spans: list[Span]) -> list[Span]:
    """Those that have to be answered."""
    language = language_of(reading.locale)
    echoes, unsure = _table(ECHOES[language]), _table(UNSURE[language])
    found: list[Span] = []
    for at, span in enumerate(spans):
        word = fold_word(_word(reading, span))
        if not _is_among(word, unsure) and not (at and _is_among(word, echoes)):
            found.append(span)
    return found


def _denies_weakly(part: _Part) -> bool:
    """Whether a sentence has a word that others put as a negation ("avoid", "painless")."""
    pattern = _weak(language_of(part.reading.locale))
    if part.answers:
        return True
    first, last = part.span
    words = (word for word in part.reading.words if first <= word.start < last)
    return any(pattern.fullmatch(word.folded) for word in words)


@lru_cache(maxsize=REMEMBERED)
def _negations(reading: Reading) -> list[Span]:
    """Where something is denied, in order, each place once."""
    language = language_of(reading.locale)
    if not _may_deny(reading, language):
        return []
    text = reading.prose
    harmless = HARMLESS.get(language)
    blanks = [m.span() for m in re.finditer(harmless, text, re.I)] if harmless else []
    found: list[Span] = []
    for span in sorted(
        [*_words(reading, language), *_matches(PATTERNS, blanked(text, blanks), language)]
    ):
        overlaps = bool(found) and span[0] < found[-1][1]
        if not overlaps and not any(start <= span[0] < end for start, end in blanks):
            found.append(span)
    return found


def _may_deny(reading: Reading, language: str) -> bool:
    """A quick look before a long one; False for a text that has no negation."""
    if language in PATTERNS:
        part = PARTS_OF_PATTERNS.get(language)
        if part is None or part.search(reading.prose):
            return True
    whole, starts = _table(WORDS.get(language, ""))
    if not whole.isdisjoint(reading.folded):
        return True
    return bool(starts) and any(word.startswith(starts) for word in reading.folded)


def _words(reading: Reading, language: str) -> Iterator[Span]:
    table = _table(WORDS.get(language, ""))
    for word in reading.words:
        if _is_among(word.folded, table):
            yield word.start, word.end


def _answers(reading: Reading) -> list[Span]:
    """Where a text has a word that can stand for a negation of the other one, and is none."""
    language = language_of(reading.locale)
    table = _table(ANSWERS.get(language, ""))
    found = [(word.start, word.end) for word in reading.words if _is_among(word.folded, table)]
    return [*found, *_matches(ANSWERS_BY_PATTERN, reading.prose, language)]


def _matches(patterns: dict[str, str], text: str, language: str) -> Iterator[Span]:
    """Where the pattern of a language matches, or its group where it has one."""
    pattern = patterns.get(language)
    if not pattern:
        return
    places: Sequence[int] = range(len(text))
    if language == "ar" and _ARABIC_SIGNS.search(text):  # they go; places are those with them
        places = [at for at in places if not _ARABIC_SIGNS.match(text[at])]
        text = _ARABIC_SIGNS.sub("", text)
    for match in re.finditer(pattern, text, re.IGNORECASE):
        start, end = match.span(match.lastindex or 0)
        yield places[start], places[end - 1] + 1


@lru_cache(maxsize=64)
def _table(listed: str) -> _Table:
    """The words of a list, stars understood."""
    words = listed.split()
    whole = frozenset(fold_word(word) for word in words if not word.endswith("*"))
    return whole, tuple(fold_word(word[:-1]) for word in words if word.endswith("*"))


def _is_among(word: str, table: _Table) -> bool:
    whole, starts = table
    return word in whole or bool(starts and word.startswith(starts))


@lru_cache(maxsize=16)
def _weak(language: str) -> re.Pattern[str]:
    words = (fold_word(word) for word in WEAK.get(language, "").split())
    return re.compile("|".join(re.escape(word).replace(r"\*", ".*") for word in words) or "(?!)")
