"""A partner follows its request: question, offer, acceptance, withdrawal; nobody else's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from patientinfo.licensing import decisions
from patientinfo.licensing.models import Licence
from patientinfo.licensing.request_models import PermissionRequest, RequestState
from patientinfo.licensing.requests import Asker, confirm_email, create_draft, submit
from patientinfo.licensing.terms import LicenceTerms
from patientinfo.licensing.wishes import Wish
from tests.licences import make_terms
from tests.partners.names import ADDRESS, KNEE


@pytest.fixture
def asked(partner: Any) -> PermissionRequest:
    """A request that was sent."""
    wish = Wish(
        leaflets=frozenset({KNEE}),
        locales=frozenset({"nl"}),
        uses={"website": {}},
        starts=date(2030, 1, 1),
    )
    asker = Asker("Harbour Rehab (fictional)", "NL", "M. Aker", ADDRESS, "en")
    made = confirm_email(create_draft(asker, wish, user=partner), user=partner)
    return submit(made, by=partner)


@pytest.fixture
def page(asked: PermissionRequest) -> str:
    return f"/en/partners/requests/{asked.uid}/"


def text_of(key: str, **changes: Any) -> LicenceTerms:
    """The text of one leaflet."""
    return make_terms(leaflets=frozenset({key}), parts=frozenset({"text"}), **changes)


def accepting(made: Any, **changes: str) -> dict[str, str]:
    given = {"act": "accept", "agree": "yes", "offer": str(made.number), "digest": made.digest}
    return {**given, **changes}


def test_the_list_names_what_was_asked_and_granted(signed_in, asked, licence):
    text = signed_in.get("/en/partners/requests/").content.decode()
    assert "Harbour Rehab (fictional)" in text
    assert "Submitted" in text
    assert licence.number in text


def test_a_question_is_answered(signed_in, asked, page):
    decisions.ask_back(asked, "For patients only?", by="x")
    assert "For patients only?" in signed_in.get(page).content.decode()
    answer = signed_in.post(page, {"act": "answer", "text": "Yes, only for them."})
    assert answer["location"] == page
    asked.refresh_from_db()
    assert asked.state == RequestState.SUBMITTED
    assert "Yes, only for them." in signed_in.get(page).content.decode()


def test_an_offer_that_nobody_heard_of_is_not_shown(signed_in, asked, page, settings):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": True}
    offer = decisions.offer(asked, text_of(KNEE), by="first", note="Print has to wait.")
    for path in (page, "/en/partners/requests/"):
        text = signed_in.get(path).content.decode()
        assert "Submitted" in text
        assert "Terms offered" not in text
        assert "Print has to wait." not in text
    text = signed_in.get(page).content.decode()
    assert "The clinic is looking at it" in text
    assert '<li class="steps__now" aria-current="step">The clinic looks at it' in text
    decisions.agree(offer, by="second")
    text = signed_in.get(page).content.decode()
    assert '<li class="steps__now" aria-current="step">You read the terms' in text
    assert "Terms offered" in text
    assert "Print has to wait." in text


def test_an_answer_says_something(signed_in, asked, page):
    decisions.ask_back(asked, "For patients only?", by="x")
    assert signed_in.post(page, {"act": "answer", "text": " "}).status_code == 422


def test_notes_among_officers_stay_there(signed_in, asked, page):
    decisions.add_note(asked, "Their invoices are late.", by="x")
    assert "invoices" not in signed_in.get(page).content.decode()


def test_the_terms_that_are_offered_are_shown_in_words(signed_in, asked, page):
    terms = text_of(KNEE, conditions="Show the date of the edition.")
    offer = decisions.offer(asked, terms, by="x")
    text = signed_in.get(page).content.decode()
    for shown in ("Knee", "All languages", "Word for word", "Show the date", offer.digest):
        assert shown in text


def test_accepting_grants_exactly_what_was_shown(signed_in, asked, page):
    offer = decisions.offer(asked, text_of(KNEE), by="x")
    answer = signed_in.post(page, accepting(offer))
    licence = Licence.objects.get()
    assert answer["location"] == f"/en/partners/licences/{licence.number}/"
    assert licence.terms_digest == offer.digest
    assert signed_in.get(answer["location"]).status_code == 200


def test_accepting_takes_a_tick(signed_in, asked, page):
    offer = decisions.offer(asked, text_of(KNEE), by="x")
    answer = signed_in.post(page, accepting(offer, agree=""))
    assert answer.status_code == 422
    assert "Tick the box" in answer.content.decode()
    assert Licence.objects.count() == 0


@pytest.mark.parametrize("changes", [{"digest": "sha256:0"}, {"offer": "7"}, {"offer": "x"}])
def test_what_was_not_shown_is_not_accepted(signed_in, asked, page, changes):
    offer = decisions.offer(asked, text_of(KNEE), by="x")
    assert signed_in.post(page, accepting(offer, **changes)).status_code == 422
    assert Licence.objects.count() == 0


def test_an_offer_that_was_replaced_is_not_accepted(signed_in, asked, page):
    old = decisions.offer(asked, text_of(KNEE), by="x")
    decisions.offer(asked, text_of(KNEE, conditions="Other."), by="x")
    answer = signed_in.post(page, accepting(old))
    assert answer.status_code == 422
    assert "There is a newer offer" in answer.content.decode()


def test_a_second_click_is_no_error(signed_in, asked, page):
    offer = decisions.offer(asked, text_of(KNEE), by="x")
    signed_in.post(page, accepting(offer))
    assert signed_in.post(page, accepting(offer)).status_code == 302
    assert Licence.objects.count() == 1


def test_other_terms_can_be_asked_for(signed_in, asked, page):
    decisions.offer(asked, text_of(KNEE), by="x")
    signed_in.post(page, {"act": "answer", "text": "We need print, too."})
    asked.refresh_from_db()
    assert asked.state == RequestState.SUBMITTED


def test_a_request_is_withdrawn(signed_in, asked, page):
    signed_in.post(page, {"act": "withdraw"})
    asked.refresh_from_db()
    assert asked.state == RequestState.WITHDRAWN


def test_an_act_that_is_none_changes_nothing(signed_in, asked, page):
    assert signed_in.post(page, {"act": "grant"}).status_code == 200
    asked.refresh_from_db()
    assert asked.state == RequestState.SUBMITTED


def test_what_is_somebody_elses_is_not_there(stranger, asked, page):
    for method in (stranger.get, stranger.post):
        assert method(page).status_code == 404
    assert "Harbour" not in stranger.get("/en/partners/requests/").content.decode()
    assert Client().get(page).status_code == 302
