"""
Terms of the glossary as they are found in texts.

    terms = TermIndex.load("en", "nl")
    terms.in_text("Needles are <em>sterile</em>.")   # (Term("Needles", "naald", ("naalden",)),)

A term is found whole (`needle` is not in `needless`), in any of its forms, whatever its case,
across tags, and with a hyphen where it has a space; of two terms at one place the longer one
counts. A form with capitals inside (MRI, IgE) is found only as it is written.
"""

from __future__ import annotations

import re
import unicodedata
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from patientinfo.formats.inline import plain_text
from patientinfo.translation.checks import Term
from patientinfo.translation.glossary_models import GlossaryTerm
from patientinfo.translation.memory_words import UNSPACED

_SPACE = " "
#: Hyphens that may stand where a term has a space, and characters that nobody sees.
_HYPHENS = frozenset("-‐‑")
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u2060ـ")
_QUOTES = frozenset("’ʼ`´")
_UNSPACED = re.compile(f"[{UNSPACED}]")


@dataclass(frozen=True, slots=True)
class Entry:
    """
    What a `TermIndex` looks for: any of `forms`, which stands for `term` or is kept as it is.

    A term that is kept is its own target; one without a translation has none (an empty one).
    """

    term: Term
    forms: tuple[str, ...]
    kept: bool = False


@dataclass(frozen=True, slots=True)
class _Form:
    """One form of an entry: folded, and as the glossary spells it."""

    folded: str
    spelt: str
    entry: Entry

    @property
    def exact(self) -> bool:
        """Whether it has capitals inside a word."""
        words = self.spelt.split()
        return any(letter.isupper() for word in words for letter in word[1:])


@lru_cache(maxsize=4096)
def _folded(character: str) -> str:
    if character.isspace() or character in _HYPHENS:
        return _SPACE
    if character in _QUOTES:
        return "'"
    arabic_sign = "\u0610" <= character <= "\u0670" and unicodedata.combining(character)
    if character in _UNSEEN or arabic_sign:
        return ""
    return character.casefold()


@lru_cache(maxsize=4096)
def _joins(character: str) -> bool:
    """Whether a word goes on over this character: a letter, digit or sign of a spaced script."""
    if _UNSPACED.match(character):
        return False
    return character.isalnum() or unicodedata.category(character).startswith("M")


class _Folded:
    """A text folded, and where in the text each folded character comes from."""

    def __init__(self, text: str) -> None:
        self.raw = text
        letters: list[str] = []
        self.origin: list[int] = []
        for at, character in enumerate(text):
            for folded in _folded(character):
                if folded == _SPACE and letters and letters[-1] == _SPACE:
                    continue
                letters.append(folded)
                self.origin.append(at)
        self.text = "".join(letters)

    def is_edge(self, at: int) -> bool:
        """Whether a word may begin or end before the folded character `at`."""
        if at in (0, len(self.text)):
            return True
        return not (_joins(self.text[at - 1]) and _joins(self.text[at]))

    def word_at(self, at: int) -> str:
        """The word that begins at `at`; other characters stand alone."""
        end = at + 1
        while not self.is_edge(end):
            end += 1
        return self.text[at:end]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Where folded characters stand in the text, with the signs that folding dropped."""
        last = self.origin[end] if end < len(self.origin) else len(self.raw)
        stop = self.origin[end - 1] + 1
        while stop < last and unicodedata.combining(self.raw[stop]):
            stop += 1
        return self.origin[start], stop


@dataclass(frozen=True, slots=True)
class _Match:
    start: int
    end: int
    form: _Form


class TermIndex:
    """The terms of a pair of languages, ready to be found in any number of texts."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        self._forms: dict[str, list[_Form]] = defaultdict(list)
        for entry in entries:
            for spelt in entry.forms:
                folded = _Folded(_Folded(plain_text(spelt)).text.strip())
                if folded.text:
                    form = _Form(folded.text, spelt, entry)
                    self._forms[folded.word_at(0)].append(form)
        for forms in self._forms.values():
            forms.sort(key=lambda form: (-len(form.folded), not form.exact))

    @classmethod
    def load(cls, source_locale: str, locale: str) -> TermIndex:
        """The glossary for translations between two languages; one query."""
        if source_locale == locale:
            return cls(())
        return cls(_entries(source_locale, locale))

    def in_text(self, source_text: str) -> tuple[Term, ...]:
        """
        Terms that the text says and whose translation is known, in order, each once.

        Their `source` is the form that stands in the text, so that a check finds it there.
        """
        if not self._forms:
            return ()
        words = plain_text(source_text)
        return tuple(
            replace(match.form.entry.term, source=words[match.start : match.end])
            for match in self._first_matches(words)
            if match.form.entry.term.target and not match.form.entry.kept
        )

    def kept_in(self, source_text: str) -> tuple[str, ...]:
        """Words of the text that no translation changes, as they stand in it."""
        if not self._forms:
            return ()
        words = plain_text(source_text)
        kept = (match for match in self._matches(words) if match.form.entry.kept)
        return tuple(dict.fromkeys(words[match.start : match.end] for match in kept))

    def highlights(self, text: str) -> list[tuple[int, int, Term]]:
        """
        Where the text says terms whose translation is known, or that are kept: (start, end, term).

        Offsets count characters of `plain_text(text)`; spans do not overlap.
        """
        return [
            (match.start, match.end, match.form.entry.term)
            for match in self._matches(plain_text(text))
            if match.form.entry.term.target
        ]

    def _first_matches(self, words: str) -> list[_Match]:
        first: dict[Entry, _Match] = {}
        for match in self._matches(words):
            first.setdefault(match.form.entry, match)
        return list(first.values())

    def _matches(self, words: str) -> Iterator[_Match]:
        if not self._forms:
            return
        text = _Folded(words)
        at = 0
        while at < len(text.text):
            match = self._match_at(text, at) if text.is_edge(at) else None
            if match is None:
                at += 1
            else:
                at += len(match.form.folded)
                yield match

    def _match_at(self, text: _Folded, at: int) -> _Match | None:
        """The longest term that begins here."""
        for form in self._forms.get(text.word_at(at), ()):
            end = at + len(form.folded)
            if not text.text.startswith(form.folded, at) or not text.is_edge(end):
                continue
            start, stop = text.span(at, end)
            if not form.exact or _letters(text.raw[start:stop]) == _letters(form.spelt):
                return _Match(start, stop, form)
        return None


