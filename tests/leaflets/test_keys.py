"""A paragraph stays the same paragraph, whoever saves the page and however."""

from __future__ import annotations

import copy
import random
import re
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patientinfo.leaflets.keys import assign_keys, is_settled, split_paragraphs
from patientinfo.leaflets.slots import keyed, slots
from tests.bodies import advice, callout, listing, paragraph, sample_sections, section, table

Raw = dict[str, Any]


def texts(body: list[Raw]) -> dict[str, str]:
    return {slot.path: slot.text for slot in slots(body)}


def keys(body: list[Raw]) -> list[str]:
    return [value["key"] for value, _kind in keyed(body)]


def without_keys(body: list[Raw]) -> list[Raw]:
    """As a client sends it that knows nothing of our keys."""
    bare = copy.deepcopy(body)
    for value, _kind in keyed(bare):
        value.pop("key", None)
    return bare


@pytest.fixture
def before() -> list[Raw]:
    return assign_keys(sample_sections(), [])


def test_a_settled_body_needs_no_look_at_what_was(before: list[Raw]) -> None:
    assert is_settled(before)
    assert not is_settled([*before, copy.deepcopy(before[0])])
    assert not is_settled(without_keys(before))


# -- what an editor does --------------------------------------------------------------------------


def test_saving_again_changes_nothing(before: list[Raw]) -> None:
    assert assign_keys(copy.deepcopy(before), before) == before


