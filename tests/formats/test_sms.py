"""How many messages a text becomes: 3GPP TS 23.038 and 23.040."""

from __future__ import annotations

import doctest

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats import sms
from patientinfo.formats.sms import BASIC, EXTENDED, GSM_7, UCS_2, measure, message_of

SHORT = {
    "en": "After dry needling: rest, if possible, and drink plenty of water.",
    "nl": "Na dry needling: rust, als dat mogelijk is, en drink veel water.",
    "de": "Nach dem Dry Needling: Ruhen Sie sich aus. Beschwerden können stärker werden.",
    "es": "Después de la punción seca: descanse y beba mucha agua.",
    "ar": "بعد الوخز بالإبر الجافة: استرح إن أمكن، واشرب الكثير من الماء.",
}


def test_the_alphabet_is_the_standards():
    """128 places, of which one is the escape to ten more."""
    assert len(BASIC) == 127
    assert len(EXTENDED) == 10
    assert not BASIC & EXTENDED


@pytest.mark.parametrize(
    ("locale", "encoding"),
    [("en", GSM_7), ("nl", GSM_7), ("de", GSM_7), ("es", UCS_2), ("ar", UCS_2)],
)
def test_a_language_takes_the_alphabet_that_has_its_letters(locale, encoding):
    length = measure(SHORT[locale])
    assert (length.encoding, length.messages) == (encoding, 1)
    assert length.units == len(SHORT[locale])


def test_spanish_is_of_the_alphabet_but_for_four_vowels():
    assert measure("¿Qué? ¡Baño, pingüino!").encoding == GSM_7
    assert measure("aguja más fina, músculo, punción, aquí").strangers == "áúóí"


@pytest.mark.parametrize(
    ("text", "messages"),
    [
        ("", 0),
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 459, 3),
        ("a" * 460, 4),
        ("ع" * 70, 1),
        ("ع" * 71, 2),
        ("ع" * 134, 2),
        ("ع" * 201, 3),
        ("ع" * 202, 4),
        ("€" * 80, 1),
        ("€" * 81, 2),
        ("🪡" * 35, 1),
        ("🪡" * 36, 2),
    ],
)
def test_messages_are_full_before_there_is_another(text, messages):
    assert measure(text).messages == messages


def test_no_character_is_cut_in_two():
    """An escape at the end of a message would be read as a space."""
    assert measure("a" * 152 + "€" + "a" * 151).messages == 2
    assert measure("a" * 152 + "€" + "a" * 152).messages == 3
    assert measure("ع" * 66 + "🪡" + "ع" * 66).messages == 3


def test_one_stranger_halves_the_room():
    assert measure("a" * 160).messages == 1
    length = measure("a" * 159 + "ó")
    assert (length.encoding, length.messages, length.strangers) == (UCS_2, 3, "ó")


def test_more_than_three_are_many():
    assert not measure("a" * 459).long
    assert measure("a" * 460).long


def test_a_message_is_text_credit_and_address():
    assert message_of("Rest.", "By U", "https://u.example/") == "Rest.\nBy U\nhttps://u.example/"
    assert message_of("Rest.", "", "") == "Rest."


def test_a_sign_of_print_in_the_credit_does_not_halve_the_room():
    assert message_of("Rest – now.", "By U ©", "") == "Rest – now.\nBy U (c)"


@given(st.text(), st.text())
def test_more_text_is_never_fewer_messages(start, more):
    assert measure(start + more).messages >= measure(start).messages
    assert measure(start).units >= len(start) or not start


def test_the_examples_hold():
    assert doctest.testmod(sms).failed == 0
