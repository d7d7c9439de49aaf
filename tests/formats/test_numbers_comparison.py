"""Two texts say the same numbers, or it is told which differ."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from patientinfo.formats.numbers import Difference, difference, numbers_in

ZEROS = "0٠۰०০௦๐０"
FRAMES = {
    "en": "Take {} tablets for {} days, then {} ml.",
    "nl": "Neem {} tabletten gedurende {} dagen, dan {} ml.",
    "ar": "تناول {} أقراص لمدة {} أيام، ثم {} مل.",
    "uk": "Приймайте {} таблеток протягом {} днів, потім {} мл.",
    "hi": "{} गोलियाँ {} दिन तक लें, फिर {} मि.ली.",
    "el": "Πάρτε {} δισκία για {} ημέρες, μετά {} ml.",
    "zh": "服用{}片，持续{}天，然后{}毫升。",
}
number_triples = st.tuples(*[st.integers(2, 9999)] * 3)


def compared(source: str, target: str, locale: str, source_locale: str = "en") -> Difference:
    return difference(
        numbers_in(source, source_locale), numbers_in(target, locale), source_locale, locale
    )


def in_script(number: int, zero: str) -> str:
    return "".join(chr(ord(zero) + int(digit)) for digit in str(number))


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("nl", "gedurende 1 tot 2 dagen"),
        ("nl", "gedurende één tot twee dagen"),
        ("de", "1–2 Tage lang"),
        ("de", "ein bis zwei Tage"),
        ("es", "durante 1 o 2 días"),
        ("fr", "pendant un à deux jours"),
        ("ar", "١ إلى ٢ أيام"),
        ("ar", "لمدة يوم إلى يومين"),
        ("tr", "1-2 gün"),
        ("tr", "bir ila iki gün"),
        ("uk", "один–два дні"),
        ("hi", "१ से २ दिन"),
        ("hi", "एक से दो दिन"),
        ("zh", "一至两天"),
        ("el", "για 1 έως 2 ημέρες"),
    ],
)
def test_one_to_two_days_in_any_language(locale, target) -> None:
    assert not compared("for 1 to 2 days", target, locale)


@pytest.mark.parametrize(
    ("locale", "target"),
    [
        ("nl", "gedurende 1 tot 3 dagen"),
        ("nl", "2 dagen na een behandeling"),
        ("de", "2 bis 1 Tage"),
        ("ar", "لمدة يوم إلى ثلاثة أيام"),
        ("ar", "لمدة يومين"),
        ("uk", "один–три дні"),
        ("hi", "१ से ३ दिन"),
        ("el", "για 1 έως 3 ημέρες"),
    ],
)
def test_other_days_than_one_to_two(locale, target) -> None:
    assert compared("for 1 to 2 days", target, locale)


@pytest.mark.parametrize(
    ("source", "locale", "target"),
    [
        ("One needle", "nl", "Een naald"),
        ("One needle", "de", "Nadel"),
        ("one of the reasons", "ar", "أحد أسباب"),
        ("The second course", "ar", "الدورة الثانية"),
        ("The third course", "de", "Im dritten Kurs"),
        ("the two therapies", "ar", "مقارنة بين العلاجين"),
        ("both therapies", "fr", "les deux traitements"),
        ("half an hour", "de", "30 Minuten"),
        ("half an hour", "nl", "een halfuur"),
        ("1.5 tablets", "nl", "anderhalve tablet"),
        ("by 12 October 2026", "nl", "uiterlijk 12-10-2026"),
        ("by 12 October 2026", "ar", "قبل ١٢ أكتوبر ٢٠٢٦"),
        ("by 12 October 2026", "fi", "viimeistään 12. lokak. 2026"),
        ("at 2 pm", "de", "um 14 Uhr"),
        ("at half past two", "nl", "om 2:30"),
        ("at half past two", "nl", "om half drie"),
        ("twice a day", "nl", "2 keer per dag"),
        ("type 2 diabetes", "nl", "diabetes type II"),
        ("three courses", "el", "τρία μαθήματα"),
        ("1,500 people", "de", "1.500 Menschen"),
        ("100%", "es", "cien por cien"),
        ("24 hours", "ar", "أربع وعشرون ساعة"),
        ("about 45 minutes", "nl", "ongeveer drie kwartier"),
        ("a second treatment", "de", "eine zweite Behandlung"),
        ("on Monday", "ar", "يوم الاثنين"),
        ("at 2:30 pm", "tr", "saat 14.30'da"),
        ("at 3.30 pm", "es", "a las 15:30"),
        ("a third of people", "de", "ein Drittel der Menschen"),
        ("a third of people", "nl", "een op de drie mensen"),
        ("a quarter of an hour", "de", "eine Viertelstunde"),
        ("half an hour before", "nl", "een half uur van tevoren"),
        ("at 3.30 pm", "es", "a las 3.30 de la tarde"),
        ("at 9.30 am", "es", "a las 9.30"),
        ("at 3.30 pm", "nl", "om 15.30 uur"),
        ("every other day", "es", "cada dos días"),
        ("a quarter of people", "es", "una cuarta parte de las personas"),
        ("a third of people", "es", "la tercera parte de las personas"),
        ("a fifth of people", "es", "una quinta parte de las personas"),
        ("three quarters of people", "es", "tres cuartas partes de las personas"),
        ("the third part", "es", "la tercera parte"),
        ("for 12 days", "tr", "on iki gün boyunca"),
        ("for 15 days", "tr", "on beş gün boyunca"),
        ("the 15th treatment", "tr", "on beşinci tedavi"),
        ("for 10 to 15 days", "tr", "on-on beş gün"),
        ("for 25 days", "tr", "yirmi beş gün"),
        ("for 15 days", "uk", "протягом пʼятнадцяти днів"),
        ("for 15 days", "uk", "протягом п’ятнадцяти днів"),
        ("for 15 days", "uk", "протягом п'ятнадцяти днів"),
        ("for 15 days", "uk", "протягом п‘ятнадцяти днів"),
        ("for 15 days", "uk", "протягом п`ятнадцяти днів"),
        ("5 tablets", "uk", "пʼять таблеток"),
        ("5 tablets", "uk", "п’ять таблеток"),
        ("5 tablets", "uk", "п'ять таблеток"),
        ("10,000 steps", "de", "10 000 Schritte"),
        ("10,000 steps", "es", "10 000 pasos"),
        ("12,500 steps", "es", "12 500 pasos"),
        ("1,000,000 people", "de", "1 000 000 Menschen"),
        ("1,050 mg", "nl", "1 050 mg"),
        ("10 000 steps", "nl", "10.000 stappen"),
        ("5 100 mg tablets", "de", "5 100 mg Tabletten"),
        ("call 900 123 456", "es", "llame al 900 123 456"),
        ("2 teaspoons", "ar", "ملعقتان صغيرتان"),
        ("2 tablespoons", "ar", "ملعقتين كبيرتين"),
        ("2,000 steps", "ar", "ألفا خطوة"),
        ("2,000 steps", "ar", "ألفي خطوة"),
        ("20,000 steps", "ar", "عشرون ألفا خطوة"),
        ("1,000 steps", "ar", "ألف خطوة"),
        ("1.5 litres a day", "es", "litro y medio al día"),
        ("1.5 litres a day", "es", "un litro y medio al día"),
        ("1.5 tablets", "es", "comprimido y medio"),
        ("1.5 hours", "es", "hora y media"),
        ("2.5 hours", "es", "dos horas y media"),
        ("half a year", "de", "sechs Monate"),
        ("half a year", "de", "ein halbes Jahr"),
        ("a quarter of a year", "de", "drei Monate"),
        ("half an hour", "el", "30 λεπτά"),
        ("a third week", "de", "eine dritte Woche"),
        ("about 45 minutes", "de", "etwa drei Viertelstunden"),
        ("at quarter to three", "de", "um Viertel vor drei"),
        ("at quarter past three", "de", "um Viertel nach drei"),
        ("a quarter after three days", "de", "ein Viertel nach drei Tagen"),
        ("three quarters of people", "de", "drei Viertel der Menschen"),
        ("a quarter of a year", "de", "ein Vierteljahr"),
        ("at 2:45 pm", "de", "um Viertel vor drei nachmittags"),
        ("for a fortnight", "de", "14 Tage lang"),
        ("for a fortnight", "de", "zwei Wochen lang"),
        ("for a fortnight", "nl", "gedurende twee weken"),
        ("for a fortnight", "es", "durante quince días"),
        ("every fortnight", "es", "cada quincena"),
        ("once a fortnight", "nl", "eens per twee weken"),
        ("a fortnightly visit", "nl", "een tweewekelijks bezoek"),
        ("once a fortnight", "es", "quincenalmente"),
        ("once a fortnight", "de", "alle 14 Tage"),
        ("once a fortnight", "nl", "veertiendaags"),
        ("once a fortnight", "de", "vierzehntägig"),
        ("2 tablets for a fortnight", "de", "14 Tage lang 2 Tabletten"),
    ],
)
def test_the_same_in_other_words(source, locale, target) -> None:
    assert not compared(source, target, locale)


@pytest.mark.parametrize(
    ("source", "locale", "target"),
    [
        ("The second course", "nl", "De derde cursus"),
        ("The second course", "nl", "De eerste cursus"),
        ("1.500 mg", "nl", "1.500 mg"),
        ("by 12 October 2026", "nl", "uiterlijk 12 november 2026"),
        ("by 12 October 2026", "nl", "uiterlijk 13-10-2026"),
        ("at 2 pm", "de", "um 2 Uhr"),
        ("at 3.30 pm", "es", "a las 3:30"),
        ("at 9.30 am", "de", "um 21:30 Uhr"),
        ("at 2:30 pm", "ar", "في الساعة 2:30 صباحًا"),
        ("−5 °C", "de", "5 °C"),
        ("3 days", "ar", "يومين"),
        ("half an hour", "nl", "een uur"),
        ("two thirds", "de", "drei Viertel"),
        ("a third of people", "de", "ein Viertel der Menschen"),
        ("half of people", "nl", "een kwart van de mensen"),
        ("a third of people", "ar", "ربع الناس"),
        ("2 tablets", "nl", "tabletten"),
        ("tablets", "nl", "2 tabletten"),
        ("a third of people", "es", "una cuarta parte de las personas"),
        ("a quarter of people", "es", "la tercera parte de las personas"),
        ("a third of people", "es", "una quinta parte de las personas"),
        ("two thirds of people", "es", "tres cuartas partes de las personas"),
        ("for 12 days", "tr", "on üç gün boyunca"),
        ("for 10 days", "tr", "on beş gün boyunca"),
        ("for 5 days", "tr", "on beş gün boyunca"),
        ("the 15th treatment", "tr", "on altıncı tedavi"),
        ("for 25 days", "tr", "on beş gün"),
        ("for 19 days", "uk", "протягом пʼятнадцяти днів"),
        ("50 tablets", "uk", "пʼять таблеток"),
        ("10,000 steps", "de", "10 Schritte"),
        ("1,000 steps", "es", "10 000 pasos"),
        ("5,100 mg", "de", "5 100 mg"),
        ("5,100 mg", "es", "5 100 mg"),
        ("10,500 mg", "de", "10 500 mg Tabletten"),
        ("12,500 steps", "es", "12 500 400 pasos"),
        ("3 teaspoons", "ar", "ملعقتان صغيرتان"),
        ("1,000 steps", "ar", "ألفا خطوة"),
        ("1,000 steps", "ar", "ألفي خطوة"),
        ("2,000 steps", "ar", "ألف خطوة"),
        ("2,000 steps", "ar", "ألفًا"),
        ("2,500 steps", "ar", "ألفًا وخمسمئة خطوة"),
        ("2,000 steps", "ar", "عشرون ألفًا"),
        ("2.5 litres a day", "es", "litro y medio al día"),
        ("0.5 litres a day", "es", "litro y medio al día"),
        ("1.5 litres a day", "es", "medio litro al día"),
        ("1 litre a day", "es", "litro y medio al día"),
        ("half a year", "de", "sechs Wochen"),
        ("half a year", "de", "sechs Jahre"),
        ("half a year", "de", "fünf Monate"),
        ("a quarter of a year", "de", "vier Monate"),
        ("half an hour", "de", "30 Stunden"),
        ("half an hour", "de", "30 Tage"),
        ("half a day", "de", "12 Monate"),
        ("about 30 minutes", "de", "etwa drei Viertelstunden"),
        ("about 45 minutes", "de", "etwa eine Viertelstunde"),
        ("at quarter to three", "de", "um Viertel nach drei"),
        ("at quarter to three", "de", "um Viertel vor vier"),
        ("at 2:45 am", "de", "um Viertel vor drei nachmittags"),
        ("at 3", "de", "um Viertel vor drei"),
        ("for a fortnight", "nl", "gedurende een week"),
        ("for a fortnight", "de", "14 Wochen lang"),
        ("for a fortnight", "de", "15 Wochen lang"),
        ("for a fortnight", "es", "durante doce días"),
        ("for a fortnight", "de", "drei Wochen lang"),
        ("once a fortnight", "de", "wöchentlich"),
        ("2 tablets for a fortnight", "de", "7 Tage lang 2 Tabletten"),
    ],
)
def test_not_the_same(source, locale, target) -> None:
    assert compared(source, target, locale)


@pytest.mark.parametrize(
    ("source", "locale", "target"),
    [
        ("at 5 pm", "ar", "الساعة الخامسة مساءً"),
        ("at 5 pm", "ar", "الساعة 5 بعد الظهر"),
        ("at 5:30 pm", "ar", "الساعة الخامسة والنصف مساءً"),
        ("at 12 noon", "ar", "الساعة الثانية عشرة ظهرًا"),
        ("at 5 pm", "de", "um fünf Uhr nachmittags"),
        ("at 5 pm", "de", "nachmittags um 5 Uhr"),
        ("at 5 pm", "nl", "om vijf uur 's middags"),
        ("at 5 pm", "nl", "'s middags om vijf uur"),
        ("at 5 pm", "es", "a las cinco de la tarde"),
        ("at 5:30 pm", "es", "a las cinco y media de la tarde"),
        ("at 12 am", "es", "a las 12 de la noche"),
        ("at 10 pm", "es", "a las diez de la noche"),
        ("at 5 pm", "fr", "à cinq heures de l’après-midi"),
        ("at 5 pm", "uk", "о п'ятій годині вечора"),
        ("at 5 pm", "hi", "शाम 5 बजे"),
        ("at 5 pm", "hi", "शाम के पाँच बजे"),
        ("at 5:30 pm", "hi", "शाम साढ़े पाँच बजे"),
        ("at 10 pm", "hi", "रात 10 बजे"),
        ("at 5 am", "hi", "सुबह ५ बजे"),
        ("at 5 pm", "zh", "明天下午5点"),
        ("at 5 pm", "zh", "下午五点"),
        ("at 5:30 pm", "zh", "下午5点30分"),
        ("at 5:30 pm", "zh", "下午五点半"),
        ("at 2 pm", "ja", "午後2時"),
        ("at 2 pm", "ko", "오후 2시"),
        ("at five in the afternoon", "nl", "om 17.00 uur"),
        ("five o'clock in the morning", "de", "5 Uhr morgens"),
        ("one in the morning, two in the evening", "nl", "een 's ochtends, twee 's avonds"),
    ],
)
def test_the_same_time_of_day_in_other_words(source, locale, target) -> None:
    assert not compared(source, target, locale)


@pytest.mark.parametrize(
    ("source", "locale", "target"),
    [
        ("at 5 pm", "ar", "الساعة الخامسة صباحًا"),
        ("at 5 pm", "ar", "الساعة الخامسة والنصف مساءً"),
        ("at 5 pm", "ar", "الجرعة الخامسة مساءً"),
        ("at 5 pm", "de", "um fünf Uhr morgens"),
        ("at 5 pm", "de", "morgens um 5 Uhr"),
        ("at 5 pm", "nl", "om vijf uur 's ochtends"),
        ("at 5 pm", "nl", "om zes uur 's middags"),
        ("at 5 pm", "es", "a las cinco de la mañana"),
        ("at 5:30 pm", "es", "a las cinco de la tarde"),
        ("at 12 pm", "es", "a las 12 de la noche"),
        ("at 5 pm", "fr", "à cinq heures du matin"),
        ("at 5 pm", "hi", "सुबह 5 बजे"),
        ("at 5 pm", "hi", "शाम 6 बजे"),
        ("5 hours", "hi", "शाम 5 बजे"),
        ("at 5 pm", "zh", "上午5点"),
        ("at 5 pm", "zh", "下午5点30分"),
        ("at 5 pm", "zh", "下午五点三十分"),
        ("5 hours", "ja", "午後5時"),
        ("at 5 pm", "ja", "午後5時間"),
        ("two in the evening", "nl", "om twee uur 's middags"),
    ],
)
def test_another_time_of_day(source, locale, target) -> None:
    assert compared(source, target, locale)


def test_a_difference_names_the_numbers() -> None:
    text = "neem 3 of 4 tabletten"
    found = compared("take 2 or 4 tablets", text, "nl")
    assert [number.value for number in found.missing] == [2]
    assert [text[slice(*number.span)] for number in found.extra] == ["3"]


@given(number_triples, st.sampled_from(sorted(FRAMES)), st.sampled_from(ZEROS))
def test_equal_numbers_in_any_digits_are_no_difference(numbers, locale, zero) -> None:
    source = FRAMES["en"].format(*numbers)
    target = FRAMES[locale].format(*(in_script(number, zero) for number in numbers))
    assert not compared(source, target, locale)


@given(number_triples, st.integers(0, 2), st.integers(2, 9999), st.sampled_from(sorted(FRAMES)))
def test_one_changed_number_is_always_a_difference(numbers, place, other, locale) -> None:
    assume(numbers[place] != other)
    changed = [*numbers[:place], other, *numbers[place + 1 :]]
    assert compared(FRAMES["en"].format(*numbers), FRAMES[locale].format(*changed), locale)


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_agrees_with_itself(text, other) -> None:
    assert not compared(text, text, "en")
    assert isinstance(compared(text, other, "ar"), Difference)
