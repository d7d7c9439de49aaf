"""Renditions over the API: bytes in a channel, or a problem; never half a file."""

from __future__ import annotations

import pytest
from django.core.files.storage import default_storage

from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.image_files import file_name
from patientinfo.editions.models import CatalogueEntry
from tests import bodies, builders

pytestmark = pytest.mark.django_db
WORLD = "page"


@pytest.fixture
def ask(get, page):
    """GET a leaflet's rendition: `ask("pdf")`."""

    def fetch(channel, locale="en", key=page.translation_key, headers=None):
        return get(f"pages/{key}/{locale}/renditions/{channel}/", headers=headers)

    return fetch


def test_a_leaflet_as_pdf(ask):
    answer = ask("pdf")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Language"] == "en"
    assert answer["Content-Disposition"] == 'inline; filename="dry-needling.en.pdf"'
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.content.startswith(b"%PDF-")


def test_what_has_not_changed_is_not_sent_again(ask, client):
    first = ask("pdf")
    again = ask("pdf", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    head = client.head(first.wsgi_request.path)
    assert (head.status_code, head["ETag"], head.content) == (200, first["ETag"], b"")
    assert head["Content-Length"] == str(len(first.content))


def test_a_pdf_is_not_compressed_once_more(ask):
    assert "Content-Encoding" not in ask("pdf", headers={"Accept-Encoding": "gzip"})


def test_a_new_edition_is_a_new_rendition(ask, page):
    before = ask("pdf")["ETag"]
    builders.reword(page, {"cramps/text": "<p>It may hurt for a moment.</p>"})
    assert ask("pdf")["ETag"] != before


def test_bad_addresses_are_problems(ask, assert_problem, page):
    problem = assert_problem(ask("fax"), "no-such-channel")
    assert "pdf" in problem["channels"]
    assert_problem(ask("pdf", "nl"), "no-such-language", locales=["en"])
    assert_problem(ask("pdf", key="0d5a1c52-6a3e-4c8e-9d0b-3f0f7d0f5a11"), "no-such-leaflet")


@pytest.mark.parametrize("public", ["catalogue", "read"])
def test_words_are_handed_out_under_a_licence_only(ask, assert_problem, level, public):
    level(public)
    problem = assert_problem(ask("pdf"), "not-licensed", reason="not_licensed", channel="pdf")
    assert "permission_url" in problem


def test_a_withdrawn_leaflet_is_gone(ask, assert_problem, page):
    withdraw_leaflet(page.translation_key, "en", "It was wrong.")
    assert_problem(ask("pdf"), "withdrawn")


def test_a_held_leaflet_is_not_rendered(ask, assert_problem):
    CatalogueEntry.objects.update(status="held")
    assert_problem(ask("pdf"), "held")


def test_a_picture_that_is_gone_is_a_problem(ask, assert_problem, clinic):
    image = builders.make_image(("en", "nl"))
    section = bodies.section("A picture", bodies.picture(image, key="p"), key="with-picture")
    shown = builders.make_leaflet(clinic, title="Shown", sections=[section])
    member = CatalogueEntry.objects.get(title="Shown").edition.data["images"][0]
    default_storage.delete(file_name(member, member["width"]))
    answer = ask("pdf", key=shown.translation_key)
    assert_problem(answer, "not-renderable", reason="missing_image")


def test_a_character_without_a_glyph_is_a_problem(ask, assert_problem, clinic):
    shown = builders.make_leaflet(clinic, title="Needles 🪡")
    answer = ask("pdf", key=shown.translation_key)
    problem = assert_problem(answer, "not-renderable", reason="missing_glyph")
    assert "SEWING NEEDLE" in problem["detail"]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("application/pdf", "application/pdf"),
        ("application/pdf, */*;q=0.1", "application/pdf"),
        ("application/json;q=0.5, application/pdf", "application/pdf"),
        ("application/pdf, application/json", "application/json"),
        ("application/pdf;q=0", "application/json"),
        ("application/pdf;q=much, text/html", "application/json"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "application/json"),
        ("*/*", "application/json"),
        ("image/png", "application/json"),
    ],
)
def test_a_leaflets_own_address_follows_accept(get, page, accept, media_type):
    for address in (f"pages/{page.translation_key}/en/", f"pages/{page.translation_key}/"):
        answer = get(address, headers={"Accept": accept})
        assert answer.status_code == 200
        assert answer["Content-Type"] == media_type
        assert "Accept," in answer["Vary"]


@pytest.mark.parametrize(
    ("accept", "chosen"),
    [
        ('application/pdf;profile="urn:channel:patientinfo:large-print"', "large-print"),
        ("application/pdf; Profile=urn:channel:patientinfo:large-print", "large-print"),
        ('application/pdf;profile="urn:example:a urn:channel:patientinfo:pdf"', "pdf"),
        ("application/pdf", "pdf"),
        (
            'application/pdf;profile="urn:example:a, b", '
            'text/plain;profile="urn:channel:patientinfo:text";q=0.5',
            "text",
        ),
        ('text/html;profile="urn:channel:patientinfo:fragment"', "fragment"),
        ('text/plain;profile="urn:channel:patientinfo:large-print"', None),
        ('application/pdf;profile="urn:example:a"', None),
        ('application/json, application/pdf;q=0.9;profile="urn:channel:patientinfo:pdf"', None),
        ('application/pdf;profile="urn:channel:patientinfo:large-print', "large-print"),
    ],
)
def test_a_profile_tells_channels_of_one_media_type_apart(get, ask, page, accept, chosen):
    answer = get(f"pages/{page.translation_key}/en/", headers={"Accept": accept})
    assert answer.status_code == 200
    assert "Accept," in answer["Vary"]
    if chosen is None:
        assert answer["Content-Type"] == "application/json"
        assert "Link" not in answer
        return
    own = ask(chosen)
    assert answer["Link"] == f'<urn:channel:patientinfo:{chosen}>; rel="profile"' == own["Link"]
    assert answer["Content-Location"] == own.wsgi_request.path
    assert (answer.content, answer["ETag"]) == (own.content, own["ETag"])


@pytest.mark.parametrize("public", ["catalogue", "read", "full"])
def test_what_a_leaflet_is_may_be_known_by_everybody(ask, level, public):
    level(public)
    answer = ask("jsonld")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/ld+json"
    assert answer.json()["name"] == "Dry needling"
    assert b"temporary muscle cramps" not in answer.content
