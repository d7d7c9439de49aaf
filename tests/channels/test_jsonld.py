"""schema.org: read by a JSON-LD processor, without the network."""

from __future__ import annotations

import json

import pytest

from patientinfo.channels.jsonld import JsonLdChannel
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.web.head import head_of
from tests.channels.rendering import rendered
from tests.channels.web_documents import META, document, translated, translated_meta
from tests.schema_org import SCHEMA, expanded, unknown_terms

PAGE = JsonLdChannel()
CODES = [{"system": "http://snomed.info/sct", "code": "229070002", "display": "Stretching"}]


def read(*args, **more):
    return expanded(json.loads(rendered(PAGE, *args, **more)))


def value(page, name):
    (found,) = page[SCHEMA + name]
    return found.get("@value", found.get("@id"))


def test_a_leaflet_is_a_medical_web_page():
    page = read(document())
    assert page["@type"] == [f"{SCHEMA}MedicalWebPage"]
    assert page["@id"] == "https://uplands.example/en/dry-needling/"
    assert value(page, "inLanguage") == "en"
    assert value(page, "lastReviewed") == "2026-03-07"
    assert value(page, "creditText") == "Information for Patients by Uplands Physio Clinic"
    reviewers = [value(person, "name") for person in page[f"{SCHEMA}reviewedBy"]]
    assert reviewers == ["Dr P. Approver (fictional)"]
    assert len(page[f"{SCHEMA}hasPart"]) == 2
    assert len(page[f"{SCHEMA}workTranslation"]) == 1


def test_every_term_is_one_of_schema_org():
    made = rendered(PAGE, document(codes=CODES), permission_url="https://uplands.example/ask")
    assert unknown_terms(json.loads(made)) == set()
    assert unknown_terms({"@type": "MedicalPage", "licence": ""}) == {"MedicalPage", "licence"}


def test_a_translation_names_its_original():
    page = read(translated("nl"), translated_meta("nl"))
    (work,) = page[f"{SCHEMA}translationOfWork"]
    assert work["@id"] == "https://uplands.example/en/dry-needling/"
    assert value(work, "version") == "2"
    assert f"{SCHEMA}workTranslation" not in page


def test_how_it_was_made_and_how_it_stands_is_said():
    page = read(translated("nl"), translated_meta("nl", "behind", ("after",)))
    assert page[f"{SCHEMA}expires"][0]["@value"] == "2028-04-08"
    (made,) = page[f"{SCHEMA}publishingPrinciples"]
    assert value(made, "description") == "Machinaal vertaald en door een mens nagekeken"
    (correction,) = page[f"{SCHEMA}correction"]
    assert value(correction, "text").endswith(": What can I expect afterwards?")


def test_what_is_behind_in_no_part_of_its_words_announces_none():
    page = read(translated("nl"), translated_meta("nl", "behind"))
    (correction,) = page[f"{SCHEMA}correction"]
    assert value(correction, "text") == (
        "Deze vertaling is ouder dan het origineel. "
        "Loopt achter op het origineel, dat nu aan uitgave 3 toe is."
    )


def test_a_licence_is_named():
    licence = LicenceLine("UPC-2026-0042", "By permission of the clinic")
    made = rendered(PAGE, document(), licence=licence)
    assert unknown_terms(json.loads(made)) == set()
    page = expanded(json.loads(made))
    assert value(page, "creditText") == "By permission of the clinic (UPC-2026-0042)"
    (permission,) = page[f"{SCHEMA}usageInfo"]
    assert value(permission, "identifier") == "UPC-2026-0042"


@pytest.mark.parametrize("meta", [translated_meta("nl", "behind", ("after",))])
def test_the_page_itself_says_the_same(meta):
    head = head_of(translated("nl"), meta, "https://uplands.example/ask")
    page = json.loads(rendered(PAGE, translated("nl"), meta))
    made = json.loads(head.json_ld)
    for member in ("expires", "correction", "publishingPrinciples"):
        assert made[member] == page[member]


def test_no_words_of_the_leaflet_are_in_it():
    assert b"A tiny needle" not in rendered(PAGE, document())


def test_where_permission_is_asked_is_named():
    page = read(document(), permission_url="https://uplands.example/permission")
    assert value(page, "acquireLicensePage") == "https://uplands.example/permission"
    assert value(page, "license") == "https://uplands.example/permission"


def test_an_e_mail_address_is_no_licence():
    page = read(document())
    assert value(page, "acquireLicensePage") == "mailto:info@uplands.example"
    assert f"{SCHEMA}license" not in page


@pytest.mark.parametrize("status", ["withdrawn", "recalled"])
def test_a_leaflet_that_is_gone_is_only_named(status):
    head = head_of(document(), {**META, "status": status}, "https://uplands.example/ask")
    made = json.loads(head.json_ld)
    assert made["name"] == "Dry needling"
    assert made["creativeWorkStatus"] == status
    assert not made.keys() & {"description", "hasPart", "image", "keywords", "citation", "author"}
    assert (head.url, head.alternates) == ("", ())


@pytest.mark.parametrize("evil", ["</script><script>alert(1)</script>", "<!--", "a & b", "\u2028"])
def test_no_title_ends_the_script_that_names_it(evil):
    head = head_of(document(title=evil), META, "")
    assert not set(head.json_ld) & set("<>&\u2028\u2029")
    assert json.loads(head.json_ld)["name"] == evil
