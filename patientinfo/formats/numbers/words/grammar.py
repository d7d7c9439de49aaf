"""
Reads numbers out of words and figures: "two hundred and five", "2 million", "one and a half".

Left to right, the longest phrase of the table first. Numbers stand in words that touch (a space, a
hyphen or an apostrophe between them); figures take part as numbers that are already read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from operator import attrgetter

from patientinfo.formats.numbers.model import Key, Number, Strength, number_key
from patientinfo.formats.numbers.words.lexicon import LINKING, Entry, Kind, Lexicon
from patientinfo.formats.numbers.words.splitting import Splitter
from patientinfo.formats.numbers.words.tokens import Word, folded_in, words_in

_TOUCHING = frozenset({"", " ", "-", "\u00a0", "\u202f", "\u2011", "'", "’", "ʼ"})
_TANWIN = "\u064b"
_start = attrgetter("start")
_AND_KINDS = frozenset({Kind.LOW, Kind.HUNDREDS, Kind.MULTIPLIER})


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

    def read(self, text: str, figures: list[Number]) -> list[Number]:
        """Every number of `text`, in order; `figures` are those already read from digits."""
        if all(map(self.splitter.is_idle if figures else self.splitter.is_quiet, folded_in(text))):
            return sorted(figures, key=lambda figure: figure.span)
        atoms = self._atoms(text, figures)
        reading = _Reading(self, text, atoms, {figure.span[0]: figure for figure in figures})
        idle = [self.splitter.is_idle(atom.folded) for atom in atoms]
        found: list[Number] = []
        at = 0
        while False in idle[at:]:
            number, at = reading.number_at(idle.index(False, at))
            if number is not None:
                found.append(number)
        return found

    def _atoms(self, text: str, figures: list[Number]) -> Sequence[Word]:
        """Words, words within words, and figures, which are empty words."""
        words, splitter = words_in(text), self.splitter
        if not all(map(splitter.is_whole, folded_in(text))):
            words = tuple(
                Word(part, word.start, word.end)
                for word in words
                for part in splitter.parts_of(word.folded)
            )
        if not figures:
            return words
        # Parts of a word stay in order, for they begin at one place.
        return sorted([*words, *(Word("", *figure.span) for figure in figures)], key=_start)


class _Reading:
    """One text being read by a grammar."""

    def __init__(
        self, grammar: Grammar, text: str, atoms: Sequence[Word], figures: dict[int, Number]
    ) -> None:
        self.grammar, self.text, self.atoms, self.figures = grammar, text, atoms, figures
        self.entries, self.longest = grammar.lexicon.entries, grammar.lexicon.longest

    def number_at(self, at: int) -> tuple[Number | None, int]:
        """The number that begins at an atom, if any, and the atom after it."""
        atom = self.atoms[at]
        if not atom.folded:
            return self._completed(self.figures[atom.start], at + 1)
        found = self._entry(at)
        if found is None:
            return self._guessed(atom), at + 1
        entry, after = found
        if entry.kind in _AND_KINDS:
            return self._completed(*self._cardinal(at, found))
        if entry.kind is Kind.BEFORE:
            return self._raised(entry, at, after)
        if entry.kind in LINKING:
            return None, after
        sure = Strength.LIKELY if entry.kind is Kind.FRACTION else entry.strength
        if entry.kind is Kind.FRACTION and entry.value.denominator > 1 and entry.value > 1:
            sure = entry.strength
        number = self._number((entry.value, *entry.also), at, after, sure)
        number = number._replace(unit=entry.unit)
        return self._with_added(number, after) if entry.unit else (number, after)

    def _entry(self, at: int, touching: bool = False) -> tuple[Entry, int] | None:
        """The longest phrase at an atom, and the atom after it."""
        longest = self.longest.get(self.atoms[at].folded, 0) if at < len(self.atoms) else 0
        if not longest or (touching and not self._touches(at)):
            return None
        for length in range(min(longest, len(self.atoms) - at), 0, -1):
            phrase = tuple([atom.folded for atom in self.atoms[at : at + length]])
            entry = self.entries.get(phrase)
            if entry is None:
                continue
            if length == 1 or all(map(self._touches, range(at + 1, at + length))):
                return entry, at + length
        return None

    def _is_object(self, at: int) -> bool:
        """Whether an Arabic noun is marked as an object: `ألفًا` is a thousand, `ألفا` are two."""
        return _TANWIN in self.text[self.atoms[at].start : self.atoms[at].end]

    def _touches(self, at: int) -> bool:
        before, atom = self.atoms[at - 1], self.atoms[at]
        return at > 0 and (
            before.start == atom.start or self.text[before.end : atom.start] in _TOUCHING
        )

    def _cardinal(self, at: int, first: tuple[Entry, int]) -> tuple[Number, int]:
        """Hundreds and thousands put together; the first phrase is known to be a number."""
        entry, after = first
        if self._entry(after, touching=True) is None:
            value = entry.alone if entry.alone and not self._is_object(at) else entry.value
            return self._number((value, *entry.also), at, after, entry.strength), after
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
                    added = number._replace(
                        keys=(number_key(value + entry.value),), strength=Strength.CERTAIN
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
        return number._replace(keys=keys, span=(start, number.span[1])), following

    def _guessed(self, atom: Word) -> Number | None:
        value = self.grammar.splitter.guess(atom.folded)
        if value is None:
            return None
        sure = Strength.ARTICLE if value == 1 else Strength.LIKELY
        also: tuple[Key, ...] = (number_key(30),) if value == Fraction(1, 2) else ()
        return Number((number_key(value), *also), (atom.start, atom.end), sure, worded=True)

    def _number(self, values: tuple[Fraction, ...], at: int, after: int, sure: Strength) -> Number:
        span = (self.atoms[at].start, self.atoms[after - 1].end)
        keys = tuple([number_key(value) for value in values])
        return Number(keys, span, sure, worded=True)

    @staticmethod
    def _changed(number: Number, values: tuple[Fraction, ...], end: int, sure: Strength) -> Number:
        keys = tuple(number_key(value) for value in values)
        return number._replace(keys=keys, span=(number.span[0], end), strength=sure)
