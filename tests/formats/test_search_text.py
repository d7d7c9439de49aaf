"""What a patient types finds what a leaflet says."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.formats.search_text import fold


@pytest.mark.parametrize(
    ("said", "typed"),
    [
        ("Dry Needling", "dry needling"),
        ("Español: ¿Qué es?", "espanol que es"),
        ("Rückenschmerzen", "ruckenschmerzen"),
        ("Straße", "STRASSE"),
        ("coördinatie", "coordinatie"),
        ("İstanbul", "istanbul"),
        ("ﬁbrous", "fibrous"),
        ("m²", "m2"),
        ("trigger-point", "trigger point"),
        # Arabic: vowel signs, tatweel, forms of alef, ya and ta marbuta, the two kafs' shapes
        ("إِبْرَة", "ابره"),
        ("الإبر الجافة", "الابر الجافه"),
        ("أحمد", "احمد"),
        ("آلام", "الام"),
        ("مستشفى", "مستشفي"),
        ("عـــلاج", "علاج"),
        ("ﻻ", "لا"),
        ("\u0627\u0654حمد", "احمد"),  # the same letter in two characters
        ("مسؤول", "مسوول"),
        ("١٢ يوم", "12 يوم"),
    ],
)
def test_what_is_typed_folds_to_what_is_said(said: str, typed: str) -> None:
    assert fold(said) == fold(typed) != ""


@pytest.mark.parametrize(("one", "other"), [("pain", "pan"), ("علاج", "علام"), ("arm", "am")])
def test_other_words_stay_other_words(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)
