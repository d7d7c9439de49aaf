"""A page as plain data."""

from __future__ import annotations

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from patientinfo.leaflets.content import fingerprint, raw_body, read_content
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import bodies, builders
from tests.builders import Clinic


def blocks_of(page: LeafletPage) -> list[dict[str, object]]:
    content, _images = read_content(page)
    return [block for section in content["sections"] for block in section["blocks"]]


def test_every_kind_of_block_is_read(clinic: Clinic, live: LeafletPage) -> None:
    image = builders.make_image()
    more = bodies.section(
        "More", bodies.picture(image, key="needle"), bodies.link(live, "The other", key="l")
    )
    page = builders.make_leaflet(
        clinic, title="Whole", sections=[*bodies.sample_sections(), more], publish=False
    )
    found = {str(block["id"]): block for block in blocks_of(page)}
    assert found["intro"]["text"] == (
        "A tiny needle treats <strong>muscles &amp; tendons</strong>; see "
        '<a href="https://clinic.example/needles">our page about needles</a>.'
    )
    assert found["effects"]["items"][0] == {  # type: ignore[index]
        "id": "effects-1",
        "text": "pain in <em>other places</em> of the body",
    }
    assert found["course"]["type"] == "steps"
    assert found["before"]["kind"] == "do"
    assert found["alarm"]["heading"] == "Get help now"
    assert found["odds"]["rows"] == [
        {"id": "odds-r-1", "cells": ["a small bruise on the skin", "in 20 % of all people treated"]}
    ]
    assert found["needle"] == {"type": "image", "id": "needle", "image": "needle"}
    assert found["l"]["key"] == str(live.translation_key)
    content, images = read_content(page)
    assert content["images"] == [{"id": "needle", "alt": image.alt_text, "caption": image.caption}]
    assert images == [("needle", image)]


def test_a_picture_may_be_described_in_the_block(clinic: Clinic) -> None:
    picture = bodies.picture(builders.make_image(), key="n", alt="Mine", caption="Mine too")
    page = builders.make_leaflet(
        clinic, title="Mine", sections=[bodies.section("A", picture)], publish=False
    )
    assert read_content(page)[0]["images"] == [{"id": "n", "alt": "Mine", "caption": "Mine too"}]


def test_a_link_to_an_alias_leads_to_the_leaflet_it_shows(
    clinic: Clinic, live: LeafletPage
) -> None:
    alias = live.create_alias(update_slug="alias")
    sections = [
        bodies.section(
            "A",
            bodies.link(alias, "by block", key="b"),
            bodies.paragraph(f'<a linktype="page" id="{alias.pk}">by word</a>', key="p"),
        )
    ]
    page = builders.make_leaflet(clinic, title="Linking", sections=sections, publish=False)
    by_block, by_word = blocks_of(page)
    assert by_block["key"] == str(live.translation_key)
    assert by_word["text"] == f'<a href="urn:uuid:{live.translation_key}">by word</a>'


def test_a_link_to_a_page_that_is_no_leaflet_leaves_its_words(clinic: Clinic) -> None:
    home = clinic.homes["en"]
    words = bodies.paragraph(f'<a linktype="page" id="{home.pk}">Home</a>.', key="p")
    page = builders.make_leaflet(
        clinic, title="Homely", sections=[bodies.section("A", words)], publish=False
    )
    assert blocks_of(page)[0]["text"] == "Home."


def test_the_raw_body_is_a_copy(live: LeafletPage) -> None:
    before = fingerprint(live)
    raw_body(live)[0]["value"]["heading"] = "Changed"
    assert fingerprint(live) == before


@pytest.mark.parametrize("sections", [3, 30])
def test_reading_costs_the_same_however_long_the_page(
    clinic: Clinic, sections: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    image = builders.make_image()
    parts = [bodies.section(f"S{n}", bodies.picture(image)) for n in range(sections)]
    page = builders.make_leaflet(clinic, title="Long", sections=parts, publish=False)
    with django_assert_max_num_queries(3):
        read_content(page)


def test_an_alias_sends_readers_to_the_leaflet(client: Client, live: LeafletPage) -> None:
    alias = live.create_alias(update_slug="alias")
    response = client.get(alias.url)
    assert response.status_code == 302
    assert response.url == live.url
