"""Numbers, percentages and units: what a patient counts, measures and takes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from itertools import zip_longest

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import (
    COUNTED,
    DURATIONS,
    LOOSELY,
    PERCENT,
    Number,
    Strength,
    difference,
    language_of,
    number_key,
)
from patientinfo.translation.checks.base import Context, Finding, Span, say
from patientinfo.translation.checks.rates import rate_findings
from patientinfo.translation.checks.reading import Reading

#: "One" where it is no article.
_ONE = {
    "en": frozenset({"one"}),
    "nl": frozenset({"één"}),
    "ar": frozenset({"واحد", "واحدة"}),
}
#: "At one time", "one day" and bare ones say less than a dose does.
_NO_DOSES = frozenset({"", "times", "day", "night", "year", "second", "decade", "century"})


def check_numbers(context: Context) -> Iterator[Finding]:
    """Every number of the source has to stand in the translation, and no other."""
    source, target = context.readings
    if not source.numbers and not target.numbers:
        return
    found = difference(source.numbers, target.numbers, context.source_locale, context.locale)
    missing = (*found.missing, *_lost_ones(source, target))
    yield from _differences("numbers", source, target, missing, found.extra)
    for there, here in found.turned:
        yield Finding(
            "numbers",
            say(
                _("The range that begins with “{number}” runs backwards."),
                number=_said(target, here),
            ),
            there.span,
            here.span,
        )


def _lost_ones(source: Reading, target: Reading) -> Iterator[Number]:
    """
    "One tablet" that nothing answers: nobody misses the article of "a tablet", but this is a dose.
    """
    emphatic = _ONE.get(language_of(source.locale), frozenset())
    said = [
        number
        for number in source.numbers
        if number.strength is Strength.ARTICLE
        and number.unit not in _NO_DOSES
        and source.plain[slice(*number.span)].casefold() in emphatic
    ]
    if said:
        ones = {number.unit for number in target.numbers if number_key(1) in number.keys}
        yield from (number for number in said if number.unit not in ones and "" not in ones)


def _differences(
    check: str,
    source: Reading,
    target: Reading,
    missing: tuple[Number, ...],
    extra: tuple[Number, ...],
) -> Iterator[Finding]:
    """One finding for a number and what stands in its place."""
    pairs: Iterator[tuple[Number | None, Number | None]] = zip_longest(missing, extra)
    for there, here in pairs:
        if there and here:
            message = say(
                _("The source says “{source}”, the translation “{target}”."),
                source=_said(source, there),
                target=_said(target, here),
            )
        elif there:
            message = say(_("“{number}” is missing."), number=_said(source, there))
        elif here:
            message = say(_("“{number}” is not in the source."), number=_said(target, here))
        yield Finding(check, message, _place(there), _place(here))


def _place(number: Number | None) -> Span | None:
    return None if number is None else number.whole_span


def _said(reading: Reading, number: Number) -> str:
    return reading.plain[slice(*number.whole_span)]


def check_percentages(context: Context) -> Iterator[Finding]:
    """A percentage stays a percentage."""
    source, target = context.readings
    there = [number for number in source.numbers if number.unit == PERCENT]
    here = [number for number in target.numbers if number.unit == PERCENT]
    if there or here:
        found = difference(there, here, context.source_locale, context.locale)
        yield from _differences("percentages", source, target, found.missing, found.extra)


def check_units(context: Context) -> Iterator[Finding]:
    """A number keeps its unit: 5 mg is not 5 g, 2 days are not 2 weeks, and a day is not a week."""
    source, target = context.readings
    if any(number.unit for number in (*source.numbers, *target.numbers)):
        yield from _other_units(source, target)
    yield from rate_findings(source, target)


def _other_units(source: Reading, target: Reading) -> Iterator[Finding]:
    """Numbers of one value with other units, or with a unit on one side only."""
    there, here = _quantities(source), _quantities(target)
    loose = {number.unit for number in (*there, *here)}.intersection(LOOSELY.values())
    for value in dict.fromkeys(number.value for number in there):
        yield from _unit_differences(
            source, target, _of(there, value, loose), _of(here, value, loose)
        )


def _quantities(reading: Reading) -> list[Number]:
    """Numbers that have a value, but for percentages."""
    return [
        number for number in reading.numbers if number.value is not None and number.unit != PERCENT
    ]


def _of(numbers: list[Number], value: Fraction | None, loose: set[str]) -> dict[str, list[Number]]:
    """Numbers of one value by unit; "38 degrees" is of any scale when the other text names one."""
    found: dict[str, list[Number]] = {}
    for number in numbers:
        if number.value == value:
            generic = LOOSELY.get(number.unit, "")
            found.setdefault(generic if generic in loose else number.unit, []).append(number)
    return found


def _unit_differences(
    source: Reading, target: Reading, there: dict[str, list[Number]], here: dict[str, list[Number]]
) -> Iterator[Finding]:
    if not here:
        return  # that the number is missing is said by another check
    before = Counter({unit: len(numbers) for unit, numbers in there.items() if unit})
    after = Counter({unit: len(numbers) for unit, numbers in here.items() if unit})
    missing = [there[unit][0] for unit in (before - after)]
    extra = [here[unit][0] for unit in (after - before)]
    missing, extra = _comparable(missing, extra), _comparable(extra, missing)
    if missing and extra:
        yield from _differences("units", source, target, tuple(missing), tuple(extra))
        return
    for number in filter(_is_measured, missing):
        bare = here.get("")
        if bare:
            said = say(_("The unit of “{number}” is missing."), number=_said(source, number))
            yield Finding("units", said, number.whole_span, bare[0].span)
    for number in filter(_is_measured, extra):
        said = say(
            _("“{number}” has a unit that the source has not."), number=_said(target, number)
        )
        yield Finding("units", said, None, number.whole_span)


def _comparable(numbers: list[Number], others: list[Number]) -> list[Number]:
    """
    Without "a time" and its like, which count nothing, and without the day of "once a day" where
    the others only count: it is no "1 tablet".
    """
    left_out = COUNTED
    if all(other.unit in COUNTED for other in others):
        left_out = COUNTED | DURATIONS
    return [n for n in numbers if n.strength is not Strength.ARTICLE or n.unit not in left_out]


def _is_measured(number: Number) -> bool:
    """Of a mass, a volume and their like the unit may not be left out; of days it often is."""
    return number.unit not in DURATIONS and number.unit not in COUNTED
