"""Whether a translation says what its source says today, and where it does not."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.blocks import StreamValue

from patientinfo.editions.models import CatalogueEntry
from patientinfo.leaflets.approval import approve
from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.gate import NotReadyToPublish
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import put_translations
from tests import bodies, builders
from tests.builders import fresh, reword

WORLD = "dutch"
NEW = {"cramps/text": "<p>Cramps go away within some hours.</p>"}


def entry(locale: str = "en") -> CatalogueEntry:
    return CatalogueEntry.objects.get(locale=locale)


def standing(locale: str = "nl") -> tuple[str, list[str], int | None, int | None]:
    found = entry(locale)
    return found.status, found.behind, found.source_edition, found.source_current_edition


def test_a_new_translation_is_current(page: LeafletPage, dutch: LeafletPage) -> None:
    assert standing() == ("current", [], 1, 1)


_CHANGES: dict[str, tuple[dict[str, str], dict[str, Any], list[str]]] = {
    "paragraph": (NEW, {}, ["what"]),
    "heading": ({"risks/heading": "Which risks are there?"}, {}, ["risks"]),
    "cell": ({"odds-r-1/odds-c-2": "<p>in half of all people</p>"}, {}, ["risks"]),
    "alt text": ({"needle/alt": "Another needle, drawn"}, {}, ["pictures"]),
    "title": ({}, {"title": "Needles"}, ["title"]),
    "summary": ({}, {"summary": "Another summary."}, ["summary"]),
    "two": (
        {**NEW, "alarm-1/text": "<p>Call us when you cannot breathe.</p>"},
        {},
        ["what", "risks"],
    ),
    "no words": ({}, {"reviewed_on": "2026-04-01"}, []),
}


@pytest.mark.parametrize(("texts", "fields", "behind"), _CHANGES.values(), ids=_CHANGES.keys())
def test_a_changed_source_puts_exactly_its_sections_behind(
    page: LeafletPage,
    dutch: LeafletPage,
    texts: dict[str, str],
    fields: dict[str, Any],
    behind: list[str],
) -> None:
    reword(page, texts, **fields)
    assert standing() == ("behind" if behind else "current", behind, 1, 2)
    assert entry().translations[0]["status"] == standing()[0]


def change_body(page: LeafletPage, body: list[dict[str, Any]]) -> None:
    draft = page.get_latest_revision_as_object()
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    builders.publish_page(draft)


def test_a_deleted_section_of_the_source_is_behind(page: LeafletPage, dutch: LeafletPage) -> None:
    change_body(page, raw_body(page)[1:])
    assert standing()[:2] == ("behind", ["what"])
    builders.publish_page(put_translations(fresh(dutch), {}))
    assert standing() == ("current", [], 2, 2)


def test_a_new_section_of_the_source_is_behind(page: LeafletPage, dutch: LeafletPage) -> None:
    section = bodies.section("Who may not?", bodies.paragraph("Nobody may not."), key="who")
    change_body(page, [*raw_body(page), section])
    assert standing()[:2] == ("behind", ["who"])


def test_advice_turned_round_is_behind(page: LeafletPage, dutch: LeafletPage) -> None:
    body = raw_body(page)
    body[2]["value"]["blocks"][0]["value"]["kind"] = "dont"
    change_body(page, body)
    assert standing()[:2] == ("behind", ["risks"])


def test_publishing_the_old_words_again_stays_behind(page: LeafletPage, dutch: LeafletPage) -> None:
    reword(page, NEW)
    builders.publish_page(fresh(dutch))
    assert standing() == ("behind", ["what"], 1, 2)


def test_new_words_make_it_current(page: LeafletPage, dutch: LeafletPage) -> None:
    reword(page, NEW)
    builders.translate(page, "nl", {"cramps/text": "Krampnl gaatnl wegnl."})
    assert standing() == ("current", [], 2, 2)


def test_what_is_renewed_in_part_only_is_not_issued(page: LeafletPage, dutch: LeafletPage) -> None:
    reword(page, {**NEW, "alarm-1/text": "<p>Call us when you cannot breathe.</p>"})
    draft = builders.translate(page, "nl", {"cramps/text": "Krampnl gaatnl wegnl."}, publish=False)
    with pytest.raises(NotReadyToPublish, match="1 segment is made from older words"):
        draft.get_latest_revision().publish()
    assert standing() == ("behind", ["what", "risks"], 1, 2)


def test_a_source_that_takes_its_change_back_is_followed(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    first = page.live_revision
    reword(page, NEW)
    assert standing()[0] == "behind"
    approve(first.as_object(), builders.approver())
    first.publish()
    assert standing() == ("current", [], 1, 3)


def test_a_withdrawn_translation_is_withdrawn_and_not_behind(
    page: LeafletPage, dutch: LeafletPage
) -> None:
    dutch.unpublish()
    reword(page, NEW)
    assert standing()[0] == "withdrawn"
    assert [e.locale for e in CatalogueEntry.objects.available()] == ["en"]
