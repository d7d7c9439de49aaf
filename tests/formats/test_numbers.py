"""Numbers of a text: figures, dates, times, units and ranges, as languages write them."""

from __future__ import annotations

from fractions import Fraction

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats.numbers import Number, ascii_digits, numbers_in, rates_in
from patientinfo.formats.numbers.locales import script_of

#: Zero of some scripts; the other nine digits follow it in Unicode.
ZEROS = "0٠۰०০੦૦୦௦౦೦൦๐໐༠၀០᠐᥆᧐᭐᮰᱀꘠０"


def values(text: str, locale: str) -> list[Fraction | None]:
    return [number.value for number in numbers_in(text, locale)]


@pytest.mark.parametrize("zero", ZEROS)
def test_digits_of_any_script_have_their_value(zero: str) -> None:
    text = "".join(chr(ord(zero) + int(digit)) for digit in "407")
    assert values(f"x {text} y", "en") == [407]
    assert ascii_digits(text) == "407"


@pytest.mark.parametrize(
    ("text", "locale", "value"),
    [
        ("1,500", "en", 1500),
        ("1.500", "en", Fraction(3, 2)),
        ("1.500", "nl", 1500),
        ("1,500", "nl", Fraction(3, 2)),
        ("1,5", "de", Fraction(3, 2)),
        ("1.5", "de", Fraction(3, 2)),  # no German reading, so a person's
        ("1.234.567,8", "de", Fraction(12345678, 10)),
        ("1,234,567.8", "de", Fraction(12345678, 10)),
        ("1’500", "de-CH", 1500),
        ("1 500", "fr", 1500),
        ("1\u202f500", "fr", 1500),
        ("1\u00a0500,5", "uk", Fraction(3001, 2)),
        ("0,125", "en", Fraction(1, 8)),
        ("1,00,000", "hi", 100_000),
        ("١٬٥٠٠٫٥", "ar", Fraction(3001, 2)),
        ("٢٫٥", "en", Fraction(5, 2)),
        ("१.५", "hi", Fraction(3, 2)),
        (".5", "en", Fraction(1, 2)),
        ("−5", "en", -5),
        ("½", "el", Fraction(1, 2)),
        ("1½", "en", Fraction(3, 2)),
        ("1 ½", "en", Fraction(3, 2)),
        ("2 3/4", "en", Fraction(11, 4)),
        ("1/2", "ar", Fraction(1, 2)),
        ("10⁶", "en", 1_000_000),
        ("፳፭", "am", 25),
    ],
)
def test_figures_are_read_as_the_language_writes_them(text, locale, value) -> None:
    assert values(text, locale) == [value]


@pytest.mark.parametrize(
    ("text", "locale", "found"),
    [
        ("120/80 mmHg", "en", [120, 80]),
        ("1, 2 and 3", "en", [1, 2, 3]),
        ("section 2.1.3", "en", [2, 1, 3]),
        ("10-20", "en", [10, 20]),
        ("vitamin B12", "en", [12]),
        ("take 1 200 mg tablet", "en", [1, 200]),
        ("3 12/10", "en", [3, 12, 10]),
        ("2 3,5", "fr", [2, Fraction(7, 2)]),
        ("no number", "nl", []),
        ("COVID-19", "de", [19]),
    ],
)
def test_what_is_not_one_number_is_several(text, locale, found) -> None:
    assert values(text, locale) == found


@pytest.mark.parametrize(
    ("text", "locale", "date"),
    [
        ("on 12 October 2026.", "en", (2026, 10, 12)),
        ("on October 12, 2026", "en", (2026, 10, 12)),
        ("op 12 oktober 2026", "nl", (2026, 10, 12)),
        ("op 12-10-2026", "nl", (2026, 10, 12)),
        ("am 12. Oktober 2026", "de", (2026, 10, 12)),
        ("am 12.10.2026", "de", (2026, 10, 12)),
        ("el 12 de octubre de 2026", "es", (2026, 10, 12)),
        ("le 12 octobre 2026", "fr", (2026, 10, 12)),
        ("12 жовтня 2026 року", "uk", (2026, 10, 12)),
        ("12 Ekim 2026", "tr", (2026, 10, 12)),
        ("12 अक्टूबर 2026", "hi", (2026, 10, 12)),
        ("في ١٢ أكتوبر ٢٠٢٦", "ar", (2026, 10, 12)),
        ("في 12 تشرين الأول 2026", "ar", (2026, 10, 12)),
        ("12 Οκτωβρίου 2026", "el", (2026, 10, 12)),
        ("2026年10月12日", "zh", (2026, 10, 12)),
        ("2026-10-12", "en", (2026, 10, 12)),
        ("12/10/26", "en-GB", (2026, 10, 12)),
        ("10/12/2026", "en-US", (2026, 10, 12)),
        ("12 October", "en", (0, 10, 12)),
        ("October 2026", "en", (2026, 10, 0)),
    ],
)
def test_a_date_is_one_value(text, locale, date) -> None:
    (number,) = numbers_in(text, locale)
    assert number.keys == (("date", *date),)


