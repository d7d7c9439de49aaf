"""What is typed at the desk comes back whole when it is not stored."""

from __future__ import annotations

import html
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.blocks import StreamValue

from patientinfo.leaflets.blocks import LeafletBody
from patientinfo.leaflets.content import raw_body
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import FindingDismissal, SegmentComment
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.models import SegmentTranslation
from tests import builders
from tests.fixtures_desk import Team, segment

PATH, NUMBERS = "trigger/text", "odds-r-1/odds-c-2"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
WORDS = "A long & <sure> remark."


@pytest.fixture
def post(client: Client, dutch: LeafletPage) -> Any:
    """An act of somebody on a segment, and its answer."""

    def act(user: Any, name: str, **data: Any) -> Any:
        client.force_login(user)
        headers = SCRIPT if data.pop("script", False) else {}
        address = reverse(f"patientinfo_desk_{name}", args=[dutch.pk])
        return client.post(address, {"path": PATH, **data}, headers=headers)

    return act


def drawn(answer: Any) -> str:
    """The HTML of an answer, whole or for the script."""
    found: str = answer.json()["html"] if "json" in answer["Content-Type"] else answer.text
    return found


def test_a_line_break_counts_as_the_field_counts_it(post: Any, team: Team) -> None:
    remark = "word\n" * 399 + "words"
    answer = post(team.translator, "comment", comment=remark.replace("\n", "\r\n"))
    assert answer.status_code == 302
    assert SegmentComment.objects.get().text == remark
    text = "a\r\n" * 9_999 + "b"
    assert post(team.translator, "save", text=text, version=0).status_code == 302


@pytest.mark.parametrize("script", [False, True])
def test_a_refused_remark_stands_in_its_field_again(post: Any, team: Team, script: bool) -> None:
    remark = WORDS + "x" * 2_000
    answer = post(team.translator, "comment", comment=remark, script=script)
    assert answer.status_code == 422
    assert f"required>{html.escape(remark)}</textarea>" in drawn(answer)
    assert '<details class="pd-comments" open>' in drawn(answer)
    assert not SegmentComment.objects.exists()


def test_the_number_of_a_remark_is_not_taken_for_one(post: Any, team: Team) -> None:
    answer = post(team.translator, "settle", comment=12345, settled="1", script=True)
    assert answer.status_code == 422
    assert "12345" not in drawn(answer)


@pytest.mark.parametrize("script", [False, True])
@pytest.mark.parametrize(("text", "field"), [("bij 40 % van allen", True), ("Iets.", False)])
def test_the_reason_of_a_dismissal_comes_back_with_the_newer_words(
    dutch: LeafletPage, team: Team, post: Any, script: bool, text: str, field: bool
) -> None:
    of = load_board(dutch).lines[NUMBERS].segment
    for version, words in enumerate(["bij 30 % van allen", text]):
        save_segment(dutch, of, Edit(words, version), team.translator)
    found = {r.finding.check for r in load_board(dutch).lines[NUMBERS].results}
    check = "numbers" if field else "length"
    assert (check in found) is field
    asked = {"path": NUMBERS, "check": check, "version": 1, "reason": WORDS}
    answer = post(team.checker, "dismiss", **asked, script=script)
    assert answer.status_code == 409
    assert (f'name="reason" value="{html.escape(WORDS)}"' in drawn(answer)) is field
    assert (f'<p dir="auto">{html.escape(WORDS)}</p>' in drawn(answer)) is not field


