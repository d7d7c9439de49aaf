"""Leaflets are read at their own addresses also where the front page of their language is not."""

from __future__ import annotations

import pytest
from django.test import Client

from home.models import HomePage
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic
from tests.worlds import World

pytestmark = pytest.mark.django_db
WORLD = "dutch"


@pytest.fixture
def dutch(world: World, db: None) -> LeafletPage:
    assert world.dutch is not None
    return builders.fresh(world.dutch)


@pytest.fixture
def offline(clinic: Clinic) -> None:
    """The Dutch front page is a draft."""
    HomePage.objects.get(pk=clinic.homes["nl"].pk).unpublish()


@pytest.mark.usefixtures("offline")
def test_a_leaflet_is_read_in_its_language(client: Client, dutch: LeafletPage) -> None:
    answer = client.get("/nl/dry-needling/")
    assert answer.status_code == 200
    assert answer["Content-Language"] == "nl"
    page = builders.fresh(dutch)
    page.slug = "naalden"
    page.save_revision().publish()
    assert client.get("/nl/naalden/").status_code == 200


@pytest.mark.usefixtures("offline")
def test_one_that_is_withdrawn_gives_no_other_language_in_its_place(
    client: Client, dutch: LeafletPage
) -> None:
    builders.fresh(dutch).unpublish()
    answer = client.get("/nl/dry-needling/")
    assert (answer.status_code, answer["Content-Language"]) == (410, "nl")
    assert client.get("/en/dry-needling/").status_code == 200
