"""Officers look after licences: what runs, what ends, what is read; never a key."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from patientinfo.leaflets.leaflet_page import LeafletPage
from patientinfo.licensing.access_keys import issue_key
from patientinfo.licensing.actions import revoke_licence, suspend_licence
from patientinfo.licensing.models import AccessKey, Licence, LicenceState
from tests import builders
from tests.licences import make_licence, make_licensee
from tests.licensing.asking import make_officer

LIST = "patientinfo_licences"


@pytest.fixture
def licence(db: None) -> Licence:
    return make_licence(conditions="Show the date.")


def look(client: Client, name: str, *args: Any, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def act(client: Client, licence: Licence, name: str, reason: str = "") -> str:
    address = reverse("patientinfo_licence_act", args=[licence.number])
    answer = client.post(address, {"act": name, "reason": reason}, follow=True)
    licence.refresh_from_db()
    return answer.content.decode()


def test_each_licence_is_in_the_list_of_its_state(desk: Client) -> None:
    today = timezone.localdate()
    known = make_licensee()
    made = {
        "active": make_licence(known),
        "soon": make_licence(known, ends=today + timedelta(days=30)),
        "expired": make_licence(known, starts=today - timedelta(days=9), ends=today - timedelta(1)),
        "suspended": suspend_licence(make_licence(known), by="a test", reason="unpaid"),
        "revoked": revoke_licence(make_licence(known), by="a test", reason="misused"),
    }
    for name, licence in made.items():
        html = look(desk, LIST, show=name)
        there = {other for other, one in made.items() if one.number in html}
        assert there == ({"active", "soon"} if name == "active" else {name}), name
        assert licence.number in look(desk, LIST, show="all", q=licence.number[4:])
    assert "Nothing was found." in look(desk, LIST, show="all", q="elsewhere")


def test_the_page_shows_terms_log_and_keys_by_name(desk: Client, licence: Licence) -> None:
    _key, text = issue_key(licence, "Website of Harbour", by="a test")
    html = look(desk, "patientinfo_licence", licence.number)
    for words in ("Show the date.", "Website of Harbour", "never used", "Granted", "Key made"):
        assert words in html, words
    for name in ("patientinfo_proof", "patientinfo_letter"):
        assert reverse(name, args=[licence.number]) in html
    stored = AccessKey.objects.get()
    for secret in (text, stored.name, stored.hash):
        assert secret not in html


def test_suspended_resumed_and_revoked_each_with_a_reason(desk: Client, licence: Licence) -> None:
    assert "Say why" in act(desk, licence, "suspend")
    assert licence.state == LicenceState.ACTIVE
    act(desk, licence, "suspend", "unpaid")
    assert licence.state == LicenceState.SUSPENDED
    assert "Say why" in act(desk, licence, "resume")
    act(desk, licence, "resume", "paid")
    assert licence.state == LicenceState.ACTIVE
    html = act(desk, licence, "revoke", "misused")
    assert licence.state == LicenceState.REVOKED
    assert "misused" in html
    assert 'value="resume"' not in html
    assert "cannot become" in act(desk, licence, "resume", "sorry")
    assert "Choose what to do." in act(desk, licence, "delete", "x")


def test_amended_terms_are_in_force_and_the_old_ones_stay_readable(
    desk: Client, licence: Licence
) -> None:
    address = reverse("patientinfo_licence_amend", args=[licence.number])
    form = desk.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {"conditions": "Show the date. Show the edition.", "note": "The date is not enough."}
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    without_reason = desk.post(address, {**data, "note": ""})
    assert "This field is required." in without_reason.content.decode()
    html = desk.post(address, data, follow=True).content.decode()
    licence.refresh_from_db()
    assert licence.version == 2
    assert licence.terms.conditions == "Show the date. Show the edition."
    assert licence.terms.licensee == licence.versions.get(version=1).terms.licensee
    for words in ("Show the edition.", "Show the date.", "The date is not enough."):
        assert words in html


def test_what_was_not_accepted_is_not_amended_into_a_licence(
    desk: Client, page: LeafletPage
) -> None:
    key = str(page.translation_key)
    licence = make_licence(leaflets=frozenset({key}), parts=frozenset({"text"}))
    address = reverse("patientinfo_licence_amend", args=[licence.number])
    form = desk.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {"parts": ["text", "photos"], "ends": "", "note": "They asked for them."}
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    html = desk.post(address, data).content.decode()
    assert "something else: Parts, Term." in html
    assert "with a renewal or a new request" in html
    licence.refresh_from_db()
    assert licence.version == 1


def test_pinned_editions_stay_when_terms_are_amended(desk: Client, page: LeafletPage) -> None:
    key = str(page.translation_key)
    licence = make_licence(pinned={(key, "en"): 1, (key, "nl"): 1})
    page.unpublish()
    address = reverse("patientinfo_licence_amend", args=[licence.number])
    form = desk.get(address).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    shown |= {"all_locales": False, "locales": ["en"], "note": "Dutch is not read."}
    data = {name: value for name, value in shown.items() if value not in (None, False)}
    desk.post(address, {**data, "policy": "current"})
    licence.refresh_from_db()
    assert (licence.version, licence.terms.pinned) == (2, {(key, "en"): 1})


def test_what_has_ended_is_not_amended(desk: Client, licence: Licence) -> None:
    address = reverse("patientinfo_licence_amend", args=[licence.number])
    assert licence.ends_at is not None
    with time_machine.travel(licence.ends_at):
        desk.force_login(make_officer("petra"))
        assert desk.get(address).status_code == 302
        assert address not in look(desk, "patientinfo_licence", licence.number)
    revoke_licence(licence, by="a test", reason="misused")
    assert desk.get(address).status_code == 302


@dataclass(frozen=True)
class Partner:
    """A partner with its key, which reads as its programs do."""

    licence: Licence
    key: str

    @classmethod
    def of(cls, name: str, **terms: Any) -> Partner:
        licence = make_licence(make_licensee(name=name), **terms)
        return cls(licence, issue_key(licence, "Website", by="a test")[1])

    def reads(self, page: LeafletPage, path: str = "") -> int:
        address = f"/api/v1/pages/{page.translation_key}/en/{path}"
        answer = Client().get(address, headers={"Authorization": f"Bearer {self.key}"})
        return answer.status_code


def test_who_still_has_an_old_edition_is_seen(
    desk: Client, page: LeafletPage, settings: Settings
) -> None:
    settings.PATIENTINFO = {**settings.PATIENTINFO, "PUBLIC_ACCESS": "read"}
    pinned = {(str(page.translation_key), "en"): 1}
    silent, eager, entitled = Partner.of("Silent"), Partner.of("Eager"), Partner.of("Entitled")
    amended = make_licence(make_licensee(name="Pinned"), pinned=pinned)
    faithful = Partner(amended, issue_key(amended, "Website", by="a test")[1])
    assert [one.reads(page) for one in (silent, eager, entitled, faithful)] == [200] * 4
    assert "old; current is" not in look(desk, LIST, show="held")

    builders.reword(page, {"trigger/text": "<p>New words.</p>"})
    assert eager.reads(page) == 200
    assert silent.reads(page, "editions/1/") == 403, "what is refused is no reading"
    assert faithful.reads(page, "editions/1/") == 200
    assert '<td class="pd-count">2</td>' in look(desk, LIST, q="Eager")
    suspend_licence(entitled.licence, by="a test", reason="unpaid")

    html = look(desk, LIST, show="old")
    assert silent.licence.number in html
    for other in (eager, entitled, faithful):
        assert other.licence.number not in html
    assert "old; current is 2" in html
    held = look(desk, LIST, show="held")
    for partner in (silent, eager, entitled, faithful):
        assert partner.licence.number in held
    assert held.count("old; current is 2") == 2
    assert held.count("pinned; current is 2") == 1
    assert silent.licence.number in look(desk, LIST, show="held", q="sile")
    assert "Nothing was found." in look(desk, LIST, show="held", q="elsewhere")
    assert silent.licence.number in look(desk, LIST, show="held", q="si\0le")
    assert "old; current is 2" in look(desk, "patientinfo_licence", silent.licence.number)
    assert "old; current is" not in look(desk, "patientinfo_licence", faithful.licence.number)
    page.unpublish()
    assert "Withdrawn" in look(desk, LIST, show="held", q="sile")


def test_an_unknown_number_is_not_found(desk: Client) -> None:
    address = reverse("patientinfo_licence", args=["P26-0000-0000"])
    assert desk.get(address, follow=True).status_code == 404
