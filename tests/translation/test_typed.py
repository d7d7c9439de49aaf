"""Words of a page that are newer than the store's, and words that only stand there still."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from wagtail.models import Revision

from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation import shelf
from patientinfo.translation.actions import put_translations, record_edits, store_translations
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page, source_page
from patientinfo.translation.shelf_rows import insert_rows
from patientinfo.translation.typed import edits_of_draft
from tests import builders
from tests.builders import approver, fresh
from tests.worlds import once

PATH = "cramps/text"
TYPED, NEWER = "In de pagina getypt.", "Van het bureau."


built = once(lambda: builders.translate(builders.make_leaflet(builders.make_site()), "nl"))


@pytest.fixture
def dutch(built: LeafletPage, db: None) -> LeafletPage:
    """Translated and published, of a leaflet that is published."""
    return fresh(built)


def stored(path: str = PATH) -> str:
    text: str = SegmentTranslation.objects.get(locale="nl", path=path).text
    return text


def live(page: LeafletPage, path: str = PATH) -> str:
    return segments_of_page(fresh(page))[path].text


def test_an_old_signed_draft_does_not_take_back_newer_words(dutch: LeafletPage) -> None:
    """It may be published, for somebody signed it; the store keeps what came since."""
    builders.reword(dutch, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    draft = fresh(dutch).get_latest_revision_as_object()
    builders.approval.approve(draft, approver())
    store_translations(dutch, {PATH: NEWER})
    fresh(dutch).latest_revision.publish()
    assert (live(dutch), stored()) == (TYPED, NEWER)


def test_a_draft_that_nobody_signed_is_not_published_over_newer_words(dutch: LeafletPage) -> None:
    builders.reword(dutch, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    store_translations(dutch, {PATH: NEWER})
    with pytest.raises(NotReadyToPublish, match="not checked yet"):
        fresh(dutch).latest_revision.publish(user=User.objects.create_superuser("anna"))
    assert (live(dutch) == TYPED, stored()) == (False, NEWER)


def test_who_typed_words_into_a_page_counts_as_their_translator(dutch: LeafletPage) -> None:
    typist, other = User.objects.create_user("tine"), User.objects.create_user("otto")
    for user, path in ((typist, PATH), (other, "trigger/text")):
        builders.reword(dutch, {path: f"<p>{TYPED}</p>"}, publish=False)
        Revision.objects.filter(pk=fresh(dutch).latest_revision_id).update(user=user)
    builders.publish_page(fresh(dutch).get_latest_revision_as_object())
    rows = SegmentTranslation.objects.filter(locale="nl")
    assert rows.get(path=PATH).translated_by == typist
    assert rows.get(path="trigger/text").translated_by == other


def test_an_old_sentence_stays_old_when_another_is_typed(dutch: LeafletPage) -> None:
    store_translations(dutch, {PATH: NEWER})
    builders.reword(dutch, {"trigger/text": f"<p>{TYPED}</p>"}, publish=False)
    put_translations(fresh(dutch), {"title": "Droognaaldennl"})
    assert (stored(), stored("trigger/text")) == (NEWER, TYPED)


def test_words_typed_over_newer_ones_are_newer_still(dutch: LeafletPage) -> None:
    store_translations(dutch, {PATH: NEWER})
    builders.reword(dutch, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    put_translations(fresh(dutch), {"title": "Droognaaldennl"})
    assert stored() == TYPED


def test_words_that_stand_there_for_some_drafts_count_from_the_first(dutch: LeafletPage) -> None:
    builders.reword(dutch, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    store_translations(dutch, {PATH: NEWER})
    for words in ("Eerst dit.", "Dan dat."):
        builders.reword(dutch, {"trigger/text": f"<p>{words}</p>"}, publish=False)
    put_translations(fresh(dutch), {"title": "Droognaaldennl"})
    assert (stored(), stored("trigger/text")) == (NEWER, "Dan dat.")


def test_stored_words_change_their_date(dutch: LeafletPage) -> None:
    """What tells old from new is when the store got them."""
    before = SegmentTranslation.objects.get(locale="nl", path=PATH).updated_at
    store_translations(dutch, {PATH: NEWER})
    assert SegmentTranslation.objects.get(locale="nl", path=PATH).updated_at > before


@pytest.fixture
def emptied(dutch: LeafletPage) -> LeafletPage:
    """The same when somebody has taken the words of one segment away; drafts say them still."""
    source, translator = source_page(dutch), User.objects.create_superuser("tom")
    assert source is not None
    version = SegmentTranslation.objects.get(locale="nl", path=PATH).version
    save_segment(dutch, segments_of_page(source)[PATH], Edit("", version), translator)
    return fresh(dutch)


def is_stored(path: str = PATH) -> bool:
    return SegmentTranslation.objects.filter(locale="nl", path=path).exists()


def test_words_that_were_taken_away_do_not_come_back_with_others(emptied: LeafletPage) -> None:
    put_translations(emptied, {"title": "Droognaaldennl"})
    assert (stored("title"), is_stored()) == ("Droognaaldennl", False)


def test_words_that_were_taken_away_do_not_come_back_by_publishing(emptied: LeafletPage) -> None:
    builders.publish_page(emptied.get_latest_revision_as_object())
    assert not is_stored()
    builders.reword(emptied, {"trigger/text": f"<p>{TYPED}</p>"}, publish=False)
    builders.publish_approved(fresh(emptied).get_latest_revision_as_object())
    assert (stored("trigger/text"), is_stored()) == (TYPED, False)


def test_words_typed_where_others_were_taken_away_are_typed(emptied: LeafletPage) -> None:
    builders.reword(emptied, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    put_translations(fresh(emptied), {"title": "Droognaaldennl"})
    assert stored() == TYPED


def test_a_draft_of_old_words_is_told_by_two_queries(
    emptied: LeafletPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    translations = SegmentTranslation.objects.filter(locale=emptied.locale.language_code)
    translations.update(updated_at=timezone.now())
    rows = {row.path: row for row in translations.all()}
    with django_assert_num_queries(2):
        assert edits_of_draft(emptied, rows, {}) == {}


@pytest.mark.only_on("postgresql")
def test_nobody_saves_at_the_desk_while_words_of_a_page_are_stored(dutch: LeafletPage) -> None:
    """The desk waits, and is told then that the version is another."""
    builders.reword(dutch, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    for act in (
        lambda: record_edits(fresh(dutch)),
        lambda: store_translations(fresh(dutch), {"title": "Titel"}),
        lambda: put_translations(fresh(dutch), {"title": "Droognaaldennl"}),
    ):
        with CaptureQueriesContext(connection) as asked:
            act()
        held = [query["sql"] for query in asked if "FOR UPDATE" in query["sql"]]
        assert any("patientinfo_segmenttranslation" in sql for sql in held)


def test_the_store_is_looked_at_again_when_somebody_else_stores_first_words(
    emptied: LeafletPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """At the second look theirs are there, and newer than those of the page."""
    builders.reword(emptied, {PATH: f"<p>{TYPED}</p>"}, publish=False)
    waiting = [IntegrityError("somebody stored words there")]

    def insert(rows: Sequence[SegmentTranslation]) -> None:
        if waiting:
            raise waiting.pop()
        insert_rows(rows)

    monkeypatch.setattr(shelf, "insert_rows", insert)
    assert record_edits(fresh(emptied).get_latest_revision_as_object()) == [PATH]
    assert (stored(), waiting) == (TYPED, [])
