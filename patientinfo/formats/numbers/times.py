"""
Times of day, with the half of the day that they name: "2:30 pm", "vijf uur 's middags", `下午5点`.

The half stands after the hour or before it, by language. An hour may be a word, and then it is one
only beside what says so ("at", "o'clock"): `twee 's ochtends` are two tablets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from patientinfo.formats.numbers.model import Key, Number, number_key
from patientinfo.formats.numbers.words.beginnings import UNSPACED

#: What a time of day with its half has: letters, or the sign of Dutch that stands before them.
_HOUR = re.compile(r"(?<![0-9])[0-9]{1,2}(?:[:.][0-9]{2})?\s?(?=[^\W\d_]|['’])")
_CLOCK = re.compile(r"(?<![\d:.,])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])")
_POINTED = re.compile(
    r"(?<![\d:.,])([01]?\d|2[0-4])(?:\.([0-5]\d)\s?(?=(?:uur|u|uhr|h)\b)|\s?h\s?([0-5]\d)\b)", re.I
)
#: A point may be that of decimals too: "at 14.30".
_AT = re.compile(r"(?<!\w)(?:at|om|um|las|alle|saat)\s(([01]?\d|2[0-4])\.([0-5]\d))(?![\d.])", re.I)
#: An hour in figures, and one in words, which has no minutes of its own.
_IN_FIGURES = r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?"
_IN_WORDS = "(?P<minute>(?!))?"
#: The twelve hours of each part of the day begin here: 12 at night is 24, 2 at night is 26.
_FIRST_HOURS = {"morning": 0, "noon": 10, "later": 12, "night": 18}
#: What follows an hour, by part of the day. A bare letter counts only after minutes: it may be that
#: of the metre.
_AFTER_HOUR = {
    "en": {
        "morning": r"a\.?m\.?|in the morning", "later": r"p\.?m\.?|in the (?:afternoon|evening)",
    },
    "nl": {
        "morning": r"['’]s (?:och|mor)[gt]ens",
        "later": r"['’]s (?:middags|avonds)",
        "night": r"(?(said)['’]s nachts|(?!))",
    },
    "de": {
        "morning": r"morgens|vormittags",
        "noon": "mittags",
        "later": r"nachmittags|abends",
        "night": r"(?(said)nachts|(?!))",
    },
    "es": {
        "morning": r"a\. ?m\.|de la (?:mañana|madrugada)",
        "noon": "del mediodía",
        "later": r"p\. ?m\.|de la tarde",
        "night": "de la noche",
    },
    "fr": {"morning": "du matin", "later": r"de l['’]après-midi|du soir"},
    "ar": {
        "morning": r"صباح(?:ًا|اً|ا)|(?(minute)ص|(?!))",
        "noon": r"ظهر(?:ًا|اً|ا)",
        "later": r"مساء[ً]?|عصر(?:ًا|اً|ا)|بعد الظهر|(?(minute)م|(?!))",
        "night": r"ليل(?:ًا|اً|ا)",
    },
    "uk": {"morning": "ранку", "later": "дня|вечора"},
    "hi": {"morning": "सुबह", "noon": "दोपहर", "later": "शाम", "night": "रात"},
}  # fmt: skip
#: Of them, those that stand behind an hour alone.
_HALF_SIGN = re.compile(r"[ap]\.?\s?m\.?", re.IGNORECASE)
_ELSEWHERE = {"morning": r"a\.m\.", "later": r"p\.?m\.?"}
#: What says that a number is an hour, between it and the part of the day; some need it.
_O_CLOCK = {
    "en": r"o['’]clock", "nl": "uur", "de": "uhr", "fr": "h|heures?", "hi": "बजे",
    "uk": "година|години|годині|годину",
}  # fmt: skip
_NEEDS_O_CLOCK = frozenset({"hi"})
#: What says it before an hour in words.
_AT_WORDS = {
    "en": "at|around|by|until", "nl": "om|rond|tegen", "de": "um|gegen", "es": "las?",
    "ar": "الساعة", "uk": "о|об",
}  # fmt: skip
#: Half past, after an hour in words that the grammar does not add it to.
_AND_A_HALF = {"ar": r"\sوالنصف"}
#: What stands before an hour, by part of the day, and then after it what says that it is one.
_BEFORE_HOUR = {
    "nl": {
        "morning": r"['’]s (?:och|mor)[gt]ens om", "later": r"['’]s (?:middags|avonds) om",
    },
    "de": {
        "morning": "(?:morgens|vormittags)(?: um)?", "later": "(?:nachmittags|abends)(?: um)?",
    },
    "hi": {
        "morning": "(?:सुबह|सवेरे)(?: के)?", "noon": "दोपहर(?: के)?", "later": "शाम(?: के)?",
        "night": "रात(?: के)?",
    },
    "zh": {
        "morning": "上午|早上|清晨|凌晨|早晨", "noon": "中午", "later": "下午|傍晚",
        "night": "晚上",
    },
    "ja": {"morning": "午前|朝の?", "later": "午後|夕方の?", "night": "夜の?"},
    "ko": {"morning": "오전", "later": "오후|저녁"},
}  # fmt: skip
#: Other minutes may follow in words; 5時間 are hours.
_HAN_CLOCK = (
    "[点點时時](?:(?P<half>半)|(?P<said_minute>[0-5]?[0-9])分)?"
    "(?![间間刻〇零一二三四五六七八九十0-9])"
)
_THEN = {
    "nl": r"uur\b", "de": r"uhr\b", "hi": "बजे", "zh": _HAN_CLOCK, "ja": _HAN_CLOCK,
    "ko": r"시(?:\s?(?:(?P<half>반)|(?P<said_minute>[0-5]?[0-9])분))?(?!\s?[0-9간])",
}  # fmt: skip
_LONGEST_LEAD = 24


class _Clock(NamedTuple):
    """
    How a language names parts of the day: `after` an hour in figures, and after one in words (then
    `at` stands before it, or the hour is said in between); or in front, as a `lead`, and `then`
    something follows the hour.
    """

    after: re.Pattern[str]
    after_words: re.Pattern[str]
    at: re.Pattern[str]
    lead: re.Pattern[str] | None
    then: re.Pattern[str]
    then_words: re.Pattern[str]


@lru_cache(maxsize=64)
def _clock(language: str) -> _Clock:
    parts = _parts(_AFTER_HOUR.get(language, _ELSEWHERE))
    needed = "" if language in _NEEDS_O_CLOCK else "?"
    said = rf"(?:(?P<said>{_O_CLOCK.get(language, '(?!)')})\s?){needed}"
    half = rf"(?P<half>{_AND_A_HALF.get(language, '(?!)')})?"
    lead, then = _BEFORE_HOUR.get(language), _THEN.get(language, "(?!)")
    border = "" if language in UNSPACED else r"(?<!\w)"
    return _Clock(
        after=re.compile(rf"{_IN_FIGURES}\s?{said}(?:{parts})(?!\w)", re.IGNORECASE),
        after_words=re.compile(rf"{_IN_WORDS}{half}\s?{said}(?:{parts})(?!\w)", re.IGNORECASE),
        at=re.compile(rf"(?<!\w)(?:{_AT_WORDS.get(language, '(?!)')})\s$", re.IGNORECASE),
        lead=re.compile(rf"{border}(?:{_parts(lead)})\s?$", re.IGNORECASE) if lead else None,
        then=re.compile(rf"{_IN_FIGURES}\s?{then}", re.IGNORECASE),
        then_words=re.compile(rf"{_IN_WORDS}\s?{then}", re.IGNORECASE),
    )


def _parts(table: dict[str, str]) -> str:
    return "|".join(f"(?P<{part}>{words})" for part, words in table.items())


class Time(NamedTuple):
    """A time of day, and where it stands; `amount` is what it says when it may be no hour."""

    start: int
    hour: int
    minute: int
    end: int
    amount: int | None = None


def halves_in(text: str, language: str, first: int = 0) -> list[Time]:
    """The times in figures that name their part of the day. No digit is before `first`."""
    clock, found = _clock(language), []
    for place in _HOUR.finditer(text, first):
        start = place.start()
        match = clock.after.match(text, start)
        part = match.lastgroup if match else None
        if match is None and clock.lead is not None:
            match = clock.then.match(text, start)
            part = _lead(clock.lead, text, start) if match else None
        if match is not None and part is not None:
            hour, minute = int(match["hour"]), int(match["minute"] or _said_minute(match))
            amount = hour if _may_be_amount(clock, text, match, part) else None
            found.append(Time(start, _in_part(hour, part), minute, match.end(), amount))
    return found


def _may_be_amount(clock: _Clock, text: str, match: re.Match[str], part: str) -> bool:
    """Whether "2 in the evening" may be so many tablets: nothing says that it is an hour."""
    if match.re is not clock.after or match["minute"] or match["said"]:
        return False
    start = match.start()
    at = clock.at.search(text, max(0, start - _LONGEST_LEAD), start)
    return at is None and _HALF_SIGN.fullmatch(match[part]) is None


def _lead(lead: re.Pattern[str], text: str, start: int) -> str | None:
    match = lead.search(text, max(0, start - _LONGEST_LEAD), start)
    return match.lastgroup if match else None


def _said_minute(match: re.Match[str]) -> int:
    groups = match.groupdict()
    return 30 if groups.get("half") else int(groups.get("said_minute") or 0)


def _in_part(hour: int, part: str) -> int:
    """The hour of the day: of the twelve that a part of the day begins, the one that is said."""
    first = _FIRST_HOURS[part]
    return hour if hour > 12 else ((hour - first) % 12 + first) % 24


def times_in(text: str, marked: bool, halves: list[Time]) -> Iterator[Number]:
    """
    Times of day in figures; "2 pm" is also 14, which is how "14 uur" and "14 Uhr" say it. `halves`
    are those that name their part of the day.
    """
    found: dict[int, Time] = {}
    for match in (*_CLOCK.finditer(text), *_POINTED.finditer(text)) if marked else ():
        minute = next((int(group) for group in match.groups()[1:] if group), 0)
        found.setdefault(match.start(), Time(match.start(), int(match[1]), minute, match.end()))
    said_whole = {time.start for time in halves}  # "at 3.30 pm" is no 3.30 but 15.30
    for match in _AT.finditer(text) if marked else ():
        if match.start(1) in said_whole:
            continue
        keys: tuple[Key, ...] = (
            ("time", int(match[2]) * 60 + int(match[3])),
            number_key(Fraction(match[1])),
        )
        yield Number(keys, match.span(1))
    found |= {time.start: time for time in halves}
    yield from (Number(_keys(time), (time.start, time.end)) for time in found.values())


def _keys(time: Time) -> tuple[Key, ...]:
    """Its readings: the time, and how it is said: half past two is two and a half."""
    said: list[Key] = []
    if time.minute == 0:
        said = [number_key(time.hour)]
    elif time.minute == 30:
        said = [number_key(Fraction(2 * (time.hour % 12) + 1, 2))]
    if time.amount is not None:
        said.append(number_key(time.amount))
    return ("time", time.hour * 60 + time.minute), *said


def with_hours(text: str, language: str, numbers: list[Number]) -> list[Number]:
    """The numbers of a text, those in words that are hours of a part of the day as times."""
    if not any(number.worded for number in numbers):
        return numbers
    found: list[Number] = []
    taken = 0
    for number in numbers:
        time = _worded_time(text, _clock(language), number) if number.worded else None
        if time is not None:
            found.append(Number(_keys(time), (time.start, time.end), worded=True))
            taken = time.end
        elif number.span[0] >= taken:  # the half of "half past" is none by itself
            found.append(number)
    return found


def _worded_time(text: str, clock: _Clock, number: Number) -> Time | None:
    """`vijf uur 's middags`, `a las cinco y media de la tarde`."""
    value, (start, end) = number.value, number.span
    if value is None or 60 % value.denominator or not 0 < value.numerator < 13 * value.denominator:
        return None
    match = clock.after_words.match(text, end)
    part = match.lastgroup if match else None
    if match is not None and not (
        match["said"] or clock.at.search(text, max(0, start - _LONGEST_LEAD), start)
    ):
        return None
    if match is None and clock.lead is not None:
        match = clock.then_words.match(text, end)
        part = _lead(clock.lead, text, start) if match else None
    if match is None or part is None:
        return None
    hour, minute = divmod(int(value * 60) + _said_minute(match), 60)
    return Time(start, _in_part(hour, part), minute, match.end())
