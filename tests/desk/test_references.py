"""References at the desk: shown beside the source's, changed and taken back there."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.override_models import PartOverride
from tests.fixtures_desk import Team

OWN = "Richtlijn naalden (fictief), 2026"


@pytest.fixture
def as_translator(client: Client, team: Team) -> Client:
    client.force_login(team.translator)
    return client


def typed(*rows: tuple[str, str]) -> dict[str, Any]:
    data: dict[str, Any] = {"form-TOTAL_FORMS": len(rows), "form-INITIAL_FORMS": 0}
    for n, (text, url) in enumerate(rows):
        data |= {f"form-{n}-text": text, f"form-{n}-url": url}
    return data


def section(client: Client, page: LeafletPage) -> str:
    desk = client.get(reverse("patientinfo_desk", args=[page.pk])).content
    found = BeautifulSoup(desk, "html.parser").select_one("#references")
    assert found is not None
    return found.get_text(" ", strip=True)


def test_the_desk_shows_both_lists(as_translator: Client, dutch: LeafletPage) -> None:
    url = reverse("patientinfo_desk_references", args=[dutch.pk])
    before = section(as_translator, dutch)
    assert "Those of the source leaflet" in before
    assert "Needles (fictional), 2025" in before
    assert 'value="A. Uthor, Needles (fictional), 2025"' in as_translator.get(url).content.decode()
    answer = as_translator.post(url, typed((OWN, "https://richtlijn.example/"), ("", "")))
    assert answer.url == reverse("patientinfo_desk", args=[dutch.pk]) + "#references"
    after = section(as_translator, dutch)
    assert "This language has references of its own." in after
    assert all(words in after for words in ("2025", OWN, "https://richtlijn.example/"))
    as_translator.post(url, {"take_back": "1"})
    assert OWN not in section(as_translator, dutch)
    assert not PartOverride.objects.exists()


def test_what_is_wrong_is_said_and_nothing_is_lost(
    as_translator: Client, dutch: LeafletPage
) -> None:
    url = reverse("patientinfo_desk_references", args=[dutch.pk])
    answer = as_translator.post(url, typed((OWN, "no address"))).content.decode()
    assert "Enter a valid URL." in answer
    assert OWN in answer
    answer = as_translator.post(url, typed(("", ""))).content.decode()
    assert "Write one reference or more" in answer
    assert not PartOverride.objects.exists()


def test_a_checker_sees_them_and_changes_nothing(
    client: Client, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.checker)
    url = reverse("patientinfo_desk_references", args=[dutch.pk])
    assert "Needles" in section(client, dutch)
    script = {"X-Requested-With": "XMLHttpRequest"}
    assert client.get(url, headers=script).status_code == 403
    assert client.post(url, typed((OWN, "")), headers=script).status_code == 403
    assert not PartOverride.objects.exists()
