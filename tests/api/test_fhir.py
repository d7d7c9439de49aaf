"""The FHIR server: what a patient's system reads with a key, and what everybody is told."""

from __future__ import annotations

from typing import Any

import pytest
from fhir.resources.bundle import Bundle
from fhir.resources.capabilitystatement import CapabilityStatement
from fhir.resources.composition import Composition
from fhir.resources.documentreference import DocumentReference
from fhir.resources.operationoutcome import OperationOutcome

from patientinfo.licensing.access_keys import issue_channel_key, issue_key
from patientinfo.licensing.actions import revoke_licence
from patientinfo.licensing.models import UsageCount
from tests.api.shelf import BODY_WORD, CAPTION_WORD, SNOMED, key_of, put, set_row, withdraw
from tests.licences import make_licence

ID = f"{key_of('knee')}-nl"
PORTAL = {"uses": {"portal": {}}}
MODELS = {
    "Composition": Composition,
    "DocumentReference": DocumentReference,
    "Bundle": Bundle,
    "CapabilityStatement": CapabilityStatement,
    "OperationOutcome": OperationOutcome,
}


@pytest.fixture(autouse=True)
def shelf(level):
    level("read")
    for locale in ("en", "nl", "ar"):
        put("knee", locale, images=[], sections=[section()])
    codes = [{"system": "http://loinc.org", "code": "1-8", "display": ""}]
    put("hip", codes=codes)


def section():
    text = f"The {BODY_WORD} relaxes."
    blocks = [{"type": "paragraph", "id": "p-1", "text": text}]
    return {"id": "what-is-it", "heading": "What is it?", "blocks": blocks}


@pytest.fixture
def fhir(client):
    """`fhir("Composition", language="nl")` → the answer, its resource judged by a model of R5."""

    def ask(path: str, key: str = "", **query: Any):
        headers = {"Authorization": f"Bearer {key}"} if key else None
        answer = client.get(f"/fhir/R5/{path}", query, headers=headers)
        assert answer["Content-Type"] == "application/fhir+json"
        answer.resource = answer.json()
        MODELS[answer.resource["resourceType"]].model_validate(answer.resource)
        return answer

    return ask


@pytest.fixture
def key():
    """`key(**terms)` → a key of a licence for portals, or of these terms."""

    def issue(**terms: Any) -> str:
        licence = make_licence(**{**PORTAL, **terms})
        return issue_key(licence, "Portal", by="a test")[1]

    return issue


def refusal(answer, status, code):
    (issue,) = answer.resource["issue"]
    assert answer.resource["resourceType"] == "OperationOutcome"
    assert (answer.status_code, issue["details"]["coding"][0]["code"]) == (status, code)
    assert answer["Cache-Control"] == "no-store"
    assert BODY_WORD not in answer.content.decode()
    return issue


def test_the_statement_says_what_there_is(fhir):
    statement = fhir("metadata").resource
    assert statement["fhirVersion"] == "5.0.0"
    assert statement["implementation"]["url"] == "http://testserver/fhir/R5"
    resources = {each["type"]: each for each in statement["rest"][0]["resource"]}
    assert set(resources) == {"Composition", "DocumentReference"}
    for name in [each["name"] for each in resources["Composition"]["searchParam"]]:
        assert fhir("Composition", **{name: "x"}).status_code == 200


def test_everybody_reads_the_catalogues_entry(fhir):
    answer = fhir(f"Composition/{ID}")
    assert answer.status_code == 200
    assert answer.resource["title"] == "Knee"
    assert answer.resource["section"][0]["emptyReason"]["coding"][0]["code"] == "withheld"
    assert BODY_WORD not in answer.content.decode()
    assert answer["Content-Language"] == "nl"
    assert "Authorization" in answer["Vary"]


