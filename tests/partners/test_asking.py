"""Asking: from an empty form to a request that the clinic may review."""

import time_machine
from django.core import mail
from django.test import Client

from patientinfo.licensing.request_models import PermissionRequest, RequestState
from patientinfo.partners import forms
from patientinfo.partners.choices import SHOWN
from tests.api.shelf import PAIN, key_of, put
from tests.partners.names import ADDRESS, ASK, BACK, KNEE


def only_request() -> PermissionRequest:
    return PermissionRequest.objects.get()


def test_a_request_waits_for_the_proof_of_its_address(client, send):
    answer = send()
    asked = only_request()
    assert (answer.status_code, answer["location"]) == (302, f"{ASK}{asked.uid}/sent/")
    assert (asked.state, asked.confirmed_at) == (RequestState.DRAFT, None)
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert ADDRESS in client.get(answer["location"]).content.decode()


def test_opening_the_link_confirms_nothing_its_button_does(
    client, send, link, django_capture_on_commit_callbacks
):
    send()
    path = link()
    assert client.get(path).status_code == 200
    assert only_request().confirmed_at is None
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(path)
    asked = only_request()
    assert answer["location"] == f"/en/partners/requests/{asked.uid}/"
    assert asked.state == RequestState.SUBMITTED
    assert asked.due_on is not None
    page = client.get(answer["location"]).content.decode()
    assert "The clinic is looking at it" in page
    assert "We have your request" in mail.outbox[-1].subject


def test_what_was_filled_in_is_what_is_asked(send):
    send(uses=["website", "print"], run="500", area="some", countries=["NL", "BE"], price="€ 2")
    asked = only_request()
    assert (asked.organisation, asked.country, asked.language) == (
        "Harbour Rehab (fictional)",
        "NL",
        "en",
    )
    assert asked.wish == {
        "leaflets": [KNEE],
        "topics": [],
        "locales": ["en", "nl"],
        "parts": ["text"],
        "uses": {"print": {"run": 500}, "website": {}},
        "adaptation": False,
        "territory": ["BE", "NL"],
        "starts": "2030-01-01",
        "ends": "2030-12-31",
        "commercial": False,
        "price": "€ 2",
        "credit": "",
    }


def test_a_collection_can_be_asked_for(send):
    send(leaflets=[], topics=[PAIN["id"]])
    assert only_request().wish["topics"] == [PAIN["id"]]


def test_everything_can_be_asked_for(send):
    send(scope="all")
    assert only_request().wish["leaflets"] is None


def test_a_link_works_once(client, send, link):
    send()
    path = link()
    client.post(path)
    client.logout()
    answer = client.post(path)
    assert answer.status_code == 410
    assert "_auth_user_id" not in client.session


def test_a_link_ends_after_three_days(client, send, link):
    send()
    path = link()
    with time_machine.travel("2100-01-01"):
        assert client.post(path).status_code == 410
    assert only_request().confirmed_at is None


def test_a_link_dies_with_a_change_of_the_address(client, send, link):
    send()
    first = link()
    send(f"{ASK}{only_request().uid}/", email="else@harbour.example")
    assert client.post(first).status_code == 410
    assert client.post(link()).status_code == 302
    assert only_request().email == "else@harbour.example"


def test_a_link_is_no_proof_of_an_address_that_looks_alike(client, send, link):
    """It would sign in to the account of that address."""
    send(email="aker@stra\u00dfe.example")
    first = link()
    send(f"{ASK}{only_request().uid}/", email="aker@strasse.example")
    assert client.post(first).status_code == 410
    assert "_auth_user_id" not in client.session


def test_a_forged_link_is_refused(client):
    assert client.post("/en/partners/confirm/abc:def:ghi/").status_code == 410


def test_an_address_of_the_clinic_gets_an_account_of_its_own(client, send, link, admin_user):
    send(email=admin_user.email)
    client.post(link())
    asked = only_request()
    assert asked.user != admin_user
    assert not asked.user.is_staff


def test_a_draft_can_lack_anything_and_be_resumed(client, send):
    answer = client.post(ASK, {"action": "save", "stamp": forms.stamp(), "organisation": "Harbour"})
    asked = only_request()
    assert answer["location"] == f"{ASK}{asked.uid}/"
    assert mail.outbox == []
    page = client.get(answer["location"]).content.decode()
    assert 'value="Harbour"' in page
    send(answer["location"])
    assert PermissionRequest.objects.count() == 1
    assert only_request().wish["leaflets"] == [KNEE]


