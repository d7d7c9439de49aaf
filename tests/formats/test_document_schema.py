"""The published schema: it takes every Document that we can issue, and no stray."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from patientinfo.formats.document_schema import SCHEMA, schema_problems
from tests.formats.whole_document import every_block, person, whole_document


def with_blocks(*blocks: dict[str, Any]) -> dict[str, Any]:
    return whole_document(sections=[{"id": "s", "heading": "H", "blocks": list(blocks)}])


def test_the_schema_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_a_document_of_every_kind_of_block_is_valid() -> None:
    assert schema_problems(whole_document()) == []


@pytest.mark.parametrize("block", every_block(), ids=lambda b: str(b["type"]))
def test_a_block_has_all_its_members_and_no_others(block: dict[str, Any]) -> None:
    assert schema_problems(with_blocks(block)) == []
    assert schema_problems(with_blocks({**block, "stray": 1}))
    for member in block:
        assert schema_problems(with_blocks({k: v for k, v in block.items() if k != member}))


@pytest.mark.parametrize("member", sorted(whole_document()))
def test_every_member_is_always_present(member: str) -> None:
    document = whole_document()
    del document[member]
    assert schema_problems(document)


@pytest.mark.parametrize(
    "change",
    [
        {"stray": 1},
        {"schema": "patientinfo/document/2"},
        {"key": "not-a-uuid"},
        {"locale": "English"},
        {"direction": "up"},
        {"title": ""},
        {"summary": ""},
        {"audience": ["everybody"]},
        {"sections": []},
        {"sections": [{"id": "s", "heading": "", "blocks": []}]},
        {"sections": [{"id": "Not A Key", "heading": "H", "blocks": []}]},
        {"reviewed_on": "1 March"},
        {"review_due": None},
        {"review_due": "2028-02-30"},
        {"method": "machine"},
        {"edition": 0},
        {"issued_at": "yesterday"},
        {"issued_at": "2026-11-23T12:00:00+01:00"},
        {"significance": "great"},
        {"source": {"locale": "en", "edition": 1}},
        {"source": {"locale": "en", "edition": 1, "digest": "md5:0"}},
        {"people": {"authors": [], "translators": [], "checkers": []}},
        {"people": {**whole_document()["people"], "authors": [{**person("X"), "email": "x"}]}},
        {"rights": {"holder": "Clinic", "statement": "©", "credit": ""}},
        {"images": [{**whole_document()["images"][0], "alt": ""}]},
        {"images": [{**whole_document()["images"][0], "file": "/media/a.png"}]},
    ],
    ids=str,
)
def test_a_stray_is_refused(change: dict[str, Any]) -> None:
    assert schema_problems(whole_document(**change))


def test_a_problem_says_where_and_why() -> None:
    document = with_blocks({"type": "paragraph", "id": "NO", "text": "x"})
    problems = schema_problems(document)
    assert len(problems) == 1
    assert problems[0].startswith("sections/0/blocks/0")
    assert "NO" in problems[0]


def test_what_came_later_is_left_out_where_it_is_empty() -> None:
    definition = {
        "id": "0d5a1c52-6a3e-4c8e-9d0b-3f0f7d0f5a11",
        "term": "muscle",
        "text": "What moves you.",
        "forms": ["muscles"],
    }
    assert schema_problems(whole_document(definitions=[definition])) == []
    assert schema_problems(whole_document(definitions=[]))
    assert schema_problems(whole_document(definitions=[{**definition, "forms": []}]))
    (image,) = whole_document()["images"]
    own = {**image, "in_place_of": image["digest"]}
    assert schema_problems(whole_document(images=[own])) == []
