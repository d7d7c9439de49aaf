"""Number words: the tables, and the grammar that puts them together."""

from __future__ import annotations

from fractions import Fraction

import pytest

from patientinfo.formats.numbers import Strength, numbers_in
from patientinfo.formats.numbers.words import LANGUAGES, hi, lexicon_of

HALF = Fraction(1, 2)


def values(text: str, locale: str) -> list[Fraction | None]:
    return [number.value for number in numbers_in(text, locale)]


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "twenty-one", 21),
        ("en", "two hundred and five", 205),
        ("en", "a hundred", 100),
        ("en", "two thousand twenty-six", 2026),
        ("en", "2 million", 2_000_000),
        ("en", "twenty-first", 21),
        ("en", "twice", 2),
        ("nl", "eenentwintig", 21),
        ("nl", "tweeëntwintigste", 22),
        ("nl", "tweehonderdvijf", 205),
        ("nl", "3 miljoen", 3_000_000),
        ("nl", "vijfde", 5),
        ("de", "einundzwanzig", 21),
        ("de", "zweihundertfünfunddreißig", 235),
        ("de", "dritten", 3),
        ("de", "dreimal", 3),
        ("es", "treinta y dos", 32),
        ("es", "doscientos cinco", 205),
        ("es", "tercera", 3),
        ("fr", "quatre-vingt-dix-sept", 97),
        ("fr", "soixante et onze", 71),
        ("fr", "deux mille cinq cents", 2500),
        ("tr", "yirmi beş", 25),
        ("tr", "onbeş", 15),
        ("tr", "üçüncü", 3),
        ("uk", "двадцять п’ять", 25),
        ("uk", "сто двадцять п'ять", 125),
        ("uk", "тричі", 3),
        ("uk", "четвертого", 4),
        ("hi", "पाँच", 5),
        ("hi", "पांच", 5),
        ("hi", "दो सौ पचास", 250),
        ("hi", "तीसरा", 3),
        ("ar", "ثلاثة عشر", 13),
        ("ar", "خمسة وعشرون", 25),
        ("ar", "والعشرين", 20),
        ("ar", "مئة وخمسة وعشرون", 125),
        ("ar", "ثلاثمائة", 300),
        ("ar", "ألفين وستة وعشرين", 2026),
        ("ar", "الثالثة", 3),
        ("ar", "يومين", 2),
        ("ar", "يومان", 2),
        ("ar", "ساعتين", 2),
        ("ar", "مرتين", 2),
    ],
)
def test_whole_numbers(locale, text, value) -> None:
    assert values(text, locale) == [value]


@pytest.mark.parametrize(
    ("locale", "text", "value"),
    [
        ("en", "half a tablet", HALF),
        ("en", "one and a half hours", 1 + HALF),
        ("en", "two thirds", Fraction(2, 3)),
        ("en", "three-quarters", Fraction(3, 4)),
        ("nl", "een halve tablet", HALF),
        ("nl", "anderhalf uur", 1 + HALF),
        ("nl", "driekwart", Fraction(3, 4)),
        ("de", "eine halbe Tablette", HALF),
        ("de", "anderthalb Stunden", 1 + HALF),
        ("de", "zweieinhalb Stunden", 2 + HALF),
        ("es", "media hora", HALF),
        ("es", "dos horas y media", 2 + HALF),
        ("fr", "deux tiers", Fraction(2, 3)),
        ("fr", "une heure et demie", 1 + HALF),
        ("tr", "bir buçuk saat", 1 + HALF),
        ("uk", "півтори години", 1 + HALF),
        ("hi", "डेढ़ घंटा", 1 + HALF),
        ("hi", "साढ़े तीन घंटे", 3 + HALF),
        ("hi", "पौने दो घंटे", Fraction(7, 4)),
        ("ar", "نصف قرص", HALF),
        ("ar", "ساعة ونصف", 1 + HALF),
        ("ar", "ثلاثة أرباع", Fraction(3, 4)),
    ],
)
def test_fractions(locale, text, value) -> None:
    assert value in [number.value for number in numbers_in(text, locale)]


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "a needle"),
        ("en", "one needle"),
        ("nl", "een naald"),
        ("nl", "één naald"),
        ("de", "mit einer Nadel"),
        ("es", "una aguja"),
        ("fr", "une aiguille"),
        ("tr", "bir iğne"),
        ("uk", "одна голка"),
        ("hi", "एक सुई"),
        ("ar", "إبرة واحدة"),
    ],
)
def test_a_word_that_may_be_an_article_is_no_certain_number(locale, text) -> None:
    found = numbers_in(text, locale)
    assert {number.value for number in found} == {1}
    assert {number.strength for number in found} == {Strength.ARTICLE}


@pytest.mark.parametrize(
    ("locale", "text"),
    [
        ("en", "both arms"),
        ("en", "at first"),
        ("nl", "neem dit in acht"),
        ("de", "beide Arme"),
        ("de", "eine zweitägige Pause"),
        ("fr", "une peau neuf"),
        ("ar", "العلاجين"),
        ("hi", "मुझे दो"),
        ("zh", "三天"),
        ("en", "type II"),
    ],
)
def test_a_word_that_may_be_something_else_is_not_missed(locale, text) -> None:
    assert all(number.strength is not Strength.CERTAIN for number in numbers_in(text, locale))


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "it lasts a second"), ("nl", "eenheid"), ("es", "por ciento"), ("de", "die Energie")],
)
def test_what_only_looks_like_a_number_is_none(locale, text) -> None:
    assert [n for n in numbers_in(text, locale) if n.strength is Strength.CERTAIN] == []


def test_hindi_has_a_word_for_every_number_below_a_hundred() -> None:
    table = hi.VOCABULARY.low
    assert set(table.values()) == set(range(100))


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_every_language_counts_to_a_hundred(language) -> None:
    lexicon = lexicon_of(language)
    assert lexicon is not None
    assert set(range(1, 100)) <= {int(e.value) for e in lexicon.entries.values()}


def test_a_language_without_a_table_is_read_by_its_figures() -> None:
    assert lexicon_of("el") is None
    assert values("τρεις ή 4 ημέρες", "el") == [4]
