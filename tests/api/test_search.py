"""Search finds what the reader may read, in every language, and nothing else."""

import pytest

from tests.api.shelf import BODY_WORD, put, set_row

WORDS = {
    "en": ("The <em>Bodkin</em> treats muscles.", ["bodkin", "BODKIN", "muscles treats", "muscle"]),
    "nl": ("Spierspanning geeft hoofdpijn.", ["spierspanning", "spanning", "Hoofdpijn geeft"]),
    "de": ("Große Müdigkeit nach Übungen.", ["grosse", "müdigkeit", "Mudigkeit", "übungen"]),
    "es": ("La punción alivia el músculo.", ["punción", "puncion", "MUSCULO"]),
    "ar": ("تُعالَج العضلة بإبرة رفيعة.", ["تعالج", "العضلة", "العضله", "عضلة", "بإبرة", "بابره"]),
}


def found(get, search, **query):
    return [item["locale"] for item in get("pages/", search=search, **query).json()["items"]]


@pytest.mark.parametrize(
    ("locale", "search"), [(loc, word) for loc, (_, words) in WORDS.items() for word in words]
)
def test_words_of_every_language_are_found(get, locale, search):
    for code, (body, _words) in WORDS.items():
        put("dry-needling", code, title="x", summary="y", body=body)
    assert found(get, search) == [locale]


def test_all_words_have_to_be_there(get):
    put("knee", body="Ice and rest.")
    assert found(get, "rest " * 40) == ["en"]
    assert found(get, "ice rest") == ["en"]
    assert found(get, "ice heat") == []


@pytest.mark.parametrize("search", ["", "   "])
def test_no_words_are_no_filter(get, search):
    put("knee")
    assert found(get, search) == ["en"]


@pytest.mark.parametrize("search", ["%", "_", "'", '"; --', "\x00", "\\", "🦵", "*"])
def test_signs_are_neither_wildcards_nor_sql(get, search):
    put("knee")
    assert found(get, search) == []


def test_an_underscore_is_itself(get):
    put("knee", body="a_b")
    assert found(get, "a_b") == ["en"]
    assert found(get, "a_") == ["en"]
    assert found(get, "e_") == []


def test_words_that_are_withheld_are_not_found(get, level):
    put("knee", summary="About knees.")
    assert found(get, BODY_WORD) == ["en"]
    for restricted in ("read", "catalogue"):
        level(restricted)
        assert found(get, BODY_WORD) == []
        assert found(get, f"knees {BODY_WORD}") == []
        assert found(get, "knees") == ["en"]
        assert found(get, "what is it") == ["en"]


def test_each_leaflet_is_searched_at_its_own_level(get, level):
    level("read")
    put("open", row={"level": "full"})
    put("closed", row={"level": "catalogue"})
    put("default")
    assert [i["slug"] for i in get("pages/", search=BODY_WORD).json()["items"]] == ["open"]
    level("full")
    found_now = [i["slug"] for i in get("pages/", search=BODY_WORD).json()["items"]]
    assert found_now == ["default", "open"]


def test_what_is_held_is_not_searched(get):
    put("knee")
    set_row("knee", "en", status="held")
    assert found(get, BODY_WORD) == []
    assert found(get, "knee") == ["en"]


def test_a_level_nobody_knows_is_the_strictest(get):
    put("knee", row={"level": "everything"})
    assert found(get, BODY_WORD) == []
