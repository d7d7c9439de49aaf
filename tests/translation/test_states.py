"""What a row says, and what people see."""

import pytest

from patientinfo.translation.states import State, state_of


@pytest.mark.parametrize(
    ("stored", "origin", "expected"),
    [
        ("draft", "human", State.DRAFT),
        ("draft", "memory", State.DRAFT),
        ("draft", "import", State.DRAFT),
        ("draft", "machine", State.MACHINE),
        ("translated", "human", State.TRANSLATED),
        ("translated", "machine", State.TRANSLATED),
        ("checked", "human", State.CHECKED),
    ],
)
def test_words_of_the_source_of_today(stored: str, origin: str, expected: State) -> None:
    assert state_of(stored, origin, "same", "same") is expected


@pytest.mark.parametrize("stored", ["draft", "translated", "checked"])
@pytest.mark.parametrize("origin", ["human", "machine"])
def test_words_of_an_older_source_are_fuzzy_whatever_was_said(stored: str, origin: str) -> None:
    assert state_of(stored, origin, "then", "now") is State.FUZZY


def test_no_row_is_empty() -> None:
    assert state_of(None, "", "", "now") is State.EMPTY
