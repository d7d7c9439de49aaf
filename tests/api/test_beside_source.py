"""A file for translators holds two Editions: of each what may leave of both."""

from __future__ import annotations

import pytest

from patientinfo.licensing.access_keys import issue_key
from tests.api.shelf import CAPTION_WORD, image, key_of, put
from tests.licences import make_licence

KEY = key_of("knee")
SOURCE_WORD = "cricothyroid"
FILES = ("po", "xliff")


@pytest.fixture(autouse=True)
def open_translation(level):
    """The Dutch words are for everybody, those that they were made from are not."""
    level("read")
    ours = {**image(), "rights": {**image()["rights"], "sublicensable": True}}
    put("knee", "en", body=f"The {SOURCE_WORD} relaxes.", images=[ours])
    put("knee", "nl", body="De spier ontspant.", images=[ours], row={"level": "full"})


@pytest.fixture
def fetch(get):
    """`fetch(channel, **terms)`: the Dutch leaflet with a key of a licence of these terms."""

    def ask(channel, **terms):
        licence = make_licence(**{"uses": {"translate": {}}, **terms})
        _key, text = issue_key(licence, "Translators", by="a test")
        path = f"pages/{KEY}/nl/renditions/{channel}/"
        answer = get(path, {"Authorization": f"Bearer {text}"})
        answer.number = licence.number
        return answer

    return ask


@pytest.mark.parametrize("channel", FILES)
def test_a_licence_for_photos_gives_no_words_of_the_source(fetch, assert_problem, channel):
    answer = fetch(channel, parts=frozenset({"photos"}))
    assert_problem(answer, "not-licensed", reason="part_not_licensed")


@pytest.mark.parametrize("channel", FILES)
def test_a_licence_for_text_gives_no_words_of_the_sources_photos(fetch, channel):
    given = fetch(channel, parts=frozenset({"text"})).content.decode()
    assert SOURCE_WORD in given
    assert CAPTION_WORD not in given
    assert "Weggelaten" in given


@pytest.mark.parametrize("channel", FILES)
def test_a_licence_for_both_gives_both(fetch, channel):
    given = fetch(channel).content.decode()
    assert SOURCE_WORD in given
    assert given.count(CAPTION_WORD) == 2


@pytest.mark.parametrize("locales", [{"en"}, {"en", "nl"}])
def test_the_licence_of_the_source_is_named(fetch, locales):
    answer = fetch("po", locales=frozenset(locales))
    assert answer.number in answer.content.decode()


def test_a_licence_for_the_translation_alone_gives_no_file(fetch, assert_problem):
    assert_problem(fetch("po", locales=frozenset({"nl"})), "not-licensed", reason="not_licensed")
