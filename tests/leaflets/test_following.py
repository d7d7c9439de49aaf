"""What a translation has from its source is shown in its page editor and typed nowhere."""

from __future__ import annotations

from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import ClinicalCode, Reference
from patientinfo.leaflets.snippets import Contact
from tests import builders
from tests.builders import Clinic
from tests.leaflets.edit_form import form_of

FIELDS = ("audience", "topics", "reviewed_on", "review_due", "contact", "rights_holder")


@pytest.fixture
def dutch(live: LeafletPage) -> LeafletPage:
    return builders.translate(live, "nl")


@pytest.fixture
def other(clinic: Clinic) -> Contact:
    made: Contact = builders.in_languages(clinic.locales, Contact(name="The front desk"))
    return made


def edit_url(page: Page) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk]) + "?editor=page"


def newest(page: LeafletPage) -> LeafletPage:
    draft: LeafletPage = builders.fresh(page).get_latest_revision_as_object()
    return draft


def save(client: Client, page: LeafletPage, **changes: object) -> HttpResponse:
    return client.post(edit_url(page), form_of(page, **changes))


def test_the_editor_of_a_translation_shows_it_and_has_no_fields_for_it(
    admin_client: Client, live: LeafletPage, dutch: LeafletPage
) -> None:
    page = BeautifulSoup(admin_client.get(edit_url(dutch)).content, "html.parser")
    names = {field.get("name") for field in page.select("input, select, textarea")}
    assert not names & {*FIELDS, "codes-TOTAL_FORMS", "references-TOTAL_FORMS"}
    assert {"slug", "access_level", "contributors-TOTAL_FORMS"} <= names
    words = page.get_text(" ")
    assert "The same in every language: change it in the source leaflet." in words
    assert "choose on the desk" in words
    assert all(said in words for said in ("Patients", "44868003", "Needles (fictional), 2025"))
    source = BeautifulSoup(admin_client.get(edit_url(live)).content, "html.parser")
    there = {field.get("name") for field in source.select("input, select, textarea")}
    assert {*FIELDS, "codes-TOTAL_FORMS", "references-TOTAL_FORMS"} <= there


def test_what_is_sent_for_it_all_the_same_is_not_taken(
    admin_client: Client, live: LeafletPage, dutch: LeafletPage, other: Contact
) -> None:
    sent = {"contact": other.pk, "review_due": "2031-01-01", "references-0-text": "Another"}
    assert save(admin_client, dutch, slug="naalden", **sent).status_code == 302
    draft = newest(dutch)
    assert draft.slug == "naalden"
    assert (draft.contact_id, draft.review_due) == (live.contact_id, live.review_due)
    assert [r.text for r in draft.references.all()] == [r.text for r in live.references.all()]


def test_the_next_draft_of_a_translation_has_what_the_source_has_by_then(
    admin_client: Client, live: LeafletPage, dutch: LeafletPage, other: Contact
) -> None:
    source = newest(live)
    source.contact, source.review_due = other, date(2037, 1, 1)
    source.codes = [ClinicalCode(system="http://snomed.info/sct", code="1", display="One")]
    builders.publish_page(source)
    assert save(admin_client, dutch).status_code == 302
    draft = newest(dutch)
    assert (draft.contact, draft.review_due) == (other, date(2037, 1, 1))
    assert [str(code) for code in draft.codes.all()] == ["SNOMED CT 1 One"]


def test_references_that_were_typed_into_a_translation_stay(
    admin_client: Client, dutch: LeafletPage
) -> None:
    draft = newest(dutch)
    draft.references = [Reference(text="Richtlijn", url="https://richtlijn.example/")]
    draft.save_revision()
    assert (
        "Richtlijn https://richtlijn.example/" in admin_client.get(edit_url(dutch)).content.decode()
    )
    assert save(admin_client, dutch).status_code == 302
    assert [r.text for r in newest(dutch).references.all()] == ["Richtlijn"]


def test_a_translation_whose_source_is_gone_has_fields_again(
    admin_client: Client, live: LeafletPage, dutch: LeafletPage
) -> None:
    live.delete()
    page = BeautifulSoup(admin_client.get(edit_url(dutch)).content, "html.parser")
    names = {field.get("name") for field in page.select("input, select, textarea")}
    assert {*FIELDS, "references-TOTAL_FORMS"} <= names
    assert save(admin_client, dutch, review_due="2038-01-01").status_code == 302
    assert newest(dutch).review_due == date(2038, 1, 1)
