"""Remarks that are settled, and the filter for what nobody has signed off."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import SegmentComment
from patientinfo.translation.editing import Edit, add_comment, check_segment, save_segment
from patientinfo.translation.progress import record_progress
from tests.fixtures_desk import Team, finish, segment

PATH = "trigger/text"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}


def address(page: LeafletPage, act: str = "") -> str:
    return reverse(f"patientinfo_desk_{act}" if act else "patientinfo_desk", args=[page.pk])


@pytest.fixture
def as_checker(client: Client, team: Team) -> Client:
    client.force_login(team.checker)
    return client


def test_a_comment_is_settled_and_opened_again(
    as_checker: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    made = add_comment(dutch, PATH, "Seven?", team.translator)
    other = add_comment(dutch, "title", "Which?", team.translator)
    assert isinstance(made, SegmentComment)
    assert isinstance(other, SegmentComment)
    data = {"path": PATH, "comment": made.pk, "settled": "1", "show": "all"}
    answer = as_checker.post(address(dutch, "settle"), data)
    assert answer["Location"].endswith("?show=all#segment-trigger_text")
    made.refresh_from_db()
    assert made.resolved_at is not None
    assert "<em>settled</em>" in as_checker.get(address(dutch)).content.decode()
    entry = PageLogEntry.objects.get(action="patientinfo.comment_settled")
    assert (entry.user, entry.data["path"]) == (team.checker, PATH)
    again = as_checker.post(address(dutch, "settle"), {**data, "settled": ""}, headers=SCRIPT)
    assert "Settle" in again.json()["html"]
    made.refresh_from_db()
    assert made.resolved_at is None
    wrong = as_checker.post(address(dutch, "settle"), {**data, "comment": other.pk}, headers=SCRIPT)
    assert (wrong.status_code, wrong.json()["message"]) == (422, "There is no such comment.")


def test_what_is_signed_off_is_filtered_out(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    def unsigned() -> set[str]:
        answer = client.get(address(dutch), {"show": "unsigned"})
        return {line.line.path for _group, lines in answer.context["groups"] for line in lines}

    client.force_login(team.signer)
    finish(page, dutch, team)
    assert unsigned() == set(load_board(dutch).lines)
    client.post(address(dutch, "sign"), {"stamp": load_board(dutch).stamp})
    assert unsigned() == set()
    save_segment(dutch, segment(page, PATH), Edit("Een knoop.", 2), team.translator)
    record_progress(load_board(dutch))
    assert unsigned() == {PATH}
    check_segment(dutch, segment(page, PATH), 3, team.checker)
    record_progress(load_board(dutch))
    assert unsigned() == {PATH}