def _letters(text: str) -> str:
    return "".join(character for character in text if character.isalnum())


def _entries(source_locale: str, locale: str) -> Iterator[Entry]:
    rows: dict[uuid.UUID, dict[str, GlossaryTerm]] = defaultdict(dict)
    for row in GlossaryTerm.objects.filter(
        locale__language_code__in=(source_locale, locale)
    ).select_related("locale"):
        rows[row.translation_key][row.locale.language_code] = row
    same: dict[str, list[tuple[GlossaryTerm, GlossaryTerm | None]]] = defaultdict(list)
    for found in rows.values():
        if source_locale in found:
            source = found[source_locale]
            same[_Folded(source.term).text].append((source, found.get(locale)))
    for pairs in same.values():
        yield _entry(pairs)


def _entry(pairs: list[tuple[GlossaryTerm, GlossaryTerm | None]]) -> Entry:
    """
    What to look for. Of two terms with one name (a back, and back again) the translation may say
    either.
    """
    name = pairs[0][0].term
    forms = tuple(dict.fromkeys(form for source, _target in pairs for form in source.forms))
    for source, target in pairs:
        if source.do_not_translate or (target and target.do_not_translate):
            return Entry(Term(name, name), forms, kept=True)
    targets = [form for _source, target in pairs if target for form in target.forms]
    if not targets:
        return Entry(Term(name, ""), forms)
    return Entry(Term(name, targets[0], tuple(dict.fromkeys(targets[1:]))), forms)


@dataclass(frozen=True, slots=True)
class Explained:
    """A term that readers are told the meaning of, and the forms of it that stand in the texts."""

    term: GlossaryTerm
    forms: tuple[str, ...]


def terms_for_readers(texts: Iterable[str], locale: str) -> list[Explained]:
    """
    Terms with a definition for readers that these texts of one language say, in order, each once.
    """
    rows = GlossaryTerm.objects.filter(locale__language_code=locale, show_to_readers=True).exclude(
        definition=""
    )
    by_target = {str(row.pk): row for row in rows}
    index = TermIndex(Entry(Term("", pk), row.forms) for pk, row in by_target.items())
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for text in texts if by_target else ():
        words = plain_text(text)
        for start, end, term in index.highlights(text):
            found[term.target][words[start:end]] = None
    return [Explained(by_target[pk], tuple(forms)) for pk, forms in found.items()]