def test_english_dates_without_a_country_have_both_readings() -> None:
    (number,) = numbers_in("3/4/2026", "en")
    assert set(number.keys) == {("date", 2026, 4, 3), ("date", 2026, 3, 4)}


def test_months_do_not_hang_on_the_language_that_was_read_before() -> None:
    """Babel before 2.19 kept what it had found for one language in the data of all."""
    for first in ("he", "zh", "ja"):
        assert Locale.parse(first).months["stand-alone"]["wide"][10]
    names = [Locale.parse(code).months["stand-alone"]["wide"][10] for code in ("de", "es", "ar")]
    assert names == ["Oktober", "octubre", "أكتوبر"]


def test_may_is_a_verb_until_it_has_a_capital() -> None:
    assert values("you may 2 times", "en") == [2]
    assert numbers_in("2 May", "en")[0].is_date


@pytest.mark.parametrize(
    ("text", "locale", "minutes"),
    [
        ("at 2 pm", "en", 14 * 60),
        ("at 2:30 p.m.", "en", 14 * 60 + 30),
        ("12 am", "en", 0),
        ("om 14.30 uur", "nl", 14 * 60 + 30),
        ("um 14:30 Uhr", "de", 14 * 60 + 30),
        ("à 14h30", "fr", 14 * 60 + 30),
        ("a las 2 de la tarde", "es", 14 * 60),
        ("الساعة ٢ مساءً", "ar", 14 * 60),
        ("о 14:30", "uk", 14 * 60 + 30),
    ],
)
def test_a_time_of_day_is_one_value(text, locale, minutes) -> None:
    (number,) = numbers_in(text, locale)
    assert number.keys[0] == ("time", minutes)


@pytest.mark.parametrize(
    ("text", "locale", "unit"),
    [
        ("5 mg", "en", "milligram"),
        ("5mg", "nl", "milligram"),
        ("wait 16s", "en", "second"),
        ("under 16 s", "en", "second"),
        ("under 16sec", "en", "second"),
        ("in under 16s", "en", "second"),
        ("5 µg", "de", "microgram"),
        ("5 mcg", "es", "microgram"),
        ("5 ملغ", "ar", "milligram"),
        ("5 مل", "ar", "milliliter"),
        ("80 ملم زئبق", "ar", "mmhg"),
        ("80 ملم", "ar", "millimeter"),
        ("ملعقتان صغيرتان", "ar", "teaspoon"),
        ("ملعقتين كبيرتين", "ar", "tablespoon"),
        ("ملعقتان", "ar", ""),
        ("5 мл", "uk", "milliliter"),
        ("5 मि॰ग्रा॰", "hi", "milligram"),
        ("5 χιλιοστόγραμμα", "el", "milligram"),
        ("5毫克", "zh", "milligram"),
        ("38 °C", "fr", "celsius"),
        ("38 درجة مئوية", "ar", "celsius"),
        ("400 IE", "nl", "international unit"),
        ("400 UI", "es", "international unit"),
        ("400 МО", "uk", "international unit"),
        ("50%", "en", "percent"),
        ("50 Prozent", "de", "percent"),
        ("50 por ciento", "es", "percent"),
        ("litro y medio", "es", "liter"),
        ("hora y media", "es", "hour"),
        ("٥٠٪", "ar", "percent"),
        ("50 بالمئة", "ar", "percent"),
        ("%50", "tr", "percent"),
        ("yüzde 50", "tr", "percent"),
        ("50 τοις εκατό", "el", "percent"),
        ("3 أيام", "ar", "day"),
        ("20 يومًا", "ar", "day"),
        ("3 днів", "uk", "day"),
        ("2 Wochen", "de", "week"),
        ("3天后", "zh", "day"),
        ("3 keer", "nl", "times"),
    ],
)
def test_a_unit_has_one_name_in_all_languages(text, locale, unit) -> None:
    (number,) = numbers_in(text, locale)
    assert number.unit == unit


