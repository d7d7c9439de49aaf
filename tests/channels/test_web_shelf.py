"""Finding a leaflet: what a search sees, topics, pages, and what is there no more."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import RequestFactory

from patientinfo.channels import web
from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets.index_page import LeafletIndexPage
from tests import bodies, builders

pytestmark = pytest.mark.django_db
HIDDEN_WORD = "quadratus"


@pytest.fixture
def clinic() -> builders.Clinic:
    return builders.make_site(("en", "nl"))


@pytest.fixture
def leaflets(clinic) -> dict[str, Any]:
    """Two leaflets, one of which has a word of its own deep in its text."""
    section = bodies.section(
        "What is it?", bodies.paragraph(f"The {HIDDEN_WORD} relaxes.", key="own"), key="own"
    )
    return {
        "back": builders.make_leaflet(clinic, title="Back pain", sections=[section]),
        "knee": builders.make_leaflet(clinic, title="Knee pain"),
    }


def ask(query: str = "", locale: str = "en") -> BeautifulSoup:
    request = RequestFactory().get(f"/{locale}/leaflets/{query}")
    return BeautifulSoup(web.serve_index(request, "All", "", locale).content, "html.parser")


def titles(page: BeautifulSoup) -> list[str]:
    return [a.get_text() for a in page.select(".card__title a")]


def test_all_words_have_to_be_there_in_part_or_whole(leaflets):
    assert titles(ask("?search=PAIN+kne")) == ["Knee pain"]
    assert titles(ask("?search=pain")) == ["Back pain", "Knee pain"]
    assert titles(ask("?search=pain+elbow")) == []
    assert titles(ask("?search=%21%21")) == []
    assert titles(ask("?search=+")) == ["Back pain", "Knee pain"]
    assert titles(ask("?search=pain%00")) == ["Back pain", "Knee pain"]


@pytest.mark.parametrize(
    ("level", "status", "found"),
    [
        ("full", "current", True),
        ("read", "current", True),
        ("read", "behind", True),
        ("catalogue", "current", False),
        ("read", "held", False),
        ("full", "redacted", False),
    ],
)
def test_words_that_are_not_shown_are_not_found(leaflets, level, status, found):
    CatalogueEntry.objects.update(level=level, status=status)
    assert titles(ask(f"?search={HIDDEN_WORD}")) == (["Back pain"] if found else [])
    assert titles(ask("?search=back")) == ["Back pain"]


@pytest.mark.parametrize("status", ["withdrawn", "recalled"])
def test_what_is_gone_is_on_no_shelf(leaflets, status):
    CatalogueEntry.objects.filter(title="Back pain").update(status=status)
    assert titles(ask()) == ["Knee pain"]
    assert titles(ask("?search=back")) == []


def test_what_was_asked_is_said_and_kept(leaflets):
    page = ask("?search=%3Cxyz%3E+pain")
    assert page.select_one("#id_search")["value"] == "<xyz> pain"
    assert page.select_one(".shelf__heading").get_text().strip() == "0 leaflets with “<xyz> pain”"
    assert page.select_one("meta[name=robots]")["content"] == "noindex"
    assert page.select_one(".shelf__empty").get_text().startswith("Nothing was found.")
    heading = ask("?search=knee").select_one(".shelf__heading")
    assert heading.get_text().strip() == "1 leaflet with “knee”"


def test_a_topic_is_the_same_in_every_language(clinic, leaflets):
    builders.translate(leaflets["knee"], "nl")
    link = ask().select_one(".topics a")
    assert link.get_text().split() == ["Pain", "2"]
    page = ask(link["href"])
    assert titles(page) == ["Back pain", "Knee pain"]
    assert page.select_one(".topics [aria-current]").get_text().split() == ["Pain", "2"]
    dutch = page.select_one(".languages a[hreflang=nl]")["href"]
    assert dutch.startswith("/nl/leaflets/?topic=")
    found = titles(ask(dutch.removeprefix("/nl/leaflets/"), "nl"))
    assert found == [builders.fake("Knee pain", "nl")]
    assert titles(ask("?topic=nothing")) == []


def test_the_front_page_shows_what_is_new_and_leads_to_the_rest(clinic, leaflets, client):
    home = clinic.homes["en"]
    index = LeafletIndexPage(title="Leaflets", slug="leaflets", locale=home.locale)
    home.add_child(instance=index)
    home.save_revision().publish()
    page = BeautifulSoup(client.get("/en/").content, "html.parser")
    assert titles(page) == ["Knee pain", "Back pain"]
    assert page.select_one("form[role=search]")["action"] == "/en/leaflets/"
    assert page.select_one(".shelf__head a")["href"] == "/en/leaflets/"
    assert page.select_one(".topics a")["href"].startswith("/en/leaflets/?topic=")
    alternates = {a["hreflang"]: a["href"] for a in page.select("link[rel=alternate]")}
    assert alternates["x-default"] == "http://testserver/"
    assert titles(BeautifulSoup(client.get("/en/?search=back").content, "html.parser")) == [
        "Back pain"
    ]


def test_a_leaflet_that_was_taken_back_is_gone_at_its_address(leaflets, client):
    leaflets["knee"].unpublish()
    response = client.get("/en/knee-pain/")
    assert (response.status_code, response["Content-Language"]) == (410, "en")
    page = BeautifulSoup(response.content, "html.parser")
    assert page.h1.get_text() == "Knee pain"
    assert page.select_one(".banner--withdrawn") is not None
    assert client.get("/en/knee/").status_code == 404
    assert client.post("/en/knee-pain/").status_code == 404


def test_a_page_that_is_not_there_offers_the_search(leaflets, client):
    page = BeautifulSoup(client.get("/nl/nothing/").content, "html.parser")
    assert page.select_one("form[role=search]")["action"] == "/nl/"
    assert page.select_one("form[role=search] label").get_text()
