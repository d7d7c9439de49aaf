"""Every translatable string of every kind of block, under a path that outlives its place."""

from patientinfo.formats.document_schema import SCHEMA
from patientinfo.formats.segments import segments_of, source_hash
from tests.formats.whole_document import every_block, whole_document

PATHS = {
    "title": "Dry needling",
    "summary": "In short.",
    "what/heading": "What is it?",
    "para/text": "Some <strong>words</strong>.",
    "li-1/text": "one",
    "li-2/text": "two",
    "steps/lead_in": "First:",
    "st-1/text": "sit",
    "advice/lead_in": "Please do not:",
    "ad-1/text": "run",
    "callout/heading": "Get help",
    "ca-1/text": "Call us.",
    "table/caption": "How often",
    "col-1/text": "What",
    "col-2/text": "Often",
    "row-1/col-1": "a bruise",
    "row-1/col-2": "rarely",
    "pic/alt": "A needle",
    "pic/caption": "Ten times its size",
    "link/text": "Another leaflet",
}
PLAIN = {"title", "summary", "what/heading", "callout/heading", "table/caption", "pic/alt",
         "pic/caption", "link/text"}  # fmt: skip


def test_the_sample_has_every_kind_of_block() -> None:
    assert {block["type"] for block in every_block()} == set(SCHEMA["$defs"])


def test_each_string_has_its_path_in_reading_order() -> None:
    assert [(s.path, s.text) for s in segments_of(whole_document())] == list(PATHS.items())


def test_plain_text_and_html_are_told_apart() -> None:
    assert {s.path for s in segments_of(whole_document()) if not s.inline} == PLAIN


def test_each_string_knows_its_section_and_says_what_it_is() -> None:
    found = {s.path: s for s in segments_of(whole_document())}
    assert found["title"].section == "title"
    assert found["summary"].section == "summary"
    assert found["row-1/col-2"].section == found["pic/alt"].section == "what"
    assert all(s.note for s in found.values())
    assert found["pic/alt"].note == "description of a picture, read aloud"


def test_empty_strings_are_no_segments() -> None:
    document = whole_document(summary="", sections=[])
    assert [s.path for s in segments_of(document)] == ["title"]


def test_an_image_that_is_not_there_has_no_strings() -> None:
    paths = {s.path for s in segments_of(whole_document(images=[]))}
    assert not {p for p in paths if p.startswith("pic/")}


def test_a_path_does_not_depend_on_its_place() -> None:
    turned = whole_document()
    turned["sections"][0]["blocks"].reverse()
    assert {s.path: s.text for s in segments_of(turned)} == PATHS


def test_a_source_hash_never_changes() -> None:
    # printf 'Dröge naald' | sha256sum | cut -c1-32
    assert source_hash("Dröge naald") == "282bed1f984a45756163a8e11fe2bd4e"
    assert segments_of(whole_document())[0].hash == source_hash("Dry needling")
