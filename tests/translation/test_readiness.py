"""No translated page goes live with a sentence of its source in it, however it came there."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from pytest_django import DjangoDbBlocker
from wagtail.blocks import StreamValue
from wagtail.models import Locale

from patientinfo.editions.models import Edition
from patientinfo.leaflets import approval
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.slots import slots
from patientinfo.translation.actions import put_translations
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.pages import segments_of_page, source_language
from patientinfo.translation.readiness import SourceWords, translation_problems
from tests import bodies, builders
from tests.builders import Clinic, fresh
from tests.worlds import built_once

World = tuple[Clinic, LeafletPage, LeafletPage]


@pytest.fixture(scope="module")
def built(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """A clinic, an English page and its Dutch draft, the same for all tests."""

    def build() -> World:
        clinic = builders.make_site()
        page = make_page(clinic)
        return clinic, page, builders.translate(page, "nl", publish=False)

    with built_once(django_db_blocker, build) as made:
        yield made


def make_page(clinic: Clinic) -> LeafletPage:
    image = builders.make_image()
    pictures = bodies.section(
        "Is it safe?",
        bodies.picture(image, key="own", alt="A needle and a hand, drawn", caption="Not to scale"),
        bodies.picture(image, key="default"),
        bodies.paragraph("Do not eat. Wait for us.", key="short"),
        key="pictures",
    )
    return builders.make_leaflet(clinic, sections=[*bodies.sample_sections(), pictures])


@pytest.fixture
def clinic(built: World, db: None) -> Clinic:
    return copy.deepcopy(built[0])


@pytest.fixture
def page(built: World, db: None) -> LeafletPage:
    """English, live, with a picture whose words stand in the block and one whose do not."""
    return fresh(built[1])


@pytest.fixture
def dutch(built: World, db: None) -> LeafletPage:
    """A whole translation, not published."""
    return fresh(built[2])


def problems(page: LeafletPage) -> list[tuple[str, str]]:
    draft = fresh(page).get_latest_revision_as_object()
    return [(p.field, p.message) for p in translation_problems(draft)]


def test_a_whole_translation_is_ready(dutch: LeafletPage) -> None:
    assert problems(dutch) == []
    assert builders.publish_page(dutch.get_latest_revision_as_object()).live


def test_a_source_is_always_ready(page: LeafletPage) -> None:
    assert problems(page) == []


# -- one sentence left, wherever it stands --------------------------------------------------------

_LEFT = {
    "paragraph": ("cramps/text", "It may cause small temporary muscle cramps."),
    "list item": ("effects-2/text", "less strength in the muscle involved"),
    "lead-in": ("effects/lead_in", "Trigger points can lead to:"),
    "step": ("course-1/text", "first the therapist finds the knot"),
    "advice": ("before-1/text", "tell us about every allergy you have"),
    "call-out": ("alarm-1/text", "Call the emergency number if you cannot breathe well."),
    "call-out heading": ("alarm/heading", "Get help now"),
    "table cell": ("odds-r-1/odds-c-2", "in 20 % of all people treated"),
    "column": ("odds-c-1/text", "What happens"),
    "table caption": ("odds/caption", "How often side effects happen"),
    "alt text": ("own/alt", "A needle and a hand, drawn"),
    "caption": ("own/caption", "Not to scale"),
    "the picture's own alt text": ("default/alt", "Drawing: A needle, held above a muscle"),
    "heading": ("trigger-point/heading", "What is a trigger point?"),
    "short heading": ("pictures/heading", "Is it safe?"),
    "short sentence": ("short/text", "Do not eat. Wacht op ons."),
    "inside a longer paragraph": (
        "trigger/text",
        "Eerst iets anders; it may cause small temporary muscle cramps, zegt men.",
    ),
    "in other type": ("trigger/text", "Zo: <b>It may</b> cause small temporary MUSCLE cramps!"),
    "of another paragraph": ("cramps/text", "Tell us about every allergy you have."),
}


@pytest.mark.parametrize(("path", "text"), _LEFT.values(), ids=_LEFT.keys())
def test_a_source_sentence_is_refused(dutch: LeafletPage, path: str, text: str) -> None:
    rich = not path.endswith(("/heading", "/caption", "/alt"))
    builders.reword(dutch, {path: f"<p>{text}</p>" if rich else text}, publish=False)
    found = problems(dutch)
    assert [field for field, _ in found] == ["body"]
    assert "Still in the source language" in found[0][1]
    with pytest.raises(NotReadyToPublish, match="Still in the source language"):
        builders.publish_page(fresh(dutch).get_latest_revision_as_object())
    assert not fresh(dutch).live
    assert not Edition.objects.filter(locale="nl").exists()


@pytest.mark.parametrize("left", ["paragraph", "short heading", "short sentence", "table cell"])
def test_a_source_sentence_is_refused_of_a_translators_file_too(
    dutch: LeafletPage, left: str
) -> None:
    put_translations(dutch, dict([_LEFT[left]]))
    assert "Still in the source language" in problems(dutch)[0][1]


@pytest.mark.parametrize("field", ["title", "summary"])
def test_the_sources_title_and_summary_are_refused(
    page: LeafletPage, dutch: LeafletPage, field: str
) -> None:
    SegmentTranslation.objects.filter(path=field).delete()
    draft = dutch.get_latest_revision_as_object()
    setattr(draft, field, getattr(page, field))
    with pytest.raises(NotReadyToPublish, match="Still in the source language") as refusal:
        builders.publish_approved(draft)
    assert list(refusal.value.message_dict) == [field]


def test_a_title_may_be_the_same_when_a_translator_says_so(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    put_translations(fresh(dutch), {"title": "Dry needling"})
    assert problems(dutch) == []


@pytest.mark.parametrize(
    "path", ["cramps/text", "effects-1/text", "odds-r-1/odds-c-1", "own/alt", "default/alt",
             "default/caption", "alarm/heading", "summary"]
)  # fmt: skip
def test_what_is_not_translated_is_named_by_its_source(
    page: LeafletPage, dutch: LeafletPage, path: str
) -> None:
    draft = dutch.get_latest_revision_as_object()
    if path == "summary":
        draft.summary = ""
        draft.save_revision()
    else:
        builders.reword(dutch, {path: ""}, publish=False)
    short = segments_of_page(page)[path].text[:30].replace("<em>", "")
    found = problems(dutch)
    assert any("Not translated yet" in text and short[:15] in text for _field, text in found)
    with pytest.raises(NotReadyToPublish, match="Not translated yet"):
        builders.publish_page(fresh(dutch).get_latest_revision_as_object())


# -- pages copied by other means than ours --------------------------------------------------------


def copied_page(page: LeafletPage, locale: str, **attrs: Any) -> LeafletPage:
    """The source's words under another language, as Wagtail's own copy can make them."""
    home = page.get_parent().get_translation(Locale.objects.get(language_code=locale))
    made: LeafletPage = page.copy(
        to=home,
        update_attrs={"locale": home.locale, **attrs},
        reset_translation_key=False,
        keep_live=False,
    )
    return made


def test_a_copied_page_is_not_published(page: LeafletPage) -> None:
    copied = copied_page(page, "de")
    approval.approve(copied, builders.approver())
    with pytest.raises(NotReadyToPublish) as refusal:
        copied.get_latest_revision().publish()
    assert {"title", "summary", "body"} <= set(refusal.value.message_dict)
    assert not fresh(copied).live


def test_a_copied_page_is_not_copied_live(page: LeafletPage) -> None:
    home = page.get_parent().get_translation(Locale.objects.get(language_code="de"))
    with pytest.raises(ValidationError, match="Still in the source language"):
        page.copy(to=home, update_attrs={"locale": home.locale}, reset_translation_key=False)
    assert not LeafletPage.objects.filter(locale=home.locale).exists()


def test_words_of_an_earlier_source_are_refused_too(page: LeafletPage) -> None:
    """Somebody copied the page before the source changed."""
    copied = copied_page(page, "de")
    old = {path: builders.fake(s.text, "de") for path, s in segments_of_page(copied).items()}
    del old["cramps/text"]
    builders.reword(page, {"cramps/text": "<p>Quite another sentence about cramps.</p>"})
    draft = fresh(copied)
    body = raw_body(draft)
    for slot in slots(body):
        if slot.path in old:
            slot.fill(f"<p>{old[slot.path]}</p>" if slot.rich else old[slot.path])
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    draft.title, draft.summary = old["title"], old["summary"]
    with pytest.raises(NotReadyToPublish) as refusal:
        builders.publish_approved(draft)
    assert refusal.value.messages == [
        "Still in the source language: “It may cause small temporary muscle cramps.”."
    ]


def test_a_translation_of_a_deleted_source_is_compared_with_what_is_known(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    published = builders.publish_page(dutch.get_latest_revision_as_object())
    page.delete()
    assert source_language(fresh(published)) == "en"
    assert problems(published) == []
    builders.reword(
        published,
        {"cramps/text": "<p>It may cause small temporary muscle cramps.</p>"},
        publish=False,
    )
    assert [text[:40] for _field, text in problems(published)] == [
        "The page that this one translates is gon",
        "Still in the source language: “It may ca",
    ]


def test_nothing_is_known_of_the_words_of_a_copy_whose_source_is_gone(page: LeafletPage) -> None:
    copied = copied_page(page, "de")
    copied.source_locale = "en"
    copied.save()
    copied.save_revision()
    page.delete()
    assert len(problems(copied)) == len(segments_of_page(copied))


def test_a_source_draft_cannot_lend_its_words_either(page: LeafletPage, dutch: LeafletPage) -> None:
    """Nobody has published the English sentence yet, and still it is English."""
    builders.reword(page, {"cramps/text": "<p>You may feel a little sore.</p>"}, publish=False)
    builders.reword(dutch, {"trigger/text": "<p>You may feel a little sore.</p>"}, publish=False)
    assert len(problems(dutch)) == 1


# -- which page is the source ---------------------------------------------------------------------


def test_a_leaflet_may_be_written_in_another_language(clinic: Clinic) -> None:
    german = builders.make_leaflet(clinic, locale="de", title="Trockenes Nadeln", slug="nadeln")
    assert source_language(german) == ""
    english = builders.translate(german, "en", builders.fake_texts(german, "es"), publish=False)
    assert english.source_locale == "de"
    assert source_language(english) == "de"
    assert source_language(fresh(german)) == ""
    assert builders.publish_page(english.get_latest_revision_as_object()).live


def test_an_alias_in_another_language_translates_nothing(page: LeafletPage) -> None:
    alias = page.copy_for_translation(Locale.objects.get(language_code="de"), alias=True)
    assert source_language(alias) == ""


# -- telling sentences apart ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "text", "found"),
    [
        ("Rest for two days.", "Rest for two days", True),
        ("Rest for two days.", "Rust eerst. REST FOR TWO DAYS!", True),
        ("Rest for two days.", "“Rest—for two (days)”, zegt zij", True),
        ("Rest for two days.", "Rest for two nights.", False),
        ("Stay in bed. Drink water.", "Blijf liggen. Drink water.", True),
        ("Stay in bed. Drink water.", "Drink water en thee.", False),
        ("Dry needling", "Wat is dry needling?", False),
        ("Dry needling.", "Dit is dry needling.", False),
        ("Stop!", "Stop!", False),
        ("10 20 30 40 50", "10 20 30 40 50", False),
        ("500 mg / 1000 mg", "500 mg / 1000 mg", False),
        ("هذا علاج جيد جدا للألم؟", "أولا: هذا علاج جيد جدا للألم", True),
        ("", "", False),
    ],
)
def test_a_sentence_is_found_and_a_name_is_not(source: str, text: str, found: bool) -> None:
    assert SourceWords([source]).found_in(text) is found


def test_the_first_draft_of_a_copy_is_no_leaflet_of_its_own(clinic: Clinic) -> None:
    """Wagtail makes it with the source's words before it says that the page is a translation."""
    source = builders.make_leaflet(clinic, title="Naalden", locale="nl")
    made = source.copy_for_translation(Locale.objects.get(language_code="de"))
    first = made.revisions.order_by("pk")[0].as_object()
    assert first.title == source.title
    assert source_language(first) == "nl"
    assert "Still in the source language: “Naalden”." in [p.message for p in first.problems()]
