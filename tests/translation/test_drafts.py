"""What editors find in a translated page's draft, and what an import does to it."""

from __future__ import annotations

import pytest
from wagtail.models import Locale, Revision

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import put_translations
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page
from tests import bodies, builders


@pytest.fixture
def page(db: None) -> LeafletPage:
    return builders.make_leaflet(builders.make_site())


def draft_of(page: LeafletPage) -> LeafletPage:
    found: LeafletPage = builders.fresh(page).get_latest_revision_as_object()
    return found


def test_a_new_translation_shows_editors_no_source_words(page: LeafletPage) -> None:
    """Wagtail makes a revision of what it copies, and that is what its editor opens."""
    made = page.copy_for_translation(Locale.objects.get(language_code="nl"))
    for shown in (builders.fresh(made), draft_of(made)):
        assert shown.source_locale == "en"
        assert set(segments_of_page(shown)) == {"title"}


def test_putting_the_same_words_again_makes_no_revision(page: LeafletPage) -> None:
    dutch = builders.translate(page, "nl")
    before = Revision.objects.count()
    draft = put_translations(dutch, builders.fake_texts(page, "nl"))
    assert Revision.objects.count() == before
    assert segments_of_page(draft) == segments_of_page(dutch)


def test_the_words_of_an_open_draft_are_kept(page: LeafletPage) -> None:
    dutch = builders.translate(page, "nl")
    builders.reword(dutch, {"cramps/text": "<p>Eenetnl zinnl vannl mijnl.</p>"}, publish=False)
    put_translations(builders.fresh(dutch), {"trigger/text": "Eennl anderenl zinnl."})
    texts = {path: segment.text for path, segment in segments_of_page(draft_of(dutch)).items()}
    assert texts["cramps/text"] == "Eenetnl zinnl vannl mijnl."
    assert texts["trigger/text"] == "Eennl anderenl zinnl."


def test_words_copied_from_the_source_do_not_become_translations(page: LeafletPage) -> None:
    dutch = builders.translate(page, "nl", {}, publish=False)
    words = {"cramps/text": "<p>It may cause small temporary muscle cramps.</p>"}
    builders.reword(dutch, words, publish=False)
    put_translations(builders.fresh(dutch), {"trigger/text": "Eennl anderenl zinnl."})
    assert list(SegmentTranslation.objects.values_list("path", flat=True)) == ["trigger/text"]


def test_a_changed_source_gives_the_translation_its_new_shape(page: LeafletPage) -> None:
    """Nothing was translated since, and still the draft has to follow."""
    dutch = builders.translate(page, "nl")
    new = bodies.section("New?", bodies.paragraph("Yes, it is new.", key="yes"), key="new")
    sections = [*bodies.sample_sections(), new]
    source = page.get_latest_revision_as_object()
    source.body = builders.StreamValue(builders.LeafletBody(), sections, is_lazy=True)
    builders.publish_page(source)
    draft = put_translations(dutch, {})
    assert [section.value["key"] for section in draft.body][-1] == "new"
    assert draft.body[-1].value["heading"] == ""
