"""Every edition stays at its number, byte for byte."""

import pytest

from patientinfo.api.schemas import Detail, EditionList
from tests.api.shelf import key_of, put, set_row, withdraw

KEY = key_of("knee")
AT = f"pages/{KEY}/en/editions/"


def test_newest_first_and_how_each_stands(get):
    put("knee", body="One.")
    put("knee", body="Two.")
    withdraw("knee", "en")
    put("knee", body="Three.")
    answer = get(AT)
    EditionList.model_validate_json(answer.content)
    body = answer.json()
    assert body["count"] == 3
    assert [(e["edition"], e["status"]) for e in body["items"]] == [
        (3, "current"),
        (2, "withdrawn"),
        (1, "superseded"),
    ]
    assert body["items"][1]["detail_url"] == f"http://testserver/api/v1/{AT}2/"


def test_a_list_of_editions_has_pages(get, assert_problem):
    for number in range(5):
        put("knee", body=f"Words {number}.")
    body = get(AT, limit=2, offset=2).json()
    assert (body["count"], [e["edition"] for e in body["items"]]) == (5, [3, 2])
    assert_problem(get(AT, limit=101), "invalid-value", parameter="limit")
    assert_problem(get(AT, locale="en"), "unknown-parameter", parameter="locale")


def test_the_source_of_a_translation_is_named(get):
    put("knee", "en")
    put("knee", "nl")
    assert get(AT).json()["items"][0]["source"] is None
    (dutch,) = get(f"pages/{KEY}/nl/editions/").json()["items"]
    assert dutch["source"] == {"locale": "en", "edition": 1}


def test_the_document_of_an_old_edition_never_changes(get):
    first = put("knee", body="First words.", title="Before").edition
    before = get(f"{AT}1/")
    for number in range(2, 5):
        put("knee", body=f"Words {number}.", title="After")
    withdraw("knee", "en")
    after = get(f"{AT}1/")
    for answer in (before, after):
        assert b'"document":' + first.document.encode() + b"," in answer.content
        Detail.model_validate_json(answer.content)
    detail = after.json()
    assert (detail["title"], detail["meta"]["edition"]) == ("Before", 1)
    assert (before.json()["meta"]["status"], detail["meta"]["status"]) == ("current", "superseded")
    assert detail["meta"]["detail_url"] == f"http://testserver/api/v1/{AT}1/"
    assert before["ETag"] != after["ETag"]


def test_a_withdrawn_edition_is_still_readable_at_its_number(get):
    put("knee")
    withdraw("knee", "en")
    detail = get(f"{AT}1/").json()
    assert detail["meta"]["status"] == "withdrawn"
    assert "document" in detail
    assert get(AT).json()["items"][0]["status"] == "withdrawn"


def test_what_was_behind_is_said_of_the_newest_alone(get):
    put("knee", "nl")
    put("knee", "nl", body="Nieuw.")
    set_row("knee", "nl", status="behind", behind=["what-is-it"])
    at = f"pages/{KEY}/nl/editions/"
    assert get(f"{at}2/").json()["meta"]["source"]["behind"] == ["what-is-it"]
    assert get(f"{at}2/").json()["meta"]["status"] == "behind"
    assert get(f"{at}1/").json()["meta"]["source"]["behind"] == []


@pytest.mark.parametrize("status", ["held", "recalled"])
def test_held_and_recalled_editions_are_gone(get, assert_problem, status):
    put("knee")
    put("knee")
    set_row("knee", "en", status=status)
    assert_problem(get(f"{AT}2/"), status, edition=2, replacement_url=None)
    assert get(f"{AT}1/").status_code == 200


@pytest.mark.parametrize("number", [0, 3, 2**31, 10**30])
def test_a_number_that_was_not_issued(get, assert_problem, number):
    put("knee")
    put("knee")
    assert_problem(get(f"{AT}{number}/"), "no-such-edition", newest=2)


def test_queries_do_not_grow_with_the_editions(get, queries):
    put("knee")
    with queries() as one:
        get(AT, limit=1)
    for _ in range(30):
        put("knee")
    with queries() as many:
        assert len(get(AT, limit=100).json()["items"]) == 31
    with queries() as numbered:
        get(f"{AT}3/")
    assert len(one) == len(many) <= 4
    assert len(numbered) == 2
