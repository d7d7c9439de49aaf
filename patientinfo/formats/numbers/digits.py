"""
Figures: digits of any script, with the separators of the language.

CLDR says what separates decimals and thousands (`1.500` is fifteen hundred in Dutch and one and a
half in English). What a language has no reading for is read as a person would: `2.5` in Dutch is
two and a half, though Dutch writes `2,5`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import lru_cache

from patientinfo.formats.numbers.locales import Symbols, language_of, symbols_of
from patientinfo.formats.numbers.model import Number, number_key
from patientinfo.formats.numbers.words.beginnings import matches_at

_OTHER_DIGIT = re.compile(r"[^\D0-9]")
_DIGITS = re.compile(r"\d{1,60}")
_SPACES = "\u00a0\u202f\u2009"
_GROUP_ONLY = frozenset(f"'’٬ {_SPACES}")
_DECIMAL_ONLY = frozenset("٫")
_SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")
#: Fractions of one character: ¼ ½ ¾, ⅐ to ⅞ and ↉.
_VULGAR = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞↉"
#: A denominator has no more digits: 120/80 is a blood pressure.
_MAX_DENOMINATOR = 100
#: No number of a leaflet has more digits; what has is cut.
_RUN = r"\d{1,60}"
_FIGURE = (
    r"\d{1,3}(?:[\u00a0\u202f\u2009{space}]\d{3})+(?!\d)(?:[.,٫]\d{1,60})?"
    rf"|{_RUN}(?:[.,٫٬'’]{_RUN})*|(?<![\w.,])[.,٫]{_RUN}"
)
#: Groups after plain spaces. A language that writes them so has any; elsewhere "5 100 mg" are five
#: of a hundred, and only what begins with a zero is surely a group. Spanish has no two numbers side
#: by side, and no space in one of four digits.
_SURE_GROUP = r"(?<!\d )\d{1,3}(?: \d{3})*? 0\d\d(?: \d{3})*(?! ?\d)(?:[.,]\d{1,60})?"
_SPANISH_GROUP = r"(?<!\d )\d{2,3} \d{3}(?! ?\d)(?:[.,]\d{1,60})?"
_MINUS = r"(?P<minus>(?<![\w)%°.,'’-])(?<!\d\s)[-−–](?=[\d.,٫]))?"
#: What a figure can begin with, and how much of that can stand before its first digit: "-.5".
_BEFORE_DIGIT = 2
_BEGIN = re.compile(rf"[-−–.,٫](?=[.,٫]?\d)|{_RUN}|[{_VULGAR}]")
_TAIL = (
    rf"(?:\s?(?P<vulgar>[{_VULGAR}])"
    r"|\s(?P<top>\d{1,2})[/⁄](?P<under>\d{1,2})(?![\d/⁄])"
    r"|[/⁄](?P<den>\d{1,3})(?![\d/⁄])"
    r"|(?P<power>⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]+))?"
)


def ascii_digits(text: str) -> str:
    """`text` with every decimal digit of any script as 0 to 9; its length stays the same."""
    if text.isascii():
        return text
    return _OTHER_DIGIT.sub(lambda m: str(unicodedata.decimal(m[0])), text)


@lru_cache(maxsize=16)
def _pattern(space: bool, *surer: str) -> re.Pattern[str]:
    figure = "|".join([*surer, _FIGURE.replace("{space}", " " if space else "")])
    return re.compile(rf"{_MINUS}(?:(?P<figure>{figure}){_TAIL}|(?P<alone>[{_VULGAR}]))")


def figures_in(text: str, locale: str, first: int = 0) -> Iterator[Number]:
    """Numbers in digits. `text` has been through `ascii_digits`; no digit is before `first`."""
    symbols = symbols_of(locale)
    places = [begin.start() for begin in _BEGIN.finditer(text, max(0, first - _BEFORE_DIGIT))]
    for match in matches_at(_pattern_for(text, locale, symbols), text, places):
        if match["alone"]:
            yield _number(_vulgar(match["alone"]), match.span(), bool(match["minus"]))
        else:
            yield from _read(match, symbols)


def _pattern_for(text: str, locale: str, symbols: Symbols) -> re.Pattern[str]:
    """The shortest pattern that finds the figures of a text."""
    if symbols.group in _SPACES:
        return _pattern(True)
    if language_of(locale) == "es":
        return _pattern(False, _SURE_GROUP, _SPANISH_GROUP)
    return _pattern(False, _SURE_GROUP) if " 0" in text else _pattern(False)


def _read(match: re.Match[str], symbols: Symbols) -> Iterable[Number]:
    value = value_of(match["figure"], symbols)
    start, end = match.span()
    if value is None:  # a section number, say: 2.1.3
        return _apart(match.string, match.start("figure"), end)
    if end == match.end("figure"):
        return (_number(value, (start, end), bool(match["minus"])),)
    if match["vulgar"]:
        value += _vulgar(match["vulgar"])
    elif match["top"]:
        above, under = int(match["top"]), int(match["under"])
        if above >= under:
            return _bare(value, match)
        value += Fraction(above, under)
    elif match["den"]:
        under = int(match["den"])  # 1/2, but 120/80
        if not (value < under <= _MAX_DENOMINATOR):
            return _bare(value, match)
        value = value / under
    elif match["power"] and value == 10:  # another base bears the number of a footnote
        value = value ** max(-30, min(30, int(match["power"].translate(_SUPERSCRIPTS))))
    return (_number(value, (start, end), bool(match["minus"])),)


def _bare(value: Fraction, match: re.Match[str]) -> Iterator[Number]:
    """A figure and what follows it as numbers of their own."""
    end = match.end("figure")
    yield _number(value, (match.start(), end), bool(match["minus"]))
    yield from _apart(match.string, end, match.end())


def _apart(text: str, start: int, end: int) -> Iterator[Number]:
    """Every run of digits as a number of its own."""
    for part in _DIGITS.finditer(text, start, end):
        yield _number(Fraction(int(part[0])), part.span(), negative=False)


def _number(value: Fraction, span: tuple[int, int], negative: bool) -> Number:
    return Number((number_key(-value if negative else value),), span)


def _vulgar(character: str) -> Fraction:
    above, _, under = unicodedata.normalize("NFKC", character).partition("⁄")
    return Fraction(int(above), int(under))


@lru_cache(maxsize=1024)
def value_of(figure: str, symbols: Symbols) -> Fraction | None:
    """The value of digits and separators; None when they are no one number."""
    if figure.isdecimal():
        return Fraction(int(figure))
    parts = re.split(r"\D", figure)
    marks = re.findall(r"\D", figure)
    if not parts[0]:
        return _decimal("0", parts[1]) if len(parts) == 2 else None
    first, last = marks[0], marks[-1]
    if len(marks) > 1 and first != last and set(marks[:-1]) == {first}:
        # Two kinds: whatever the language, the last is the decimal one.
        whole = "".join(parts[:-1])
        good = last not in _GROUP_ONLY and _is_grouped(parts[:-1])
        return _decimal(whole, parts[-1]) if good else None
    if set(marks) != {first}:
        return None
    grouped = _is_grouped(parts) and first not in _DECIMAL_ONLY
    decimal = len(marks) == 1 and first not in _GROUP_ONLY
    if grouped and not (decimal and first == symbols.decimal):
        return Fraction(int("".join(parts)))
    return _decimal(*parts) if decimal else None


def _decimal(whole: str, rest: str) -> Fraction:
    return Fraction(int(whole + rest), 10 ** len(rest))


def _is_grouped(parts: list[str]) -> bool:
    """Groups of three, or of two before the last three as in India."""
    first, *middle, last = parts
    if not middle and len(parts) == 1:
        return True
    return (
        first[0] != "0"
        and len(first) <= 3
        and len(last) == 3
        and (all(len(p) == 3 for p in middle) or all(len(p) == 2 for p in middle))
    )
