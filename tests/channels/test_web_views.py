"""Requests: what is answered, how often the database is asked, what a browser may keep."""

from __future__ import annotations

import copy
import json
import re
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.http import Http404
from django.test import RequestFactory
from django.utils import translation
from pytest_django import DjangoDbBlocker

from patientinfo.channels import web
from patientinfo.channels.web import cards
from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import bodies, builders
from tests.builders import Clinic
from tests.schema_org import SCHEMA, expanded, unknown_terms
from tests.worlds import built_once, once

pytestmark = pytest.mark.django_db
LANGUAGES = ("en", "nl", "ar")


built = once(lambda: builders.make_site(LANGUAGES))


@pytest.fixture(scope="module")
def built_later(built: Clinic, django_db_blocker: DjangoDbBlocker) -> Iterator[LeafletPage]:
    """The English leaflet, which links to another in its text and in a block, with two pictures."""

    def build() -> LeafletPage:
        other = builders.make_leaflet(built, title="Acupuncture")
        images = [builders.make_image(LANGUAGES, title=title) for title in ("A needle", "A muscle")]
        section = bodies.section(
            "Where can I read more?",
            bodies.link(other, "Dry needling and acupuncture", key="more-link"),
            bodies.link(other, "The same once more", key="again-link"),
            *(bodies.picture(image, key=f"picture-{n}") for n, image in enumerate(images)),
            key="more",
        )
        return builders.make_leaflet(built, sections=[*bodies.sample_sections(), section])

    with built_once(django_db_blocker, build) as made:
        yield made


@pytest.fixture
def clinic(built: Clinic, db: None) -> Clinic:
    return copy.deepcopy(built)


@pytest.fixture
def leaflet(built_later: LeafletPage, db: None) -> LeafletPage:
    return builders.fresh(built_later)


def read(page: Any, locale: str = "en", **headers: str) -> Any:
    request = RequestFactory(headers=headers).get("/")
    return web.serve_leaflet(request, page.translation_key, locale)


