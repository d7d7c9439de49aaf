"""Slides: the whole leaflet, in pieces that can be read across a room, for as long as they hold."""

from __future__ import annotations

import json

import pytest

from patientinfo.channels.parts.record import LicenceLine
from patientinfo.channels.screen import OFFLINE_SECONDS, ROOM, ScreenChannel
from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.models import CatalogueEntry
from patientinfo.formats.inline import plain_text
from patientinfo.formats.segments import segments_of
from tests import builders
from tests.channels.pdf_reading import squeezed
from tests.channels.rendering import ORIGIN, rendered
from tests.channels.web_documents import document, translated, translated_meta

WORLD = "page"
SCREEN = ScreenChannel()
PLAYER = "/en/dry-needling/screen/"
SLIDES = f"{PLAYER}slides/"


def deck(*args, **more):
    return json.loads(rendered(SCREEN, *args, **more))


def words(made):
    slides = made["slides"]
    return squeezed(" ".join(t for s in slides for t in (s["heading"], s["label"], *s["lines"])))


def test_every_word_is_on_a_slide():
    made = deck(document())
    for segment in segments_of(document()):
        assert squeezed(plain_text(segment.text)) in words(made), segment.path
    for fact in ("Dr P. Approver (fictional)", "only with written permission.", "sha256:abab"):
        assert squeezed(fact) in words(made)


def test_a_slide_has_room_for_its_words_and_time_to_read_them():
    long = "word " * 400
    section = {
        "id": "s",
        "heading": "Long",
        "blocks": [{"type": "paragraph", "id": "p", "text": long}],
    }
    slides = [s for s in deck(document(sections=[section]))["slides"] if s["heading"] == "Long"]
    assert len(slides) > 5
    for slide in slides:
        assert sum(map(len, slide["lines"])) <= ROOM
        assert 7 <= slide["seconds"] <= 40
    assert slides[0]["seconds"] > 20


LONG = "word " * 60
LONG_BLOCKS = {
    "a list": {"type": "list", "id": "b", "lead_in": LONG, "items": [{"id": "1", "text": LONG}]},
    "steps": {"type": "steps", "id": "b", "lead_in": "", "items": [{"id": "1", "text": LONG}]},
    "a call-out": {
        "type": "callout",
        "id": "b",
        "kind": "note",
        "heading": LONG,
        "items": [{"id": "1", "text": LONG}],
    },
    "a table": {
        "type": "table",
        "id": "b",
        "caption": LONG,
        "columns": [{"id": "1", "text": LONG}],
        "rows": [{"id": "1", "cells": [LONG]}],
    },
    "a word": {"type": "paragraph", "id": "b", "text": "w" * 5000},
    "short ones": {
        "type": "list",
        "id": "b",
        "lead_in": "",
        "items": [{"id": f"{n}", "text": "Rest."} for n in range(40)],
    },
}


@pytest.mark.parametrize("block", LONG_BLOCKS.values(), ids=LONG_BLOCKS)
@pytest.mark.parametrize("heading", ["Long", "A heading " * 40], ids=["", "long heading"])
def test_whatever_is_long_is_spread_and_all_of_it_is_there(block, heading):
    section = {"id": "s", "heading": heading, "blocks": [block]}
    made = deck(document(sections=[section], images=[]))
    for slide in made["slides"]:
        assert sum(map(len, slide["lines"])) <= ROOM
        assert len(slide["lines"]) <= 6
        assert max(len(slide["heading"]), len(slide["label"])) <= 82
    said = squeezed(" ".join(line for slide in made["slides"] for line in slide["lines"]))
    for segment in segments_of(document(sections=[section], images=[])):
        if len(segment.text) > 80:
            assert squeezed(segment.text) in said, segment.path


def test_a_number_stays_with_its_unit():
    said = [f"{n}\xa0mg" for n in range(200)]
    block = {"type": "paragraph", "id": "p", "text": " or ".join(said)}
    made = deck(document(sections=[{"id": "s", "heading": "One", "blocks": [block]}]))
    lines = [line for slide in made["slides"] for line in slide["lines"]]
    assert [each for each in said if not any(each in line for line in lines)] == []


