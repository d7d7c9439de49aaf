"""A page that nobody would get at its own address is not published there."""

from __future__ import annotations

import pytest
from django.test import Client

from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic

TAKEN = "Another part of the site has this address already"


@pytest.mark.parametrize("locale", ["en", "ar"])
def test_a_leaflet_is_not_published_where_partners_ask(clinic: Clinic, locale: str) -> None:
    page = builders.make_leaflet(
        clinic, title="Partners", slug="partners", locale=locale, publish=False
    )
    with pytest.raises(NotReadyToPublish, match=TAKEN):
        builders.publish_page(page)


def test_nor_is_an_index(clinic: Clinic) -> None:
    index = LeafletIndexPage(title="For partners", slug="partners", live=False)
    clinic.homes["en"].add_child(instance=index)
    with pytest.raises(NotReadyToPublish, match=TAKEN):
        index.save_revision().publish()


@pytest.mark.parametrize("slug", ["partners-of-patients", "prik-één", "إبر", "admin", "api"])
def test_any_other_address_is_free(clinic: Clinic, client: Client, slug: str) -> None:
    page = builders.make_leaflet(clinic, title="Needles", slug=slug)
    assert client.get(page.get_url()).status_code == 200


def test_so_is_the_same_slug_further_down(clinic: Clinic) -> None:
    index = LeafletIndexPage(title="Couples", slug="couples")
    clinic.homes["en"].add_child(instance=index)
    page: LeafletPage = builders.make_leaflet(clinic, title="Partners", parent=index)
    assert page.live
