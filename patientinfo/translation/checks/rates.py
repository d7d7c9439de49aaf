"""Rates and intervals: so much a day, so much for each kilogram, every so many hours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from django.utils.translation import gettext_lazy as _

from patientinfo.formats.numbers import (
    DURATIONS,
    RATE_AMOUNTS,
    RATE_DURATIONS,
    Number,
    Strength,
    alternates_in,
    is_every,
    is_named,
    is_within,
    knows_intervals,
    knows_rates,
    may_be_interval,
    number_key,
    rates_in,
)
from patientinfo.translation.checks.base import Finding, Span, say
from patientinfo.translation.checks.reading import REMEMBERED, Reading, blanked

_TWO = number_key(2)
_SENTENCE_ENDS = re.compile(r"[.!?؟;:](?:\s|$)|[。！？।\n]")


def rate_findings(source: Reading, target: Reading) -> Iterator[Finding]:
    """
    Rates that became another, that are gone or that nobody gave; then intervals likewise.

    A rate that is gone is only told when it stands with an amount and nothing else in the other
    text speaks of its unit: languages have many words for "a day".
    """
    there, here = _rates(source), _rates(target)
    if there.keys() != here.keys():
        yield from _other_rates(source, there, target, here)
        for old_span, new_span in _alternates(source, target):
            yield _instead(source, old_span, target, new_span)
        for new_span, old_span in _alternates(target, source):
            yield _instead(source, old_span, target, new_span)
    if knows_intervals(source.locale) and knows_intervals(target.locale):
        for old_span, new_span in _intervals(source, target):
            yield _instead(source, old_span, target, new_span)
        for new_span, old_span in _intervals(target, source):
            yield _instead(source, old_span, target, new_span)


def _other_rates(
    source: Reading, there: dict[str, Span], target: Reading, here: dict[str, Span]
) -> Iterator[Finding]:
    missing = sorted(there.keys() - here.keys())
    extra = sorted(here.keys() - there.keys())
    both = min(len(missing), len(extra))
    for old, new in zip(missing, extra, strict=False):
        yield _instead(source, there[old], target, here[new])
    if knows_rates(source.locale) and knows_rates(target.locale):
        for unit in missing[both:]:
            if _is_dose(unit, source, there[unit]) and not _speaks_of(unit, target):
                yield _missing(source, there[unit])
        for unit in extra[both:]:
            if _is_dose(unit, target, here[unit]) and not _speaks_of(unit, source):
                yield _added(target, here[unit])


@lru_cache(maxsize=REMEMBERED)
def _rates(reading: Reading) -> dict[str, Span]:
    """Where each unit of a rate stands; "at a time" and "a la vez" are none."""
    rates = rates_in(reading.prose, reading.locale)
    return {rate.unit: rate.span for rate in rates if rate.unit != "times"}


def _is_dose(unit: str, reading: Reading, span: Span) -> bool:
    """Whether a rate stands with an amount: in one sentence with a number that is no duration."""
    if unit not in RATE_DURATIONS and unit not in RATE_AMOUNTS:
        return False
    if unit == "kilogram" and "/" in reading.prose[slice(*span)]:
        return True
    return any(
        _is_amount(number) and _in_one_sentence(reading.prose, number.span, span)
        for number in reading.numbers
    )


def _is_amount(number: Number) -> bool:
    if number.value is None or number.unit in DURATIONS:
        return False
    return bool(number.unit) or number.strength is not Strength.ARTICLE


def _in_one_sentence(text: str, one: Span, other: Span) -> bool:
    first, second = sorted((one, other))
    return _SENTENCE_ENDS.search(text, first[1], max(first[1], second[0])) is None


def _speaks_of(unit: str, reading: Reading) -> bool:
    """Whether a text names a unit elsewhere than behind a number: "5 days" are no "a day"."""
    counted = [number.whole_span for number in reading.numbers if number.value != 1]
    return is_named(unit, blanked(reading.prose, counted), reading.locale)


def _alternates(one: Reading, other: Reading) -> Iterator[tuple[Span, Span]]:
    """Each "every other day" of a text that is "every day" in the other."""
    rates, other_rates = _rates(one), _rates(other)
    for unit, span in alternates_in(one.prose, one.locale):
        if unit in rates or unit not in other_rates:
            continue
        said = any(rate.unit == unit for rate in alternates_in(other.prose, other.locale))
        if not said and not any(n.unit == unit and _TWO in n.keys for n in other.numbers):
            yield span, other_rates[unit]


def _intervals(one: Reading, other: Reading) -> Iterator[tuple[Span, Span]]:
    """
    Each "every 4 hours" of a text that is "4 hours" in the other, and no word like "every".
    `كل يوم` is "a day", and 8 tablets in 24 hours at most are so for every 24 hours.
    """
    for number in one.numbers:
        if number.unit not in DURATIONS or number.value is None:
            continue
        start = is_every(one.prose, number.span[0], one.locale)
        if start is None or may_be_interval(other.prose, other.locale):
            continue
        if number.strength is Strength.ARTICLE and number.unit in _rates(other):
            continue
        same = (n for n in other.numbers if (n.value, n.unit) == (number.value, number.unit))
        for answer in islice(same, 1):
            if not _is_limit(other, answer):
                yield (start, number.whole_span[1]), answer.whole_span


def _is_limit(reading: Reading, duration: Number) -> bool:
    """Whether it says in which time an amount is taken, "one" included."""
    return is_within(reading.prose, duration.span[0], reading.locale) and any(
        number.unit not in DURATIONS
        and number.strength is not Strength.LIKELY
        and _in_one_sentence(reading.prose, number.span, duration.span)
        for number in reading.numbers
    )


def _instead(source: Reading, there: Span, target: Reading, here: Span) -> Finding:
    said = say(
        _("The source says “{source}”, the translation “{target}”."),
        source=source.plain[slice(*there)],
        target=target.plain[slice(*here)],
    )
    return Finding("units", said, there, here)


def _missing(source: Reading, span: Span) -> Finding:
    said = say(_("“{number}” is missing."), number=source.plain[slice(*span)].strip())
    return Finding("units", said, span)


def _added(target: Reading, span: Span) -> Finding:
    said = say(_("“{number}” is not in the source."), number=target.plain[slice(*span)].strip())
    return Finding("units", said, None, span)
