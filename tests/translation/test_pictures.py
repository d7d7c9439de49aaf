"""An image has words in the language of the source; a translation has its own or none."""

from __future__ import annotations

import pytest

from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import bodies, builders


@pytest.fixture
def page(db: None) -> LeafletPage:
    """Its picture is described in the leaflet, and otherwise in the image; its caption is not."""
    clinic = builders.make_site()
    image = builders.make_image()
    picture = bodies.picture(image, key="needle", alt="A needle, drawn for this leaflet alone")
    sections = [bodies.section("What does it look like?", picture, key="look")]
    return builders.make_leaflet(clinic, sections=sections)


def test_a_source_shows_the_words_of_the_image_where_it_has_none(page: LeafletPage) -> None:
    (image,) = Edition.objects.get().data["images"]
    assert image["alt"] == "A needle, drawn for this leaflet alone"
    assert image["caption"] == "A needle, ten times its size"


@pytest.mark.parametrize("path", ["needle/alt", "needle/caption"])
def test_a_translation_never_shows_them(page: LeafletPage, path: str) -> None:
    texts = builders.fake_texts(page, "nl")
    del texts[path]
    draft = builders.translate(page, "nl", texts, publish=False)
    with pytest.raises(NotReadyToPublish):
        builders.publish_approved(draft.get_latest_revision_as_object())
    assert not Edition.objects.filter(locale="nl").exists()


def test_a_translation_has_its_own(page: LeafletPage) -> None:
    builders.translate(page, "nl")
    (image,) = Edition.objects.get(locale="nl").data["images"]
    assert image["alt"] == "Anl needlenl, drawnnl fornl thisnl leafletnl alonenl"
    assert image["caption"] == "Anl needlenl, tennl timesnl itsnl sizenl"
    assert CatalogueEntry.objects.get(locale="nl").status == "current"
