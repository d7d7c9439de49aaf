"""
Reads numbers out of words and figures: "two hundred and five", "2 million", "one and a half".

Left to right, the longest phrase of the table first. Numbers stand in words that touch (a space, a
hyphen or an apostrophe between them); figures take part as numbers that are already read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import NamedTuple

from patientinfo.formats.numbers.model import Key, Number, Strength, number_key
from patientinfo.formats.numbers.words.lexicon import Entry, Kind, Lexicon
from patientinfo.formats.numbers.words.splitting import Splitter
from patientinfo.formats.numbers.words.tokens import Word

_TOUCHING = frozenset({"", " ", "-", "\u00a0", "\u202f", "\u2011", "'", "’", "ʼ"})
_AND_KINDS = frozenset({Kind.LOW, Kind.HUNDREDS, Kind.MULTIPLIER})


class Atom(NamedTuple):
    """A part of a word, or a figure."""

    folded: str
    start: int
    end: int
    figure: Number | None = None


@dataclass(slots=True)
class _Sum:
    """A number in the making: `total` is closed by a thousand or more, `group` is below that."""

    total: Fraction = Fraction(0)
    group: Fraction | None = None
    after_multiplier: bool = False

    def take(self, entry: Entry) -> bool:
        """Adds the next word; False when it begins another number."""
        if entry.kind is Kind.LOW:
            if self.group is not None and not self.after_multiplier:
                return False
            self.group = (self.group or Fraction(0)) + entry.value
        elif entry.kind is Kind.HUNDREDS:
            if self.group is not None:
                return False
            self.group = entry.value
        elif entry.value == 100:
            if self.group is not None and not 0 < self.group < 100:
                return False
            self.group = (self.group or Fraction(1)) * 100
        else:
            if self.group is None and self.total:
                return False
            self.total += (self.group or Fraction(1)) * entry.value
            self.group = None
        self.after_multiplier = entry.kind is not Kind.LOW
        return True

    @property
    def value(self) -> Fraction:
        return self.total + (self.group or Fraction(0))


class Grammar:
    """The reader of one language."""

    def __init__(self, lexicon: Lexicon) -> None:
        self.lexicon = lexicon
        self.splitter = Splitter(lexicon)

    def read(self, text: str, words: Sequence[Word], figures: list[Number]) -> list[Number]:
        """Every number of `text`, in order; `figures` are those already read from digits."""
        if not figures and all(self.splitter.is_idle(word.folded) for word in words):
            return []
        atoms = self._atoms(words, figures)
        found: list[Number] = []
        at = 0
        reading = _Reading(self, text, atoms)
        while at < len(atoms):
            if atoms[at].figure is None and self.splitter.is_idle(atoms[at].folded):
                at += 1
                continue
            number, following = reading.number_at(at)
            if number is not None:
                found.append(number)
            at = following
        return found

    def _atoms(self, words: Sequence[Word], figures: list[Number]) -> list[Atom]:
        atoms = [
            Atom(part, word.start, word.end)
            for word in words
            for part in self.splitter.parts_of(word.folded)
        ]
        if figures:
            atoms += [Atom("", *figure.span, figure) for figure in figures]
            atoms.sort(key=lambda atom: atom.start)
        return atoms


class _Reading:
    """One text being read by a grammar."""

    def __init__(self, grammar: Grammar, text: str, atoms: list[Atom]) -> None:
        self.grammar, self.text, self.atoms = grammar, text, atoms

    def number_at(self, at: int) -> tuple[Number | None, int]:
        """The number that begins at an atom, if any, and the atom after it."""
        atom = self.atoms[at]
        if atom.figure is not None:
            return self._completed(atom.figure, at + 1)
        found = self._entry(at)
        if found is None:
            return self._guessed(atom), at + 1
        entry, after = found
        if entry.kind in _AND_KINDS:
            return self._completed(*self._cardinal(at))
        if entry.kind is Kind.BEFORE:
            return self._raised(entry, at, after)
        if entry.kind in {Kind.JOINER, Kind.ADDED, Kind.NONE}:
            return None, after
        sure = Strength.LIKELY if entry.kind is Kind.FRACTION else entry.strength
        if entry.kind is Kind.FRACTION and entry.value.denominator > 1 and entry.value > 1:
            sure = entry.strength
        number = self._number((entry.value, *entry.also), at, after, sure)
        number = replace(number, unit=entry.unit)
        return self._with_added(number, after) if entry.unit else (number, after)

    def _entry(self, at: int, touching: bool = False) -> tuple[Entry, int] | None:
        """The longest phrase at an atom, and the atom after it."""
        if at >= len(self.atoms) or (touching and not self._touches(at)):
            return None
        lexicon = self.grammar.lexicon
        longest = lexicon.longest.get(self.atoms[at].folded, 0)
        for length in range(min(longest, len(self.atoms) - at), 0, -1):
            phrase = tuple(atom.folded for atom in self.atoms[at : at + length])
            entry = lexicon.entries.get(phrase)
            if entry and all(self._touches(at + step) for step in range(1, length)):
                return entry, at + length
        return None

    def _touches(self, at: int) -> bool:
        before, atom = self.atoms[at - 1], self.atoms[at]
        return at > 0 and (
            before.start == atom.start or self.text[before.end : atom.start] in _TOUCHING
        )

    def _cardinal(self, at: int) -> tuple[Number, int]:
        """Hundreds and thousands put together; the first word is known to be a number."""
        made, end, cursor = _Sum(), at, at
        strengths: list[Strength] = []
        also: tuple[Fraction, ...] = ()
        while True:
            found = self._entry(cursor, touching=cursor > at)
            if found is None:
                break
            entry, after = found
            if entry.kind is Kind.JOINER and made.after_multiplier:
                cursor = after
                continue
            if entry.kind not in _AND_KINDS or not made.take(entry):
                break
            strengths.append(entry.strength)
            also = entry.also
            end = cursor = after
        kinds = set(strengths)
        sure = next(s for s in (Strength.CERTAIN, Strength.LIKELY, Strength.ARTICLE) if s in kinds)
        return self._number((made.value, *also), at, end, sure), end

    def _completed(self, number: Number, after: int) -> tuple[Number, int]:
        """The number with what follows it: a million, thirds, "and a half"."""
        found, value = self._entry(after, touching=True), number.value
        if found is not None and value is not None:
            entry, following = found
            end = self.atoms[following - 1].end
            if entry.kind is Kind.MULTIPLIER and not number.worded:
                grown = self._changed(number, (value * entry.value,), end, number.strength)
                return grown, following
            if entry.denominator and number.worded and value < 100:
                keys = (value / entry.denominator, *((entry.value,) if value == 1 else ()))
                sure = Strength.LIKELY if value == 1 else Strength.CERTAIN
                return self._changed(number, keys, end, sure), following
            if entry.kind is Kind.FRACTION and number.strength is Strength.ARTICLE:
                keys = (entry.value, *entry.also)
                return self._changed(number, keys, end, Strength.LIKELY), following
        return self._with_added(number, after)

    def _with_added(self, number: Number, after: int) -> tuple[Number, int]:
        """ "and a half", after the number or after the one word that it counts."""
        for start in (after, after + 1):
            found = self._entry(start, touching=True)
            value = number.value
            if found and found[0].kind is Kind.ADDED and value is not None:
                entry, following = found
                if start == after:
                    end = self.atoms[following - 1].end
                    added = self._changed(number, (value + entry.value,), end, Strength.CERTAIN)
                else:  # the unit between them has to stay in reach
                    added = replace(
                        number, keys=(number_key(value + entry.value),), strength=Strength.CERTAIN
                    )
                return added, following
        return number, after

    def _raised(self, entry: Entry, at: int, after: int) -> tuple[Number | None, int]:
        if after >= len(self.atoms):
            return None, after
        number, following = self.number_at(after)
        if number is None or number.value is None:
            return number, following
        start = self.atoms[at].start
        keys = (number_key(number.value + entry.value),)
        return replace(number, keys=keys, span=(start, number.span[1])), following

    def _guessed(self, atom: Atom) -> Number | None:
        value = self.grammar.splitter.guess(atom.folded)
        if value is None:
            return None
        sure = Strength.ARTICLE if value == 1 else Strength.LIKELY
        also: tuple[Key, ...] = (number_key(30),) if value == Fraction(1, 2) else ()
        return Number((number_key(value), *also), (atom.start, atom.end), sure, worded=True)

    def _number(self, values: tuple[Fraction, ...], at: int, after: int, sure: Strength) -> Number:
        span = (self.atoms[at].start, self.atoms[after - 1].end)
        return Number(tuple(number_key(value) for value in values), span, sure, worded=True)

    @staticmethod
    def _changed(number: Number, values: tuple[Fraction, ...], end: int, sure: Strength) -> Number:
        keys = tuple(number_key(value) for value in values)
        return replace(number, keys=keys, span=(number.span[0], end), strength=sure)
