"""Translations belong to the leaflet, not to a page."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from patientinfo.formats.segments import source_hash
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import (
    NotATranslation,
    put_translations,
    record_edits,
    store_translations,
)
from patientinfo.translation.memory_models import MemoryEntry
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page
from patientinfo.translation.shelf import Said
from patientinfo.translation.states import Stored
from tests import bodies, builders
from tests.builders import Clinic, fresh
from tests.worlds import World, world_of

WORLD = "dutch"


@pytest.fixture(scope="module")
def world(
    request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[World | None]:
    with world_of(request, django_db_blocker) as made:
        yield made


@pytest.fixture
def clinic(world: World, db: None) -> Clinic:
    return world.own_clinic()


@pytest.fixture
def page(world: World, db: None) -> LeafletPage:
    return fresh(world.page)


@pytest.fixture
def dutch(world: World, db: None) -> LeafletPage:
    assert world.dutch is not None
    return fresh(world.dutch)


def texts(page: LeafletPage) -> dict[str, str]:
    return {path: segment.text for path, segment in segments_of_page(page).items()}


def rows(page: LeafletPage, locale: str = "nl") -> dict[str, tuple[str, str]]:
    found = SegmentTranslation.objects.filter(key=page.translation_key, locale=locale)
    return {row.path: (row.source_text, row.text) for row in found}


def test_every_segment_is_stored_with_the_words_it_was_made_from(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    source = texts(page)
    assert rows(page) == {path: (text, builders.fake(text, "nl")) for path, text in source.items()}
    row = SegmentTranslation.objects.get(path="title", locale="nl")
    assert row.source_hash == source_hash("Dry needling")
    assert texts(dutch) == builders.fake_texts(page, "nl")


def test_a_source_takes_no_translations(page: LeafletPage) -> None:
    for put in (store_translations, put_translations):
        with pytest.raises(NotATranslation):
            put(page, {"title": "x"})


def test_unknown_paths_and_empty_texts_are_left_out(page: LeafletPage, dutch: LeafletPage) -> None:
    assert store_translations(dutch, {"nowhere/text": "x", "title": " ", "summary": "<p>"}) == [
        "summary"
    ]


def test_what_did_not_change_is_not_written(page: LeafletPage, dutch: LeafletPage) -> None:
    again = builders.fake_texts(page, "nl")
    assert store_translations(dutch, again) == []
    assert store_translations(dutch, {**again, "title": "Iets anders"}) == ["title"]


def test_markup_is_cleaned_on_the_way_in(page: LeafletPage, dutch: LeafletPage) -> None:
    store_translations(
        dutch,
        {"cramps/text": '<b onclick="x">vet</b><script>x()</script>', "title": "A < B & C"},
    )
    assert rows(page)["cramps/text"][1] == "<strong>vet</strong>"
    assert rows(page)["title"][1] == "A < B & C"


def test_stored_words_survive_the_page(page: LeafletPage, dutch: LeafletPage) -> None:
    before = texts(dutch)
    dutch.delete()
    assert len(rows(page)) == len(before)
    made = page.copy_for_translation(Locale.objects.get(language_code="nl"))
    assert texts(fresh(made)) == before
    assert texts(fresh(made).get_latest_revision_as_object()) == before
    assert builders.publish_page(fresh(made)).live


def test_stored_words_survive_a_new_order_of_the_source(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    before = texts(dutch)
    draft = page.get_latest_revision_as_object()
    body = raw_body(draft)
    body.reverse()
    body[0]["value"]["blocks"].append(body[1]["value"]["blocks"].pop(0))
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    builders.publish_page(draft)
    moved = put_translations(fresh(dutch), {})
    assert texts(moved) == before
    assert [s["value"]["key"] for s in raw_body(moved)] == ["risks", "trigger-point", "what"]
    assert list(texts(moved)) != list(before)


@pytest.mark.parametrize("locale", ["nl", "ar"])
def test_a_new_segment_of_the_source_stays_empty(
    page: LeafletPage, dutch: LeafletPage, locale: str
) -> None:
    draft = page.get_latest_revision_as_object()
    body = raw_body(draft)
    body[0]["value"]["blocks"].append(bodies.paragraph("A new safety sentence here.", key="new"))
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    builders.publish_page(draft)
    target = dutch if locale == "nl" else builders.translate(page, locale, {}, publish=False)
    filled = put_translations(fresh(target), {})
    assert "new/text" not in texts(filled)
    blocks = raw_body(filled)[0]["value"]["blocks"]
    assert (blocks[-1]["value"]["key"], blocks[-1]["value"]["text"]) == ("new", "")


def test_a_source_draft_does_not_disturb_the_translation_of_what_is_live(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    draft = page.get_latest_revision_as_object()
    body = raw_body(draft)
    body.append(bodies.section("Half written", bodies.paragraph("To be done", key="todo")))
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    draft.save_revision()
    put = builders.translate(page, "nl", {"cramps/text": "Nieuwenl woordennl."})
    assert "todo" not in str(raw_body(put))
    assert put.live


def test_a_source_that_was_never_live_is_translated_from_its_newest_draft(clinic: Clinic) -> None:
    page = builders.make_leaflet(clinic, title="New", publish=False)
    builders.reword(page, {"cramps/text": "<p>Newer words about cramps.</p>"}, publish=False)
    dutch = builders.translate(page, "nl", {"cramps/text": "Krampnl."}, publish=False)
    assert rows(page) == {"cramps/text": ("Newer words about cramps.", "Krampnl.")}
    assert texts(dutch.get_latest_revision_as_object())["cramps/text"] == "Krampnl."


def test_facts_follow_the_source(page: LeafletPage, dutch: LeafletPage) -> None:
    draft = page.get_latest_revision_as_object()
    draft.codes = []
    draft.topics = []
    draft.audience = ["children"]
    builders.publish_page(draft)
    put = put_translations(fresh(dutch), {})
    assert put.audience == ["children"]
    assert not put.codes.all()
    assert not put.topics.all()


def test_links_lead_to_the_page_of_the_own_language(
    clinic: Clinic, page: LeafletPage, dutch: LeafletPage
) -> None:
    words = bodies.paragraph(f'See <a linktype="page" id="{page.pk}">the other one</a>.', key="w")
    section = bodies.section("Other", bodies.link(page, "the other", key="l"), words, key="o")
    linking = builders.make_leaflet(clinic, title="Linking", sections=[section])
    made = builders.translate(linking, "nl")
    block, paragraph = raw_body(made)[0]["value"]["blocks"]
    assert block["value"]["page"] == dutch.pk
    assert f'id="{dutch.pk}"' in paragraph["value"]["text"]
    german = builders.translate(linking, "de")
    assert raw_body(german)[0]["value"]["blocks"][0]["value"]["page"] == page.pk


@pytest.mark.parametrize("sections", [2, 40])
def test_putting_costs_the_same_however_many_segments(clinic: Clinic, sections: int) -> None:
    parts = [
        bodies.section(f"What about {n}?", bodies.paragraph(f"All about number {n}."))
        for n in range(sections)
    ]
    page = builders.make_leaflet(clinic, title="Long", sections=parts)
    target = builders.translate(page, "nl", {}, publish=False)
    words = builders.fake_texts(page, "nl")
    with CaptureQueriesContext(connection) as queries:
        put_translations(target, words)
    assert len(rows(page)) == 2 + 2 * sections
    ours = [query for query in queries if "segmenttranslation" in query["sql"].lower()]
    assert len(ours) <= 6
    assert len(queries) < 120  # nearly all are Wagtail's: a save and a revision of a page


# -- words typed into the page --------------------------------------------------------------------


def test_typed_words_are_recorded_when_published(page: LeafletPage, dutch: LeafletPage) -> None:
    builders.reword(dutch, {"cramps/text": "<p>Getypt in <b>Wagtail</b>.</p>"})
    assert rows(page)["cramps/text"] == (
        "It may cause small temporary muscle cramps.",
        "Getypt in <strong>Wagtail</strong>.",
    )


def test_only_what_was_typed_counts_as_made_today(page: LeafletPage, dutch: LeafletPage) -> None:
    builders.reword(
        page,
        {"cramps/text": "<p>Newer cramps.</p>", "trigger/text": "<p>Newer knots in muscles.</p>"},
    )
    builders.reword(dutch, {"cramps/text": "<p>Nieuwere krampen.</p>"}, publish=False)
    put_translations(fresh(dutch), {})
    assert rows(page)["cramps/text"][0] == "Newer cramps."
    assert rows(page)["trigger/text"][0].startswith("A trigger point is a knot")


def test_a_source_records_nothing(page: LeafletPage) -> None:
    assert record_edits(page) == []
    assert rows(page, "en") == {}


def test_words_that_are_said_to_be_checked_feed_the_memory(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    store_translations(dutch, {"title": "Droge naalden"})
    assert not MemoryEntry.objects.exists()
    store_translations(dutch, {"title": "Naalden"}, said=Said(state=Stored.CHECKED))
    entry = MemoryEntry.objects.get()
    assert (entry.source_text, entry.text, entry.source_locale) == ("Dry needling", "Naalden", "en")
