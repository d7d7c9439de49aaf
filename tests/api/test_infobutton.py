"""The Infobutton: what a health record that knows MedlinePlus Connect asks, and what it gets."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml import etree

from patientinfo.channels.infobutton import ATOM
from patientinfo.licensing.access_keys import issue_key
from tests.api.shelf import BODY_WORD, CAPTION_WORD, SNOMED, put, set_row
from tests.licences import make_licence

OIDS = "2.16.840.1.113883.6"
CODE = "mainSearchCriteria.v.c"
SYSTEM = "mainSearchCriteria.v.cs"
NAME = "mainSearchCriteria.v.dn"
LANGUAGE = "informationRecipient.languageCode.c"
RESPONSE = "knowledgeResponseType"
KNEE = {CODE: "1234567", SYSTEM: f"{OIDS}.96"}
IN = {"a": ATOM}


@pytest.fixture(autouse=True)
def shelf(level):
    level("read")
    for locale in ("en", "es", "ar"):
        put("knee", locale)
    myalgia = {"system": "http://hl7.org/fhir/sid/icd-10", "code": "M79.1", "display": ""}
    put("hip", codes=[myalgia])


@pytest.fixture
def ask(client):
    def fetch(query: dict[str, Any], key: str = ""):
        headers = {"Authorization": f"Bearer {key}"} if key else None
        return client.get("/infobutton", query, headers=headers)

    return fetch


def feed(answer):
    assert answer.status_code == 200, answer.content
    return etree.fromstring(answer.content)


def titles(answer):
    return feed(answer).xpath("a:entry/a:title/text()", namespaces=IN)


def issued(**terms):
    return issue_key(make_licence(**{"uses": {"portal": {}}, **terms}), "Record", by="a test")[1]


def test_a_record_gets_an_atom_feed(ask):
    answer = ask(KNEE)
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer["Content-Language"] == "en"
    root = feed(answer)
    assert root.tag == f"{{{ATOM}}}feed"
    for member in ("title", "subtitle", "updated", "id", "author"):
        assert len(root.findall(f"a:{member}", IN)) == 1, member
    (entry,) = root.findall("a:entry", IN)
    assert entry.findtext("a:title", namespaces=IN) == "Knee"
    assert entry.find("a:link", IN).get("href") == "http://testserver/en/knee/"
    assert entry.findtext("a:id", namespaces=IN).startswith("urn:uuid:")
    summary = entry.find("a:summary", IN)
    assert summary.get("type") == "html"
    assert "What knee is." in etree.fromstring(summary.text).xpath("string()")
    asked = {c.get("scheme"): c.get("term") for c in root.findall("a:category", IN)}
    assert asked == KNEE


def test_the_same_as_json_by_its_other_names(ask):
    answer = ask({**KNEE, RESPONSE: "application/json"})
    assert answer["Content-Type"] == "application/json"
    found = answer.json()["feed"]
    assert set(found) >= {"title", "updated", "id", "author", "entry", "subtitle", "lang", "base"}
    (entry,) = found["entry"]
    assert entry["title"] == {"_value": "Knee", "type": "text"}
    assert entry["link"][0]["href"] == "http://testserver/en/knee/"
    assert entry["summary"]["type"] == "html"
    assert "content" not in entry


def test_a_script_calls_what_it_is_told_to(ask):
    answer = ask({**KNEE, RESPONSE: "application/javascript", "callback": "app.show_1"})
    assert answer["X-Content-Type-Options"] == "nosniff"
    text = answer.content.decode()
    assert text.startswith("/**/app.show_1(")
    assert json.loads(text[len("/**/app.show_1(") : -2])["feed"]["entry"]


@pytest.mark.parametrize(
    "callback", ["", "alert(1)//", "a b", "a;b", "<b>", "a..b", ".a", "1a", "ä", "a" * 101, "a\n"]
)
def test_anything_but_the_name_of_a_function_is_refused(ask, assert_problem, callback):
    answer = ask({**KNEE, RESPONSE: "application/javascript", "callback": callback})
    assert_problem(answer, "invalid-value", parameter="callback")


def test_a_script_takes_no_key(ask, assert_problem):
    query = {**KNEE, RESPONSE: "text/javascript", "callback": "f"}
    assert_problem(ask(query, issued()), "bad-request")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (KNEE, ["Knee"]),
        ({CODE: "1234567"}, ["Knee"]),
        ({CODE: "1234567", SYSTEM: SNOMED}, ["Knee"]),
        ({CODE: "1234567", SYSTEM: f"urn:oid:{OIDS}.96"}, ["Knee"]),
        ({CODE: "1234567", SYSTEM: f"{OIDS}.1"}, []),
        ({CODE: "M79.1", SYSTEM: f"{OIDS}.3"}, ["Hip"]),
        ({CODE: "M79.18", SYSTEM: f"{OIDS}.90"}, ["Hip"]),
        ({CODE: "M79", SYSTEM: f"{OIDS}.90"}, []),
        ({CODE: "250.33", SYSTEM: f"{OIDS}.103"}, []),
        ({NAME: "KNEE"}, ["Knee"]),
        ({NAME: "what knee"}, ["Knee"]),
        ({NAME: "!"}, []),
        ({NAME: BODY_WORD}, []),
        ({NAME: CAPTION_WORD}, []),
        ({**KNEE, NAME: "Something else"}, ["Knee"]),
        ({**KNEE, CODE: "99", NAME: "hip"}, ["Hip"]),
        ({CODE: "99", NAME: "hip"}, ["Hip"]),
        ({**KNEE, CODE: "99", NAME: "Something else"}, []),
        ({**KNEE, LANGUAGE: "en-US"}, ["Knee"]),
        ({**KNEE, LANGUAGE: "nl"}, []),
        ({**KNEE, LANGUAGE: "fr"}, []),
        ({**KNEE, LANGUAGE: "<>"}, []),
        ({**KNEE, "patientPerson.administrativeGenderCode.c": "F", "age.v.v": "44"}, ["Knee"]),
        ({CODE: "x\x00\x0b", NAME: "\x00"}, []),
    ],
)
def test_what_is_found(ask, query, found):
    answer = ask(query)
    assert titles(answer) == found
    assert BODY_WORD not in " ".join(feed(answer).xpath("//a:entry//text()", namespaces=IN))


@pytest.mark.parametrize(("given", "locale"), [("sp", "es"), ("es", "es"), ("AR", "ar")])
def test_in_the_language_of_the_patient(ask, given, locale):
    root = feed(ask({**KNEE, LANGUAGE: given}))
    (entry,) = root.findall("a:entry", IN)
    assert entry.get("{http://www.w3.org/XML/1998/namespace}lang") == locale
    assert f"/{locale}/knee/" in entry.find("a:link", IN).get("href")


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ({}, CODE),
        ({CODE: "1", SYSTEM: "1.2.3"}, SYSTEM),
        ({**KNEE, RESPONSE: "text/html"}, RESPONSE),
        ({CODE: "x" * 201}, CODE),
        ({NAME: "x" * 201}, NAME),
    ],
)
def test_what_cannot_be_answered_is_a_problem(ask, assert_problem, query, parameter):
    assert_problem(ask(query), "invalid-value", parameter=parameter)


def test_the_words_are_for_a_licence_for_portals(ask, assert_problem):
    answer = ask(KNEE, issued())
    content = feed(answer).xpath("string(a:entry/a:content)", namespaces=IN)
    assert BODY_WORD in content
    assert answer["Cache-Control"] == "private, no-cache"
    assert "UPC" in str(content) or "Permission number" in content
    assert_problem(ask(KNEE, issued(uses={"website": {}})), "not-licensed")
    for terms in ({"locales": frozenset({"nl"})}, {"parts": frozenset({"photos"})}):
        assert BODY_WORD not in ask(KNEE, issued(**terms)).content.decode()
    assert_problem(ask(KNEE, "nonsense"), "unknown-access-key")


def test_what_is_held_is_not_found(ask):
    set_row("knee", "en", status="held")
    assert titles(ask(KNEE)) == []


def test_an_answer_is_kept_by_what_it_says(ask, client):
    first = ask(KNEE)
    again = client.get("/infobutton", KNEE, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/infobutton/", KNEE).content == first.content
    assert client.post("/infobutton", KNEE).status_code == 405
    assert client.options("/infobutton").status_code == 204
