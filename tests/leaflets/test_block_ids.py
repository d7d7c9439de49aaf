"""Wagtail's admin shows and keeps what an entry of a list says only when the entry has an id."""

from typing import Any

from wagtail.blocks import StreamValue

from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.keys import assign_keys
from patientinfo.leaflets.slots import Raw, slots
from tests.bodies import callout, listing, sample_sections, section


def shown(body: list[Raw]) -> str:
    """All that the edit form is given to show."""
    block = LeafletBody()
    return str(block.get_form_state(StreamValue(block, body, is_lazy=True)))


def without_ids(value: Any) -> Any:
    """The same values as a client sends that knows nothing of Wagtail's ids."""
    if isinstance(value, dict):
        return {name: without_ids(member) for name, member in value.items() if name != "id"}
    return [without_ids(member) for member in value] if isinstance(value, list) else value


def ids(value: Any) -> list[str]:
    """Ids of all stored blocks and entries, however deep."""
    if isinstance(value, dict):
        own = [value["id"]] if "value" in value else []
        return own + [found for member in value.values() for found in ids(member)]
    return [found for member in value for found in ids(member)] if isinstance(value, list) else []


def test_the_editor_shows_every_word_of_a_body_that_came_without_ids():
    body = assign_keys(without_ids(sample_sections()), [])
    form = shown(body)
    wanted = [slot.text for slot in slots(body) if slot.text and not slot.rich]
    wanted += [
        slot.text.removeprefix("<p>").removesuffix("</p>") for slot in slots(body) if slot.rich
    ]
    assert len(wanted) > 10
    assert [words for words in wanted if "<" not in words and words not in form] == []


def test_every_block_and_entry_has_an_id_of_its_own():
    found = ids(assign_keys(without_ids(sample_sections()), []))
    assert all(found)
    assert len(set(found)) == len(found) > 10


def test_ids_that_are_there_stay():
    body = assign_keys([section("One?", listing("Lead", "a", "b"))], [])
    before = ids(body)
    assert ids(assign_keys(body, body)) == before


def test_entries_cut_from_a_pasted_text_have_ids_too():
    pasted = callout("note", "", "first</p><p>second")
    body = assign_keys([section("One?", pasted)], [])
    items = body[0]["value"]["blocks"][0]["value"]["items"]
    assert len(items) == 2
    assert all(item["id"] for item in items)
    assert "second" in shown(body)
