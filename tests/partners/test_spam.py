"""Spam is held off without a third party, and people who trip over it are told what to do."""

import pytest
import time_machine
from django.core import mail

from patientinfo.licensing import asking
from patientinfo.licensing.limits import Limit, TooMany
from patientinfo.licensing.request_models import PermissionRequest
from patientinfo.partners import forms
from patientinfo.partners.views import asking as views
from tests.partners.names import ASK


def refused(answer, words):
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert PermissionRequest.objects.count() == 0
    assert mail.outbox == []


def test_a_field_that_nobody_sees_stays_empty(send):
    refused(send(homepage="https://spam.example"), "One field has to stay empty")


def test_a_form_is_not_filled_in_within_a_moment(send, monkeypatch):
    monkeypatch.setattr(forms, "QUICKEST", 3)
    refused(send(), "That was very quick")


def test_the_form_can_be_sent_a_moment_later(send, answers, monkeypatch):
    monkeypatch.setattr(forms, "QUICKEST", 3)
    with time_machine.travel("2030-01-01 10:00:00", tick=False):
        given = forms.stamp()
    with time_machine.travel("2030-01-01 10:00:09", tick=False):
        assert send(stamp=given).status_code == 302


@pytest.mark.parametrize("stamp", ["", "form", "form:abc:def"])
def test_a_form_that_we_did_not_give_out_is_refused(send, stamp):
    refused(send(stamp=stamp), "stood open for a long time")


def test_a_heap_of_links_is_refused(send):
    refused(send(message="http://a.example " * 4), "There are many links")


def test_a_name_is_no_web_address(send):
    refused(send(organisation="Win at www.spam.example"), "without a web address")


def test_lengths_are_limited(send):
    refused(send(message="x" * 5001), "at most 5000")


def test_forms_from_one_place_are_limited(send, monkeypatch):
    monkeypatch.setattr(views, "STORED_FROM_ONE_PLACE", Limit("test", 2, 3600))
    codes = [send(email=f"a{number}@harbour.example").status_code for number in range(3)]
    assert codes == [302, 302, 422]
    assert PermissionRequest.objects.count() == 2


def test_the_addresses_of_one_home_are_one_place(rf):
    """A home or a clinic has 2^64 addresses of IPv6, and may send from any of them."""
    places = [
        asking.place_of(rf.get("/", REMOTE_ADDR=address))
        for address in ("2001:db8::1", "2001:db8::2:3", "2001:db8:0:1::1", "192.0.2.1", "")
    ]
    assert places[0] == places[1]
    assert len(set(places)) == 4
    assert all(places)


def test_mails_to_one_address_are_limited(client, send):
    location = send()["location"]
    codes = [send(location).status_code for _ in range(asking.MAILS_TO_ONE_ADDRESS.most)]
    assert codes[-1] == 429
    assert len(mail.outbox) == asking.MAILS_TO_ONE_ADDRESS.most


def test_a_limit_ends_with_its_window():
    limit = Limit("test", 1, 60)
    with time_machine.travel("2030-01-01 10:00:10", tick=False):
        limit.take("me")
        limit.take("you")
        with pytest.raises(TooMany) as refusal:
            limit.take("ME")
        assert refusal.value.wait == 50
    with time_machine.travel("2030-01-01 10:01:00", tick=False):
        limit.take("me")


def test_a_leaflet_that_is_none_is_an_error_of_the_form_not_ours(client, send):
    refused(send(leaflets=["x"]), "Select a valid choice")
    assert client.get(f"{ASK}?leaflet=x").status_code == 200
