"""What a leaflet must have before patients see it, and that the refusal says what and why."""

from __future__ import annotations

import copy
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from wagtail.blocks import StreamValue

from patientinfo.leaflets import approval
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.gate import NotReadyToPublish, Problem, problems_of
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.leaflets.leaflet_parts import ClinicalCode, Contributor, Reference
from tests import bodies, builders
from tests.builders import Clinic

Raw = dict[str, Any]
YESTERDAY = timezone.localdate() - timedelta(days=1)


def messages(page: LeafletPage) -> list[tuple[str, str]]:
    return [(p.field, p.message) for p in problems_of(page, approval=False)]


def set_body(page: LeafletPage, body: list[Raw]) -> None:
    page.body = StreamValue(LeafletBody(), body, is_lazy=True)


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"title": "  "}, "title", "Write a title"),
        ({"summary": " "}, "summary", "Write a summary"),
        ({"reviewed_on": None}, "reviewed_on", "last reviewed"),
        ({"review_due": None}, "review_due", "when the next review is due"),
        ({"review_due": date(2026, 3, 1)}, "review_due", "must be after the last one"),
        ({"reviewed_on": date(2020, 1, 1), "review_due": YESTERDAY}, "review_due", "has passed"),
        ({"expire_at": datetime(2026, 3, 1, tzinfo=UTC)}, "__all__", "offline has passed"),
        ({"rights_holder": None}, "rights_holder", "who owns the words"),
        ({"audience": []}, "audience", "for whom"),
        ({"audience": ["everybody"]}, "audience", "for whom"),
    ],
    ids=str,
)
def test_a_missing_fact_is_named_at_its_field(
    draft: LeafletPage, changes: dict[str, Any], field: str, message: str
) -> None:
    for name, value in changes.items():
        setattr(draft, name, value)
    found = messages(draft)
    assert [name for name, _text in found] == [field]
    assert message in found[0][1]


def test_a_leaflet_that_lacks_nothing_has_no_problems(draft: LeafletPage) -> None:
    assert messages(draft) == []


def test_everything_that_is_missing_is_named_at_once(clinic: Clinic) -> None:
    bare = builders.make_leaflet(
        clinic,
        title="Bare",
        sections=[],
        publish=False,
        summary="",
        reviewed_on=None,
        review_due=None,
        rights_holder=None,
    )
    assert [field for field, _ in messages(bare)] == [
        "summary",
        "body",
        "reviewed_on",
        "review_due",
        "rights_holder",
    ]


# -- the body -------------------------------------------------------------------------------------


def _value(block: Raw, **members: Any) -> Raw:
    return {**block, "value": {**block["value"], **members}}


_GAPS = {
    "paragraph": (bodies.paragraph(" "), "empty paragraph"),
    "unknown": ({"type": "video", "value": {}}, "unknown kind “video”"),
    "list without items": (_value(bodies.listing("x", "y"), items=[]), "every item"),
    "empty step": (bodies.listing("", "y", "", kind="steps"), "every item"),
    "advice of a third kind": (
        _value(bodies.advice("do", "", "y"), kind="perhaps"),
        "choose the kind",
    ),
    "call-out without words": (bodies.callout("note", "", ""), "every item"),
    "call-out of no kind": (_value(bodies.callout("note", "", "y"), kind=None), "the kind"),
    "empty column": (bodies.table("", ["a", ""], ["b", "c"]), "heading of every column"),
    "short row": (bodies.table("", ["a", "b"], ["c"]), "as many cells"),
    "no columns": (bodies.table("", [], ["c"]), "columns and rows"),
    "no picture": ({"type": "image", "value": {"image": None}}, "choose a picture"),
    "deleted picture": ({"type": "image", "value": {"image": 99999}}, "choose a picture"),
    "no leaflet": ({"type": "leaflet_link", "value": {"page": None, "text": "x"}}, "the leaflet"),
    "no words": ({"type": "leaflet_link", "value": {"page": 1, "text": ""}}, "empty paragraph"),
}


@pytest.mark.parametrize(("block", "message"), _GAPS.values(), ids=_GAPS.keys())
def test_a_gap_in_a_block_is_named_with_its_section(
    draft: LeafletPage, block: Raw, message: str
) -> None:
    set_body(draft, [bodies.section("Where am I?", copy.deepcopy(block))])
    draft.assign_keys()
    found = messages(draft)
    assert {field for field, _ in found} == {"body"}
    assert any("“Where am I?”" in text and message in text for _field, text in found)


def test_a_link_leads_to_a_leaflet_and_not_to_any_page(draft: LeafletPage, clinic: Clinic) -> None:
    link = {"type": "leaflet_link", "value": {"page": clinic.homes["en"].pk, "text": "Home"}}
    set_body(draft, [bodies.section("A", link)])
    draft.assign_keys()
    assert "choose the leaflet" in messages(draft)[0][1]


