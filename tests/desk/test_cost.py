"""What the work on translations costs: no question a segment, a leaflet or a language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from patientinfo.desk.publishing import publish_translation
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.sending import send_for_translation
from tests import bodies, builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish


def queries(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as asked:
        act()
    return len(asked)


def make(clinic: Clinic, title: str, paragraphs: int) -> LeafletPage:
    words = [bodies.paragraph(f"Rest for {n} days.") for n in range(2, paragraphs + 2)]
    return builders.make_leaflet(clinic, title=title, sections=[bodies.section("Rest", *words)])


@pytest.fixture
def nl(clinic: Clinic) -> Locale:
    return Locale.objects.get(language_code="nl")


def test_sending_asks_no_question_a_segment(clinic: Clinic, nl: Locale, team: Team) -> None:
    send_for_translation(make(clinic, "First", 2), nl, team.admin)  # what is asked for once
    few, many = (
        queries(lambda page=page: send_for_translation(page, nl, team.admin))
        for page in (make(clinic, "Few", 2), make(clinic, "Many", 60))
    )
    assert many <= few < 120, (few, many)


def test_signing_off_asks_no_question_a_segment(clinic: Clinic, nl: Locale, team: Team) -> None:
    counted = []
    for title, paragraphs in (("First", 2), ("Few", 2), ("Many", 30)):
        page = make(clinic, title, paragraphs)
        target = send_for_translation(page, nl, team.admin)
        finish(page, target, team)
        counted.append(queries(lambda target=target: publish_translation(target, team.signer)))
    _first, few, many = counted
    assert many <= few + 4, (few, many)


def test_the_matrix_asks_no_question_a_leaflet_or_a_language(
    client: Client, clinic: Clinic, page: LeafletPage, nl: Locale, team: Team
) -> None:
    client.force_login(team.admin)

    def look() -> None:
        assert client.get(reverse("patientinfo_matrix")).status_code == 200

    look()
    few = queries(look)
    for number in range(5):
        send_for_translation(make(clinic, f"More {number}", 2), nl, team.admin)
    for code in ("fr", "it", "pl", "pt", "tr"):
        Locale.objects.create(language_code=code)
    many = queries(look)
    assert many <= few < 30, (few, many)
