"""What partners are told, at each step, in their language; and what no mail and no log holds."""

from __future__ import annotations

import logging
from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from patientinfo.licensing import decisions
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import (
    amend_licence,
    grant_licence,
    resume_licence,
    revoke_licence,
    suspend_licence,
)
from patientinfo.licensing.mailing import PAUSES, MailNotSent
from patientinfo.licensing.models import LicenceEvent
from patientinfo.licensing.requests import (
    Asker,
    accept,
    answer,
    confirm_email,
    create_draft,
    submit,
    withdraw,
)
from patientinfo.licensing.tasks import tell_officers
from patientinfo.licensing.wishes import Wish
from patientinfo.partners import tasks
from patientinfo.partners.sealing import seal
from tests.licences import make_terms
from tests.partners.names import ADDRESS, KNEE


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Any) -> Any:
    """`with commit(): …` and mails go out."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def make_request(partner: Any) -> Any:
    """A request that was sent, in a language."""

    def make(language: str = "en") -> Any:
        wish = Wish(
            leaflets=frozenset({KNEE}),
            locales=frozenset({"nl"}),
            uses={"website": {}},
            starts=timezone.localdate(),
        )
        asker = Asker("Harbour Rehab (fictional)", "NL", "M. Aker", ADDRESS, language)
        made = confirm_email(create_draft(asker, wish, user=partner), user=partner)
        return submit(made, by=partner)

    return make


def newest() -> Any:
    message = mail.outbox[-1]
    assert message.to == [ADDRESS]
    return message


def test_each_step_of_a_request_is_told(make_request, commit):
    with commit():
        asked = make_request()
    assert "We have your request" in newest().subject
    with commit():
        decisions.ask_back(asked, "For patients only?", by="x")
    assert "> For patients only?" in newest().body
    with commit():
        answer(asked, "Yes.")
    with commit():
        offer = decisions.offer(asked, text_of_knee(), by="x", note="Print has to wait.")
    assert "We offer you these terms" in newest().subject
    assert "> Print has to wait." in newest().body
    with commit():
        licence = accept(offer)
    assert licence.number in newest().subject
    assert f"/en/partners/licences/{licence.number}/" in newest().body
    assert len(mail.outbox) == 4


def text_of_knee(**changes: Any) -> Any:
    return make_terms(leaflets=frozenset({KNEE}), parts=frozenset({"text"}), **changes)


def test_a_refusal_gives_its_reason(make_request, commit):
    asked = make_request()
    with commit():
        decisions.decline(asked, "The photos are not ours.", by="x")
    assert "> The photos are not ours." in newest().body
    with commit():
        decisions.reopen(asked, "The owner has agreed.", by="x")
    assert "again" in newest().subject


def test_a_withdrawal_is_confirmed(make_request, commit):
    asked = make_request()
    with commit():
        withdraw(asked)
    assert "withdrawn" in newest().subject


def test_what_officers_say_among_themselves_is_not_told(make_request, commit):
    asked = make_request()
    with commit():
        decisions.add_note(asked, "Their invoices are late.", by="x")
    assert mail.outbox == []


def test_an_offer_is_told_when_the_second_officer_has_agreed(make_request, commit, settings):
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": True}
    asked = make_request()
    with commit():
        offer = decisions.offer(asked, text_of_knee(), by="first", note="Print has to wait.")
    assert mail.outbox == []
    with commit():
        decisions.agree(offer, by="second")
    assert "We offer you these terms" in newest().subject
    assert "> Print has to wait." in newest().body


def test_what_becomes_of_a_licence_is_told(licence, commit):
    with commit():
        suspend_licence(licence, by="x", reason="The credit line is missing.")
    assert "is suspended" in newest().subject
    assert "> The credit line is missing." in newest().body
    with commit():
        resume_licence(licence, by="x", reason="It is there again.")
    assert "is active again" in newest().subject
    with commit():
        amend_licence(licence, make_terms(conditions="New."), by="x", reason="As agreed.")
    assert "have changed" in newest().subject
    with commit():
        grant_licence(licence.licensee, make_terms(), by="x", replaces=licence)
    assert "is renewed" in newest().subject
    with commit():
        revoke_licence(licence, by="x", reason="Misuse.")
    assert "has ended" in newest().subject


def test_the_end_of_a_term_is_announced(licence):
    event = LicenceEvent.objects.create(
        licence=licence, at=timezone.now(), act="reminded", by="calendar"
    )
    tasks.send_licence_news.call(event.pk)
    assert "ends soon" in newest().subject


def test_a_mail_speaks_the_askers_language_and_direction(make_request, commit):
    with commit():
        make_request("ar")
    html, media_type = newest().alternatives[0]
    assert media_type == "text/html"
    assert '<html lang="ar" dir="rtl">' in html
    assert "/ar/partners/requests/" in newest().body
    assert newest().extra_headers["Content-Language"] == "ar"


def test_what_the_clinic_wrote_is_no_html(make_request, commit):
    asked = make_request()
    with commit():
        decisions.ask_back(asked, "<script>alert(1)</script>", by="x")
    assert "<script>" not in newest().alternatives[0][0]


def test_no_key_and_no_person_stands_in_a_mail_or_a_log(licence, commit, caplog):
    with caplog.at_level(logging.DEBUG), commit():
        _key, text = issue_key(licence, "Website", by="x")
        suspend_licence(licence, by="x", reason="Late.")
    assert all(text not in str(message.message()) for message in mail.outbox)
    assert text not in caplog.text
    assert ADDRESS not in caplog.text


class Refusing(BaseEmailBackend):
    """A mail server that knows nobody, and says whom."""

    def send_messages(self, messages: Any) -> int:
        refused = {address: (550, b"no such mailbox") for m in messages for address in m.to}
        raise SMTPRecipientsRefused(refused)


def test_a_mail_that_is_refused_tells_nobodys_address(make_request, settings, caplog):
    asked = make_request()
    licence = accept(decisions.offer(asked, text_of_knee(), by="x"))
    suspend_licence(licence, by="x", reason="Late.")
    address = EmailAddress.objects.get(email=ADDRESS)
    submitted = asked.events.get(move="submit").pk
    settings.EMAIL_BACKEND = f"{__name__}.Refusing"
    settings.PATIENTINFO = {**settings.PATIENTINFO, "LICENSING_EMAIL": "desk@clinic.example"}
    with caplog.at_level(logging.DEBUG):
        results = [
            tasks.send_confirmation.enqueue(asked.pk, True),
            tasks.send_request_news.enqueue(submitted),
            tasks.send_licence_news.enqueue(licence.events.get(act="suspended").pk),
            tasks.send_code.enqueue(address.pk, seal("SECRET"), "en"),
            tell_officers.enqueue(submitted),
        ]
    for result in results:
        (error,) = result.errors
        assert error.exception_class_path.endswith(".MailNotSent")
        assert "SMTPRecipientsRefused" in error.traceback
        for secret in (ADDRESS, "desk@clinic.example", "SECRET"):
            assert secret not in error.traceback
            assert secret not in caplog.text


class Away(BaseEmailBackend):
    """A mail server that does not answer."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError(ADDRESS)