def soup(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def test_a_page_takes_two_queries(leaflet, django_assert_num_queries):
    with django_assert_num_queries(2):
        response = read(leaflet)
    assert response.status_code == 200
    page = soup(response)
    assert page.find(id="more-link").a["href"] == "/en/acupuncture/"
    assert len(page.select("main img[srcset]")) == 2


def test_the_page_stands_at_its_address(leaflet, client):
    response = client.get("/en/dry-needling/")
    assert response.status_code == 200
    assert response.headers["Content-Language"] == "en"
    assert "Cookie" not in response.headers.get("Vary", "")
    assert soup(response).h1.get_text() == "Dry needling"


def test_pictures_can_be_fetched(leaflet, client):
    picture = soup(client.get("/en/dry-needling/")).select_one("main img")
    addresses = [part.split()[0] for part in picture["srcset"].split(",")]
    assert len(addresses) == 3
    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/png"


def test_interface_words_follow_the_leaflet_and_not_the_reader(clinic, leaflet):
    builders.translate(leaflet, "nl")
    with translation.override("ar"):
        page = soup(read(leaflet, "nl"))
    assert page.html["lang"] == "nl"
    assert page.select_one(".skip-link").get_text() == "Direct naar de tekst"


def test_a_translation_links_to_its_own_language_or_to_nothing(leaflet):
    builders.translate(leaflet, "nl")
    block = soup(read(leaflet, "nl")).find(id="more-link")
    assert block.a is None


def test_the_same_page_is_not_sent_twice(leaflet):
    first = read(leaflet)
    assert re.fullmatch(r'"[0-9a-f]{32}"', first["ETag"])
    assert "max-age=60" in first["Cache-Control"]
    again = read(leaflet, **{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]


def test_a_new_translation_changes_the_etag(leaflet):
    before = read(leaflet)["ETag"]
    builders.translate(leaflet, "ar")
    assert read(leaflet)["ETag"] != before


def test_a_draft_changes_nothing_for_readers(leaflet):
    before = read(leaflet).content
    builders.reword(leaflet, {"cramps/text": "<p>Unpublished words.</p>"}, publish=False)
    assert read(leaflet).content == before


def test_a_translation_that_is_behind_names_the_section(leaflet):
    builders.translate(leaflet, "nl")
    assert soup(read(leaflet, "nl")).select_one(".banner") is None
    builders.reword(leaflet, {"trigger/text": "<p>A trigger point is a sore knot.</p>"})
    banner = soup(read(leaflet, "nl")).select_one(".banner--behind")
    parts = banner.select(".banner__parts a")
    assert [a["href"] for a in parts] == ["#trigger-point"]
    assert banner.find_all("a")[-1]["href"] == "/en/dry-needling/"
    assert soup(read(leaflet, "en")).select_one(".banner") is None


def test_the_arabic_page_runs_from_right_to_left(leaflet):
    builders.translate(leaflet, "ar")
    page = soup(read(leaflet, "ar"))
    assert (page.html["lang"], page.html["dir"]) == ("ar", "rtl")


@pytest.mark.parametrize(
    ("site_level", "own_level", "whole"),
    [
        ("catalogue", "", False),
        ("read", "", True),
        ("full", "", True),
        ("full", "catalogue", False),
        ("catalogue", "read", True),
    ],
)
def test_the_level_decides_whether_the_words_are_shown(
    leaflet, settings, site_level, own_level, whole
):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": site_level}
    CatalogueEntry.objects.update(level=own_level)
    response = read(leaflet)
    assert response.status_code == 200
    text = soup(response).get_text()
    assert ("a knot in a muscle" in text) is whole
    assert "What is a trigger point?" in text


def test_a_withdrawn_leaflet_is_gone_and_says_so(leaflet):
    CatalogueEntry.objects.update(status="withdrawn")
    response = read(leaflet)
    assert response.status_code == 410
    page = soup(response)
    assert page.select_one(".banner--withdrawn") is not None
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert "a knot in a muscle" not in page.get_text()


def test_a_held_leaflet_shows_its_catalogue_entry_and_why(leaflet):
    CatalogueEntry.objects.update(status="held")
    response = read(leaflet)
    assert response.status_code == 200
    page = soup(response)
    assert page.select_one(".banner--held") is not None
    assert "What is a trigger point?" in page.get_text()
    assert "a knot in a muscle" not in page.get_text()
    assert "is not public" not in page.get_text()
    assert "How to ask for permission" not in page.get_text()


def test_permission_is_named_only_where_access_is_the_reason(leaflet):
    CatalogueEntry.objects.update(level="catalogue")
    text = soup(read(leaflet)).get_text()
    assert "The text of this leaflet is not public." in text
    assert "How to ask for permission" in text


def test_what_was_never_issued_is_not_found(leaflet):
    with pytest.raises(Http404):
        read(leaflet, "nl")
    with pytest.raises(Http404):
        web.serve_leaflet(RequestFactory().get("/"), uuid.uuid4(), "en")


def test_a_page_is_only_read(leaflet):
    response = web.serve_leaflet(RequestFactory().post("/"), leaflet.translation_key, "en")
    assert response.status_code == 405


def test_an_editor_sees_a_draft_that_nobody_may_keep(leaflet):
    builders.reword(leaflet, {"cramps/text": "<p>Unpublished words.</p>"}, publish=False)
    draft = leaflet.get_latest_revision_as_object()
    response = draft.serve_preview(RequestFactory().get("/"), "")
    assert response["Cache-Control"] == "private, no-store"
    page = soup(response)
    assert "Unpublished words." in page.get_text()
    assert page.select_one(".banner--draft") is not None
    assert page.select_one("meta[name=robots]")["content"] == "noindex"


def test_the_shelf_takes_four_queries_however_full(clinic, django_assert_num_queries):
    for number in range(5):
        builders.translate(builders.make_leaflet(clinic, title=f"Leaflet {number}"), "nl")
    request = RequestFactory().get("/en/leaflets/")
    with django_assert_num_queries(4):
        response = web.serve_index(request, "All <leaflets>", "Have a look.", "en")
    page = soup(response)
    assert page.h1.get_text() == "All <leaflets>"
    assert next(a["href"] for a in page.select(".card__title a")) == "/en/leaflet-0/"
    assert len(page.select(".card")) == 5
    assert [a["href"] for a in page.select(".card")[0].select(".card__languages a")] == [
        "/nl/leaflet-0/"
    ]
    languages = {link.get("href") for link in page.select(".languages li > *")}
    assert languages == {None, "/nl/leaflets/"}


def test_the_shelf_turns_its_pages(clinic, monkeypatch):
    monkeypatch.setattr(cards, "CARDS_ON_A_PAGE", 2)
    for number in range(3):
        builders.make_leaflet(clinic, title=f"Leaflet {number}")

    def titles(query: str) -> list[str]:
        request = RequestFactory().get(f"/en/leaflets/{query}")
        page = soup(web.serve_index(request, "All", "", "en"))
        return [a.get_text() for a in page.select(".card__title a")]

    assert titles("") == ["Leaflet 0", "Leaflet 1"]
    assert titles("?page=2") == ["Leaflet 2"]
    assert titles("?page=99") == ["Leaflet 2"]
    assert titles("?page=x") == ["Leaflet 0", "Leaflet 1"]


def test_the_front_page_shows_the_leaflets_of_its_language(clinic, leaflet, client):
    for home in clinic.homes.values():
        home.save_revision().publish()
    page = soup(client.get("/en/"))
    assert [a.get_text() for a in page.select(".card__title a")] == ["Acupuncture", "Dry needling"]
    empty = soup(client.get("/ar/"))
    assert empty.html["dir"] == "rtl"
    assert empty.select(".card") == []
    assert {a["hreflang"] for a in empty.select(".languages a")} == {"en", "nl"}


@pytest.mark.parametrize(
    ("locale", "heading"),
    [
        ("en", "Page not found"),
        ("nl", "Pagina niet gevonden"),
        ("de", "Seite nicht gefunden"),
        ("es", "Página no encontrada"),
        ("ar", "الصفحة غير موجودة"),
    ],
)
def test_a_page_that_is_not_there_says_so_in_the_language_of_its_address(
    client, clinic, locale, heading
):
    response = client.get(f"/{locale}/nothing-here/")
    assert response.status_code == 404
    page = soup(response)
    assert page.h1.get_text() == heading
    assert page.html["lang"] == locale
    assert page.select_one("a.button")["href"] == f"/{locale}/"


def test_a_page_describes_itself_to_search_engines(clinic, leaflet):
    builders.translate(leaflet, "nl")
    response = read(leaflet, "nl")
    page = soup(response)
    alternates = {a["hreflang"]: a["href"] for a in page.select("link[rel=alternate]")}
    assert alternates == {
        "en": "http://testserver/en/dry-needling/",
        "nl": "http://testserver/nl/dry-needling/",
        "x-default": "http://testserver/en/dry-needling/",
    }
    assert page.select_one("link[rel=canonical]")["href"] == alternates["nl"]
    licence = "https://clinic.example/permissions"
    assert page.select_one("link[rel=license]")["href"] == licence
    assert response["Link"] == f'<{licence}>; rel="license"'
    assert page.select_one("meta[property='og:url']")["content"] == alternates["nl"]
    made = json.loads(page.select_one("script[type='application/ld+json']").string)
    assert unknown_terms(made) == set()
    found = expanded(made)
    assert found[f"{SCHEMA}inLanguage"] == [{"@value": "nl"}]
    assert found[f"{SCHEMA}license"] == [{"@id": licence}]
    assert found[f"{SCHEMA}translationOfWork"][0]["@id"] == alternates["en"]
    assert len(found[f"{SCHEMA}breadcrumb"][0][f"{SCHEMA}itemListElement"]) == 2


@pytest.mark.parametrize(("level", "status"), [("catalogue", "current"), ("", "held")])
def test_of_withheld_words_the_catalogue_entry_is_described(leaflet, level, status):
    CatalogueEntry.objects.update(level=level, status=status)
    text = soup(read(leaflet)).select_one("script[type='application/ld+json']").string
    made = json.loads(text)
    assert made["hasPart"]
    assert not made.keys() & {"image", "citation"}
    assert "knot in a muscle" not in text
