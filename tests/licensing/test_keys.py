"""Access keys: what is told from the text alone, and what is stored."""

from __future__ import annotations

import pytest
from django.test import override_settings

from patientinfo.licensing.guard import Kind
from patientinfo.licensing.keys import hash_key, key_text, make_key, matches, parse_key


@pytest.mark.parametrize("kind", Kind)
def test_a_key_says_its_kind_and_its_name(kind: Kind) -> None:
    made = make_key(kind)
    parsed = parse_key(made.text)
    assert parsed is not None
    assert (parsed.kind, parsed.name) == (kind, made.name)
    assert made.text.startswith(f"pik_{kind.value[0]}_")


def test_a_fixed_key_keeps_its_text() -> None:
    """Keys are in the hands of partners: their form is for ever."""
    text = key_text(Kind.LICENCE, "abcdefghijkl", "0123456789abcdef0123456789ABCDEF")
    assert text == "pik_l_abcdefghijkl0123456789abcdef0123456789ABCDEF3GyXhK"


def test_no_two_keys_are_alike_and_none_is_stored() -> None:
    first, second = make_key(Kind.LICENCE), make_key(Kind.LICENCE)
    assert first.text != second.text
    assert first.name != second.name
    assert first.text not in first.hash


SPOILT = {
    "cut short": lambda text: text[:-1],
    "too long": lambda text: text + "x",
    "one letter wrong": lambda text: text[:20] + ("a" if text[20] != "a" else "b") + text[21:],
    "another prefix": lambda text: "xyz_" + text[4:],
    "another kind": lambda text: text.replace("_l_", "_q_"),
    "no underscore": lambda text: text.replace("_l_", "_lx", 1),
    "not ASCII": lambda text: "é" * len(text),
    "empty": lambda text: "",
}


@pytest.mark.parametrize("how", SPOILT)
def test_what_is_mistyped_is_not_looked_up(how: str) -> None:
    assert parse_key(SPOILT[how](make_key(Kind.LICENCE).text)) is None


def test_a_key_matches_its_hash_alone() -> None:
    made, other = make_key(Kind.LICENCE), make_key(Kind.LICENCE)
    assert matches(made.text, made.hash)
    assert not matches(other.text, made.hash)


def test_a_key_outlives_the_secret_it_was_hashed_with() -> None:
    made = make_key(Kind.CHANNEL)
    with override_settings(SECRET_KEY="another " * 8):
        assert not matches(made.text, made.hash)
    before = hash_key(made.text, "earlier " * 8)
    with override_settings(SECRET_KEY_FALLBACKS=["earlier " * 8]):
        assert matches(made.text, before)
