"""FHIR R5: judged by the models of fhir.resources, and by reading the narratives."""

from __future__ import annotations

import json
import re

import pytest
from fhir.resources.bundle import Bundle
from lxml import etree

from patientinfo.channels.fhir import FhirChannel
from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.parts.xhtml import XHTML
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import segments_of
from tests.channels.pdf_reading import squeezed
from tests.channels.rendering import OTHER_URL, rendered
from tests.channels.web_documents import KEY, document, translated, translated_meta

FHIR = FhirChannel()
#: FHIR R5, Narrative: elements that may stand in one, as far as a leaflet has them.
ALLOWED = {
    "div", "p", "br", "h1", "h2", "h3", "ul", "ol", "li", "a", "strong", "em", "sub", "sup", "span",
    "table", "caption", "thead", "tbody", "tr", "th", "td",
}  # fmt: skip
CODED = {"codes": [{"system": "http://loinc.org", "code": "1-8", "display": " Two  words "}]}


def resources(*args, **more):
    made = json.loads(rendered(FHIR, *args, **more))
    Bundle.model_validate(made)
    return [entry["resource"] for entry in made["entry"]]


def narratives(composition):
    for section in [composition, *composition["section"]]:
        yield etree.fromstring(section["text"]["div"])


def test_a_leaflet_is_a_document():
    made = json.loads(rendered(FHIR, document(**CODED)))
    bundle = Bundle.model_validate(made)
    assert (bundle.type, made["timestamp"]) == ("document", "2026-11-23T12:00:00Z")
    composition, reference = (entry["resource"] for entry in made["entry"])
    assert composition["resourceType"] == "Composition"
    assert composition["identifier"][0]["value"] == f"urn:uuid:{KEY}"
    assert composition["identifier"][1]["value"].startswith("sha256:")
    assert (composition["status"], composition["language"]) == ("final", "en")
    assert composition["version"] == "3"
    (code,) = composition["category"][0]["coding"]
    assert code == {"system": "http://loinc.org", "code": "1-8", "display": "Two words"}
    assert composition["category"][1] == {"text": "Pain"}
    assert composition["author"] == [{"display": "Dr A. Author (fictional)"}]
    (attester,) = composition["attester"]
    assert attester["party"]["display"] == "Dr P. Approver (fictional)"
    assert composition["event"] == [{"period": {"start": "2026-03-07", "end": "2028-04-08"}}]
    assert reference["content"][0]["attachment"]["url"].endswith("/en/dry-needling/")
    assert composition["section"][-1]["entry"] == [{"reference": made["entry"][1]["fullUrl"]}]


def test_every_word_is_in_a_narrative_of_the_allowed_elements():
    composition, _ = resources(document())
    found = list(narratives(composition))
    assert {etree.QName(e).localname for div in found for e in div.iter()} <= ALLOWED
    assert {etree.QName(e).namespace for div in found for e in div.iter()} == {XHTML}
    said = squeezed("".join(text for div in found for text in div.itertext()))
    for segment in segments_of(document()):
        assert squeezed(plain_text(segment.text)) in said, segment.path
    assert OTHER_URL in {a.get("href") for div in found for a in div.iter(f"{{{XHTML}}}a")}


def test_a_translation_says_what_it_was_made_from():
    composition, reference = resources(
        translated("ar"), translated_meta("ar", "behind", ("after",))
    )
    (relation,) = composition["relatesTo"]
    assert relation["type"] == "derived-from"
    display = relation["resourceReference"]["display"]
    assert display.startswith("Dry needling (الإنجليزية، الطبعة 2) sha256:")
    assert reference["relatesTo"][0]["target"]["display"] == "الإنجليزية، الطبعة 2"
    (note, *_) = composition["note"]
    assert note["text"].endswith(": What can I expect afterwards?")
    assert reference["relatesTo"][0]["code"]["coding"][0]["code"] == "transforms"
    div = next(narratives(composition))
    assert (div.get("dir"), div.get("lang")) == ("rtl", "ar")
    assert len(composition["note"]) == 3


ENGLISH = re.compile(r"leaflet|edition|digest|fingerprint", re.IGNORECASE)


@pytest.mark.parametrize("locale", ["nl", "de", "es", "ar"])
def test_words_of_ours_are_in_the_leaflets_language(locale):
    for resource in resources(translated(locale), translated_meta(locale)):
        (digest,) = [each for each in resource["identifier"] if "type" in each]
        (relation,) = resource["relatesTo"]
        other = relation.get("target") or relation["resourceReference"]
        for text in (resource["type"]["text"], digest["type"]["text"], other["display"]):
            assert not ENGLISH.search(text)


def test_without_the_text_it_is_the_catalogues_entry():
    definition = {"id": KEY, "term": "knot", "text": "Something sore.", "forms": ["knots"]}
    secret = document(short_text="Rest a little.", definitions=[definition])
    made = rendered(FHIR, secret, parts=())
    for words in (b"tiny needle", b"Most people need", b"guideline", b"Rest a", b"Something sore"):
        assert words not in made
    composition, _ = resources(secret, parts=())
    whole = composition["section"][:2]
    assert [section["title"] for section in whole] == [
        "What is dry needling?",
        "What can I expect afterwards?",
    ]
    assert {section["text"]["status"] for section in whole} == {"empty"}
    assert {section["emptyReason"]["coding"][0]["code"] for section in whole} == {"withheld"}
    assert "What dry needling is" in composition["text"]["div"]


def test_without_the_photos_the_text_is_whole():
    composition, _ = resources(document(), parts=("text",))
    assert {section["text"]["status"] for section in composition["section"]} == {"additional"}
    assert "A thin needle above" not in json.dumps(composition)


def test_a_licence_is_named():
    licence = LicenceLine("UPC-2026-0042", "By permission of the clinic")
    composition, _ = resources(document(), licence=licence)
    notes = [note["text"] for note in composition["note"]]
    assert notes[-2:] == ["By permission of the clinic", "UPC-2026-0042"]


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "Needles 🪡 <b> & \x00 \x0b"},
        {"sections": [{"id": f"s-{n}", "heading": f"{n}", "blocks": []} for n in range(200)]},
        {"people": {role: [] for role in ("authors", "translators", "checkers", "approvers")}},
        {"summary": "w" * 5000},
        {"contact": None, "topics": [], "references": []},
    ],
    ids=["odd title", "many sections", "nobody", "a long word", "bare"],
)
def test_odd_leaflets_are_whole_documents(changes):
    composition, _ = resources(document(**changes))
    assert list(narratives(composition))
    assert composition["author"]


def test_the_same_leaflet_is_the_same_bytes():
    assert rendered(FHIR, document()) == rendered(FHIR, document())
