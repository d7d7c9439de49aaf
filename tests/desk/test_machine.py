"""The machine translator at the desk: offered where there is one, and to those who may."""

from __future__ import annotations

from django.test import Client, override_settings
from django.urls import reverse

from patientinfo.leaflets.leaflet_page import LeafletPage
from tests.fixtures_desk import Team

OFFER = "Translate the empty segments by machine"
FAKING = "tests.translation.test_machine.Faking"
DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


def desk(page: LeafletPage) -> str:
    return reverse("patientinfo_desk", args=[page.pk])


def fill(page: LeafletPage) -> str:
    return reverse("patientinfo_desk_machine", args=[page.pk])


def test_nothing_is_offered_without_one(client: Client, dutch: LeafletPage, team: Team) -> None:
    client.force_login(team.translator)
    assert OFFER not in client.get(desk(dutch)).content.decode()
    assert "No machine translator" in client.post(fill(dutch), follow=True).content.decode()


def test_the_empty_segments_are_filled_and_marked(
    client: Client, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.translator)
    with override_settings(PATIENTINFO={"MACHINE_TRANSLATOR": DUMMY}):
        assert OFFER in client.get(desk(dutch)).content.decode()
        html = client.post(fill(dutch), follow=True).content.decode()
    assert "machine-made drafts now" in html
    assert "pd-line pd-machine" in html
    assert OFFER not in html


def test_a_checker_is_not_offered_it(client: Client, dutch: LeafletPage, team: Team) -> None:
    client.force_login(team.checker)
    with override_settings(PATIENTINFO={"MACHINE_TRANSLATOR": DUMMY}):
        assert OFFER not in client.get(desk(dutch)).content.decode()
        assert client.post(fill(dutch)).status_code == 302
    assert "pd-line pd-machine" not in client.get(desk(dutch)).content.decode()


def test_one_that_cannot_be_asked_keeps_nobody_from_the_desk(
    client: Client, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.translator)
    away = {"CLASS": FAKING, "OPTIONS": {"is_away": True}}
    with override_settings(PATIENTINFO={"MACHINE_TRANSLATOR": away}):
        answer = client.get(desk(dutch))
        assert answer.status_code == 200
        assert OFFER not in answer.content.decode()
        assert "No machine translator" in client.post(fill(dutch), follow=True).content.decode()
