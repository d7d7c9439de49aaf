"""What a partner asks for: stored as it was said, refused where it says nothing sensible."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.licensing.terms import LICENSABLE, PARTS
from patientinfo.licensing.wishes import COUNTRIES, BadWish, Wish, wish_from

KEY = "0b0f7c3e-7f0e-4b0e-8a51-0d3f6f0b9a11"


def all_or(values: st.SearchStrategy[str]) -> st.SearchStrategy[frozenset[str] | None]:
    return st.none() | st.frozensets(values, max_size=4)


WISHES = st.builds(
    Wish,
    leaflets=all_or(st.uuids().map(str)),
    topics=st.frozensets(st.uuids().map(str), max_size=3),
    locales=all_or(st.sampled_from(["en", "nl", "zh-Hant", "ar"])),
    parts=st.frozensets(st.sampled_from(PARTS)),
    uses=st.dictionaries(
        st.sampled_from([str(use) for use in LICENSABLE if use != "print"]), st.just({})
    ),
    adaptation=st.booleans(),
    territory=st.none() | st.frozensets(st.sampled_from(sorted(COUNTRIES)), min_size=1),
    starts=st.none() | st.dates(max_value=date(2030, 1, 1)),
    ends=st.none() | st.dates(min_value=date(2030, 1, 1)),
    commercial=st.booleans(),
    price=st.sampled_from(["", "€ 2"]),
    credit=st.sampled_from(["", "By Uplands"]),
)


@given(WISHES)
def test_a_wish_survives_the_way_through_the_database(wish: Wish) -> None:
    assert wish_from(json.loads(json.dumps(wish.as_json()))) == wish


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("leaflets", ["dry-needling"]),
        ("leaflets", KEY),
        ("leaflets", [KEY] * 1001),
        ("topics", None),
        ("locales", ["../etc"]),
        ("locales", [7]),
        ("parts", ["sound"]),
        ("uses", ["website"]),
        ("uses", {"reader": {}}),
        ("uses", {"print": {"run": 0}}),
        ("uses", {"print": {"run": True}}),
        ("uses", {"website": {"run": 5}}),
        ("uses", {"print": 500}),
        ("adaptation", "yes"),
        ("territory", []),
        ("territory", ["XX"]),
        ("starts", "tomorrow"),
        ("starts", 5),
        ("credit", "two\nlines"),
        ("price", "x" * 301),
        ("colour", "red"),
    ],
)
def test_bad_data_is_refused_by_the_name_of_its_member(member: str, value: Any) -> None:
    with pytest.raises(BadWish, match=rf"^{member}: ") as refused:
        wish_from({member: value})
    assert refused.value.member == member


def test_a_wish_is_an_object() -> None:
    with pytest.raises(BadWish, match="wish"):
        wish_from([])


def test_an_end_before_the_beginning_is_refused() -> None:
    with pytest.raises(BadWish, match="ends"):
        wish_from({"starts": "2027-02-01", "ends": "2027-01-31"})


def test_what_has_to_be_filled_in_is_named() -> None:
    assert Wish().missing == ("leaflets", "locales", "uses", "starts")
    full = {"topics": [KEY], "locales": None, "uses": {"print": {"run": 5}}, "starts": "2027-01-01"}
    assert wish_from(full).missing == ()
    assert wish_from({**full, "parts": []}).missing == ("parts",)
