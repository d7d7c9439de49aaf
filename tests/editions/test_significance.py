"""What an editor says of a change decides what happens to translations."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageLogEntry, Revision

from patientinfo.editions import catalogue
from patientinfo.editions.models import CatalogueEntry, Edition
from patientinfo.editions.reissue import reissue
from patientinfo.editions.significance import proposed
from patientinfo.leaflets.approval import approvals_of, approve
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.snippets import Contact
from patientinfo.translation.actions import put_translations
from patientinfo.translation.board import load_board
from patientinfo.translation.shelf import Said
from patientinfo.translation.states import Stored
from tests.builders import (
    approver,
    fresh,
    make_leaflet,
    make_site,
    publish_page,
    reword,
    translate,
)
from tests.worlds import once

pytestmark = pytest.mark.django_db

Pages = tuple[LeafletPage, LeafletPage]

CHANGE = {"cramps/text": "<p>It may cause small temporary muscle cramps for 3 days.</p>"}


def make_pages() -> Pages:
    page = make_leaflet(make_site(("en", "nl")))
    return page, translate(page, "nl")


built = once(make_pages)


@pytest.fixture
def pages(built: Pages, db: None) -> Pages:
    """English and Dutch, both live."""
    return fresh(built[0]), fresh(built[1])


def standing(locale: str = "nl") -> tuple[str, list[str]]:
    entry = CatalogueEntry.objects.get(locale=locale)
    return entry.status, entry.behind


def last(locale: str) -> dict:
    return Edition.objects.filter(locale=locale).order_by("-number")[0].data


def test_what_is_not_said_counts_as_content(pages) -> None:
    reword(pages[0], CHANGE)
    assert last("en")["significance"] == "content"
    assert standing() == ("behind", ["what"])


def test_a_first_edition_changes_nothing(pages) -> None:
    assert last("en")["significance"] is None


def test_a_cosmetic_change_makes_nothing_stale(pages) -> None:
    cosmetic = {"cramps/text": "<p>It may cause small, temporary muscle cramps.</p>"}
    reword(pages[0], cosmetic, significance="cosmetic")
    assert last("en")["significance"] == "cosmetic"
    assert standing() == ("current", [])


def test_a_change_for_safety_holds_translations_back(pages) -> None:
    reword(pages[0], CHANGE, significance="safety", change_note="The cramps last longer.")
    assert last("en")["note"] == "The cramps last longer."
    assert standing() == ("held", ["what"])


def test_a_setting_relaxes_holding_to_a_warning(pages, settings) -> None:
    with override_settings(PATIENTINFO={**settings.PATIENTINFO, "SAFETY_HOLDS": False}):
        reword(pages[0], CHANGE, significance="safety")
    assert standing() == ("behind", ["what"])


@pytest.mark.parametrize(("holds", "status"), [(True, "held"), (False, "behind")])
def test_a_change_for_safety_that_changes_no_words(pages, settings, holds, status) -> None:
    with override_settings(PATIENTINFO={**settings.PATIENTINFO, "SAFETY_HOLDS": holds}):
        reword(pages[0], {}, audience=["carers"], significance="safety")
        assert standing() == (status, [])
        reword(fresh(pages[0]), {"intro/text": "<p>A thick needle.</p>"})
        assert standing() == (status, ["what"])
        translate(pages[0], "nl", {"intro/text": "Een dikke naald."})
    assert standing() == ("current", [])


def test_a_source_for_other_readers_leaves_translations_behind(pages) -> None:
    reword(pages[0], {}, audience=["carers"], significance="content")
    assert standing() == ("behind", [])
    contact = Contact.objects.get(locale__language_code="nl")
    contact.phone = "+31 555 0199"
    contact.save()
    assert len(reissue(contact).editions) == 1
    assert standing() == ("behind", [])
    translate(pages[0], "nl")
    assert standing() == ("current", [])
    assert last("nl")["audience"] == ["carers"]


def test_other_readers_may_be_called_cosmetic(pages) -> None:
    reword(pages[0], {}, audience=["carers", "patients"], significance="cosmetic")
    assert standing() == ("current", [])


def test_a_held_translation_is_freed_by_a_new_signature(pages) -> None:
    page, _dutch = pages
    reword(page, CHANGE, significance="safety")
    translate(page, "nl", {"cramps/text": "Krampen duren soms 3 dagen lang."})
    assert standing() == ("current", [])
    assert last("nl")["source"]["edition"] == 2


def test_a_later_cosmetic_edition_does_not_free_it(pages) -> None:
    page = reword(pages[0], CHANGE, significance="safety")
    reword(
        page,
        {"intro/text": "<p>A tiny needle treats muscles and tendons.</p>"},
        significance="cosmetic",
    )
    assert standing()[0] == "held"


def test_the_choice_is_used_once(pages) -> None:
    page = reword(pages[0], CHANGE, significance="safety", change_note="Longer.")
    assert (page.significance, page.change_note) == ("", "")
    draft = page.get_latest_revision_as_object()
    assert (draft.significance, draft.change_note) == ("", "")
    reword(page, {"trigger/text": "<p>A trigger point is another knot in a muscle.</p>"})
    assert last("en")["significance"] == "content"


def test_a_choice_for_nothing_is_used_up_too(pages) -> None:
    page = reword(pages[0], {}, significance="safety", change_note="Longer.")
    assert last("en")["edition"] == 1
    assert (page.significance, page.change_note) == ("", "")
    draft = page.get_latest_revision_as_object()
    assert (draft.significance, draft.change_note) == ("", "")
    reword(page, {"trigger/text": "<p>A trigger point is another knot in a muscle.</p>"})
    assert last("en")["significance"] == "content"
    assert standing()[0] == "behind"


def test_a_translation_changed_in_meaning_is_ahead(pages) -> None:
    _page, dutch = pages
    words = {"trigger/text": "Een heel ander woord voor dit punt."}
    draft = put_translations(dutch, words, said=Said(state=Stored.CHECKED))
    draft.significance = "content"
    publish_page(draft)
    assert standing() == ("ahead", [])


def test_a_typo_mended_in_a_translation_is_not_ahead(pages) -> None:
    translate(pages[0], "nl", {"trigger/text": "Een woord zonder tikfout hier."})
    assert standing() == ("current", [])


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Rest, if possible.", "Rest if possible", "cosmetic"),
        ("Drink  water.", "drink water!", "cosmetic"),
        ("Rest for 1 to 2 days.", "Rest for 1 to 3 days.", "content"),
        ("Take 1.5 mg.", "Take 15 mg.", "content"),
        ("Rest for 1–2 days.", "Rest for 12 days.", "content"),
        ("Rest for 1–2 days.", "Rest for 1 - 2 days.", "cosmetic"),
        ("Below –5 °C.", "Below 5 °C.", "content"),
        ("Call us if it is > 38 °C.", "Call us if it is < 38 °C.", "content"),
        ("From 18 (≥18).", "From 18 (≤18).", "content"),
        ("Come at 9:30.", "Come at 930.", "content"),
        ("✓ Rest", "✗ Rest", "content"),
        ("Rest – if possible.", "Rest, if possible", "cosmetic"),
        ("Take 5 %.", "Take 5.", "content"),
        ("Take 1 2 mg.", "Take 12 mg.", "content"),
        ("Use 10<sup>3</sup> units.", "Use 103 units.", "content"),
        ('<a href="tel:112">Call</a> us.', '<a href="tel:911">Call</a> us.', "content"),
        ("On days 3; 4 after it.", "On days 34 after it.", "content"),
        ("Take 1 (2) tablets.", "Take 12 tablets.", "content"),
        ("On days 3 & 4.", "On days 34.", "content"),
        ("Dilute 1 : 1000.", "Dilute 11000.", "content"),
        ("Take it 3 …4 times.", "Take it 34 times.", "content"),
        ("Take 1, 2 tablets.", "Take 1,2 tablets.", "content"),
        ("Take 1; ½ tablet.", "Take 1½ tablets.", "content"),
        ("Take 1\N{NO-BREAK SPACE}000 mg.", "take 1 000 mg.", "cosmetic"),
        ("A drop of 5‰.", "A drop of 5.", "content"),
        ("A drop of 5 ‰.", "A drop of 5.", "content"),
        ("Hold it for 5′.", "Hold it for 5″.", "content"),
        ("It is 5' long.", 'It is 5" long.', "content"),
        ("Below 5 °C.", "Below 5 C.", "content"),
        ("Below –½ °C.", "Below ½ °C.", "content"),
        ("خذ ٥٪ منه.", "خذ ٥ منه.", "content"),
        ("Take 5 mg/kg.", "Take 5 mg kg.", "content"),
        ("Read a/b.", "Read ab.", "content"),
        ("Rest and/or walk.", "Rest and / or walk.", "cosmetic"),
        ("Take two (5 mg) tablets.", "Take two “5 mg” tablets.", "cosmetic"),
        ("Take 5: it helps.", "Take 5; it helps.", "cosmetic"),
        ("She is not able.", "She is notable.", "content"),
        ("It is now here.", "It is nowhere.", "content"),
        ("Send us an e-mail.", "Send us an email.", "cosmetic"),
        ("Rest (if possible) now.", "Rest, if possible, now.", "cosmetic"),
        ("Write to a.b@clinic.example.", "Write to ab@clinic.example.", "content"),
        ("Read www.uplands-physio.example.", "Read www.uplandsphysio.example.", "content"),
        ("Up to 10<sup>1</sup>2 cells.", "Up to 10<sup>12</sup> cells.", "content"),
        ("CO<sub>2</sub> is good.", "co<sub>2</sub> is good.", "cosmetic"),
        ("Trinken Sie in Massen.", "Trinken Sie in Maßen.", "content"),
        ("Rest—not work.", "Restnot work.", "content"),
        ("Rest—not work.", "Rest: not work.", "cosmetic"),
        ("Alcohol & drugs.", "Alcohol drugs.", "content"),
        ("का काम", "काकाम", "content"),
        ("Rest.", "Rest.", ""),
        ("ارتح، إن أمكن.", "ارتح إن أمكن", "cosmetic"),
    ],
)
def test_cosmetic_is_proposed_by_comparing(before: str, after: str, expected: str) -> None:
    def document(text: str) -> dict:
        block = {"type": "paragraph", "id": "p", "text": text}
        section = {"id": "s", "heading": "H", "blocks": [block]}
        return {"title": "T", "summary": "S", "sections": [section], "images": []}

    assert proposed(document(before), document(after)) == expected


def test_another_order_or_picture_is_content() -> None:
    def document(*ids: str, picture: str = "a") -> dict:
        blocks = [{"type": "paragraph", "id": i, "text": "Rest."} for i in ids]
        blocks.append({"type": "image", "id": "i", "image": "i"})
        section = {"id": "s", "heading": "H", "blocks": blocks}
        images = [{"id": "i", "alt": "A", "caption": "", "digest": picture}]
        return {"title": "T", "summary": "S", "sections": [section], "images": images}

    assert proposed(document("p", "q"), document("q", "p")) == "content"
    assert proposed(document("p"), document("p", picture="b")) == "content"
    assert proposed(document("p"), document("p")) == ""


def test_facts_beside_words_are_content_and_alone_they_may_be_cosmetic() -> None:
    def document(text: str, *audience: str) -> dict:
        block = {"type": "paragraph", "id": "p", "text": text}
        section = {"id": "s", "heading": "H", "blocks": [block]}
        words = {"title": "T", "summary": "S", "sections": [section], "images": []}
        return {**words, "audience": list(audience)}

    assert proposed(document("Rest."), document("Rest!", "children")) == "content"
    assert proposed(document("Rest."), document("Rest.", "children")) == ""


# -- what was called cosmetic and is not ----------------------------------------------------------

NUMBER = {"cramps/text": "<p>It may cause small temporary muscle cramps for 30 days.</p>"}


def test_a_number_is_not_cosmetic_whatever_the_editor_says(pages) -> None:
    page = reword(pages[0], NUMBER, significance="cosmetic")
    assert last("en")["significance"] == "content"
    assert standing() == ("behind", ["what"])
    (line,) = [line for line in load_board(pages[1]) if line.path == "cramps/text"]
    assert (line.state, line.previous_source) == (
        "fuzzy",
        "It may cause small temporary muscle cramps.",
    )
    raised = PageLogEntry.objects.get(action="patientinfo.significance_raised", page=page.pk)
    assert raised.data == {"edition": 2}


def test_facts_without_words_may_be_cosmetic(pages) -> None:
    due = pages[0].review_due + timedelta(days=1)
    reword(pages[0], {}, review_due=due, significance="cosmetic")
    assert last("en")["significance"] == "cosmetic"


def test_the_choice_is_cleared_in_newer_drafts_too(pages) -> None:
    first = pages[0].get_latest_revision_as_object()
    first.significance, first.change_note = "cosmetic", "A comma."
    first.summary += "!"
    revision = first.save_revision()
    approve(revision.as_object(), approver())
    second = fresh(pages[0]).get_latest_revision_as_object()
    second.summary = "A summary that says 7 days."
    second.save_revision()
    Revision.objects.get(pk=revision.pk).publish()
    draft = fresh(pages[0]).get_latest_revision_as_object()
    assert (draft.significance, draft.change_note) == ("", "")
    publish_page(draft)
    assert last("en")["significance"] == "content"


def test_what_is_said_of_a_newer_draft_stays(pages) -> None:
    first = pages[0].get_latest_revision_as_object()
    first.significance, first.summary = "cosmetic", first.summary + "!"
    revision = first.save_revision()
    approve(revision.as_object(), approver())
    second = fresh(pages[0]).get_latest_revision_as_object()
    second.significance, second.summary = "safety", "A summary that says 7 days."
    second.save_revision()
    Revision.objects.get(pk=revision.pk).publish()
    assert fresh(pages[0]).get_latest_revision_as_object().significance == "safety"


def drafts_for_safety(page: LeafletPage, *summaries: str) -> list[Revision]:
    """A draft a summary, each saved over the one before, all for safety and approved."""
    drafts = []
    for summary in summaries:
        draft = fresh(page).get_latest_revision_as_object()
        draft.significance, draft.change_note, draft.summary = "safety", "Warned.", summary
        drafts.append(draft.save_revision())
        if not approvals_of(draft):
            approve(drafts[-1].as_object(), approver())
    return drafts


def test_a_newer_draft_that_says_more_keeps_the_same_choice(pages) -> None:
    first, second = drafts_for_safety(pages[0], "Not for children.", "Not with a pacemaker.")
    Revision.objects.get(pk=first.pk).publish()
    assert fresh(pages[0]).significance == ""
    Revision.objects.get(pk=second.pk).publish()
    assert (last("en")["significance"], last("en")["note"]) == ("safety", "Warned.")
    draft = fresh(pages[0]).get_latest_revision_as_object()
    assert (draft.significance, draft.change_note) == ("", "")


def test_a_newer_draft_that_says_the_same_does_not_keep_the_choice(pages) -> None:
    first, _second = drafts_for_safety(pages[0], "Not for children.", "Not for children.")
    Revision.objects.get(pk=first.pk).publish()
    draft = fresh(pages[0]).get_latest_revision_as_object()
    assert (draft.significance, draft.change_note) == ("", "")


# -- ahead ----------------------------------------------------------------------------------------


def test_a_translation_stays_ahead_when_it_is_issued_again(pages) -> None:
    page, dutch = pages
    words = {"trigger/text": "Een heel ander woord voor dit punt."}
    draft = put_translations(dutch, words, said=Said(state=Stored.CHECKED))
    draft.significance = "content"
    dutch = publish_page(draft)
    reword(dutch, {}, review_due=dutch.review_due + timedelta(days=1))
    assert last("nl")["edition"] == 3
    assert standing() == ("ahead", [])
    reword(page, CHANGE)
    assert standing() == ("behind", ["what"])


def test_a_translation_stays_ahead_when_it_is_signed_after_a_cosmetic_edition(pages) -> None:
    page, dutch = pages
    words = {"trigger/text": "Een heel ander woord voor dit punt."}
    draft = put_translations(dutch, words, said=Said(state=Stored.CHECKED))
    draft.significance = "content"
    publish_page(draft)
    cosmetic = {"cramps/text": "<p>It may cause small, temporary muscle cramps.</p>"}
    reword(page, cosmetic, significance="cosmetic")
    assert standing() == ("ahead", [])
    translate(page, "nl", {"summary": "Een andere samenvatting."})
    assert last("nl")["source"]["edition"] == 2
    assert standing() == ("ahead", [])
    reword(fresh(page), CHANGE)
    translate(page, "nl", {"cramps/text": "Krampen duren soms 3 dagen lang."})
    assert standing() == ("current", [])


# -- what it costs --------------------------------------------------------------------------------


def test_every_cosmetic_edition_costs_the_same(pages) -> None:
    page, dutch = pages
    counts = []
    for number in range(1, 10):
        text = "<p>It may cause small temporary muscle cramps" + "," * (number % 2) + ".</p>"
        reword(fresh(page), {"cramps/text": text}, significance="cosmetic")
        shown = fresh(dutch)
        approve(shown, approver())
        shown.save_revision().publish()
        if number % 3 == 0:
            with CaptureQueriesContext(connection) as made:
                catalogue.refresh(page.translation_key)
            counts.append(len(made))
    assert counts[2] - counts[1] <= counts[1] - counts[0], counts
