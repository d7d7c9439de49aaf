"""How each leaflet stands today, for everything that answers."""

from __future__ import annotations

from django.test import TestCase

from patientinfo.editions import catalogue
from patientinfo.editions.models import CatalogueEntry, CatalogueTerm, Edition
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic, fresh, reword

WORLD = "page"
NEW = {"cramps/text": "<p>Cramps go away within some hours.</p>"}


def entry(locale: str = "en") -> CatalogueEntry:
    return CatalogueEntry.objects.select_related("edition").get(locale=locale)


# -- one entry ------------------------------------------------------------------------------------


def test_an_entry_knows_its_edition_and_its_address(page: LeafletPage) -> None:
    found = entry()
    assert found.edition.number == found.number == 1
    assert found.issued_at == found.edition.issued_at
    assert (found.type, found.slug) == ("leaflet", "dry-needling")
    assert (found.title, found.summary) == (page.title, page.summary)
    assert found.html_path == "/en/dry-needling/"
    assert (found.is_source, found.source_locale, found.source_edition) == (True, "", None)


def test_an_entry_is_found_by_topic_code_and_audience(page: LeafletPage, clinic: Clinic) -> None:
    terms = CatalogueTerm.objects.values_list("kind", "value", "label")
    assert set(terms) == {
        ("topic", str(clinic.topic.translation_key), "Pain"),
        ("code", "http://snomed.info/sct|44868003", "44868003"),
        ("audience", "patients", "patients"),
    }
    for kind, value in (("topic", "Pain"), ("code", "44868003"), ("audience", "patients")):
        assert CatalogueEntry.objects.with_term(kind, value).get() == entry()
    assert not CatalogueEntry.objects.with_term("topic", "Sleep").exists()


def test_words_are_found_in_every_language(page: LeafletPage) -> None:
    arabic = builders.translate(page, "ar")
    assert "trigger point is a knot" in entry().full_text
    assert "trigger point is a knot" not in entry().catalogue_text
    assert "what is a trigger point" in entry().catalogue_text
    assert entry("ar").full_text
    assert entry("ar").title == arabic.title


def test_languages_know_one_another(page: LeafletPage, dutch: LeafletPage) -> None:
    assert entry().translations == [
        {
            "locale": "nl",
            "title": "Drynl needlingnl",
            "edition": 1,
            "status": "current",
            "html_path": "/nl/dry-needling/",
            "sections": [section["id"] for section in entry("nl").edition.data["sections"]],
        }
    ]
    assert [other["locale"] for other in entry("nl").translations] == ["en"]


def test_the_address_follows_the_page(page: LeafletPage, clinic: Clinic) -> None:
    with TestCase.captureOnCommitCallbacks(execute=True):
        page.slug = "needles"
        page.save()
    assert entry().html_path == "/en/needles/"
    home = clinic.homes["en"]
    with TestCase.captureOnCommitCallbacks(execute=True):
        home.slug = "english"
        home.save()
    assert entry().html_path == "/en/needles/"


def test_an_entry_moves_with_its_parent(page: LeafletPage, clinic: Clinic) -> None:
    index = LeafletIndexPage(title="Leaflets", slug="leaflets", locale=page.locale)
    clinic.homes["en"].add_child(instance=index)
    fresh(page).move(index, pos="last-child")
    assert entry().html_path == "/en/leaflets/dry-needling/"


def test_the_level_is_of_the_page_and_needs_no_edition(page: LeafletPage) -> None:
    reword(page, {}, access_level="catalogue")
    assert entry().level == "catalogue"
    assert Edition.objects.count() == 1


def test_an_entry_moves_in_time_only_when_it_changes(page: LeafletPage) -> None:
    before = entry().updated_at
    catalogue.refresh(page.translation_key)
    assert entry().updated_at == before
    reword(page, NEW)
    assert entry().updated_at > before


def test_an_entry_is_rebuilt_from_nothing(page: LeafletPage, dutch: LeafletPage) -> None:
    before = {e.locale: (e.status, e.html_path, e.translations) for e in _entries()}
    CatalogueEntry.objects.all().delete()
    catalogue.refresh(page.translation_key)
    assert {e.locale: (e.status, e.html_path, e.translations) for e in _entries()} == before


def _entries() -> list[CatalogueEntry]:
    return list(CatalogueEntry.objects.order_by("locale"))


def test_another_leaflet_is_left_alone(page: LeafletPage, clinic: Clinic) -> None:
    other = builders.make_leaflet(clinic, title="Another leaflet")
    before = CatalogueEntry.objects.get(key=other.translation_key).updated_at
    reword(page, NEW)
    assert CatalogueEntry.objects.get(key=other.translation_key).updated_at == before
