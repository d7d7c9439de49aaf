"""What an answer must say before its speed counts."""

import hashlib
import json
from collections.abc import Callable

import pytest

from bench.contenders import FEW, LIST_LENGTH, Case, cases, keyed_cases
from bench.installation import Keys, Leaf
from bench.load import Answer, WrongAnswer
from patientinfo.formats.canonical import canonical_bytes

DOCUMENT = {"title": "Dry needling", "sections": []}
DIGEST = "sha256:" + hashlib.sha256(canonical_bytes(DOCUMENT)).hexdigest()


@pytest.fixture
def case() -> Callable[[str], Case]:
    leaves = [
        Leaf(f"key-{number}", "en", f"Dry needling {number}", DIGEST, number)
        for number in range(LIST_LENGTH)
    ]
    by_name = {case.name: case for case in cases(leaves)}
    return by_name.__getitem__


def answer(content: object) -> Answer:
    return Answer(200, {}, json.dumps(content).encode())


def test_ours_is_right_when_the_document_has_the_issued_digest(
    case: Callable[[str], Case],
) -> None:
    check = case("ours/detail").check
    check(0, answer({"document": DOCUMENT, "meta": {"digest": DIGEST}}))
    with pytest.raises(WrongAnswer):
        check(0, answer({"document": {**DOCUMENT, "title": "?"}, "meta": {"digest": DIGEST}}))


def test_the_peer_is_right_when_it_carries_the_words(case: Callable[[str], Case]) -> None:
    check = case("wagtail/detail").check
    check(3, answer({"title": "Dry needling 3", "body": [{}, {}]}))
    with pytest.raises(WrongAnswer):
        check(3, answer({"title": "Dry needling 3", "body": []}))


def test_a_list_has_twenty_known_leaflets(case: Callable[[str], Case]) -> None:
    check = case("ours/list").check
    items = [{"title": f"Dry needling {number}"} for number in range(LIST_LENGTH)]
    check(0, answer({"items": items}))
    for wrong in (items[:-1], [{"title": "?"}] * LIST_LENGTH):
        with pytest.raises(WrongAnswer):
            check(0, answer({"items": wrong}))


def test_both_sides_are_asked_for_the_same_leaflets(case: Callable[[str], Case]) -> None:
    ours, peers = case("ours/detail").requests, case("wagtail/detail").requests
    assert [request.path for request in ours] == [
        f"/api/v1/pages/key-{number}/en/" for number in range(LIST_LENGTH)
    ]
    assert [request.path for request in peers] == [
        f"/api/v3/pages/{number}/" for number in range(LIST_LENGTH)
    ]


LEAVES = [Leaf(f"key-{number}", "en", "Dry needling", DIGEST, number) for number in range(4)]


def keys_of(case: Case) -> list[str | None]:
    return [request.headers.get("Authorization") for request in case.requests]


def paths_of(case: Case) -> list[str]:
    return [request.path for request in case.requests]


def test_reads_with_a_key_are_the_same_reads() -> None:
    keys = Keys("own", [f"licence-{number}" for number in range(FEW + 3)])
    public, own, few, each = keyed_cases(LEAVES, keys, " of 11")
    assert keys_of(public) == [None] * 4
    assert keys_of(own) == ["Bearer own"] * 4
    assert paths_of(own) == paths_of(public)
    assert keys_of(few) == [f"Bearer licence-{number // 4}" for number in range(4 * FEW)]
    assert paths_of(few) == paths_of(public) * FEW
    assert keys_of(each) == [f"Bearer licence-{number}" for number in range(FEW + 3)]
    assert paths_of(each)[:5] == [*paths_of(public), paths_of(public)[0]]
    assert len(keyed_cases(LEAVES, Keys("own", ["one"]), " of 1")) == 3


def test_a_read_with_a_licences_key_shows_the_licence() -> None:
    _public, own, licence = keyed_cases(LEAVES, Keys("own", ["one"]), " of 1")
    own.check(0, answer({"document": DOCUMENT}))
    licence.check(3, answer({"document": DOCUMENT, "rights": {"licence": "P26"}}))
    with pytest.raises(WrongAnswer):
        licence.check(0, answer({"document": DOCUMENT, "rights": {"licence": None}}))
    with pytest.raises(WrongAnswer):
        licence.check(0, answer({"document": {}, "rights": {"licence": "P26"}}))
