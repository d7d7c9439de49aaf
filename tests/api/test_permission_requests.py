"""Asking for permission by program."""

import json

import pytest
from django.core import mail

from patientinfo.api.examples import SENT_EXAMPLES
from patientinfo.api.routers import permission_requests
from patientinfo.licensing.limits import Limit
from patientinfo.licensing.request_models import PermissionRequest, RequestState
from tests.api.shelf import key_of, put

ADDRESS = "/api/v1/permission-requests/"


@pytest.fixture
def asked():
    """The example of the documentation, about a leaflet that is there."""
    put("knee", "nl")
    example = json.loads(json.dumps(SENT_EXAMPLES["ask_for_permission"]))
    example["wish"]["leaflets"] = [str(key_of("knee"))]
    return example


@pytest.fixture
def post(client, django_capture_on_commit_callbacks):
    def send(body):
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(ADDRESS, body, content_type="application/json")

    return send


def test_a_request_is_taken_and_its_address_asked_to_prove_itself(post, asked):
    answer = post(asked)
    made = PermissionRequest.objects.get()
    assert answer.status_code == 201
    assert answer["Cache-Control"] == "no-store"
    status_url = f"http://testserver/nl/partners/requests/{made.uid}/"
    assert answer["Location"] == status_url
    assert answer.json() == {
        "id": str(made.uid),
        "state": "draft",
        "next": "confirm_email",
        "status_url": status_url,
    }
    assert (made.state, made.language) == (RequestState.DRAFT, "nl")
    assert made.wish["uses"] == {"print": {"run": 500}, "website": {}}
    assert [message.to for message in mail.outbox] == [["m.aker@harbour.example"]]
    assert "/nl/partners/confirm/" in str(mail.outbox[0].body)


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"organisation": ""}, "organisation"),
        ({"organisation": "Buy at https://spam.example"}, "organisation"),
        ({"email": "nobody"}, "email"),
        ({"country": "XX"}, "country"),
        ({"language": "fr"}, "language"),
        ({"message": "x" * 5001}, "message"),
        ({"message": "http://a http://b http://c http://d"}, "message"),
        ({"message": "\x00"}, "message"),
        ({"more": 1}, "more"),
    ],
)
def test_what_is_wrong_is_named(post, asked, assert_problem, change, member):
    body = assert_problem(post({**asked, **change}), "invalid-request")
    assert member in [error["member"] for error in body["errors"]]
    assert PermissionRequest.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "member"),
    [
        ({"uses": {"resale": {}}}, "wish.uses"),
        ({"uses": {"website": {"run": 5}}}, "wish.uses"),
        ({"uses": {"print": {}}}, "wish.uses"),
        ({"uses": {"website": {}, "print": {"run": None}}}, "wish.uses"),
        ({"locales": []}, "wish.locales"),
        ({"leaflets": []}, "wish.leaflets"),
        ({"leaflets": ["0c2f6f5e-6f0e-4a31-8a0c-1d3f0a4d9b77"]}, "wish.leaflets"),
        ({"ends": "2020-01-01"}, "wish.ends"),
        ({"starts": "soon"}, "wish.starts"),
    ],
)
def test_what_is_wrong_with_the_wish_is_named(post, asked, assert_problem, change, member):
    asked["wish"] |= change
    body = assert_problem(post(asked), "invalid-request")
    assert any(error["member"].startswith(member) for error in body["errors"]), body


def test_a_body_that_is_no_json(client, assert_problem):
    answer = client.post(ADDRESS, "{", content_type="application/json")
    assert_problem(answer, "bad-request")


def test_nothing_is_read_there(client, assert_problem):
    assert_problem(client.get(ADDRESS), "method-not-allowed")
    allowed = client.options(ADDRESS)
    assert "POST" in allowed["Allow"]


def test_asking_too_often_is_refused_with_the_time_to_wait(
    post, asked, assert_problem, monkeypatch
):
    monkeypatch.setattr(permission_requests, "STORED_FROM_ONE_PLACE", Limit("test", 2, 3600))
    assert [post(asked).status_code for _ in range(2)] == [201, 201]
    answer = post(asked)
    body = assert_problem(answer, "asked-too-often")
    assert 0 < body["retry_after"] <= 3600
    assert answer["Retry-After"] == str(body["retry_after"])


def test_one_address_of_mail_is_not_flooded(post, asked, assert_problem):
    codes = [post(asked).status_code for _ in range(5)]
    assert codes == [201] * 4 + [429]
    assert len(mail.outbox) == PermissionRequest.objects.count() == 4
