"""Whatever costs something to answer has a door: proofs, pictures, frames, downloads."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import RequestFactory

from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.guard import Kind
from patientinfo.licensing.keys import make_key
from patientinfo.throttling import passages
from tests.channels.conftest import compiled_catalogs
from tests.fixtures_leaflet import clinic, page, world
from tests.licences import make_licence

__all__ = ["clinic", "compiled_catalogs", "page", "world"]

WORLD = "dutch"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limits(settings: Any) -> Any:
    """`limits(key=…, address=…)`; nothing else is limited."""

    def set_limits(key: str = "", address: str = "") -> None:
        changes = {"THROTTLE_KEY": key, "THROTTLE_ADDRESS": address}
        settings.PATIENTINFO = {**settings.PATIENTINFO, **changes}
        passages.forget()

    yield set_limits
    passages.forget()


@pytest.fixture
def ask(client: Any) -> Any:
    def ask(path: str, key: str = "", **headers: str) -> Any:
        keyed = {"Authorization": f"Bearer {key}"} if key else {}
        return client.get(path, headers={**keyed, **headers})

    return ask


@pytest.mark.parametrize(
    "form",
    [
        "/permissions/",
        "/permissions/{number}/",
        "/permissions/{number}.json",
        "/permissions/{number}/proof.jws",
        "/permissions/{number}/licence.jsonld",
        "/permissions/P26-0000-0000/",
        "/.well-known/jwks.json",
        "/images/reader.x/photo/400.png",
        "/en/dry-needling/download/text/",
        "/en/dry-needling/embed/",
        "/en/dry-needling/embed/{number}/",
        "/en/dry-needling/screen/slides/",
        "/en/partners/licences/{number}/bundle/",
        "/infobutton",
        "/fhir/R5/metadata",
    ],
)
def test_each_door_closes_when_too_much_is_asked(limits, ask, page, form):
    limits(address="60/minute, burst 2")
    path = form.format(number=make_licence().number)
    statuses = [ask(path).status_code for _ in range(3)]
    assert 429 not in statuses[:2]
    assert statuses[2] == 429


def test_all_doors_count_for_one_limit(limits, ask, page):
    limits(address="60/minute, burst 3")
    paths = ("/permissions/", "/images/reader.x/photo/400.png", "/en/dry-needling/download/text/")
    assert 429 not in [ask(path).status_code for path in paths]
    assert ask("/api/v1/pages/").status_code == 429


def test_people_are_told_in_a_page_and_programs_in_a_problem(limits, ask, page):
    limits(address="60/minute, burst 1")
    path = "/en/dry-needling/download/text/"
    ask(path)
    for_people = ask(path, Accept="text/html,*/*;q=0.8")
    assert for_people["Content-Type"].startswith("text/html")
    assert "Please wait" in for_people.content.decode()
    for_programs = ask(path)
    assert for_programs["Content-Type"] == "application/problem+json"
    assert for_programs.json()["policy"] == "address"
    for answer in (for_people, for_programs):
        assert (answer["Retry-After"], answer["Cache-Control"]) == ("1", "no-store")
    assert ask("/fhir/R5/metadata").json()["resourceType"] == "OperationOutcome"


@pytest.mark.parametrize("paper", ["licence.jsonld", "letter.pdf"])
def test_a_wrong_key_costs_a_guess_at_the_papers_too(limits, ask, paper):
    limits(key="60/minute", address="60/minute, burst 30")
    path = f"/permissions/{make_licence().number}/{paper}"
    statuses = [ask(path, make_key(Kind.LICENCE).text).status_code for _ in range(4)]
    assert statuses == [403, 403, 403, 429]


def test_a_right_key_of_another_licence_is_no_guess(limits, ask):
    limits(key="60/minute, burst 50", address="60/minute, burst 5")
    _key, text = issue_key(make_licence(), "Server", by="a test")
    path = f"/permissions/{make_licence().number}/licence.jsonld"
    assert [ask(path, text).status_code for _ in range(6)] == [403] * 6


def test_a_key_has_its_own_limit_at_its_papers(limits, ask):
    limits(key="60/minute, burst 50", address="60/minute, burst 2")
    licence = make_licence()
    _key, text = issue_key(licence, "Server", by="a test")
    path = f"/permissions/{licence.number}/licence.jsonld"
    assert [ask(path, text).status_code for _ in range(5)] == [200] * 5


def test_a_letter_costs_more_than_a_proof(limits, ask):
    limits(key="60/minute, burst 30", address="60/minute")
    licence = make_licence()
    _key, text = issue_key(licence, "Server", by="a test")
    root = f"/permissions/{licence.number}"
    ask(f"{root}/licence.jsonld", text)  # the key is known from now on
    asked = [ask(f"{root}/letter.pdf", text).status_code for _ in range(3)]
    assert asked == [200, 200, 429]


def test_a_bundle_costs_more_than_a_read(limits, ask, page):
    limits(key="60/minute, burst 30", address="60/minute")
    _key, text = issue_key(make_licence(), "Server", by="a test")
    ask("/api/v1/pages/", text)  # the key is known from now on
    asked = [ask("/api/v1/bundle/?channel=text", text).status_code for _ in range(3)]
    assert asked == [200, 200, 429]


def test_a_partners_own_bundle_costs_as_much(limits, client, page, django_user_model):
    limits(address="60/minute, burst 30")
    licence = make_licence()
    user = django_user_model.objects.create_user("partner", "partner@x.example")
    licence.licensee.members.add(user)
    client.force_login(user)
    path = f"/en/partners/licences/{licence.number}/bundle/?channel=text"
    answers = [client.get(path) for _ in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert [answer["RateLimit-Policy"] for answer in answers] == ['"address";q=60;w=60'] * 3
    assert answers[0]["RateLimit"].startswith('"address";r=29;')
    assert int(answers[2]["Retry-After"]) > 0
    assert "no-store" in answers[2]["Cache-Control"]


def test_guessing_authors_tokens_costs_as_much(limits, ask, settings):
    settings.ROOT_URLCONF = "tests.leaks.urls"
    limits(key="60/minute", address="60/minute, burst 20")
    statuses = [ask("/api/v3/pages/", "made-up").status_code for _ in range(3)]
    assert statuses == [401, 401, 429]


def test_a_preflight_is_no_reading(limits, client):
    limits(address="60/minute, burst 1")
    for _ in range(3):
        assert client.options("/permissions/").status_code == 405
    assert passages.client_address(RequestFactory().get("/")) == "127.0.0.1"