def test_slides_say_how_long_they_hold():
    made = deck(document())
    assert made["valid_until"] == "2028-04-09T00:00:00Z"
    assert made["offline_seconds"] == OFFLINE_SECONDS
    assert made["refresh_url"] == "https://uplands.example/en/dry-needling/screen/slides/"
    assert made["edition"] == 3
    assert made["credit"] == "Information for Patients by Uplands Physio Clinic"


def test_a_picture_is_part_of_the_answer():
    (slide,) = [s for s in deck(document())["slides"] if s["kind"] == "picture"]
    assert slide["image"].startswith("data:image/png;base64,")
    assert slide["label"] == "A thin needle above a muscle."
    assert not [s for s in deck(document(), parts=("text",))["slides"] if s["image"]]


def test_a_translation_counts_in_its_own_way_and_says_where_it_stands():
    made = deck(translated("ar"), translated_meta("ar", "behind", ("after",)))
    assert (made["direction"], made["locale"]) == ("rtl", "ar")
    assert [s for s in made["slides"] if s["kind"] == "notice"]


def test_under_a_licence_its_credit_and_number():
    licence = LicenceLine("UPC-2026-0042", "By permission of the clinic")
    made = deck(document(), licence=licence, renditions=f"{ORIGIN}/api/renditions/")
    assert made["refresh_url"] == f"{ORIGIN}/api/renditions/screen/"
    assert made["credit"] == "By permission of the clinic (UPC-2026-0042)"


def test_odd_leaflets_are_whole_decks():
    sections = [{"id": f"s-{n}", "heading": f"Section {n}", "blocks": []} for n in range(200)]
    assert deck(document(sections=sections))["slides"]
    assert deck(document(title="🪡 <b>", summary="w" * 5000))["slides"]


@pytest.fixture
def level(settings):
    def set_level(value):
        settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": value}

    return set_level


@pytest.mark.django_db
class TestPlayer:
    def test_the_player_holds_no_words_and_no_script_of_its_own(self, page, client, level):
        level("read")
        answer = client.get(PLAYER)
        html = answer.content.decode()
        assert answer.status_code == 200
        assert f'data-slides="{SLIDES}"' in html
        assert "Ask us." in html
        assert "cramps" not in html
        assert "<script>" not in html
        again = client.get(PLAYER, headers={"If-None-Match": answer["ETag"]})
        assert again.status_code == 304

    def test_the_slides_are_sent_once(self, page, client, level):
        level("read")
        first = client.get(SLIDES)
        assert (first.status_code, first["Content-Type"]) == (200, "application/json")
        assert first["X-Robots-Tag"] == "noindex"
        assert "cramps" in first.content.decode()
        again = client.get(SLIDES, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")

    def test_what_may_not_be_read_is_not_played(self, page, client, level):
        level("catalogue")
        answer = client.get(SLIDES)
        assert (answer.status_code, answer.content) == (403, b"")

    def test_what_is_held_or_gone_is_taken_off(self, page, client):
        CatalogueEntry.objects.update(status="held")
        assert client.get(SLIDES).status_code == 410
        CatalogueEntry.objects.update(status="recalled")
        answer = client.get(SLIDES)
        assert (answer.status_code, answer.content) == (410, b"")
        assert answer["Cache-Control"] == "no-store"

    def test_a_leaflet_that_is_withdrawn_has_no_screen(self, page, client):
        withdraw_leaflet(page.translation_key, "en", "It was wrong.")
        assert client.get(SLIDES).status_code in {404, 410}

    def test_nothing_else_is_below(self, page, client):
        assert client.get(f"{PLAYER}other/").status_code == 404
        assert client.get(f"{PLAYER}slides/more/").status_code == 404

    def test_the_player_speaks_the_language_of_the_leaflet(self, page, client):
        builders.translate(page, "nl")
        html = client.get("/nl/dry-needling/screen/").content.decode()
        assert '<html lang="nl" dir="ltr">' in html
