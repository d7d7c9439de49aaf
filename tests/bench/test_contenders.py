"""What an answer must say before its speed counts."""

import hashlib
import json
from collections.abc import Callable

import pytest

from bench.contenders import LIST_LENGTH, Case, cases, keyed_cases
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


def test_a_read_with_a_key_sends_a_key_of_its_own_and_shows_the_licence() -> None:
    leaves = [Leaf(f"key-{number}", "en", "Dry needling", DIGEST, number) for number in range(4)]
    keys = Keys("own", [f"licence-{number}" for number in range(8)])
    public, own, licence = keyed_cases(leaves, keys, " of 8")
    assert {request.headers.get("Authorization") for request in public.requests} == {None}
    assert {request.headers["Authorization"] for request in own.requests} == {"Bearer own"}
    assert [request.headers["Authorization"] for request in licence.requests] == [
        f"Bearer licence-{number}" for number in (0, 2, 4, 6)
    ]
    own.check(0, answer({"document": DOCUMENT}))
    shown = {"document": {"sections": [{}]}, "meta": {"digest": DIGEST}}
    licence.check(0, answer({**shown, "rights": {"licence": "P26"}}))
    with pytest.raises(WrongAnswer):
        licence.check(0, answer({**shown, "rights": {"licence": None}}))
