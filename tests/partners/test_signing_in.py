"""A code by e-mail, no password, and no way into the admin."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from patientinfo.partners import tasks
from patientinfo.partners.accounts import account_for, partner_with
from patientinfo.partners.adapter import NOBODY
from patientinfo.partners.sealing import unseal
from tests.partners.names import ADDRESS

SIGN_IN, CODE = "/en/partners/sign-in/", "/en/partners/sign-in/code/"


def code_of(message) -> str:
    return re.search(r"^\s{4}(\S+)$", str(message.body), re.MULTILINE).group(1)


def test_a_partner_signs_in_with_a_code(client, partner):
    answer = client.post(SIGN_IN, {"email": ADDRESS.upper()})
    assert answer["location"] == CODE
    assert "your code to sign in" in mail.outbox[0].subject
    answer = client.post(CODE, {"code": code_of(mail.outbox[0])})
    assert answer["location"] == "/en/partners/requests/"
    page = client.get(answer["location"]).content.decode()
    assert ADDRESS in page
    assert "You are signed in." in page
    assert partner.username not in page


def test_a_wrong_code_is_refused_three_times_and_then_over(client, partner):
    client.post(SIGN_IN, {"email": ADDRESS})
    assert client.post(CODE, {"code": "wrong"}).status_code == 200
    client.post(CODE, {"code": "wrong"})
    assert client.post(CODE, {"code": "wrong"})["location"] == SIGN_IN
    assert client.post(CODE, {"code": code_of(mail.outbox[0])})["location"] == SIGN_IN
    assert "_auth_user_id" not in client.session


def test_nobody_learns_who_has_an_account(client, partner):
    known = client.post(SIGN_IN, {"email": ADDRESS})
    client.cookies.clear()
    unknown = client.post(SIGN_IN, {"email": "nobody@harbour.example"})
    assert (known.status_code, known["location"]) == (unknown.status_code, unknown["location"])
    assert client.get(unknown["location"]).status_code == 200
    assert [message.to for message in mail.outbox] == [[ADDRESS]]


@pytest.fixture
def queued(monkeypatch):
    """What is put into the queue, which no worker looks at."""
    tasks_given = []
    monkeypatch.setattr(
        type(tasks.send_code), "enqueue", lambda _task, *args: tasks_given.append(args)
    )
    return tasks_given


def test_no_mail_server_is_spoken_to_while_somebody_waits(client, partner, queued):
    """What is done for an address that is known and for one that is not is the same."""
    for email in (ADDRESS, "nobody@harbour.example"):
        client.post(SIGN_IN, {"email": email})
        client.post(CODE, {"action": "resend"})
        client.cookies.clear()
    assert mail.outbox == []
    known, unknown = queued[:2], queued[2:]
    assert len(known) == len(unknown) == 2
    assert [pk for pk, _sealed, _language in unknown] == [NOBODY, NOBODY]
    assert {len(sealed) for _pk, sealed, _language in queued} == {len(queued[0][1])}
    for given in known:
        tasks.send_code.call(*given)
    for given in unknown:
        tasks.send_code.call(*given)
    assert [message.to for message in mail.outbox] == [[ADDRESS], [ADDRESS]]


def test_both_kinds_of_address_cost_the_same_writes(client, partner, queued):
    def writes(email):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as seen:
            client.post(SIGN_IN, {"email": email})
        return [q["sql"].split()[0] for q in seen if not q["sql"].startswith("SELECT")]

    writes(ADDRESS)
    assert writes(ADDRESS) == writes("nobody@harbour.example")


def test_the_queue_holds_no_code_and_no_address(client, partner, queued):
    client.post(SIGN_IN, {"email": ADDRESS})
    tasks.send_code.call(*queued[0])
    assert code_of(mail.outbox[0]) not in str(queued)
    assert ADDRESS not in str(queued)
    assert unseal(queued[0][1]) == code_of(mail.outbox[0])


def test_a_code_that_comes_too_late_is_not_sent(client, partner, queued):
    client.post(SIGN_IN, {"email": ADDRESS})
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        tasks.send_code.call(*queued[0])
    assert mail.outbox == []


def test_a_code_speaks_the_language_of_the_page(client, partner):
    client.post("/nl/partners/sign-in/", {"email": ADDRESS})
    assert mail.outbox[0].extra_headers["Content-Language"] == "nl"
    assert "uw code" in mail.outbox[0].subject.lower()


def test_codes_are_not_sent_without_end(client, partner):
    for _ in range(8):
        client.post(SIGN_IN, {"email": ADDRESS})
        client.cookies.clear()
    assert len(mail.outbox) == 5


def test_whoever_has_the_admin_does_not_enter_it_by_a_code(client, admin_user):
    client.post(SIGN_IN, {"email": admin_user.email})
    assert mail.outbox == []
    assert partner_with(admin_user.email) is None


def test_a_partner_who_joins_the_clinic_loses_this_way_in(partner):
    assert partner_with(ADDRESS) == partner
    get_user_model().objects.filter(pk=partner.pk).update(is_superuser=True)
    assert partner_with(ADDRESS) is None
    assert account_for(ADDRESS) is None


def test_a_partner_has_no_password_and_no_admin(signed_in, partner):
    assert not partner.has_usable_password()
    answer = signed_in.get("/admin/")
    assert answer.status_code == 302
    assert "/admin/login/" in answer["location"]


def test_the_clinics_own_people_are_told_to_sign_out(client, admin_user):
    client.force_login(admin_user)
    for path in ("requests/", "sign-in/"):
        answer = client.get(f"/en/partners/{path}")
        assert answer.status_code == 403
        assert "signed in for the clinic" in answer.content.decode()


@pytest.mark.parametrize("name", ["signup", "reset_password", "email", "confirm_email"])
def test_no_other_door_is_open(name):
    with pytest.raises(NoReverseMatch):
        reverse(f"account_{name}")


def test_signing_out_asks_first(signed_in):
    assert signed_in.get("/en/partners/sign-out/").status_code == 200
    assert "_auth_user_id" in signed_in.session
    assert signed_in.post("/en/partners/sign-out/")["location"] == "/en/partners/"
    assert "_auth_user_id" not in signed_in.session


def test_whoever_has_to_sign_in_comes_back(client):
    answer = client.get("/nl/partners/requests/")
    assert answer["location"] == "/nl/partners/sign-in/start/?next=/nl/partners/requests/"
    assert client.get(answer["location"])["location"].startswith("/nl/partners/sign-in/?next=")