def test_rewording_keeps_every_key(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    for number, slot in enumerate(slots(after)):
        slot.fill(f"<p>Quite other words {number}</p>" if slot.rich else f"Other words {number}")
    assert keys(assign_keys(after, before)) == keys(before)


def test_a_sections_id_stays_when_its_heading_is_reworded(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    after[0]["value"]["heading"] = "How does it work?"
    assert assign_keys(after, before)[0]["value"]["key"] == "what"


def test_reordering_and_moving_between_sections_keep_every_key(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    after.reverse()
    moved = after[0]["value"]["blocks"].pop()
    after[2]["value"]["blocks"].insert(0, moved)
    assert texts(assign_keys(after, before)) == texts(before)


def test_block_ids_made_anew_keep_every_key(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    for number, part in enumerate(after):
        part["id"] = f"new-{number}"
        for other, block in enumerate(part["value"]["blocks"]):
            block["id"] = f"new-{number}-{other}"
    assert keys(assign_keys(after, before)) == keys(before)


def test_a_duplicated_block_gets_keys_of_its_own(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    blocks = after[1]["value"]["blocks"]
    blocks.insert(2, copy.deepcopy(blocks[1]))
    assign_keys(after, before)
    assert blocks[1] == before[1]["value"]["blocks"][1]
    assert not set(keys(after[1:2])[-3:]) & set(keys(before)) - {"course", "course-1", "course-2"}
    assert len(set(keys(after))) == len(keys(after)) == len(keys(before)) + 3


def test_the_key_stays_with_the_words_when_a_duplicate_comes_first(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    blocks = after[0]["value"]["blocks"]
    duplicate = copy.deepcopy(blocks[1])
    duplicate["value"]["text"] = "<p>Say something quite different here.</p>"
    blocks.insert(0, duplicate)
    assign_keys(after, before)
    assert blocks[2] == before[0]["value"]["blocks"][1]
    assert blocks[0]["value"]["key"] not in keys(before)


def test_a_duplicated_section_gets_keys_of_its_own(before: list[Raw]) -> None:
    after = assign_keys([*copy.deepcopy(before), copy.deepcopy(before[2])], before)
    assert after[:3] == before
    assert len(set(keys(after))) == len(keys(after))
    assert after[3]["value"]["key"] == "what-are-the-risks"


def test_a_deleted_key_is_not_given_to_other_words(before: list[Raw]) -> None:
    after = copy.deepcopy(before)
    after[0]["value"]["blocks"][1] = paragraph("Nothing here was ever said before.")
    assign_keys(after, before)
    assert after[0]["value"]["blocks"][1]["value"]["key"] not in keys(before)


# -- what a client does that loses the keys -------------------------------------------------------


def test_lost_keys_come_back_with_the_same_words(before: list[Raw]) -> None:
    assert texts(assign_keys(without_keys(before), before)) == texts(before)
    assert keys(assign_keys(without_keys(before), before)) == keys(before)


def test_lost_keys_come_back_in_another_order(before: list[Raw]) -> None:
    after = without_keys(before)
    after.reverse()
    for part in after:
        part["value"]["blocks"].reverse()
    assert texts(assign_keys(after, before)) == texts(before)


def test_lost_keys_come_back_with_reworded_text(before: list[Raw]) -> None:
    after = without_keys(before)
    blocks = after[1]["value"]["blocks"]
    blocks[0]["value"]["text"] = "<p>A trigger point is a tight knot in a muscle, causing pain.</p>"
    blocks[1]["value"]["items"][1]["value"]["text"] = "<p>less strength in that muscle</p>"
    assert keys(assign_keys(after, before)) == keys(before)


def test_a_lost_section_is_known_by_what_stands_in_it(before: list[Raw]) -> None:
    after = without_keys(before)
    after[1]["value"]["heading"] = "Knots in muscles"
    assert keys(assign_keys(after, before)) == keys(before)


def test_equal_texts_get_their_keys_in_their_order() -> None:
    before = assign_keys([section("A", paragraph("Same."), paragraph("Same."), key="a")], [])
    assert keys(assign_keys(without_keys(before), before)) == keys(before)


def test_pictures_are_known_by_the_picture() -> None:
    pictures = [
        {"type": "image", "value": {"image": pk, "alt": "", "caption": ""}} for pk in (7, 8, 9)
    ]
    before = assign_keys([section("A", *copy.deepcopy(pictures))], [])
    after = [section("A", *reversed(copy.deepcopy(pictures)))]
    assert keys(assign_keys(after, before))[1:] == keys(before)[:0:-1]


def test_some_lost_keys_do_not_take_those_that_are_there() -> None:
    before = assign_keys([section("A", paragraph("One two."), paragraph("One two."), key="a")], [])
    after = copy.deepcopy(before)
    after[0]["value"]["blocks"][0]["value"]["key"] = ""
    assert keys(assign_keys(after, before)) == keys(before)


@pytest.mark.parametrize("wrong", ["Not A Key", "title", "summary", "-x", "a" * 81, "a/b", "ä"])
def test_a_key_that_is_none_is_made_anew(wrong: str) -> None:
    body = [section("A heading", paragraph("Words.", key=wrong), key=wrong)]
    made = keys(assign_keys(body, []))
    assert made[0] == "a-heading"
    assert re.fullmatch("[0-9a-f]{8}", made[1])


# -- new keys -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "key"),
    [
        ("What is dry needling?", "what-is-dry-needling"),
        ("Qué es la punción seca", "que-es-la-puncion-seca"),
        ("ما هو الوخز بالإبر الجافة؟", "section"),
        ("干针", "section"),
        ("???", "section"),
        ("_private_ notes_", "private--notes"),
        ("Summary", "summary-2"),
        ("Title", "title-2"),
        ("a" * 200, "a" * 60),
        ("a " * 59 + "-- b", ("a-" * 30)[:59]),
    ],
)
def test_a_sections_id_is_made_of_its_heading(heading: str, key: str) -> None:
    assert keys(assign_keys([section(heading)], [])) == [key]


def test_sections_of_one_heading_have_ids_of_their_own() -> None:
    body = [section("Risks"), section("Risks"), section("خطر"), section("خطر")]
    assert keys(assign_keys(body, [])) == ["risks", "risks-2", "section", "section-2"]


def test_a_new_section_does_not_take_the_id_of_a_reworded_one() -> None:
    before = assign_keys([section("Risks", paragraph("Bruises are common after it."))], [])
    after = copy.deepcopy(before)
    after[0]["value"]["heading"] = "Side effects"
    after.append(section("Risks", paragraph("Quite another thing stands here.")))
    assert keys(assign_keys(after, before))[0] == "risks"
    assert after[1]["value"]["key"] == "risks-2"


# -- one paragraph, one block ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("stored", "parts"),
    [
        ("<p>One.</p>", ["<p>One.</p>"]),
        ("<p>One.</p><p>Two.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
        ('<p data-block-key="a">One.</p><p></p><p>&nbsp;</p><p>Two.</p>', None),
        ("<p>One.</p><p><br/></p><p>Two.</p>", ["<p>One.</p>", "<p>Two.</p>"]),
        ("<p>One.</p><ul><li>x</li><li>y</li></ul>", ["<p>One.</p>", "<p>x</p>", "<p>y</p>"]),
        ("bare words<p>One.</p>", ["<p>bare words</p>", "<p>One.</p>"]),
        ("", [""]),
        ("<p></p>", ["<p></p>"]),
    ],
)
def test_several_paragraphs_become_several_blocks(stored: str, parts: list[str] | None) -> None:
    body = [section("A", {"type": "paragraph", "value": {"key": "k", "text": stored}, "id": "i"})]
    assign_keys(body, [])
    blocks = body[0]["value"]["blocks"]
    assert [b["value"]["text"] for b in blocks] == (parts or ["<p>One.</p>", "<p>Two.</p>"])
    assert blocks[0]["value"]["key"] == "k"
    assert len({b["value"]["key"] for b in blocks}) == len(blocks)


def test_several_paragraphs_of_a_call_out_become_several_items() -> None:
    body = [section("A", callout("urgent", "Help", "Call.</p><p>Wait.", "Stay.", key="c"))]
    body[0]["value"]["blocks"][0]["value"]["items"][0]["id"] = "wagtail-id"
    split_paragraphs(body)
    items = body[0]["value"]["blocks"][0]["value"]["items"]
    assert [i["value"]["text"] for i in items] == ["<p>Call.</p>", "<p>Wait.</p>", "<p>Stay.</p>"]
    assert [i["value"]["key"] for i in items] == ["c-1", "", "c-2"]
    assert items[0]["id"] == "wagtail-id"


def test_the_bare_form_of_list_items_is_read() -> None:
    bare = {"key": "l", "lead_in": "", "items": [{"text": "<p>One.</p>"}]}
    body = [section("A", {"type": "list", "value": bare}, key="a")]
    assert len(keys(assign_keys(body, []))) == 3


# -- whatever comes -------------------------------------------------------------------------------

_BLOCKS = st.one_of(
    st.builds(paragraph, st.text(max_size=20), st.sampled_from(["", "a", "b", "NO"])),
    st.builds(lambda *t: listing("In", *t, key="l"), st.text(max_size=9), st.text(max_size=9)),
    st.builds(lambda t: advice("do", "", t), st.text(max_size=9)),
    st.builds(lambda t: callout("note", t, t, key="b"), st.text(max_size=9)),
    st.builds(lambda t: table(t, [t, t], [t, t], key="t"), st.text(max_size=9)),
)
_BODIES = st.lists(
    st.builds(
        lambda heading, blocks, key: section(heading, *blocks, key=key),
        st.text(max_size=12),
        st.lists(_BLOCKS, max_size=4),
        st.sampled_from(["", "a", "title"]),
    ),
    max_size=4,
)


@given(_BODIES, _BODIES)
def test_every_value_has_one_valid_key(body: list[Raw], previous: list[Raw]) -> None:
    before = assign_keys(copy.deepcopy(previous), [])
    made = keys(assign_keys(body, before))
    assert len(set(made)) == len(made)
    assert all(re.fullmatch("[a-z0-9][a-z0-9-]{0,79}", key) for key in made)
    assert not {"title", "summary"} & set(made)
    again = copy.deepcopy(body)
    assert assign_keys(again, before) == body


def test_a_long_leaflet_that_lost_every_key_is_quickly_mended() -> None:
    rng = random.Random(7)
    words = ["".join(rng.choices("abcdefghijklmnop", k=5)) for _ in range(400)] + ["the"] * 200

    def sentence() -> str:
        return " ".join(rng.choices(words, k=25))

    body = [
        section(sentence(), *(paragraph(sentence()) for _ in range(8)), listing("x", sentence()))
        for _ in range(200)
    ]
    before = assign_keys(body, [])
    after = without_keys(before)
    for part in after:
        for block in part["value"]["blocks"][:8]:
            block["value"]["text"] = block["value"]["text"].replace("<p>", "<p>Newly: ")
    started = time.process_time()
    assign_keys(after, before)
    assert time.process_time() - started < 5
    assert keys(after) == keys(before)
