"""The desk, over HTTP: with the script's requests and with plain form posts."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Locale

from patientinfo.editions.models import Edition
from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.translation.board import load_board
from patientinfo.translation.desk_models import FindingDismissal, SegmentComment
from patientinfo.translation.editing import Edit, save_segment
from patientinfo.translation.models import SegmentTranslation
from patientinfo.translation.sending import send_for_translation
from tests import bodies, builders
from tests.builders import Clinic
from tests.fixtures_desk import Team, finish, row, segment

PATH = "trigger/text"
SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
ACTS = ("save", "check", "comment", "settle", "dismiss", "sign")


def address(page: LeafletPage, act: str = "") -> str:
    return reverse(f"patientinfo_desk_{act}" if act else "patientinfo_desk", args=[page.pk])


@pytest.fixture
def as_translator(client: Client, team: Team) -> Client:
    client.force_login(team.translator)
    return client


@pytest.fixture
def as_checker(client: Client, team: Team) -> Client:
    client.force_login(team.checker)
    return client


def save(client: Client, page: LeafletPage, text: str, version: int = 0, **more: Any) -> Any:
    headers = more.pop("headers", {})
    data = {"path": PATH, "text": text, "version": version, "state": "translated", **more}
    return client.post(address(page, "save"), data, headers=headers)


# -- looking ------------------------------------------------------------------------------------


def test_nothing_is_more_alike_than_the_same(
    as_translator: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team)
    SegmentTranslation.objects.filter(path=PATH).delete()
    html = as_translator.get(address(dutch)).content.decode()
    assert '<span class="pd-score">100 %</span>' in html
    assert "101 %" not in html


def test_source_and_target_stand_side_by_side(as_translator: Client, dutch: LeafletPage) -> None:
    answer = as_translator.get(address(dutch))
    html = answer.content.decode()
    assert answer.status_code == 200
    assert "A trigger point is a knot in a muscle that causes pain." in html
    assert html.count("<textarea") == 2 * len(load_board(dutch).lines)
    assert "Translate “Dry needling” into" in html


def test_no_browser_puts_words_back_into_fields_that_another_segment_has_by_now(
    as_checker: Client, dutch: LeafletPage
) -> None:
    """It counts the forms of a page, and a filter shows fewer when somebody comes back to it."""
    html = as_checker.get(address(dutch)).text
    forms = re.findall(r"<form[^>]* data-(?:save|act)[^>]*>", html)
    assert len(forms) > len(load_board(dutch).lines)
    assert [form for form in forms if 'autocomplete="off"' not in form] == []
    matrix = as_checker.get(reverse("patientinfo_matrix")).text
    assert re.search(r'<form[^>]*translations/act/" autocomplete="off">', matrix)


def test_arabic_is_written_from_the_right(client: Client, page: LeafletPage, team: Team) -> None:
    arabic = send_for_translation(page, Locale.objects.get(language_code="ar"), team.admin)
    client.force_login(team.arabic)
    html = client.get(address(arabic)).content.decode()
    assert 'lang="ar" dir="rtl" rows=' in html
    assert 'class="pd-source" lang="en" dir="ltr"' in html


def test_ids_are_given_once_and_every_field_has_a_name(
    as_translator: Client, dutch: LeafletPage
) -> None:
    html = as_translator.get(address(dutch)).content.decode()
    main = html[html.index("data-desk ") :]
    ids = re.findall(r'\bid="([^"]+)"', main)
    assert len(ids) == len(set(ids))
    fields = re.findall(r'<textarea id="([^"]+)"', main)
    assert fields
    assert all(f'for="{field}"' in main for field in fields)


@pytest.mark.parametrize(
    ("show", "expected"),
    [
        ("all", {"title", "trigger/text", "odds-r-1/odds-c-2"}),
        ("empty", {"cramps/text"}),
        ("changed", {"trigger/text"}),
        ("failing", {"odds-r-1/odds-c-2"}),
        ("unchecked", {"title"}),
        ("nonsense", {"title", "cramps/text"}),
    ],
)
def test_filters_show_what_they_say(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team, show: str, expected: set[str]
) -> None:
    for path, text in (
        ("title", "Naalden in spieren"),
        (PATH, "Een triggerpoint is een knoop in een spier die pijn doet."),
        ("odds-r-1/odds-c-2", "bij 30 % van alle behandelde mensen"),
    ):
        save_segment(dutch, segment(page, path), Edit(text, 0), team.translator)
    builders.reword(page, {PATH: "<p>A trigger point is a tight knot.</p>"})
    client.force_login(team.translator)
    answer = client.get(address(dutch), {"show": show})
    shown = {line.line.path for _group, lines in answer.context["groups"] for line in lines}
    assert expected <= shown
    if show in ("empty", "changed", "failing"):
        assert not shown & (
            {"title", "trigger/text", "odds-r-1/odds-c-2", "cramps/text"} - expected
        )
        counted = {by.name: count for by, count in answer.context["filters"]}
        assert counted[show] == len(shown)


def test_what_changed_in_the_source_is_shown_beside_the_old_words(
    as_translator: Client, page: LeafletPage, dutch: LeafletPage
) -> None:
    save(as_translator, dutch, "Een knoop in een spier.")
    builders.reword(page, {PATH: "<p>A trigger point is a knot in a nerve that causes pain.</p>"})
    html = as_translator.get(address(dutch)).content.decode()
    assert "<del>muscle</del> <ins>nerve</ins>" in html
    assert ">Een knoop in een spier.</textarea>" in html


def test_words_with_scripts_are_only_words(
    as_checker: Client, clinic: Clinic, team: Team, dutch: LeafletPage
) -> None:
    evil = '</textarea><script>alert("x")</script><img src=x onerror=alert(1)>'
    source = builders.make_leaflet(clinic, title=f"Title {evil}", slug="evil")
    target = send_for_translation(source, dutch.locale, team.admin)
    title = load_board(target).lines["title"].segment
    save_segment(target, title, Edit(f"Titel {evil}", 0), team.translator)
    as_checker.post(address(target, "comment"), {"path": "title", "comment": evil})
    dismissal = {"path": "title", "check": "numbers", "version": 1, "reason": evil}
    as_checker.post(address(target, "dismiss"), {**dismissal, "source": title.hash})
    page = as_checker.get(address(target)).content.decode()
    drawn = as_checker.post(
        address(target, "comment"), {"path": "title", "comment": evil}, headers=SCRIPT
    ).json()
    as_checker.force_login(team.admin)
    told = save(as_checker, target, f"Other {evil}", 7, path="title").content.decode()
    matrix = as_checker.get(reverse("patientinfo_matrix")).content.decode()
    assert SegmentComment.objects.count() == 2
    assert FindingDismissal.objects.count() == 1
    for html in (page, drawn["html"], *drawn["parts"].values(), told, matrix):
        assert "<script>alert" not in html
        assert "<img src=x" not in html
        assert "</textarea><script" not in html


def test_queries_do_not_grow_with_segments(
    client: Client, clinic: Clinic, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    many = [bodies.section("Much", *(bodies.paragraph(f"Words {n} of many") for n in range(60)))]
    long = builders.make_leaflet(clinic, title="Long", sections=many)
    target = send_for_translation(long, dutch.locale, team.admin)
    client.force_login(team.admin)
    client.get(address(dutch))
    counts = []
    for found in (dutch, target):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address(found)).status_code == 200
        counts.append(len(queries))
    assert counts[1] <= counts[0] < 60


# -- who ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["arabic", "nobody"])
def test_other_languages_are_closed(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team, name: str
) -> None:
    finish(page, dutch, team)
    client.force_login(getattr(team, name))
    for act in ("", "preview"):
        assert client.get(address(dutch, act), headers=SCRIPT).status_code == 403
        turned_away = client.get(address(dutch, act))
        assert (turned_away.status_code, turned_away["Location"]) == (302, "/admin/")
    data = {"path": PATH, "text": "x", "version": 2, "comment": "x", "reason": "x"}
    for act in ACTS:
        answer = client.post(address(dutch, act), {**data, "check": "numbers"}, headers=SCRIPT)
        assert answer.status_code == 403
    assert not SegmentComment.objects.exists()
    assert not FindingDismissal.objects.exists()
    assert (row(PATH).version, row(PATH).state) == (2, "checked")
    assert not Edition.objects.filter(locale="nl").exists()


def test_visitors_are_asked_to_sign_in(client: Client, dutch: LeafletPage) -> None:
    assert "/admin/login/" in client.get(address(dutch))["Location"]


def test_each_sees_only_the_buttons_of_their_acts(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    save_segment(dutch, segment(page, PATH), Edit("Een knoop.", 0), team.translator)
    client.force_login(team.checker)
    html = client.get(address(dutch)).content.decode()
    assert "readonly" in html
    assert 'value="draft"' not in html
    assert html.count("Checked: it is right") == 1
    client.force_login(team.translator)
    html = client.get(address(dutch)).content.decode()
    assert "readonly" not in html
    assert "Checked: it is right" not in html


def test_a_source_and_a_page_that_is_not_there_have_no_desk(
    client: Client, page: LeafletPage, team: Team
) -> None:
    client.force_login(team.admin)
    # Django's locale middleware first tries whether a language's address is meant.
    assert client.get(address(page), follow=True).status_code == 404
    assert client.get("/admin/translations/999999/", follow=True).status_code == 404


def test_the_page_editor_leads_to_the_desk(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    client.force_login(team.admin)
    editor = reverse("wagtailadmin_pages:edit", args=[dutch.pk])
    assert client.get(editor)["Location"] == address(dutch)
    assert client.get(editor + "?editor=page").status_code == 200
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200


# -- acting, without a script --------------------------------------------------------------------


def test_a_form_post_leads_back_to_the_segment(as_translator: Client, dutch: LeafletPage) -> None:
    answer = save(as_translator, dutch, "Een knoop.", show="empty")
    assert answer["Location"] == f"{address(dutch)}?show=empty#segment-trigger_text"
    assert 'id="segment-trigger_text"' in as_translator.get(address(dutch)).content.decode()
    assert row(PATH).text == "Een knoop."


def test_the_second_of_two_gets_both_texts_back(
    as_translator: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    save_segment(dutch, segment(page, PATH), Edit("Theirs.", 0), team.admin)
    answer = save(as_translator, dutch, "Mine & <b>more</b>.")
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "root saved this segment while you were writing." in html
    assert "Theirs.</textarea>" in html
    assert "Mine &amp; &lt;b&gt;more&lt;/b&gt;." in html
    assert 'name="version" value="1"' in html
    assert row(PATH).text == "Theirs."


def test_declined_words_come_back(as_translator: Client, dutch: LeafletPage) -> None:
    answer = save(as_translator, dutch, "a" * 20_001)
    assert answer.status_code == 422
    assert "a" * 20_001 in answer.content.decode()


def test_a_source_that_changed_meanwhile_is_told(
    as_translator: Client, page: LeafletPage, dutch: LeafletPage
) -> None:
    seen = segment(page, PATH).hash
    builders.reword(page, {PATH: "<p>A trigger point is a tight knot.</p>"})
    answer = save(as_translator, dutch, "Een knoop.", source=seen)
    assert answer.status_code == 409
    assert "The source has changed while you were writing." in answer.content.decode()
    assert not SegmentTranslation.objects.filter(path=PATH).exists()


def test_check_comment_and_dismiss_work_without_a_script(
    as_checker: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    seen = segment(page, PATH)
    save_segment(dutch, seen, Edit("Een 7 knoop.", 0), team.translator)
    as_checker.post(address(dutch, "comment"), {"path": PATH, "comment": "Seven?"})
    asked = {"path": PATH, "check": "numbers", "version": 1, "reason": "It is a name."}
    as_checker.post(address(dutch, "dismiss"), {**asked, "source": seen.hash})
    html = as_checker.get(address(dutch)).content.decode()
    assert "Seven?" in html
    assert "(It is a name.)" in html
    answer = as_checker.post(address(dutch, "check"), {"path": PATH, "version": 1})
    assert answer.status_code == 302
    assert row(PATH).checked_by == team.checker


def test_sign_off_refused_and_done(
    client: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    finish(page, dutch, team, but=(PATH,))
    client.force_login(team.signer)
    refused = client.post(address(dutch, "sign"), {"stamp": load_board(dutch).stamp}, follow=True)
    assert "1 segment is not translated." in refused.content.decode()
    assert not Edition.objects.filter(locale="nl").exists()
    save_segment(dutch, segment(page, PATH), Edit("Een knoop.", 0), team.translator)
    client.force_login(team.checker)
    client.post(address(dutch, "check"), {"path": PATH, "version": 1})
    client.force_login(team.signer)
    assert "data-desk" in client.get(address(dutch)).content.decode()
    unread = client.post(address(dutch, "sign"), {}, follow=True)
    assert "The words have changed since you read them" in unread.content.decode()
    done = client.post(address(dutch, "sign"), {"stamp": load_board(dutch).stamp}, follow=True)
    assert "Signed off and published as a new edition." in done.content.decode()
    assert Edition.objects.filter(locale="nl").count() == 1


def test_a_draft_is_previewed_as_a_page(as_translator: Client, dutch: LeafletPage) -> None:
    save(as_translator, dutch, "Een knoop in het voorbeeld.")
    answer: HttpResponse = as_translator.get(address(dutch, "preview"))
    assert answer.status_code == 200
    assert "Een knoop in het voorbeeld." in answer.content.decode()


# -- acting, with the script ----------------------------------------------------------------------


def test_the_script_gets_the_line_and_the_numbers(
    as_translator: Client, dutch: LeafletPage
) -> None:
    body = save(as_translator, dutch, "Een knoop.", headers=SCRIPT, show="empty").json()
    assert body["counts"]["translated"] == 1
    assert 'data-line="trigger/text"' in body["html"]
    assert 'name="version" value="1"' in body["html"]
    assert 'name="show" value="empty"' in body["html"]
    assert set(body["parts"]) == {"meter", "filters", "sign"}
    assert "not checked yet" in body["parts"]["sign"]


def test_the_script_is_told_of_a_conflict(
    as_translator: Client, page: LeafletPage, dutch: LeafletPage, team: Team
) -> None:
    save_segment(dutch, segment(page, PATH), Edit("Theirs.", 0), team.admin)
    answer = save(as_translator, dutch, "Mine.", headers=SCRIPT)
    assert answer.status_code == 409
    body = answer.json()
    assert "root saved this segment" in body["message"]
    assert "Theirs.</textarea>" in body["html"]
    assert "data-mine>Mine.<" in body["html"]


def test_the_script_is_told_why_not(as_translator: Client, dutch: LeafletPage) -> None:
    answer = save(as_translator, dutch, " ", headers=SCRIPT)
    assert answer.status_code == 422
    assert "write a translation first" in answer.json()["message"]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        ({}, 404),
        ({"path": "no/such"}, 404),
        ({"path": PATH, "version": "²"}, 422),
        ({"path": PATH, "version": "9" * 5000}, 422),
    ],
)
def test_odd_posts_do_no_harm(
    as_translator: Client, dutch: LeafletPage, data: Any, status: int
) -> None:
    answer = as_translator.post(address(dutch, "save"), data, headers=SCRIPT, follow=True)
    assert answer.status_code == status
