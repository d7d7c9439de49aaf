"""Officers hear of what partners do, and nothing of who it was."""

from __future__ import annotations

import pytest
from django.core import mail
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from patientinfo.licensing import decisions, requests
from patientinfo.licensing.requests import Asker
from tests.licensing.asking import HARBOUR, make_offer, make_request

pytestmark = pytest.mark.django_db
ADDRESS = "permissions@clinic.example"


@pytest.fixture(autouse=True)
def department(settings: Settings) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "LICENSING_EMAIL": ADDRESS}


def subjects() -> list[str]:
    return [message.subject for message in mail.outbox if message.to == [ADDRESS]]


def test_each_act_of_the_partner_is_told(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = make_request()
        decisions.ask_back(asked, "Which website?", by="user:1")
        requests.answer(asked, "www.harbour.example")
        requests.accept(make_offer(asked))
    assert subjects() == [
        "Harbour Rehab (fictional) asks for permission",
        "Harbour Rehab (fictional) has answered",
        "Harbour Rehab (fictional) has accepted the terms",
    ]


def test_the_mail_leads_to_the_desk_and_names_nobody(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        asked = make_request()
    (message,) = [message for message in mail.outbox if message.to == [ADDRESS]]
    assert f"/admin/permissions/requests/{asked.pk}/" in message.body
    assert "We mean to answer by" in message.body
    for secret in (HARBOUR.contact, HARBOUR.email, "We would like to."):
        assert secret not in message.subject + str(message.body)


def test_a_name_cannot_write_headers(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    name = "Harbour\r\nBcc: everybody@elsewhere.example"
    with django_capture_on_commit_callbacks(execute=True):
        make_request(asker=Asker(name, "NL", "M. Aker", "m@harbour.example"))
    assert subjects() == ["Harbour Bcc: everybody@elsewhere.example asks for permission"]


def test_a_second_officer_is_called_for(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    asked = make_request()
    with django_capture_on_commit_callbacks(execute=True):
        make_offer(asked)
    assert subjects() == []
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": True}
    with django_capture_on_commit_callbacks(execute=True):
        make_offer(asked, conditions="Others.")
    assert subjects() == ["The offer to Harbour Rehab (fictional) waits for a second officer"]


def test_without_an_address_nobody_is_written_to(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings
) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "LICENSING_EMAIL": ""}
    with django_capture_on_commit_callbacks(execute=True):
        make_request()
    assert subjects() == []
