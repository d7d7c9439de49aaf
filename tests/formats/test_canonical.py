"""Bytes that may never change: RFC 8785 and the digests made over it."""

import json

import pytest

from patientinfo.formats.canonical import (
    canonical_bytes,
    content_digest,
    digest,
    digest_bytes,
    part_digests,
)

# RFC 8785, section 3.2.2, the example object, and the bytes that section 3.2.3 gives for it.
RFC_SAMPLE = json.loads(
    r"""
    {
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }
    """
)
RFC_BYTES = (
    b'{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],'
    b'"string":"\xe2\x82\xac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
)


def test_the_standards_own_example() -> None:
    assert canonical_bytes(RFC_SAMPLE) == RFC_BYTES


def test_members_are_sorted_by_utf16_code_units() -> None:
    # RFC 8785, section 3.2.3: U+1F600 is D83D DE00 in UTF-16, so it sorts before U+FB33.
    value = {"\ufb33": 1, "\U0001f600": 2, "\u20ac": 3, "1": 4, "\r": 5, "\xf6": 6, "\x80": 7}
    order = list(json.loads(canonical_bytes(value)))
    assert order == ["\r", "1", "\x80", "\xf6", "\u20ac", "\U0001f600", "\ufb33"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 2**60, {1: "a"}, "\ud800"])
def test_what_json_cannot_say_is_refused(value: object) -> None:
    with pytest.raises((ValueError, TypeError)):
        canonical_bytes(value)


def test_a_digest_is_named_by_its_function() -> None:
    # echo -n 'abc' | sha256sum
    assert digest_bytes(b"abc") == (
        "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    )


def test_a_documents_digest_never_changes() -> None:
    # printf '{"a":"é","b":[1,null]}' | sha256sum
    golden = "sha256:3d92f6368f93f3cb36a4e7a721098054dfbfd705e31fa50409f2d99e0727a08c"
    made = digest({"b": [1, None], "a": "é"})
    assert made == digest_bytes('{"a":"é","b":[1,null]}'.encode())
    assert made == golden


def test_when_and_how_it_was_issued_is_not_what_it_says() -> None:
    one = {"title": "A", "edition": 1, "issued_at": "x", "significance": None, "note": ""}
    two = {"title": "A", "edition": 2, "issued_at": "y", "significance": "safety", "note": "n"}
    assert content_digest(one) == content_digest(two)
    assert content_digest(one) != content_digest({**one, "title": "B"})
    assert content_digest(one) != content_digest({**one, "source": {"edition": 1}})


def test_text_and_photos_have_digests_of_their_own() -> None:
    before = part_digests({"title": "A", "images": [{"id": "x"}], "edition": 1})
    other_photo = part_digests({"title": "A", "images": [{"id": "y"}], "edition": 2})
    other_words = part_digests({"title": "B", "images": [{"id": "x"}], "edition": 2})
    assert before["text"] == other_photo["text"]
    assert before["photos"] != other_photo["photos"]
    assert before["text"] != other_words["text"]
    assert before["photos"] == other_words["photos"]
