"""
A language's number words, as tables that people can read and as an index that is quick to search.

Babel has no number words, and CLDR's rules for them are made for writing numbers out, not for
finding them in a text. So each language has a table here. A table says what a word is worth, and
which words are only perhaps numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from fractions import Fraction

from patientinfo.formats.numbers.model import Strength
from patientinfo.formats.numbers.words.tokens import words_in

Numbers = Mapping[str, int]


class Kind(Enum):
    """How a word takes part in a number."""

    LOW = auto()  # 0 to 99: "twenty", "twenty-one"
    HUNDREDS = auto()  # 200 to 900 in one word: "doscientos"
    MULTIPLIER = auto()  # "hundred", "thousand"
    ORDINAL = auto()
    WHOLE = auto()  # joins nothing: "twice", a dual
    FRACTION = auto()  # "half", "anderhalf"
    ADDED = auto()  # after another number: "and a half"
    BEFORE = auto()  # before another number, half more: "साढ़े"
    JOINER = auto()  # "and" within a number
    NONE = auto()  # looks like a number and is none: "a second"


#: What says nothing without a number before it.
LINKING = frozenset({Kind.JOINER, Kind.ADDED, Kind.NONE})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one word or phrase is worth."""

    kind: Kind
    value: Fraction
    strength: Strength = Strength.CERTAIN
    denominator: int = 0
    unit: str = ""
    also: tuple[Fraction, ...] = ()
    alone: Fraction | None = None


@dataclass(frozen=True)
class Vocabulary:
    """
    The table of one language; its words as they are written.

    `low` 0 to 99 and `hundreds` 200 to 900 in one word; `multipliers` 100, 1000, …, and what some
    are worth `alone`; `wholes` join nothing; `denominators` make fractions with the number before;
    `added` comes after a number; `nouns` name one or two of a unit (or one and a half) by
    themselves; `prefixes` begin longer words; `articles` and
    `unsure` may be something else than a number, `not_numbers` are. `dual_endings` mean perhaps two
    of a thing; `proclitics` are written in one with the word after them; `glued` numbers are one
    word however long.
    """

    low: Numbers
    multipliers: Numbers
    hundreds: Numbers = field(default_factory=dict)
    alone: Numbers = field(default_factory=dict)
    joiners: tuple[str, ...] = ()
    ordinals: Numbers = field(default_factory=dict)
    wholes: Mapping[str, Fraction | int] = field(default_factory=dict)
    fractions: Mapping[str, Fraction] = field(default_factory=dict)
    denominators: Numbers = field(default_factory=dict)
    added: Mapping[str, Fraction] = field(default_factory=dict)
    before: Mapping[str, Fraction] = field(default_factory=dict)
    nouns: Mapping[str, tuple[Fraction | int, str]] = field(default_factory=dict)
    also: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    articles: tuple[str, ...] = ()
    unsure: tuple[str, ...] = ()
    prefixes: Mapping[str, Fraction | int] = field(default_factory=dict)
    dual_endings: tuple[str, ...] = ()
    proclitics: tuple[str, ...] = ()
    glued: bool = False
    not_numbers: tuple[str, ...] = ()


Phrase = tuple[str, ...]


@dataclass(frozen=True)
class Lexicon:
    """A vocabulary by phrase; `longest` is the length of the longest phrase by its first word."""

    vocabulary: Vocabulary
    entries: dict[Phrase, Entry]
    longest: dict[str, int]

    @property
    def words(self) -> frozenset[str]:
        return frozenset(word for phrase in self.entries for word in phrase)


def phrase_of(text: str) -> Phrase:
    return tuple(word.folded for word in words_in(text))


def numbered(words: str, start: int = 0, step: int = 1) -> dict[str, int]:
    """`"zero one two"` as `{"zero": 0, "one": 1, "two": 2}`; variants stand with a slash, a phrase
    with underscores."""
    return {
        variant.replace("_", " "): start + position * step
        for position, variants in enumerate(words.split())
        for variant in variants.split("/")
    }


def tens_and_units(tens: Numbers, units: Numbers, pattern: str) -> dict[str, int]:
    """21 to 99 by a pattern such as `{ten}-{unit}`; units are 1 to 9."""
    return {
        pattern.format(ten=ten, unit=unit): high + low
        for ten, high in tens.items()
        for unit, low in units.items()
        if 1 <= low <= 9 and high >= 20
    }


def compile_lexicon(vocabulary: Vocabulary) -> Lexicon:
    """The index of a vocabulary; where a phrase means two things the later table wins."""
    entries: dict[Phrase, Entry] = {}
    for text, entry in _entries(vocabulary):
        phrase = phrase_of(text)
        old = entries.get(phrase)
        if old is not None and entry.denominator and not old.denominator:
            # "third": an ordinal, and the lower part of a fraction.
            entries[phrase] = replace(old, denominator=entry.denominator)
        else:
            entries[phrase] = entry
    longest: dict[str, int] = {}
    for phrase in entries:
        longest[phrase[0]] = max(longest.get(phrase[0], 0), len(phrase))
    return Lexicon(vocabulary, entries, longest)


def _entries(table: Vocabulary) -> Iterator[tuple[str, Entry]]:
    articles = {phrase_of(word) for word in table.articles}
    unsure = {phrase_of(word) for word in table.unsure}

    def strength(text: str) -> Strength:
        phrase = phrase_of(text)
        if phrase in articles:
            return Strength.ARTICLE
        return Strength.LIKELY if phrase in unsure else Strength.CERTAIN

    plain: list[tuple[Kind, Mapping[str, Fraction | int]]] = [
        (Kind.ORDINAL, table.ordinals),
        (Kind.LOW, table.low),
        (Kind.HUNDREDS, table.hundreds),
        (Kind.MULTIPLIER, table.multipliers),
        (Kind.WHOLE, table.wholes),
        (Kind.FRACTION, table.fractions),
        (Kind.ADDED, table.added),
        (Kind.BEFORE, table.before),
    ]
    also = {text: tuple(map(Fraction, others)) for text, others in table.also.items()}
    for kind, words in plain:
        for text, value in words.items():
            others = also.get(text, ())
            alone = Fraction(table.alone[text]) if text in table.alone else None
            yield text, Entry(kind, Fraction(value), strength(text), also=others, alone=alone)
    for text, (value, unit) in table.nouns.items():
        sure = Strength.ARTICLE if value == 1 else strength(text)
        yield text, Entry(Kind.WHOLE, Fraction(value), sure, unit=unit, also=also.get(text, ()))
    for text, under in table.denominators.items():
        part, others = Fraction(1, under), also.get(text, ())
        yield text, Entry(Kind.FRACTION, part, strength(text), denominator=under, also=others)
    for text in table.joiners:
        yield text, Entry(Kind.JOINER, Fraction(0))
    for text in table.not_numbers:
        yield text, Entry(Kind.NONE, Fraction(0))
