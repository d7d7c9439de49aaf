"""A page at one moment, as a Document."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import User
from pytest_django import DjangoAssertNumQueries

from patientinfo.editions.compose import compose, compose_draft, direction_of
from patientinfo.editions.sources import compose_with_source
from patientinfo.formats.document_schema import SCHEMA, schema_problems
from patientinfo.leaflets import approval
from patientinfo.leaflets.approval import ClinicalApproval
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import Contributor
from patientinfo.leaflets.snippets import Person
from patientinfo.translation.models import SegmentTranslation
from tests import bodies, builders
from tests.builders import Clinic, fresh

WORLD = "dutch"


def test_a_document_says_all_that_the_page_says(page: LeafletPage, clinic: Clinic) -> None:
    document = compose(page)
    assert document["title"] == "Dry needling"
    assert document["key"] == str(page.translation_key)
    assert document["audience"] == ["patients"]
    assert document["topics"] == [{"id": str(clinic.topic.translation_key), "name": "Pain"}]
    assert document["codes"] == [
        {"system": "http://snomed.info/sct", "code": "44868003", "display": "Needling"}
    ]
    assert [s["id"] for s in document["sections"]] == ["what", "trigger-point", "risks", "pictures"]
    assert document["references"] == [{"text": "A. Uthor, Needles (fictional), 2025", "url": ""}]
    assert (document["reviewed_on"], document["review_due"]) == ("2026-03-01", "2036-03-01")
    assert document["method"] == "human"
    assert document["contact"]["email"] == "ask@clinic.example"
    assert document["rights"]["holder"] == "Uplands Physio Clinic"
    assert document["rights"]["credit"] == "Information for Patients by Uplands Physio Clinic"


def test_a_picture_has_its_own_owner(page: LeafletPage) -> None:
    (image,) = compose(page)["images"]
    assert image["id"] == "needle"
    assert image["credit"] == "I. Llustrator (fictional)"
    assert image["rights"]["holder"] == "Drawing Office (fictional)"
    assert (image["width"], image["height"], image["mime"]) == (900, 600, "image/png")
    assert image["digest"].startswith("sha256:")
    assert "file" not in image


def test_people_are_an_id_and_a_name(page: LeafletPage) -> None:
    people = compose(page)["people"]
    author = builders.make_person("W. Riter (fictional)")
    assert people["authors"] == [
        {"id": str(author.uid), "name": "W. Riter (fictional)", "on": "2026-02-01"}
    ]
    assert [p["name"] for p in people["approvers"]] == ["Dr. A. Prover (fictional)"]
    assert people["translators"] == people["checkers"] == []


def test_everybody_who_approved_is_named(page: LeafletPage) -> None:
    approval.approve(page, builders.make_person("Dr. S. Econd"), on=date(2020, 1, 1))
    approvers = compose(page)["people"]["approvers"]
    assert [p["name"] for p in approvers] == ["Dr. S. Econd", "Dr. A. Prover (fictional)"]
    assert approvers[0]["on"] == "2020-01-01"


def test_days_are_those_of_the_sites_calendar(dutch: LeafletPage, settings: Any) -> None:
    """A morning in Auckland is the day before in UTC."""
    settings.TIME_ZONE = "Pacific/Auckland"
    morning = datetime(2026, 3, 1, 20, tzinfo=UTC)
    ClinicalApproval.objects.update(approved_at=morning)
    user = User.objects.create_user("t", is_active=True)
    Person.objects.create(name="T. Ranslator", user=user, consent_on=date(2026, 1, 1))
    SegmentTranslation.objects.update(
        translated_by=user, checked_by=user, translated_at=morning, checked_at=morning
    )
    people = compose(fresh(dutch))["people"]
    for role in ("translators", "checkers", "approvers"):
        assert {person["on"] for person in people[role]} == {"2026-03-02"}, role


def test_an_approval_of_a_day_is_of_that_day(page: LeafletPage, settings: Any) -> None:
    settings.TIME_ZONE = "Pacific/Auckland"
    ClinicalApproval.objects.all().delete()
    approval.approve(page, builders.approver(), on=date(2026, 3, 2))
    assert [person["on"] for person in compose(page)["people"]["approvers"]] == ["2026-03-02"]


def test_a_translation_shows_snippets_of_its_own_language(dutch: LeafletPage) -> None:
    document, source = compose_with_source(dutch)
    assert document["topics"][0]["name"] == "Painnl"
    assert document["contact"]["name"] == "Uplandsnl Physionl Clinicnl"
    assert document["rights"]["holder"] == "Uplandsnl Physionl Clinicnl"
    assert document["images"][0]["rights"]["holder"].startswith("Drawingnl")
    assert document["images"][0]["alt"].startswith("Drawingnl")
    assert document["source_title"] == "Dry needling"
    assert source is not None
    assert document["source"] == source.as_member()


def test_a_translator_and_a_checker_are_named(dutch: LeafletPage) -> None:
    dutch.contributors = [
        Contributor(role="translators", person=builders.make_person("T. Ranslator")),
        Contributor(role="checkers", person=builders.make_person("C. Hecker")),
    ]
    people = compose(builders.publish_page(dutch))["people"]
    assert [p["name"] for p in people["translators"]] == ["T. Ranslator"]
    assert people["checkers"][0]["on"] is None


@pytest.mark.parametrize(
    ("locale", "direction"),
    [
        ("en", "ltr"),
        ("ar", "rtl"),
        ("nl", "ltr"),
        ("fa", "rtl"),
        ("pt-br", "ltr"),
        ("zh-hans", "ltr"),
    ],
)
def test_the_direction_is_of_the_language(locale: str, direction: str) -> None:
    assert direction_of(locale) == direction


def test_a_draft_has_every_member_and_no_number(clinic: Clinic) -> None:
    bare = builders.make_leaflet(
        clinic,
        title="Bare",
        sections=[],
        publish=False,
        summary="",
        reviewed_on=None,
        review_due=None,
        contact=None,
        rights_holder=None,
    )
    document = compose_draft(bare)
    assert set(document) == set(SCHEMA["required"])
    assert document["edition"] == 0
    assert document["contact"] is None
    assert schema_problems(document)


def test_composing_twice_is_the_same(page: LeafletPage) -> None:
    assert compose(fresh(page)) == compose(fresh(page))


@pytest.mark.parametrize("pictures", [1, 12])
def test_composing_costs_the_same_however_long_the_page(
    clinic: Clinic, pictures: int, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    image = builders.make_image()
    sections = [bodies.section(f"S{n}", bodies.picture(image)) for n in range(pictures)]
    page = fresh(builders.make_leaflet(clinic, title="Long", sections=sections, publish=False))
    with django_assert_max_num_queries(20):
        compose(page)