def test_a_licence_for_portals_reads_the_narratives(fhir):
    licence = make_licence(**PORTAL)
    _key, text = issue_key(licence, "Portal", by="a test")
    answer = fhir(f"Composition/{ID}", text)
    assert BODY_WORD in answer.resource["section"][0]["text"]["div"]
    assert answer["Cache-Control"] == "private, no-cache"
    assert licence.number in [note["text"] for note in answer.resource["note"]]


def test_another_use_reads_nothing(fhir, key):
    text = key(uses={"website": {}})
    for path in (f"Composition/{ID}", f"Composition/{ID}/$document", "Composition"):
        refusal(fhir(path, text), 403, "not-licensed")


def test_photos_alone_give_no_words(fhir, key):
    text = key(parts=frozenset({"photos"}))
    for path in (f"Composition/{ID}", f"Composition/{ID}/$document", "Composition"):
        answer = fhir(path, text)
        assert answer.status_code == 200
        assert BODY_WORD not in answer.content.decode()


def test_what_a_licence_does_not_name_is_refused(fhir, key):
    text = key(locales=frozenset({"en"}))
    refusal(fhir(f"Composition/{ID}", text), 403, "not-licensed")
    found = fhir("Composition", text, _id=ID).resource
    assert found["entry"][0]["resource"]["section"][0]["text"]["status"] == "empty"


def test_a_licence_that_ended_reads_nothing(fhir):
    licence = make_licence(**PORTAL)
    _key, text = issue_key(licence, "Portal", by="a test")
    first = fhir(f"Composition/{ID}", text)
    assert BODY_WORD in first.content.decode()
    revoke_licence(licence, by="a test", reason="over")
    refusal(fhir(f"Composition/{ID}", text), 403, "licence-not-in-force")
    refusal(fhir("Composition", "pik_no_such_key"), 401, "unknown-access-key")


def test_the_clinics_own_channel_reads_everything(fhir, level):
    level("catalogue")
    _key, text = issue_channel_key("Record", by="a test")
    assert BODY_WORD in fhir(f"Composition/{ID}", text).content.decode()


def test_a_leaflet_is_one_document(fhir, key):
    for text, given in (("", False), (key(), True)):
        bundle = fhir(f"Composition/{ID}/$document", text).resource
        assert bundle["type"] == "document"
        kinds = [entry["resource"]["resourceType"] for entry in bundle["entry"]]
        assert kinds == ["Composition", "DocumentReference"]
        assert (BODY_WORD in str(bundle)) is given


def test_which_forms_there_are(fhir):
    reference = fhir(f"DocumentReference/{ID}").resource
    forms = [content["attachment"] for content in reference["content"]]
    assert (forms[0]["contentType"], forms[0]["url"]) == ("text/html", "http://testserver/nl/knee/")
    urls = {form["url"]: form["contentType"] for form in forms}
    root = f"http://testserver/api/v1/pages/{key_of('knee')}/nl/renditions/"
    assert urls[f"{root}pdf/"] == "application/pdf"
    assert f"{root}sms/" not in urls


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, 4),
        ({"language": "nl"}, 1),
        ({"_language": "nl,ar"}, 2),
        ({"language": "urn:ietf:bcp:47|nl"}, 1),
        ({"_id": ID}, 1),
        ({"_id": f"{ID},nonsense"}, 1),
        ({"_id": "nonsense"}, 0),
        ({"category": f"{SNOMED}|1234567"}, 3),
        ({"code": "1-8"}, 1),
        ({"code": "|1-8"}, 1),
        ({"code": "1-8,1234567"}, 4),
        ({"code": ["1-8", "1234567"]}, 0),
        ({"category": "http://loinc.org|1234567"}, 0),
        ({"code": "1234567", "language": "ar"}, 1),
        ({"language": "x\x00"}, 0),
        ({"_format": "json", "_pretty": "true"}, 4),
    ],
)
@pytest.mark.parametrize("kind", ["Composition", "DocumentReference"])
def test_a_search_finds_what_it_names(fhir, kind, query, found):
    bundle = fhir(kind, **query).resource
    assert (bundle["type"], bundle["total"]) == ("searchset", found)
    assert len(bundle.get("entry", [])) == found
    assert {entry["resource"]["resourceType"] for entry in bundle.get("entry", [])} <= {kind}
    assert BODY_WORD not in str(bundle)
    assert CAPTION_WORD not in str(bundle)


