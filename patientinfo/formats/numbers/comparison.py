"""
Whether two texts say the same numbers.

Each side may hold words that are only perhaps numbers. The texts agree when every certain number of
the one can be paired with a number of the other and the other way round. A pairing of all the
certain ones of both sides exists exactly when each side's can be paired by itself (the theorem of
Mendelsohn and Dulmage), so the sides are asked one after the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from patientinfo.formats.numbers.locales import language_of
from patientinfo.formats.numbers.model import Number, Strength, number_key
from patientinfo.formats.numbers.units import DURATIONS, SMALLER
from patientinfo.formats.numbers.words import LANGUAGES

#: With more numbers than that a pairing takes too long.
_MANY = 100


@dataclass(frozen=True, slots=True)
class Difference:
    """
    Numbers that the target lacks, numbers that only it has, and ranges that run backwards in it.
    """

    missing: tuple[Number, ...] = ()
    extra: tuple[Number, ...] = ()
    turned: tuple[tuple[Number, Number], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.missing or self.extra or self.turned)


def difference(
    source: Sequence[Number], target: Sequence[Number], source_locale: str, locale: str
) -> Difference:
    """How the numbers of a translation differ from those of its source."""
    source = [_readable(number, locale) for number in source]
    target = [_readable(number, source_locale) for number in target]
    if all(number.strength is Strength.ARTICLE for number in (*source, *target)):
        return Difference()  # nobody misses an article
    source, target = _without_shared_dates(source, target)
    other_parts, parts = _lone_parts(source, target), _lone_parts(target, source)
    if not (other_parts and parts):  # a part may be said in other words, but not as another part
        other_parts, parts = [], []
    return Difference(
        missing=(*_unpaired(source, target), *other_parts),
        extra=(*_unpaired(target, source), *parts),
        turned=tuple(_turned(source, target)),
    )


def _readable(number: Number, other_locale: str) -> Number:
    """A number in words is only likely to be found where the other language's words are unknown."""
    unknown = number.worded and language_of(other_locale) not in LANGUAGES
    if unknown and number.strength is Strength.CERTAIN:
        return number._replace(strength=Strength.LIKELY)
    return number


def _without_shared_dates(
    source: list[Number], target: list[Number]
) -> tuple[list[Number], list[Number]]:
    """Both sides without the dates they share; dates of one side only are split into numbers."""
    dates = [number for number in source if number.is_date]
    others = [number for number in target if number.is_date]
    if not dates and not others:
        return source, target
    left = _unpaired(dates, others)
    right = _unpaired(others, dates)
    source = [number for number in source if not number.is_date]
    target = [number for number in target if not number.is_date]
    if left and right:
        return source + left, target + right
    return source + _split(left), target + _split(right)


def _split(dates: list[Number]) -> list[Number]:
    """Day, month and year; nobody misses the month: it may be a word that is not known."""
    found = []
    for date in dates:
        key = date.keys[0]
        if key[0] != "date":
            continue
        _, year, month, day = key
        for value, strength in (
            (year, Strength.CERTAIN),
            (month, Strength.LIKELY),
            (day, Strength.CERTAIN),
        ):
            if value:
                found.append(date._replace(keys=(number_key(value),), strength=strength))
    return found


def _agree(one: Number, other: Number) -> bool:
    if one.keys[0] != other.keys[0]:
        if one.keys[0][0] == other.keys[0][0] == "time":
            return False  # both are said as half past two, and one is at night
        alone = len(one.keys) == len(other.keys) == 1
        if alone or set(one.keys).isdisjoint(other.keys):
            return False
        if not (_fits_unit(one, other) and _fits_unit(other, one)):
            return False
    # "one day" is not answered by the article of "a treatment".
    for article, figure in ((one, other), (other, one)):
        if article.strength is Strength.ARTICLE and figure.strength is Strength.CERTAIN:
            return figure.unit not in DURATIONS or article.unit == figure.unit
    return True


def _fits_unit(part: Number, other: Number) -> bool:
    """
    Whether another number has the unit that it is counted in as a part: half an hour is 30, of
    minutes, and two weeks are 14, of days. "A third week" may also be the third.
    """
    if part.unit not in SMALLER or not other.unit or not (part.worded or part.unit == "week"):
        return True
    if part.value is None or other.value is None or other.unit == SMALLER[part.unit][0]:
        return True
    return other.unit == part.unit and part.value * other.value == 1


def _lone_parts(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """Parts of a whole in words, of which nobody can be sure, that no other number is the same as:
    "a third of people"."""
    return [
        number
        for number in numbers
        if number.worded
        and number.strength is Strength.LIKELY
        and number.value is not None
        and 0 < number.value < 1
        and not any(_agree(number, other) for other in others)
    ]


def _unpaired(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """The certain numbers of one side that the greatest possible pairing leaves alone."""
    certain = [at for at, number in enumerate(numbers) if number.strength is Strength.CERTAIN]
    if not certain:
        return []
    if max(len(numbers), len(others)) > _MANY:
        return _uncounted(numbers, others)
    partner: dict[int, int] = {}

    def find(at: int, tried: set[int]) -> bool:
        """Pairs a number, moving others to another partner where need be (Kuhn's way)."""
        for option in _options(numbers[at], others):
            if option in tried:
                continue
            tried.add(option)
            if option not in partner or find(partner[option], tried):
                partner[option] = at
                return True
        return False

    return [numbers[at] for at in certain if not find(at, set())]


def _options(number: Number, others: Sequence[Number]) -> Iterator[int]:
    """Which of the others a number agrees with, those of the same likeliest reading first."""
    later: list[int] = []
    for at, other in enumerate(others):
        if other.keys[0] != number.keys[0]:
            later.append(at)
        elif _agree(number, other):
            yield at
    yield from (at for at in later if _agree(number, others[at]))


def _uncounted(numbers: Sequence[Number], others: Sequence[Number]) -> list[Number]:
    """The same by counting values, for a table of figures that somebody put into one text."""
    left = Counter(number.keys[0] for number in others)
    alone: list[Number] = []
    for number in numbers:
        if left[number.keys[0]]:
            left[number.keys[0]] -= 1
        elif number.strength is Strength.CERTAIN:
            alone.append(number)
    return alone


def _turned(source: Sequence[Number], target: Sequence[Number]) -> list[tuple[Number, Number]]:
    """Ranges whose ends have changed places."""
    ends: dict[tuple[Fraction | None, Fraction | None], Number] = {
        (n.value, n.upto): n for n in source if n.upto is not None and n.value != n.upto
    }
    if not ends:
        return []
    return [
        (ends[number.upto, number.value], number)
        for number in target
        if (number.upto, number.value) in ends and (number.value, number.upto) not in ends
    ]