@pytest.mark.parametrize(
    ("text", "locale"),
    [
        ("under 16s", "en"),
        ("Over-65s", "en"),
        ("in the 1990s", "en"),
        ("21st", "en"),
        ("les 2 s’ils", "fr"),
        ("5 in the morning", "en"),
        ("3 Dr", "en"),
    ],
)
def test_what_only_looks_like_a_unit(text, locale) -> None:
    assert numbers_in(text, locale)[0].unit == ""


def test_a_number_does_not_take_the_unit_of_the_article_after_it() -> None:
    assert [(n.value, n.unit) for n in numbers_in("twice a day", "en")] == [(2, ""), (1, "day")]


def test_both_ends_of_a_range_have_its_unit() -> None:
    low, high = numbers_in("1 to 2 days", "en")
    assert (low.unit, low.upto, high.unit, high.upto) == ("day", 2, "day", None)
    low, high = numbers_in("من يوم إلى يومين", "ar")
    assert (low.value, low.unit, low.upto, high.value) == (1, "day", 2, 2)


@pytest.mark.parametrize(
    ("text", "locale", "units"),
    [
        ("٪٢٠-٣٠", "ar", ["percent", "percent"]),
        ("%20-30", "tr", ["percent", "percent"]),
        ("%20-30 mg", "tr", ["percent", "milligram"]),
        ("%20 veya 30", "tr", ["percent", ""]),
        ("entre el 20 y el 30 %", "es", ["percent", "percent"]),
        ("del 20 al 30 %", "es", ["percent", "percent"]),
        ("el 20 de mayo o el 30 %", "es", ["", "percent"]),
    ],
)
def test_the_unit_of_a_range_may_stand_before_it(text, locale, units) -> None:
    assert [number.unit for number in numbers_in(text, locale)] == units


@pytest.mark.parametrize(
    ("text", "locale", "units"),
    [
        ("3 times a day", "en", ["day"]),
        ("twice daily", "en", ["day"]),
        ("3 keer per week", "nl", ["week"]),
        ("3 mal am Tag", "de", ["day"]),
        ("tres veces al día", "es", ["day"]),
        ("ثلاث مرات في اليوم", "ar", ["day"]),
        ("مرتين يوميًا", "ar", ["day"]),
        ("тричі на день", "uk", ["day"]),
        ("günde 3 kez", "tr", ["day"]),
        ("दिन में 3 बार", "hi", ["day"]),
        ("每天3次", "zh", ["day"]),
        ("5 mg/ml", "en", ["milliliter"]),
        ("for three days", "en", []),
    ],
)
def test_rates(text, locale, units) -> None:
    assert [rate.unit for rate in rates_in(text, locale)] == units


@pytest.mark.parametrize(
    ("code", "script"),
    [("nl", "Latn"), ("ar", "Arab"), ("zh-hans", "Hans"), ("zh-TW", "Hant"), ("sr-latn", "Latn"),
     ("uk", "Cyrl"), ("xx-nonsense", "")],
)  # fmt: skip
def test_the_script_of_a_language(code, script) -> None:
    assert script_of(code) == script


def test_the_span_is_where_the_number_stands() -> None:
    text = "neem één tot 2½ tabletten"
    spans = [text[slice(*number.span)] for number in numbers_in(text, "nl")]
    assert spans == ["één", "2½"]


@given(st.text(max_size=80), st.sampled_from(["en", "nl", "ar", "hi", "zh-hans", "tr", "xx", ""]))
def test_no_text_breaks_it(text: str, locale: str) -> None:
    for number in numbers_in(text, locale):
        start, end = number.span
        assert isinstance(number, Number)
        assert 0 <= start < end <= len(text)


def test_numbers_without_end_are_read_in_pieces() -> None:
    assert numbers_in("9" * 10_000, "en")