def test_a_long_answer_has_pages(fhir, client):
    first = fhir("Composition", _count=3).resource
    assert [link["relation"] for link in first["link"]] == ["self", "next"]
    address = first["link"][1]["url"].removeprefix("http://testserver")
    second = client.get(address).json()
    ids = [entry["fullUrl"] for each in (first, second) for entry in each["entry"]]
    assert len(ids) == len(set(ids)) == 4
    none = fhir("Composition", _count=0).resource
    assert (none["total"], "entry" in none) == (4, False)


@pytest.mark.parametrize(
    ("path", "query", "status", "code"),
    [
        ("Composition", {"title": "knee"}, 400, "unknown-parameter"),
        ("Composition", {"_count": "many"}, 400, "invalid-value"),
        ("Composition", {"_format": "xml"}, 400, "invalid-value"),
        ("Composition", {"code": "http://loinc.org|"}, 400, "invalid-value"),
        ("Composition", {"use": "tattoo"}, 400, "invalid-value"),
        ("Composition/nonsense", {}, 404, "no-such-leaflet"),
        (f"Composition/{key_of('knee')}-fr", {}, 404, "no-such-leaflet"),
        (f"Composition/{key_of('knee')}", {}, 404, "no-such-leaflet"),
        ("Patient", {}, 404, "no-such-address"),
        ("", {}, 404, "no-such-address"),
    ],
)
def test_bad_requests_are_outcomes(fhir, path, query, status, code):
    refusal(fhir(path, **query), status, code)


def test_nothing_can_be_written(client):
    answer = client.post("/fhir/R5/Composition", {}, content_type="application/fhir+json")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS")
    OperationOutcome.model_validate(answer.json())


def test_what_is_gone_or_held_is_not_shown(fhir, key):
    text = key()
    set_row("knee", "ar", status="held")
    withdraw("knee", "nl")
    refusal(fhir(f"Composition/{ID}", text), 410, "withdrawn")
    refusal(fhir(f"Composition/{key_of('knee')}-ar", text), 410, "held")
    assert fhir("Composition", text).resource["total"] == 2


def test_no_two_readers_share_an_etag(fhir, key, client):
    address = f"Composition/{ID}"
    etags = [fhir(address)["ETag"], fhir(address, key())["ETag"], fhir(address, key())["ETag"]]
    assert len(set(etags)) == 3
    again = client.get(f"/fhir/R5/{address}", headers={"If-None-Match": etags[0]})
    assert (again.status_code, again.content) == (304, b"")
    assert client.head(f"/fhir/R5/{address}")["ETag"] == etags[0]


def test_an_address_knows_no_session(client):
    answer = client.get("/fhir/R5/metadata")
    assert "Cookie" not in answer["Vary"]


def test_what_is_read_is_counted(fhir):
    licence = make_licence(**PORTAL, locales=frozenset({"nl"}))
    _key, text = issue_key(licence, "Record", by="a test")
    for path, query in (
        (f"Composition/{ID}", {}),
        (f"Composition/{ID}/$document", {}),
        ("Composition", {}),  # others are there as everybody has them
        ("DocumentReference", {}),  # no words of any
        (f"DocumentReference/{ID}", {}),
    ):
        fhir(path, text, **query)
    fhir(f"Composition/{ID}")
    names = ("licence", "locale", "edition", "channel", "count")
    assert list(UsageCount.objects.values_list(*names)) == [(licence.pk, "nl", 1, "fhir", 3)]
