"""Officers decide: what they see of a request, what they can do, and who may not enter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from wagtail.models import ModelLogEntry

from patientinfo.licensing import requests
from patientinfo.licensing.models import Licence
from patientinfo.licensing.parties import licensor
from patientinfo.licensing.request_models import PermissionRequest, RequestState
from tests.licensing.asking import HARBOUR, make_offer, make_officer, make_request, make_wish

LIST = "patientinfo_requests"


def look(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, asked: PermissionRequest, move: str, text: str = "", **more: Any) -> str:
    address = reverse("patientinfo_request_act", args=[asked.pk])
    answer = client.post(address, {"move": move, "text": text, **more}, follow=True)
    asked.refresh_from_db()
    return answer.content.decode()


def form_of(client: Client, asked: PermissionRequest, **changes: Any) -> dict[str, Any]:
    """What the browser would send of the form as it is shown, with `changes`."""
    form = client.get(reverse("patientinfo_request_offer", args=[asked.pk])).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {"note": "We are glad that you ask.", **changes}
    return {name: value for name, value in shown.items() if value not in (None, False)}


def offer(client: Client, asked: PermissionRequest, **changes: Any) -> Any:
    address = reverse("patientinfo_request_offer", args=[asked.pk])
    answer = client.post(address, form_of(client, asked, **changes))
    asked.refresh_from_db()
    return answer


# -- who may enter --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [LIST, "patientinfo_licences"])
def test_only_officers_enter(client: Client, db: None, name: str) -> None:
    editor = User.objects.create_user("ed", "ed@clinic.example", "a-password")
    officer = make_officer()
    editor.user_permissions.set(officer.user_permissions.filter(codename="access_admin"))
    client.force_login(editor)
    answer = client.get(reverse(name), follow=True)
    assert answer.redirect_chain[0][0] == reverse("wagtailadmin_home")
    assert "you do not have permission" in answer.content.decode()
    assert "patientinfo-permissions" not in answer.content.decode()


def test_nobody_else_moves_a_request(client: Client, asked: PermissionRequest) -> None:
    editor = make_officer("ed")
    editor.user_permissions.set(editor.user_permissions.filter(codename="access_admin"))
    client.force_login(editor)
    act(client, asked, "decline", "No.")
    assert asked.state == RequestState.SUBMITTED


# -- the queue ------------------------------------------------------------------------------------


def test_the_queue_shows_what_waits_and_since_when(desk: Client, asked: PermissionRequest) -> None:
    html = look(desk, LIST)
    assert "Harbour Rehab (fictional)" in html
    summary = "Text, Photos and drawings · Dutch, German · Website, Print (up to 500 copies)"
    assert summary in html
    assert "in 14 days" in html


def test_a_draft_is_its_askers_alone(desk: Client) -> None:
    draft = requests.create_draft(HARBOUR, make_wish())
    assert HARBOUR.organisation not in look(desk, LIST, show="all")
    address = reverse("patientinfo_request", args=[draft.pk])
    assert desk.get(address, follow=True).status_code == 404


def test_what_is_overdue_is_said(desk: Client, asked: PermissionRequest) -> None:
    PermissionRequest.objects.update(due_on=timezone.localdate() - timedelta(days=2))
    assert "overdue since" in look(desk, LIST, show="overdue")
    act(desk, asked, "ask_back", "Which website?")
    assert "Harbour" not in look(desk, LIST, show="overdue")
    assert "Harbour" in look(desk, LIST, show="asked")
    assert "Harbour" in look(desk, LIST, show="mine")


def test_the_queue_is_searched(desk: Client, asked: PermissionRequest) -> None:
    assert "Harbour" in look(desk, LIST, q="aker")
    assert "Nothing was found." in look(desk, LIST, q="elsewhere")
    assert "Harbour" in look(desk, LIST, q="ak\0er")


def test_a_long_queue_costs_no_more_queries(desk: Client) -> None:
    def count() -> int:
        with CaptureQueriesContext(
            connection,
        ) as seen:
            look(desk, LIST)
        return len(seen)

    make_request()
    look(desk, LIST)
    one = count()
    for _number in range(4):
        make_request()
    assert count() == one


def test_the_menu_and_the_home_page_say_how_many_wait(
    desk: Client, asked: PermissionRequest
) -> None:
    html = look(desk, "wagtailadmin_home")
    assert "Permissions (1)" in html
    assert "1 request to decide on" in html


# -- one request ----------------------------------------------------------------------------------


def test_the_wish_stands_beside_what_the_leaflets_allow(
    desk: Client, asked: PermissionRequest
) -> None:
    html = look(desk, "patientinfo_request", asked.pk)
    for words in (
        "We would like to.",
        "not there",  # German
        "not ours to pass on: ask Drawing",
        "Dry needling",
        "Netherlands",
    ):
        assert words in html, words


def test_asking_back_and_declining_need_words(desk: Client, asked: PermissionRequest) -> None:
    assert "Write something" in act(desk, asked, "ask_back")
    assert asked.state == RequestState.SUBMITTED
    html = act(desk, asked, "ask_back", "Which website?")
    assert asked.state == RequestState.NEEDS_INFORMATION
    assert "Which website?" in html
    act(desk, asked, "decline", "We may not.")
    assert asked.state == RequestState.DECLINED
    assert "done already" in act(desk, asked, "decline", "We may not.")
    act(desk, asked, "reopen", "We may after all.")
    assert asked.state == RequestState.SUBMITTED


def test_a_note_is_for_officers(desk: Client, asked: PermissionRequest) -> None:
    html = act(desk, asked, "note", "I know them.")
    assert "I know them." in html
    assert "not shown to the partner" in html
    assert asked.events.filter(internal=True).count() == 1


def test_an_officer_cannot_accept_for_the_partner(desk: Client, asked: PermissionRequest) -> None:
    make_offer(asked)
    for move in ("accept", "submit", "answer", "", "grant"):
        assert "Choose what to do." in act(desk, asked, move, "yes")
    assert not Licence.objects.exists()


def test_what_was_done_stands_in_the_audit_log_without_persons(
    desk: Client, asked: PermissionRequest, officer: User
) -> None:
    act(desk, asked, "decline", "M. Aker is not one of us.")
    entry = ModelLogEntry.objects.get(action="patientinfo.request_decided")
    assert (entry.user, entry.data) == (officer, {"move": "decline"})
    assert "Aker" not in f"{entry.label} {entry.data}"


# -- offers ---------------------------------------------------------------------------------------


def test_the_offer_is_prefilled_with_the_wish(desk: Client, asked: PermissionRequest) -> None:
    shown = form_of(desk, asked)
    assert shown["locales"] == ["de", "nl"]
    assert shown["uses"] == ["print", "website"]
    assert (shown["run"], shown["territory"]) == (500, "Netherlands")
    assert shown["credit_nl"].startswith("Information")
    assert shown["ends"] == shown["starts"] + timedelta(days=364)


def test_photos_of_others_cannot_be_offered(desk: Client, asked: PermissionRequest) -> None:
    answer = offer(desk, asked)
    assert "Ask Drawing" in answer.content.decode()
    assert asked.state == RequestState.SUBMITTED


def test_what_the_officer_wrote_is_what_is_granted(
    desk: Client, asked: PermissionRequest, page: Any
) -> None:
    answer = offer(
        desk,
        asked,
        parts=["text"],
        locales=["nl"],
        uses=["website"],
        policy="pinned",
        territory="nl; Belgium",
        credit_nl="Met dank aan Uplands",
        conditions="Show the date.",
        note="Without photos, sorry.",
    )
    assert answer.status_code == 302
    assert asked.state == RequestState.OFFERED
    terms = requests.accept(asked.offers.get()).terms
    assert terms.parts == {"text"}
    assert terms.uses == {"website": {}}
    assert terms.territory == {"NL", "BE"}
    assert terms.pinned == {(str(page.translation_key), "nl"): 1}
    assert terms.credit == {"nl": "Met dank aan Uplands"}
    assert (terms.conditions, terms.language) == ("Show the date.", "nl")
    assert (terms.licensee, terms.licensor) == (requests.party_of(asked), licensor())
    html = look(desk, "patientinfo_request", asked.pk)
    assert "Without photos, sorry." in html
    assert "not as asked" in html


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"locales": []}, "Choose at least one, or all."),
        ({"territory": "Ruritania"}, "“Ruritania” is not a country we know."),
        ({"ends": "2020-01-01"}, "The term ends before it begins."),
        ({"parts": []}, "This field is required."),
        ({"starts": ""}, "This field is required."),
        ({"run": "0"}, "greater than or equal to 1"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_terms_that_say_nothing_sensible_are_not_offered(
    desk: Client, asked: PermissionRequest, changes: dict[str, Any], said: str
) -> None:
    html = offer(desk, asked, **changes).content.decode()
    assert said in html
    assert "Something is not right yet" in html
    assert not asked.offers.exists()


def test_the_same_offer_twice_is_told(desk: Client, asked: PermissionRequest) -> None:
    offer(desk, asked, parts=["text"])
    offer(desk, asked)
    assert asked.offers.count() == 1


def test_nothing_is_offered_on_what_is_closed(desk: Client, asked: PermissionRequest) -> None:
    requests.withdraw(asked)
    address = reverse("patientinfo_request_offer", args=[asked.pk])
    assert desk.get(address).status_code == 302


def test_a_second_officer_agrees(
    desk: Client, client: Client, asked: PermissionRequest, settings: Settings
) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": True}
    offer(desk, asked, parts=["text"])
    html = look(desk, "patientinfo_request", asked.pk)
    assert "waits for a second officer" in html
    assert "Agree to this offer" not in html
    assert "Harbour" not in look(desk, LIST, show="second")

    client.force_login(make_officer("piet"))
    assert "Harbour" in look(client, LIST, show="second")
    assert "Agree to this offer" in look(client, "patientinfo_request", asked.pk)
    assert "piet agreed" in act(client, asked, "agree", offer="1")
    assert "Harbour" not in look(client, LIST, show="second")
    assert requests.accept(asked.offers.get())
