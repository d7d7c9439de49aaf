"""Granting, suspending, revoking, amending: only allowed moves, each in the log."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone
from pytest_django import Settings

from patientinfo.licensing.access_keys import (
    MOST,
    issue_channel_key,
    issue_key,
    last_usable,
    revoke_key,
    rotate_key,
)
from patientinfo.licensing.actions import (
    NotPossible,
    amend_licence,
    grant_licence,
    resume_licence,
    revoke_licence,
    suspend_licence,
)
from patientinfo.licensing.keys import matches, parse_key
from patientinfo.licensing.models import AccessKey, Licence, LicenceState
from patientinfo.licensing.numbers import normalized
from tests.licences import make_licence, make_licensee, make_terms


def acts(licence: Licence) -> list[str]:
    return [event.act for event in licence.events.all()]


def test_a_licence_freezes_its_terms(licence: Licence) -> None:
    assert normalized(licence.number) == licence.number
    version = licence.versions.get()
    assert version.digest == licence.terms_digest == licence.terms.digest
    assert acts(licence) == ["granted"]


@pytest.mark.parametrize(
    "changes",
    [
        {"parts": frozenset()},
        {"uses": {}},
        {"uses": {"tattoo": {}}},
        {"leaflets": frozenset()},
        {"locales": frozenset()},
        {"parts": frozenset({"sound"})},
        {"ends": timezone.localdate() - timedelta(days=900)},
    ],
    ids=lambda changes: "-".join(map(str, changes)) + str(len(str(changes))),
)
@pytest.mark.django_db
def test_terms_that_grant_nothing_are_refused(changes: dict[str, Any]) -> None:
    with pytest.raises(NotPossible):
        grant_licence(make_licensee(), make_terms(**changes), by="a test")
    assert not Licence.objects.exists()


def test_a_suspended_licence_can_be_resumed_and_a_revoked_one_cannot(licence: Licence) -> None:
    suspend_licence(licence, by="a test", reason="unpaid")
    resume_licence(licence, by="a test", reason="paid")
    revoke_licence(licence, by="a test", reason="misused")
    with pytest.raises(NotPossible):
        resume_licence(licence, by="a test", reason="sorry")
    licence.refresh_from_db()
    assert licence.state == LicenceState.REVOKED
    assert licence.reason == "misused"
    assert acts(licence) == ["granted", "suspended", "active", "revoked"]


def test_nothing_is_done_without_a_reason(licence: Licence) -> None:
    for act in (suspend_licence, revoke_licence):
        with pytest.raises(NotPossible, match="Say why"):
            act(licence, by="a test", reason="  ")
    narrower = make_terms(parts=frozenset({"text"}))
    with pytest.raises(NotPossible, match="Say why"):
        amend_licence(licence, narrower, by="a test", reason="")
    suspend_licence(licence, by="a test", reason="unpaid")
    with pytest.raises(NotPossible, match="Say why"):
        resume_licence(licence, by="a test", reason=" ")
    assert acts(licence) == ["granted", "suspended"]


def test_amended_terms_are_a_version_more(licence: Licence) -> None:
    first = licence.terms
    changed = amend_licence(
        licence, make_terms(parts=frozenset({"text"})), by="a test", reason="photos left out"
    )
    assert changed.version == 2
    assert changed.terms.parts == {"text"}
    assert changed.versions.get(version=1).terms == first
    again = amend_licence(changed, changed.terms, by="a test", reason="the same")
    assert again.version == 2


@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"parts": frozenset({"text", "photos"})}, "Parts"),
        ({"adaptation": True}, "Adaptation"),
        ({"leaflets": None}, "Leaflets"),
        ({"ends": None}, "Term"),
        ({"uses": {"print": {}}}, "Uses"),
        ({"conditions": ""}, "Conditions"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
@pytest.mark.parametrize("two", [False, True])
def test_nobody_widens_terms_that_were_accepted(
    db: None, settings: Settings, changes: dict[str, Any], named: str, two: bool
) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "TWO_OFFICERS": two}
    narrow: dict[str, Any] = {
        "parts": frozenset({"text"}),
        "leaflets": frozenset({"a"}),
        "uses": {"print": {"run": 500}},
        "conditions": "Show the date.",
    }
    licence = make_licence(**narrow)
    with pytest.raises(NotPossible, match=named):
        amend_licence(licence, make_terms(**{**narrow, **changes}), by="a test", reason="asked")
    licence.refresh_from_db()
    assert (licence.version, acts(licence)) == (1, ["granted"])


@pytest.mark.parametrize("suspended", [False, True])
def test_a_licence_whose_term_is_over_is_not_revived(licence: Licence, suspended: bool) -> None:
    if suspended:
        suspend_licence(licence, by="a test", reason="unpaid")
    narrower = make_terms(parts=frozenset({"text"}))
    assert licence.ends_at is not None
    with (
        time_machine.travel(licence.ends_at, tick=False),
        pytest.raises(NotPossible, match="has ended"),
    ):
        amend_licence(licence, narrower, by="a test", reason="asked")


def test_a_renewal_ends_what_it_replaces(licence: Licence) -> None:
    renewed = grant_licence(licence.licensee, make_terms(), by="a test", replaces=licence)
    licence.refresh_from_db()
    assert licence.state == LicenceState.RENEWED
    assert licence.renewed_as == renewed


def test_an_ended_term_is_expired_without_anybody_acting(licence: Licence) -> None:
    assert licence.state_at(timezone.now()) == LicenceState.ACTIVE
    assert licence.ends_at is not None
    assert licence.state_at(licence.ends_at) == LicenceState.EXPIRED
    assert licence.state_at(licence.ends_at - timedelta(microseconds=1)) == LicenceState.ACTIVE


def test_a_key_is_shown_once_and_stored_as_a_hash(licence: Licence) -> None:
    key, text = issue_key(licence, "Website", by="a test")
    parsed = parse_key(text)
    assert parsed is not None
    stored = AccessKey.objects.values().get()
    assert text not in str(stored)
    assert matches(text, stored["hash"])
    assert parsed.name == key.name


def test_a_rotated_key_goes_on_for_a_while(licence: Licence) -> None:
    old, _text = issue_key(licence, "Website", by="a test")
    new, _text = rotate_key(old, by="a test", overlap=timedelta(days=2))
    old.refresh_from_db()
    now = timezone.now()
    assert old.usable_at(now + timedelta(days=1))
    assert not old.usable_at(now + timedelta(days=3))
    assert new.usable_at(now + timedelta(days=3))
    assert new.label == old.label


def test_a_key_is_replaced_once(licence: Licence) -> None:
    old, _text = issue_key(licence, "Website", by="a test")
    rotate_key(old, by="a test")
    with pytest.raises(NotPossible, match="replaced already"):
        rotate_key(old, by="a test")
    assert licence.keys.count() == 2


def test_replacing_keys_makes_no_more_than_a_licence_can_have(licence: Licence) -> None:
    key, _text = issue_key(licence, "Website", by="a test")
    for _turn in range(MOST - 1):
        key, _text = rotate_key(key, by="a test")
    with pytest.raises(NotPossible, match="revoke one first"):
        rotate_key(key, by="a test")
    assert len(last_usable(licence, timezone.now())) == MOST


@pytest.mark.parametrize("stop", [suspend_licence, revoke_licence])
def test_no_key_is_replaced_under_a_licence_that_gives_nothing(licence: Licence, stop: Any) -> None:
    key, _text = issue_key(licence, "Website", by="a test")
    stop(licence, by="a test", reason="misused")
    with pytest.raises(NotPossible, match="active licence only"):
        rotate_key(key, by="a test")
    assert licence.keys.count() == 1


def test_a_key_of_an_own_channel_is_replaced(db: None) -> None:
    key, _text = issue_channel_key("Waiting room", by="a test")
    new, _text = rotate_key(key, by="a test")
    assert (new.kind, new.licence) == (key.kind, None)


def test_a_revoked_key_ends_at_once(licence: Licence) -> None:
    key, _text = issue_key(licence, "Website", by="a test")
    revoke_key(key, by="a test")
    key.refresh_from_db()
    assert not key.usable_at(timezone.now())
    with pytest.raises(NotPossible):
        rotate_key(key, by="a test")


@pytest.mark.parametrize("origin", ["clinic.example", "https://x.example/path", "http://x.example"])
def test_a_browser_key_needs_real_origins(licence: Licence, origin: str) -> None:
    with pytest.raises(NotPossible, match="origin"):
        issue_key(licence, "Page", by="a test", origins=[origin])


def test_no_key_for_a_licence_that_gives_nothing(licence: Licence) -> None:
    suspend_licence(licence, by="a test", reason="unpaid")
    with pytest.raises(NotPossible):
        issue_key(licence, "Website", by="a test")
