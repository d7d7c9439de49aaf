"""Quick looks before long ones never see less: they find what a search of the whole text finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats.numbers import numbers_in, rates_in, units
from patientinfo.formats.numbers.words import tokens
from patientinfo.formats.numbers.words.beginnings import beginnings_of, matches_of
from patientinfo.formats.numbers.words.tokens import fold_word, folded_in, words_in

LOCALES = ("en", "nl", "de", "es", "ar", "fr", "tr", "uk", "hi", "el", "zh-hans", "xx")
GLUE = ("", " ", " ", "-", "/", ".", "\u00a0", "\u200c", "3", "5 ")


def texts(locale: str) -> st.SearchStrategy[str]:
    """Texts of a language's units and rates, and of other things, with and without spaces."""
    table = units._table(locale)
    names = sorted({*table.names, *table.rate_names, "per", "a", "je", "por", "في", "كل", "بال"})
    word = st.one_of(st.sampled_from(names), st.text(max_size=4))
    cased = st.builds(lambda w, up: w.upper() if up else w, word, st.booleans())
    piece = st.builds(str.__add__, cased, st.sampled_from(GLUE))
    return st.lists(piece, max_size=8).map("".join)


@pytest.mark.parametrize("locale", LOCALES)
@given(data=st.data())
def test_rates_and_percentages_are_found_as_in_the_whole_text(
    locale: str, data: st.DataObject
) -> None:
    text, table = data.draw(texts(locale)), units._table(locale)
    found = [match.span() for match in matches_of(table.rates, text, table.rate_starts)]
    assert found == [match.span() for match in table.rates.finditer(text)]
    whole = table.percent.sub(units._percent_sign, text)
    assert units.without_percent_words(text, locale) == whole


@given(st.text() | st.text(st.sampled_from("aé ıİاَّلक्षि\u200c\U00010330\U0001e94a19_-.")))
def test_words_are_letters_with_their_marks_in_any_plane(text: str) -> None:
    plain = [(fold_word(m[0]), *m.span()) for m in tokens.WORD.finditer(text)]
    assert [tuple(word) for word in words_in(text)] == plain
    assert list(folded_in(text)) == [folded for folded, _start, _end in plain]


def test_names_that_words_cannot_tell_have_no_beginnings() -> None:
    assert beginnings_of("zh", ["每天"]) is None
    assert beginnings_of("en", ["per day", "% a day"]) is None
    assert list(matches_of(re.compile("每天"), "他每天", None))


@pytest.mark.parametrize(
    ("text", "unit"), [("YILLIK 5 mg", "year"), ("yıllık 5 mg", "year"), ("AYLIK 5 mg", "month")]
)
def test_turkish_capitals_are_those_of_its_two_i(text: str, unit: str) -> None:
    assert [rate.unit for rate in rates_in(text, "tr")] == [unit]
    assert [number.value for number in numbers_in("ALTI hap", "tr")] == [6]


@pytest.mark.parametrize("text", ["12thOctober 2026", "12 October 2026", "12. October 2026"])
def test_a_month_is_known_by_its_word(text: str) -> None:
    (number,) = numbers_in(text, "en")
    assert number.is_date