class Busy(BaseEmailBackend):
    """One that asks for patience (grey listing)."""

    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({ADDRESS: (450, b"later")})


@pytest.fixture
def queue(settings: Any) -> Any:
    """The worker's queue, as in production: what waits, and when it is tried."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    return DBTaskResult.objects.filter(status="READY").order_by("enqueued_at")


@pytest.mark.parametrize("server", [Away, Busy])
def test_a_mail_is_sent_when_the_server_is_back(licence, settings, queue, server):
    event = LicenceEvent.objects.create(
        licence=licence, at=timezone.now(), act="reminded", by="calendar"
    )
    settings.EMAIL_BACKEND = f"{__name__}.{server.__name__}"
    before = timezone.now()
    with pytest.raises(MailNotSent, match="tried again in 1 min") as failure:
        tasks.send_licence_news.call(event.pk)
    assert ADDRESS not in str(failure.value)
    waiting = queue.get()
    assert waiting.run_after - before >= timedelta(minutes=1)
    again = waiting.task_result
    with pytest.raises(MailNotSent, match="tried again in 5 min"):
        waiting.task.call(*again.args, **again.kwargs)
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    last = queue.last().task_result
    queue.last().task.call(*last.args, **last.kwargs)
    assert "ends soon" in newest().subject
    assert queue.count() == 2


@pytest.mark.parametrize(
    ("server", "tried"), [(Refusing, 0), (Away, len(PAUSES))], ids=["for good", "often enough"]
)
def test_a_mail_is_not_tried_for_ever(licence, settings, queue, server, tried):
    event = LicenceEvent.objects.create(
        licence=licence, at=timezone.now(), act="reminded", by="calendar"
    )
    settings.EMAIL_BACKEND = f"{__name__}.{server.__name__}"
    with pytest.raises(MailNotSent):
        tasks.send_licence_news.call(event.pk, tried)
    assert not queue.exists()


def test_every_mail_keeps_what_it_needs_for_another_try(make_request, settings, queue):
    asked = make_request()
    submitted = asked.events.get(move="submit").pk
    address = EmailAddress.objects.get(email=ADDRESS)
    settings.EMAIL_BACKEND = f"{__name__}.Away"
    settings.PATIENTINFO = {**settings.PATIENTINFO, "LICENSING_EMAIL": "desk@clinic.example"}
    sealed = seal("SECRET")
    for task, args in (
        (tasks.send_confirmation, [asked.pk, True]),
        (tasks.send_request_news, [submitted]),
        (tasks.send_code, [address.pk, sealed, "en"]),
        (tell_officers, [submitted]),
    ):
        with pytest.raises(MailNotSent):
            task.call(*args)
        waiting = queue.last()
        assert (waiting.task, waiting.task_result.args) == (
            task.using(run_after=waiting.run_after),
            args,
        )
        assert waiting.task_result.kwargs == {"tried": 1}


def test_a_mail_that_cannot_be_queued_undoes_nothing(licence, commit, monkeypatch, caplog):
    def broken(*numbers: int) -> None:
        raise RuntimeError("queue")

    monkeypatch.setattr("patientinfo.partners.mails.send", broken)
    with commit():
        suspend_licence(licence, by="x", reason="Late.")
    licence.refresh_from_db()
    assert licence.state == "suspended"
