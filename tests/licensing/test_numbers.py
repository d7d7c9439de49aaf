"""Numbers of permissions survive being read out and typed in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from patientinfo.licensing.numbers import ALPHABET, new_number, normalized


def test_a_number_is_its_own_one_spelling() -> None:
    for _ in range(200):
        made = new_number(2026)
        assert made.startswith("P26-")
        assert normalized(made) == made


def test_people_type_it_as_they_like() -> None:
    made = new_number(2031)
    assert normalized(made.lower()) == made
    assert normalized(made.replace("-", "")) == made
    assert normalized(f"  {made[:4]} {made[4:]} ") == made
    assert normalized(made.replace("0", "O").replace("1", "l")) == made


@given(st.integers(4, 12), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place: int, letter: str) -> None:
    made = new_number(2026)
    wrong = made[:place] + letter + made[place + 1 :]
    assert wrong == made or made[place] == "-" or normalized(wrong) is None


def test_no_character_counts_as_another() -> None:
    for _ in range(200):
        made = new_number(2026)
        at = made.find("0", 4)
        assert "Z" not in made
        assert at < 0 or normalized(made[:at] + "Z" + made[at + 1 :]) is None


@given(st.integers(4, 11))
def test_two_neighbours_exchanged_are_noticed(place: int) -> None:
    made = new_number(2026)
    swapped = made[:place] + made[place + 1] + made[place] + made[place + 2 :]
    assert swapped == made or "-" in made[place : place + 2] or normalized(swapped) is None


@given(st.text(max_size=40))
def test_anything_else_is_no_number(text: str) -> None:
    found = normalized(text)
    assert found is None or found.startswith("P")
