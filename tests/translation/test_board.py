"""A leaflet as people work on it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.actions import NotATranslation
from patientinfo.translation.board import load_board
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.sending import send_for_translation
from tests import bodies, builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, segment


def test_lines_stand_in_reading_order_under_their_headings(dutch: LeafletPage) -> None:
    groups = load_board(dutch).groups
    assert [(group.id, group.heading) for group in groups] == [
        ("title", ""),
        ("summary", ""),
        ("what", "What is dry needling?"),
        ("trigger-point", "What is a trigger point?"),
        ("risks", "What are the risks?"),
    ]
    assert [line.path for line in groups[2].lines] == ["what/heading", "intro/text", "cramps/text"]


def test_counts_say_how_far_it_is(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    board = load_board(dutch)
    assert board.counts["empty"] == len(board.lines)
    assert not board.complete
    finish(page, dutch, team)
    board = load_board(dutch)
    assert board.counts["checked"] == len(board.lines)
    assert board.complete


def test_the_stamp_follows_the_words(page: LeafletPage, dutch: LeafletPage, team: Team) -> None:
    first = load_board(dutch).stamp
    assert load_board(dutch).stamp == first
    save_segment(dutch, segment(page, "title"), Edit("Naalden", 0), team.translator)
    second = load_board(dutch).stamp
    builders.reword(page, {"trigger/text": "<p>A knot.</p>"})
    assert len({first, second, load_board(builders.fresh(dutch)).stamp}) == 3


def test_a_source_has_no_board(page: LeafletPage) -> None:
    with pytest.raises(NotATranslation):
        load_board(page)


def test_queries_do_not_grow_with_segments(
    clinic: Clinic, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    many = [bodies.section("Much", *(bodies.paragraph(f"Words {n} of many") for n in range(60)))]
    long = builders.make_leaflet(clinic, title="Long", sections=many)
    target = send_for_translation(long, dutch.locale, team.admin)
    counts = []
    for source, sent in ((page, dutch), (long, target)):
        finish(source, sent, team)
        found = LeafletPage.objects.select_related("locale").get(pk=sent.pk)
        with CaptureQueriesContext(connection) as queries:
            load_board(found)
        counts.append(len(queries))
    assert counts[1] <= counts[0]
