"""The addresses that belong to no page, and what programs' addresses are spared."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils.module_loading import import_string
from django.utils.translation import get_language

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "nl", "de", "es", "ar"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_front_door_speaks_the_readers_language(client, language):
    answer = client.get("/", headers={"accept-language": f"{language}-XX, en;q=0.5"})
    assert (answer.status_code, answer["location"]) == (302, f"/{language}/")
    assert "Accept-Language" in answer["vary"]


def test_a_language_that_is_not_there_gets_english(client):
    assert client.get("/", headers={"accept-language": "ja"})["location"] == "/en/"


def test_health(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["cache-control"]


def test_health_needs_no_session(client, django_assert_num_queries):
    client.cookies["sessionid"] = "anything"
    with django_assert_num_queries(1):
        answer = client.get("/healthz")
    assert not answer.has_header("vary")


def test_a_programs_address_is_not_sent_to_a_language(client):
    answer = client.get("/api/nothing-here/", headers={"accept-language": "nl"})
    assert answer.status_code == 404
    assert "Cookie" not in answer.get("vary", "")


def test_the_language_of_one_reader_does_not_stay_for_the_next(client):
    client.get("/", headers={"accept-language": "ar"})
    client.get("/healthz")
    assert get_language() == "en"


def test_programs_get_the_headers_that_protect_people(client):
    answer = client.get("/api/v1/locales/")
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Content-Length"] == str(len(answer.content))


@pytest.mark.parametrize("name", settings.STATELESS_MIDDLEWARE)
def test_what_programs_pass_is_whole_without_djangos_hooks(name):
    hooks = ("process_view", "process_exception", "process_template_response")
    assert not any(hasattr(import_string(name), hook) for hook in hooks)
    assert name in settings.MIDDLEWARE


def test_the_admin_asks_for_a_sign_in(client):
    answer = client.get("/admin/", follow=True)
    assert answer.redirect_chain == [("/admin/login/?next=/admin/", 302)]
    assert answer.status_code == 200


def test_wagtails_own_api_is_not_there_unless_asked_for(client):
    assert client.get("/api/v3/pages/").status_code == 404


def test_a_forbidden_host_is_a_problem_under_the_api(client: Client) -> None:
    answer = client.get("/api/v1/pages/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"


def test_a_forbidden_host_is_a_page_elsewhere(client: Client) -> None:
    answer = client.get("/en/", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("text/html")
