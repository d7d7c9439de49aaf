"""People name leaflets by slug or key; a name that is wrong is answered with those that exist."""

import pytest

from patientinfo.exchange.selection import UnknownName, select, stems
from patientinfo.leaflets.index_page import LeafletIndexPage
from patientinfo.leaflets.leaflet_page import LeafletPage
from tests import builders
from tests.builders import Clinic


def chosen(*leaflets: str) -> list[tuple[str, str]]:
    return [(stem, entry.locale) for entry, stem in stems(select(leaflets).entries())]


def test_all_where_nothing_is_named(page: LeafletPage, dutch: LeafletPage) -> None:
    assert chosen() == [("dry-needling", "en"), ("dry-needling", "nl")]
    assert select().has("xx")


def test_by_key_and_by_slug_of_any_language(clinic: Clinic, page: LeafletPage) -> None:
    draft = builders.translate(page, "nl", publish=False).get_latest_revision_as_object()
    draft.slug = "naalden"
    builders.publish_page(draft)
    builders.make_leaflet(clinic, title="Other")
    family = [("dry-needling", "en"), ("naalden", "nl")]
    assert chosen(str(page.translation_key)) == family
    assert chosen("naalden") == family
    assert chosen("naalden", "other", "dry-needling") == [*family, ("other", "en")]


def test_what_is_withdrawn_does_not_exist(page: LeafletPage, dutch: LeafletPage) -> None:
    dutch.unpublish()
    assert chosen() == [("dry-needling", "en")]
    page.unpublish()
    with pytest.raises(UnknownName, match=r"no leaflet “dry-needling”. No leaflet has been issued"):
        select(["dry-needling"])


def test_an_unknown_name_is_answered_with_those_that_exist(page: LeafletPage) -> None:
    with pytest.raises(UnknownName, match=r"no leaflet “x”. There are: dry-needling$"):
        select(["x"])
    with pytest.raises(UnknownName, match="no leaflet “00000000-"):
        select(["00000000-0000-0000-0000-000000000000"])
    with pytest.raises(UnknownName, match=r"no language “fr”. There are: ar, de, en, es, nl$"):
        select(locales=["nl", "fr"])


def test_a_slug_used_twice_is_told_apart_by_key(clinic: Clinic, page: LeafletPage) -> None:
    index = LeafletIndexPage(title="More", slug="more", locale=clinic.homes["en"].locale)
    clinic.homes["en"].add_child(instance=index)
    other = builders.make_leaflet(clinic, parent=index, slug="Dry-needling")
    keys = [str(page.translation_key)[:8], str(other.translation_key)[:8]]
    assert sorted(stem for stem, _ in chosen()) == sorted(
        [f"dry-needling-{keys[0]}", f"Dry-needling-{keys[1]}"]
    )
    assert chosen(str(page.translation_key)) == [(f"dry-needling-{keys[0]}", "en")]


def test_a_very_long_slug_still_makes_a_file_name(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic, slug="x" * 250)
    key = str(page.translation_key)
    assert chosen(key) == [("x" * 60 + "-" + key[:8], "en")]
