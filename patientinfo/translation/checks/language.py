"""Text in the wrong script or in the wrong language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import language_of
from patientinfo.formats.numbers.units.names import EVERYWHERE
from patientinfo.formats.numbers.words.tokens import Word
from patientinfo.translation.checks.base import Context, Finding, Span, say
from patientinfo.translation.checks.profiles import OTHERS_LETTERS, PROFILES
from patientinfo.translation.checks.reading import Reading, blanked, without_asides
from patientinfo.translation.checks.scripts import (
    script_of_letter,
    scripts_of_language,
    scripts_of_text,
)
from patientinfo.translation.checks.terms import without_terms

#: Shorter texts are names and units as often as not.
_FEWEST_LETTERS = 12
_FEWEST_WORDS = 6
#: A shorter word may be a symbol.
_FEWEST_OF_WORD = 4
_SYMBOLS = frozenset(symbol for listed in EVERYWHERE.values() for symbol in listed.split())
#: So many words of another script in a row are a phrase.
_PHRASE = 5
#: Scripts whose letters look alike, so that a keyboard can put one into a word of the other.
_ALIKE = ({"LATIN", "CYRILLIC"}, {"LATIN", "GREEK"}, {"CYRILLIC", "GREEK"})
#: How much more often the words of another language have to occur, and how often at all.
_TIMES, _FEWEST_HITS, _SHARE, _SHARE_UNKNOWN = 2, 3, 0.2, 0.35

#: In which languages a small word is one.
_LANGUAGES_OF: dict[str, list[str]] = {}
for _name, _profile in PROFILES.items():
    for _word in _profile:
        _LANGUAGES_OF.setdefault(_word, []).append(_name)


def check_script(context: Context) -> Iterator[Finding]:
    """
    The letters are those of the language, and no word mixes letters that look alike.

    A name may be in any script: in brackets or quotes, or with a capital as in the source.
    """
    source, target = context.readings
    expected = scripts_of_language(context.locale)
    if len(target.scripts) > 1 and any(pair <= target.scripts for pair in _ALIKE):
        yield from _mixed_words(target)
    if target.scripts <= expected or not expected:
        return
    own = without_terms(target.prose, context.do_not_translate)
    text = blanked(without_asides(own), _names(source, target))
    letters: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        letters[script_of_letter(letter)] += times
    del letters[""]
    total = letters.total()
    right = sum(letters[script] for script in expected)
    small = PROFILES.get(language_of(context.source_locale), frozenset())
    untouched = not right and any(_is_word(word, text, small) for word in target.words)
    if untouched or (total >= _FEWEST_LETTERS and right * 2 < total):
        message = _("Most of this is not in the script of the language.")
        yield Finding("script", message, None, (0, len(target.plain)))
        return
    yield from _foreign_phrases(text, context)


def _is_word(word: Word, text: str, small: frozenset[str]) -> bool:
    """Whether a word is of a language: no name, no symbol and no code ("mg", "MRI", "pH")."""
    written = text[word.start : word.end]
    if not written.strip() or written != written.lower() or written in _SYMBOLS:
        return False
    return len(written) >= _FEWEST_OF_WORD or word.folded in small


def _names(source: Reading, target: Reading) -> list[Span]:
    """Words with a capital that stand in the source as they do here."""
    there = {source.plain[word.start : word.end] for word in source.words}
    return [
        (word.start, word.end)
        for word in target.words
        if target.plain[word.start].isupper() and target.plain[word.start : word.end] in there
    ]


def _mixed_words(reading: Reading) -> Iterator[Finding]:
    for word in reading.words:
        written = reading.plain[word.start : word.end]
        found = scripts_of_text(written)
        if any(pair <= found for pair in _ALIKE):
            message = say(_("“{word}” mixes letters of two scripts."), word=written)
            yield Finding("script", message, None, (word.start, word.end))


def _foreign_phrases(text: str, context: Context) -> Iterator[Finding]:
    """Five words and more of another script in a row."""
    expected = scripts_of_language(context.locale)
    run: list[Word] = []
    for word in [*context.readings[1].words, Word("", len(text), len(text))]:
        script = script_of_letter(text[word.start]) if word.start < len(text) else ""
        if script and script not in expected:
            run.append(word)
            continue
        if len(run) >= _PHRASE:
            message = _("These words are not in the script of the language.")
            yield Finding("script", message, None, (run[0].start, run[-1].end))
        run = []


def check_language(context: Context) -> Iterator[Finding]:
    """
    The small words (the, de, und, في) are those of the language, and so are the letters where near
    languages have others; short texts are skipped.
    """
    expected, original = language_of(context.locale), language_of(context.source_locale)
    target = context.readings[1]
    if expected == original or len(target.folded) < _FEWEST_WORDS:
        return
    other = _other_letters(target.prose, expected) or _other_words(
        target.folded, expected, original
    )
    if other:
        message = say(_("This looks like another language ({language})."), language=other)
        yield Finding("language", message, None, (0, len(target.plain)))


def _other_letters(text: str, expected: str) -> str:
    """The near language whose letters stand in several words that are no names; empty for none."""
    letters, other = OTHERS_LETTERS.get(expected, ("", ""))
    if not letters or not any(letter in text for letter in letters):
        return ""
    words = (word for word in text.split() if not word[0].isupper())
    found = sum(not set(letters).isdisjoint(word) for word in words)
    return other if found >= _FEWEST_HITS else ""


def _other_words(words: Sequence[str], expected: str, original: str) -> str:
    """The language whose small words these are, when it is another one."""
    own = PROFILES.get(expected, frozenset())
    foreign = [word for word in words if word in _LANGUAGES_OF and word not in own]
    if len(foreign) < _FEWEST_HITS // 2 + 1 or len(foreign) < _SHARE / 2 * len(words):
        return ""  # most texts: half of the words that tell another language are not of this one
    hits: Counter[str] = Counter()
    for word in words:
        hits.update(_LANGUAGES_OF.get(word, ()))
    # Of a language that is not known here only the source's words are told.
    others = [name for name in hits if name != expected] if own else [original]
    for other in sorted(others, key=lambda name: (-hits[name], name)):
        if hits[other] > hits[expected] and _is_in(other, expected, words, hits):
            return other
    return ""


def _is_in(other: str, expected: str, words: Sequence[str], hits: Mapping[str, int]) -> bool:
    """Whether words are of another language: all of them, or those that the two do not share."""
    theirs, own = PROFILES.get(other, frozenset()), PROFILES.get(expected, frozenset())
    fewest = max(_FEWEST_HITS, (_SHARE if own else _SHARE_UNKNOWN) * len(words))
    only_theirs = sum(word in theirs and word not in own for word in words)
    only_own = sum(word in own and word not in theirs for word in words)
    return any(
        here >= max(fewest, _TIMES * ours + 1)
        for here, ours in ((hits[other], hits[expected]), (only_theirs, only_own))
    )
