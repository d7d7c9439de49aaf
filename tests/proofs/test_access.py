"""The letter and the policy are for the parties, and for nobody else."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.test import Client
from django.utils import timezone

from patientinfo.licensing.access_keys import issue_channel_key, issue_key, revoke_key
from patientinfo.licensing.models import Licence
from tests.licences import make_licence, make_licensee

SUFFIXES = ("letter.pdf", "licence.jsonld")


@pytest.fixture(params=SUFFIXES)
def address(request: pytest.FixtureRequest, sample: Licence) -> str:
    return f"/permissions/{sample.number}/{request.param}"


def status(client: Client, address: str, key: str = "") -> int:
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    response = client.get(address, headers=headers)
    assert response["Cache-Control"] == "private, no-store"
    assert {"Authorization", "Cookie"} <= set(response["Vary"].split(", "))
    return response.status_code


def make_user(name: str, **more: bool) -> object:
    return get_user_model().objects.create_user(name, f"{name}@x.example", "pw", **more)


def test_the_public_is_refused(client: Client, address: str) -> None:
    assert status(client, address) == 403
    response = client.get(address)
    assert response.json()["type"] == "urn:problem:patientinfo:for-the-parties"


def test_members_of_the_licensee_are_let_in(client: Client, address: str, sample: Licence) -> None:
    user = make_user("member")
    client.force_login(user)
    assert status(client, address) == 403
    sample.licensee.members.add(user)
    assert status(client, address) == 200
    user.is_active = False
    user.save()
    assert status(client, address) == 403


def test_members_of_another_licensee_are_not(client: Client, address: str) -> None:
    user = make_user("other")
    make_licensee(name="Another").members.add(user)
    client.force_login(user)
    assert status(client, address) == 403


def test_officers_are_let_in_and_other_staff_not(client: Client, address: str) -> None:
    user = make_user("officer", is_staff=True)
    client.force_login(user)
    assert status(client, address) == 403
    user.user_permissions.add(Permission.objects.get(codename="decide_permissionrequest"))
    assert status(client, address) == 200


def test_a_key_of_the_licence_opens_it(client: Client, address: str, sample: Licence) -> None:
    key, text = issue_key(sample, "web", by="t")
    assert status(client, address, text) == 200
    assert status(client, address, text[:-1] + ("a" if text[-1] != "a" else "b")) == 403
    revoke_key(key, by="t")
    assert status(client, address, text) == 403


def test_a_key_that_has_ended_opens_nothing(client: Client, address: str, sample: Licence) -> None:
    key, text = issue_key(sample, "web", by="t")
    key.expires_at = timezone.now() - timedelta(seconds=1)
    key.save()
    assert status(client, address, text) == 403


def test_other_keys_open_nothing(client: Client, address: str, sample: Licence) -> None:
    _key, of_another = issue_key(make_licence(), "web", by="t")
    _key, of_a_page = issue_key(sample, "page", by="t", origins=["https://harbour.example"])
    _key, of_a_channel = issue_channel_key("site", by="t")
    for text in (of_another, of_a_page, of_a_channel, "nonsense", "pik_l_"):
        assert status(client, address, text) == 403


def test_a_key_that_is_sent_decides_alone(client: Client, address: str, sample: Licence) -> None:
    user = make_user("member")
    sample.licensee.members.add(user)
    client.force_login(user)
    assert status(client, address, "nonsense") == 403


def test_the_policy_is_json_ld(client: Client, sample: Licence) -> None:
    _key, text = issue_key(sample, "web", by="t")
    response = client.get(
        f"/permissions/{sample.number}/licence.jsonld", headers={"Authorization": f"Bearer {text}"}
    )
    assert response["Content-Type"] == "application/ld+json"
    assert response.json()["@type"] == "Agreement"
    profile = client.get(response.json()["profile"].removeprefix("http://testserver"))
    assert (profile.status_code, profile["Content-Type"]) == (200, "application/ld+json")


def test_a_letter_that_cannot_be_set_says_why(client: Client, db: None) -> None:
    licence = make_licence(conditions="\U00012000")
    _key, text = issue_key(licence, "web", by="t")
    response = client.get(
        f"/permissions/{licence.number}/letter.pdf", headers={"Authorization": f"Bearer {text}"}
    )
    assert response.status_code == 422
    assert "U+12000" in response.json()["title"]
