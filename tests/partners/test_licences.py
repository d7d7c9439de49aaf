"""A partner's licence: its terms, its keys and its use; nobody else's."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from patientinfo.licensing.actions import revoke_licence, suspend_licence
from patientinfo.licensing.keys import matches, parse_key
from patientinfo.licensing.models import AccessKey, UsageCount
from patientinfo.licensing.request_models import PermissionRequest
from tests.partners.names import KNEE


@pytest.fixture
def page(licence) -> str:
    return f"/en/partners/licences/{licence.number}/"


def shown_key(answer) -> str:
    return re.search(r'id="id_key"[^>]*value="([^"]+)"', answer.content.decode()).group(1)


def test_a_key_is_shown_once(signed_in, page):
    answer = signed_in.post(f"{page}keys/", {"label": "Website"})
    text = shown_key(answer)
    key = AccessKey.objects.get()
    assert parse_key(text).name == key.name
    assert matches(text, key.hash)
    assert "no-store" in answer["Cache-Control"]
    again = signed_in.get(page).content.decode()
    assert text not in again
    assert "Website" in again


def test_a_key_has_a_name(signed_in, page):
    assert signed_in.post(f"{page}keys/", {"label": " "}).status_code == 422
    assert AccessKey.objects.count() == 0


def test_a_browser_key_is_bound_to_origins(signed_in, page):
    made = {"label": "Page", "kind": "browser", "origins": "https://a.example\nhttps://b.example"}
    signed_in.post(f"{page}keys/", made)
    key = AccessKey.objects.get()
    assert (key.kind, key.origins) == ("browser", ["https://a.example", "https://b.example"])
    assert signed_in.post(f"{page}keys/", {**made, "origins": ""}).status_code == 422
    wrong = signed_in.post(f"{page}keys/", {**made, "origins": "a.example"})
    assert wrong.status_code == 422
    assert "is not an origin" in wrong.content.decode()


def test_a_key_is_replaced_with_an_overlap(signed_in, page):
    signed_in.post(f"{page}keys/", {"label": "Website"})
    old = AccessKey.objects.get()
    answer = signed_in.post(f"{page}keys/{old.name}/rotate/")
    new = AccessKey.objects.exclude(pk=old.pk).get()
    assert parse_key(shown_key(answer)).name == new.name
    old.refresh_from_db()
    assert old.usable_at(timezone.now())
    assert not old.usable_at(timezone.now() + timedelta(days=8))


def test_a_key_is_revoked_at_once(signed_in, page):
    signed_in.post(f"{page}keys/", {"label": "Website"})
    key = AccessKey.objects.get()
    assert signed_in.get(f"{page}keys/{key.name}/revoke/").status_code == 405
    assert signed_in.post(f"{page}keys/{key.name}/revoke/")["location"] == page
    key.refresh_from_db()
    assert not key.usable_at(timezone.now())


def test_a_suspended_licence_makes_no_keys_and_says_why(signed_in, licence, page):
    suspend_licence(licence, by="x", reason="The credit line is missing.")
    assert signed_in.post(f"{page}keys/", {"label": "Website"}).status_code == 422
    text = signed_in.get(page).content.decode()
    assert "The credit line is missing." in text
    assert "Make a key" not in text


def test_what_was_read_is_summed_up(signed_in, licence, page):
    for day in (0, 1, 400):
        UsageCount.objects.create(
            licence=licence,
            day=timezone.now().date() - timedelta(days=day),
            key=KNEE,
            locale="nl",
            edition=1,
            channel="json",
            count=600,
        )
    text = signed_in.get(page).content.decode()
    assert "<td>1,200</td>" in text
    assert "<td>Dutch</td>" in text


def test_a_renewal_is_asked_for_with_the_same_terms(signed_in, licence, send, answers):
    form = signed_in.get(f"/en/partners/ask/?renews={licence.number}").content.decode()
    assert f"Renew licence {licence.number}" in form
    assert 'value="website" id="id_uses_0" checked' in form
    send(f"/en/partners/ask/?renews={licence.number}")
    assert PermissionRequest.objects.get().renews == licence


def test_what_has_ended_is_not_renewed(signed_in, licence, page):
    revoke_licence(licence, by="x", reason="Misuse.")
    assert "Ask for a renewal" not in signed_in.get(page).content.decode()
    form = signed_in.get(f"/en/partners/ask/?renews={licence.number}").content.decode()
    assert "Renew licence" not in form


def test_what_is_somebody_elses_is_not_there(signed_in, stranger, licence, page):
    signed_in.post(f"{page}keys/", {"label": "Website"})
    key = AccessKey.objects.get()
    assert stranger.get(page).status_code == 404
    assert stranger.post(f"{page}keys/", {"label": "Mine"}).status_code == 404
    for act in ("rotate", "revoke"):
        assert stranger.post(f"{page}keys/{key.name}/{act}/").status_code == 404
    assert stranger.get(f"/en/partners/ask/?renews={licence.number}").status_code == 404
    assert Client().get(f"/en/partners/ask/?renews={licence.number}").status_code == 404
    key.refresh_from_db()
    assert key.usable_at(timezone.now())


def test_a_key_of_another_licence_is_not_there(signed_in, page):
    assert signed_in.post(f"{page}keys/abcdefghijkl/revoke/").status_code == 404


def test_everything_under_it_can_be_downloaded(signed_in, page, licence):
    assert 'action="' + page + 'bundle/"' in signed_in.get(page).content.decode()
    answer = signed_in.get(f"{page}bundle/?channel=text")
    assert answer["Content-Type"] == "application/zip"
    assert "private" in answer["Cache-Control"]
    assert f'filename="{licence.number}.zip"' in answer["Content-Disposition"]
    assert b"".join(answer.streaming_content).startswith(b"PK")
    assert signed_in.get(f"{page}bundle/?channel=fax").status_code == 404


def test_a_licence_that_ended_gives_no_bundle(signed_in, page, licence):
    revoke_licence(licence, reason="Not paid.", by="an officer")
    assert "bundle/" not in signed_in.get(page).content.decode()
    assert signed_in.get(f"{page}bundle/").status_code == 422
