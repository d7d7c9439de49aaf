"""The order of numbers: two doses that changed places are all there, and wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from fractions import Fraction

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import Number, Strength, difference, language_of
from patientinfo.translation.checks.base import Context, Finding, say
from patientinfo.translation.checks.reading import Reading

#: Where "1 in 5 people" is said from the five.
_WHOLE_FIRST = frozenset(
    {"bn", "fa", "hi", "hu", "ja", "ka", "ko", "pa", "ta", "te", "tr", "ur", "zh"}
)
_NONE: frozenset[Strength] = frozenset()
_CERTAIN = frozenset({Strength.CERTAIN})
_ONES_TOO = _CERTAIN | {Strength.ARTICLE}
#: Which numbers without a unit are looked at beside those that have it, in either text: those that
#: are surely some, then articles where the other text says "one tablet".
_BARE = (_CERTAIN, _CERTAIN)
_SELECTIONS = ((_NONE, _NONE), _BARE, (_ONES_TOO, _CERTAIN), (_CERTAIN, _ONES_TOO))


def check_number_order(context: Context) -> Iterator[Finding]:
    """
    Numbers that a unit does not tell apart stand in the order of the source.

    "2 tablets 3 times" may be "3 times 2 tablets": each number keeps its unit.
    """
    source, target = context.readings
    if len(source.numbers) < 2 or len(target.numbers) < 2:
        return
    for unit in dict.fromkeys(number.unit for number in source.numbers):
        if not unit and language_of(target.locale) in _WHOLE_FIRST:
            continue
        pair = _changed_places(source, target, unit)
        if pair and not _runs_backwards(context):
            yield _finding(source, target, *pair)
            return


def _changed_places(source: Reading, target: Reading, unit: str) -> tuple[Number, Number] | None:
    """
    The first two numbers that stand for one another, where both texts have the same ones.

    Looked for among those of the unit, then with those that have none: "2 tablets in the morning
    and 1 at night".
    """
    for source_bare, target_bare in _SELECTIONS if unit else (_BARE,):
        there, here = _of_unit(source, unit, source_bare), _of_unit(target, unit, target_bare)
        before, after = _values(there), _values(here)
        if before != after and sorted(before) == sorted(after):
            at = next(i for i, value in enumerate(before) if value != after[i])
            return there[at], here[at]
    return None


def _of_unit(reading: Reading, unit: str, bare: Collection[Strength]) -> list[Number]:
    return [
        number
        for number in reading.numbers
        if number.value is not None
        and (number.unit == unit if number.unit else number.strength in bare)
    ]


def _values(numbers: list[Number]) -> list[Fraction]:
    return [number.value for number in numbers if number.value is not None]


def _runs_backwards(context: Context) -> bool:
    """Whether it is a range, which is told as one."""
    source, target = context.readings
    found = difference(source.numbers, target.numbers, context.source_locale, context.locale)
    return bool(found.turned)


def _finding(source: Reading, target: Reading, there: Number, here: Number) -> Finding:
    message = say(
        _("“{target}” stands where the source says “{source}”: did they change places?"),
        source=source.plain[slice(*there.whole_span)],
        target=target.plain[slice(*here.whole_span)],
    )
    return Finding("number_order", message, there.whole_span, here.whole_span)