def test_sections_need_a_heading_and_content(draft: LeafletPage) -> None:
    set_body(draft, [bodies.section("", bodies.paragraph("x")), bodies.section("Empty")])
    draft.assign_keys()
    assert [text for _field, text in messages(draft)] == [
        "Give every section a heading.",
        "Write something in the section “Empty”.",
    ]


# -- pictures, snippets, people -------------------------------------------------------------------


def test_a_picture_needs_a_description_and_an_owner(clinic: Clinic, draft: LeafletPage) -> None:
    image = builders.make_image()
    image.alt_text, image.rights_holder = "", None
    image.save()
    set_body(draft, [bodies.section("A", bodies.picture(image))])
    draft.assign_keys()
    assert messages(draft) == [
        ("body", "Describe the picture “A needle” for people who do not see it."),
        ("body", "Say who owns the picture “A needle” (edit the image)."),
    ]


def test_a_pictures_description_may_stand_in_the_block(draft: LeafletPage) -> None:
    image = builders.make_image()
    image.alt_text = ""
    image.save()
    set_body(draft, [bodies.section("A", bodies.picture(image, alt="A needle."))])
    draft.assign_keys()
    assert messages(draft) == []


@pytest.mark.parametrize("field", ["rights_holder", "contact", "topics"])
def test_a_snippet_must_exist_in_the_pages_language(clinic: Clinic, field: str) -> None:
    page = builders.make_leaflet(clinic, publish=False, locale="nl")
    snippet = {
        "rights_holder": clinic.rights_holder,
        "contact": clinic.contact,
        "topics": clinic.topic,
    }[field]
    snippet.get_translations().get(locale__language_code="nl").delete()
    assert messages(page) == [
        (
            field,
            f"“{snippet}” has no text in Nederlands yet: translate it under Directory.",
        )
    ]


def test_a_pictures_owner_must_exist_in_the_pages_language(clinic: Clinic) -> None:
    image = builders.make_image(locales=("en",))
    section = bodies.section("A", bodies.picture(image))
    page = builders.make_leaflet(clinic, sections=[section], publish=False, locale="nl")
    assert [field for field, _ in messages(page)] == ["body"]
    assert "has no text in Nederlands" in messages(page)[0][1]


def test_nobody_is_named_who_has_not_agreed(draft: LeafletPage) -> None:
    shy = builders.make_person("S. Hy", consent=None)
    draft.contributors = [Contributor(role="checkers", person=shy)]
    assert messages(draft) == [
        ("__all__", "S. Hy has not agreed to be named: record the consent under People.")
    ]


def test_codes_and_references_are_whole(draft: LeafletPage) -> None:
    draft.codes = [ClinicalCode(system="http://snomed.info/sct", code="")]
    draft.references = [Reference(text="")]
    assert len(messages(draft)) == 2


# -- approval -------------------------------------------------------------------------------------


def test_words_that_nobody_approved_are_refused(draft: LeafletPage) -> None:
    assert [p.message[:33] for p in problems_of(draft)] == ["Nobody has approved these words. "]


def test_an_approval_covers_the_words_and_not_the_save(draft: LeafletPage) -> None:
    approval.approve(draft, builders.approver())
    draft.save_revision()
    assert problems_of(builders.fresh(draft)) == []


@pytest.mark.parametrize(
    "change",
    [
        lambda p: setattr(p, "title", "Another title"),
        lambda p: setattr(p, "summary", "Another summary."),
        lambda p: setattr(p, "audience", ["children"]),
        lambda p: setattr(p, "codes", []),
        lambda p: setattr(p, "references", [Reference(text="Another book")]),
        lambda p: set_body(p, raw_body(p)[:-1]),
    ],
    ids=["title", "summary", "audience", "codes", "references", "section"],
)
def test_other_words_need_another_approval(
    draft: LeafletPage, change: Callable[[LeafletPage], None]
) -> None:
    approval.approve(draft, builders.approver())
    change(draft)
    assert [p.field for p in problems_of(draft)] == ["__all__"]


def test_an_approval_of_somebody_who_took_consent_back_counts_no_more(draft: LeafletPage) -> None:
    person = builders.approver()
    approval.approve(draft, person)
    person.consent_on = None
    person.save()
    assert approval.approvals_of(draft) == []
    assert problems_of(draft)


def test_one_signature_of_a_person_is_enough(draft: LeafletPage) -> None:
    first = approval.approve(draft, builders.approver(), on=date(2026, 2, 3))
    assert approval.approve(draft, builders.approver()) == first
    assert [a.approved_at.date() for a in approval.approvals_of(draft)] == [date(2026, 2, 3)]


# -- the refusal itself ---------------------------------------------------------------------------


def test_a_refusal_is_a_validation_error_by_field() -> None:
    refused = NotReadyToPublish([Problem("summary", "One."), Problem("summary", "Two.")])
    assert isinstance(refused, ValidationError)
    assert refused.message_dict == {"summary": ["One.", "Two."]}