@pytest.mark.parametrize("script", [False, True])
def test_a_finding_is_not_dismissed_beside_a_source_that_nobody_saw(
    page: LeafletPage, dutch: LeafletPage, team: Team, post: Any, script: bool
) -> None:
    """The checker reads “20 %”, and the source is published with “30 %” meanwhile."""
    seen = segment(page, NUMBERS)
    save_segment(dutch, seen, Edit("bij 40 % van allen", 0), team.translator)
    builders.reword(page, {NUMBERS: "<p>in 30 % of all people treated</p>"})
    asked = {"path": NUMBERS, "check": "numbers", "version": 1, "reason": WORDS, "script": script}
    for source in ({"source": seen.hash}, {"source": ""}, {}):
        answer = post(team.checker, "dismiss", **asked, **source)
        assert answer.status_code == 409
        assert f'name="reason" value="{html.escape(WORDS)}"' in drawn(answer)
    told = answer.json()["message"] if script else answer.text
    assert "The source has changed while you were writing." in told
    assert not FindingDismissal.objects.exists()
    now = segment(builders.fresh(page), NUMBERS)
    assert f'name="source" value="{now.hash}"' in drawn(answer)
    post(team.checker, "dismiss", **asked, source=now.hash)
    assert FindingDismissal.objects.get().source_hash == now.hash


def test_a_reason_is_kept_whole_or_not_at_all(
    page: LeafletPage, dutch: LeafletPage, team: Team, post: Any
) -> None:
    words = Edit("bij 30 % van allen", 0)
    save_segment(dutch, segment(page, NUMBERS), words, team.translator)
    seen = segment(page, NUMBERS).hash
    asked = {"path": NUMBERS, "check": "numbers", "version": 1, "source": seen}
    answer = post(team.checker, "dismiss", **asked, reason="r" * 501)
    assert answer.status_code == 422
    assert "r" * 501 in drawn(answer)
    assert not FindingDismissal.objects.exists()
    assert post(team.checker, "dismiss", **asked, reason="r" * 500).status_code == 302
    assert FindingDismissal.objects.get().reason == "r" * 500


@pytest.fixture
def gone(page: LeafletPage, dutch: LeafletPage) -> None:
    """The source lost the segment while somebody had the desk open."""
    draft = page.get_latest_revision_as_object()
    body = raw_body(draft)
    for section in body:
        blocks = section["value"]["blocks"]
        section["value"]["blocks"] = [b for b in blocks if b["value"].get("key") != "trigger"]
    draft.body = StreamValue(LeafletBody(), body, is_lazy=True)
    builders.publish_page(draft)


@pytest.mark.parametrize(
    ("act", "field"), [("save", "text"), ("comment", "comment"), ("link", "href")]
)
@pytest.mark.usefixtures("gone")
def test_words_for_a_segment_that_is_gone_come_back_with_the_desk(
    post: Any, team: Team, act: str, field: str
) -> None:
    answer = post(team.translator, act, **{field: WORDS, "version": 0})
    assert answer.status_code == 404
    assert "The source has no such segment any more." in answer.text
    assert answer.text.count(html.escape(WORDS)) == 1
    assert 'data-line="cramps/text"' in answer.text
    assert 'data-line="trigger/text"' not in answer.text
    assert not SegmentTranslation.objects.exists()


@pytest.mark.usefixtures("gone")
def test_the_script_leaves_the_line_of_a_segment_that_is_gone(post: Any, team: Team) -> None:
    answer = post(team.translator, "save", text=WORDS, version=0, script=True)
    assert answer.status_code == 404
    assert answer.json()["html"] == ""
    assert answer.json()["message"] == "The source has no such segment any more."
    assert set(answer.json()["parts"]) == {"meter", "filters", "sign"}


@pytest.mark.parametrize("name", ["desk_save", "desk_link", "desk_sign", "matrix_act"])
def test_who_signs_in_before_an_act_is_shown_the_page_of_its_form(
    client: Client, dutch: LeafletPage, team: Team, name: str
) -> None:
    desk = name != "matrix_act"
    address = reverse(f"patientinfo_{name}", args=[dutch.pk] if desk else [])
    form = reverse("patientinfo_desk", args=[dutch.pk]) if desk else reverse("patientinfo_matrix")
    assert f"?next={address}" in client.post(address)["Location"]
    client.force_login(team.translator)
    answer = client.get(address, follow=True)
    assert answer.request["PATH_INFO"] == form
    assert "nothing was done. Please do it again." in answer.text
    assert client.put(address).status_code == 405
