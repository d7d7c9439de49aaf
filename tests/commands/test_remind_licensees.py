"""Holders are reminded of the end of their licence: once a threshold, and never for nothing."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone

from patientinfo.licensing import reminders
from patientinfo.licensing.actions import suspend_licence
from patientinfo.licensing.models import Licence
from patientinfo.licensing.reminders import to_remind
from patientinfo.signals import licence_changed
from tests.licences import make_licence, make_licensee
from tests.licensing.asking import HARBOUR, make_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def licence() -> Licence:
    """Granted today for a year."""
    return make_licence(make_licensee(email=HARBOUR.email))


def remind(**options: Any) -> str:
    out = io.StringIO()
    call_command("remind_licensees", stdout=out, **options)
    return out.getvalue()


def days_before_the_end(licence: Licence, days: float) -> Any:
    assert licence.ends_at is not None
    return licence.ends_at - timedelta(days=days)


def test_one_reminder_a_threshold(licence: Licence, time_machine: Any) -> None:
    told = []
    for days in (90, 61, 60, 59.5, 30, 14, 13, 1, -1):
        time_machine.move_to(days_before_the_end(licence, days), tick=False)
        if licence.number in remind():
            told.append(days)
        assert "Nobody" in remind()
    assert told == [60, 14]
    assert [event.act for event in licence.events.all()] == ["granted", "reminded", "reminded"]


def test_a_missed_run_is_made_up_for_once(licence: Licence, time_machine: Any) -> None:
    time_machine.move_to(days_before_the_end(licence, 3))
    assert licence.number in remind()
    assert "Nobody" in remind()


def test_whoever_hears_of_licences_hears_of_it(
    licence: Licence, time_machine: Any, django_capture_on_commit_callbacks: Any
) -> None:
    heard = []

    def listen(sender: Any, licence: Licence, event: Any, **kwargs: Any) -> None:
        heard.append((licence.number, event.act))

    time_machine.move_to(days_before_the_end(licence, 10))
    licence_changed.connect(listen)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            remind()
    finally:
        licence_changed.disconnect(listen)
    assert heard == [(licence.number, "reminded")]


def test_two_runs_at_once_tell_once(licence: Licence, time_machine: Any) -> None:
    """Both have looked before either has written."""
    time_machine.move_to(days_before_the_end(licence, 10))
    now = timezone.now()
    both = [*to_remind(now), *to_remind(now)]
    assert [reminders.remind(found, now, by="a test") for found in both] == [True, False]
    assert [event.act for event in licence.events.all()] == ["granted", "reminded"]


def test_the_last_day_is_named_and_not_the_day_after(licence: Licence, time_machine: Any) -> None:
    time_machine.move_to(days_before_the_end(licence, 10))
    assert f"reminded: {licence.number}, {licence.terms.ends}\n" in remind()


def test_a_dry_run_tells_nobody(licence: Licence, time_machine: Any) -> None:
    time_machine.move_to(days_before_the_end(licence, 10))
    assert f"would be reminded: {licence.number}" in remind(dry_run=True)
    assert f"would be reminded: {licence.number}" in remind(dry_run=True)


def test_nobody_is_reminded_of_what_they_know(licence: Licence, time_machine: Any) -> None:
    """Suspended, without an end, granted for a few days only, or being renewed already."""
    suspend_licence(make_licence(licence.licensee), by="a test", reason="unpaid")
    make_licence(licence.licensee, ends=None)
    time_machine.move_to(days_before_the_end(licence, 10))
    short = make_licence(
        licence.licensee, starts=timezone.localdate(), ends=timezone.localdate() + timedelta(days=5)
    )
    make_request(renews=licence)
    assert short.number not in (said := remind())
    assert "Nobody" in said