def test_a_draft_is_resumed_elsewhere_by_the_link(send, link):
    send(action="save")
    elsewhere = Client()
    answer = elsewhere.post(link())
    asked = only_request()
    assert answer["location"] == f"{ASK}{asked.uid}/"
    assert (asked.state, asked.confirmed_at is not None) == (RequestState.DRAFT, True)
    assert elsewhere.get(answer["location"]).status_code == 200


def test_a_draft_is_nobody_elses(send, stranger):
    send()
    for other in (Client(), stranger):
        assert other.get(f"{ASK}{only_request().uid}/").status_code == 404
        assert other.get(f"{ASK}{only_request().uid}/sent/").status_code == 404


def test_a_confirmed_partner_is_not_asked_again(signed_in, send):
    answer = send(email="somebody@else.example")
    asked = only_request()
    assert answer["location"] == f"/en/partners/requests/{asked.uid}/"
    assert (asked.state, asked.email) == (RequestState.SUBMITTED, ADDRESS)


def test_the_address_can_name_leaflets_and_languages(client):
    page = client.get(f"{ASK}?leaflet={BACK}&locale=nl").content.decode()
    assert f'value="{BACK}" id="leaflet_{BACK}" checked' in page
    assert f'value="{KNEE}" id="leaflet_{KNEE}">' in page
    assert page.count('name="locales" value="nl" id="id_locales_1" checked') == 1


def test_searching_keeps_what_was_filled_in(client, answers):
    page = client.post(ASK, {**answers, "action": "search", "search": "back"}).content.decode()
    assert f'id="leaflet_{KNEE}" checked' in page  # was ticked, so it stays in sight
    assert f'id="leaflet_{BACK}">' in page
    assert 'value="Harbour Rehab (fictional)"' in page
    assert PermissionRequest.objects.count() == 0


def test_of_many_leaflets_some_are_shown_and_the_others_counted(
    client, answers, django_assert_max_num_queries
):
    for number in range(30):
        put(f"exercise {number:02}", "en")
    with django_assert_max_num_queries(8):
        page = client.get(f"{ASK}?leaflet={key_of('exercise 29')}").content.decode()
    assert page.count('name="leaflets"') == SHOWN + 1
    assert "Exercise 29" in page
    assert "Exercise 28" not in page
    assert f"{31 - SHOWN} more" in page
    searched = {**answers, "action": "search", "search": "exercise 28"}
    assert "Exercise 28" in client.post(ASK, searched).content.decode()


def test_a_leaflet_in_another_language_is_found_and_named_in_its_own(client):
    page = client.get("/nl/partners/ask/").content.decode()
    assert "Back" in page


def test_a_search_that_finds_nothing_says_so(client, answers):
    searched = {**answers, "leaflets": [], "action": "search", "search": "zzz"}
    assert "No leaflet has these words" in client.post(ASK, searched).content.decode()


def test_what_lacks_is_named_and_linked_to(client, send):
    answer = send(organisation="", leaflets=[], uses=["print"], ends="2029-01-01")
    assert answer.status_code == 422
    page = answer.content.decode()
    for field in ("organisation", "scope", "run", "ends"):
        assert f'<a href="#id_{field}">' in page
        assert f'id="id_{field}_error"' in page
    assert 'aria-invalid="true"' in page
    assert "<title>Error:" in page


def test_the_form_speaks_the_pages_language(client, send):
    page = client.get("/nl/partners/ask/").content.decode()
    assert '<html lang="nl" dir="ltr">' in page
    assert ">Duitsland<" in page
    send("/nl/partners/ask/")
    assert only_request().language == "nl"
    assert "/nl/partners/confirm/" in str(mail.outbox[-1].body)


def test_the_address_without_a_language_leads_on(client):
    answer = client.get("/partners/ask/?leaflet=x", headers={"accept-language": "de"})
    assert (answer.status_code, answer["location"]) == (302, "/de/partners/ask/?leaflet=x")


def test_no_cache_keeps_these_pages(client):
    for path in ("", "ask/", "sign-in/"):
        answer = client.get(f"/en/partners/{path}")
        assert "no-store" in answer["Cache-Control"], path
        assert answer["Referrer-Policy"] == "same-origin"
