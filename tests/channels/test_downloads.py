"""What a reader takes home from a leaflet's page, and what is not given."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.test import RequestFactory
from django.urls import reverse

from patientinfo.channels.pdf import preview_pdf
from patientinfo.editions.actions import withdraw_leaflet
from patientinfo.editions.compose import compose_draft
from patientinfo.editions.models import CatalogueEntry
from tests import bodies, builders

pytestmark = pytest.mark.django_db
WORLD = "page"
PDF = "/en/dry-needling/download/pdf/"


@pytest.fixture
def level(settings):
    def set_level(value):
        settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": value}

    return set_level


def test_the_menu_leads_to_files(page, client, level):
    level("read")
    page = BeautifulSoup(client.get("/en/dry-needling/").content, "html.parser")
    links = page.select("#page_downloads a")
    assert links[0]["href"] == PDF
    assert [link.get_text() for link in links[:2]] == ["PDF", "Large print (PDF)"]
    for link in links:
        answer = client.get(link["href"])
        assert (answer.status_code, answer["Content-Type"].partition(";")[0]) == (
            200,
            link["type"],
        )
        assert answer.content


def test_a_file_is_sent_once(page, client):
    first = client.get(PDF)
    assert first["Content-Disposition"] == 'inline; filename="dry-needling.en.pdf"'
    assert first["X-Robots-Tag"] == "noindex"
    again = client.get(PDF, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert client.head(PDF).status_code == 200


def test_what_is_no_download_is_not_found(page, client):
    assert client.get("/en/dry-needling/download/fax/").status_code == 404
    assert client.get("/en/dry-needling/download/").status_code == 404
    assert client.get("/en/dry-needling/download/pdf/more/").status_code == 404


def test_what_may_not_be_read_is_no_file_either(page, client, level):
    level("catalogue")
    answer = client.get(PDF)
    assert answer.status_code == 403
    assert b"How to ask for permission" in answer.content
    assert b"page_downloads" not in answer.content
    again = client.get(PDF, headers={"If-None-Match": answer["ETag"]})
    assert (again.status_code, again.content) == (403, answer.content)


def test_a_withdrawn_leaflet_says_so(page, client):
    from patientinfo.channels import web

    withdraw_leaflet(page.translation_key, "en", "It was wrong.")
    answer = web.serve_download(RequestFactory().get("/"), page.translation_key, "en", "pdf")
    assert answer.status_code == 410
    assert b"withdrawn" in answer.content


def test_a_held_leaflet_is_not_given(page, client):
    CatalogueEntry.objects.update(status="held")
    assert client.get(PDF).status_code == 403


def test_a_file_that_cannot_be_made_is_said_to_be_so(clinic, client):
    builders.make_leaflet(clinic, title="Needles 🪡")
    answer = client.get("/en/needles/download/pdf/")
    assert answer.status_code == 500
    page = BeautifulSoup(answer.content, "html.parser")
    assert "cannot be made" in page.h1.get_text()
    assert page.select_one('.downloads a[href$="/download/large-print/"]')


def test_a_draft_is_shown_on_paper(clinic):
    image = builders.make_image(("en", "nl"))
    section = bodies.section("A picture", bodies.picture(image, key="p"), key="with-picture")
    page = builders.make_leaflet(clinic, title="Shown", sections=[section])
    answer = preview_pdf(RequestFactory().get("/"), compose_draft(page))
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"] == 'inline; filename="shown.draft.pdf"'


def test_a_draft_that_cannot_be_printed_says_why(clinic):
    page = builders.make_leaflet(clinic, title="Needles 🪡")
    answer = preview_pdf(RequestFactory().get("/"), compose_draft(page))
    assert answer.status_code == 422
    assert "SEWING NEEDLE" in answer.content.decode()


def test_editors_preview_paper_from_the_page_and_from_the_desk(page, client):
    builders.translate(page, "nl")
    client.force_login(get_user_model().objects.create_superuser("editor", password="x"))
    dutch = page.get_translations().get()
    answer = client.get(f"/admin/pages/{page.pk}/view_draft/?mode=pdf")
    assert answer["Content-Type"] == "application/pdf"
    desk = client.get(reverse("patientinfo_desk", args=[dutch.pk]))
    link = BeautifulSoup(desk.content, "html.parser").select_one('a[href$="/preview/pdf/"]')
    assert client.get(link["href"])["Content-Type"] == "application/pdf"
