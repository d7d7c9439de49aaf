"""From a partner's question to words that it may read, and to their end: two people."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.test import override_settings
from django.utils import timezone
from playwright.sync_api import APIResponse, expect

from patientinfo.partners import forms
from tests.channels.pdf_reading import squeezed
from tests.fixtures_desk import PASSWORD
from tests.journeys import partner
from tests.journeys.browser import Visitor
from tests.journeys.paper import Letter

pytestmark = pytest.mark.browser

EMAIL = "m.aker@harbour-clinic.example"
OFFICER, REASON = "olga", "The leaflet is shown without its credit line."
#: Words of the Dutch leaflet, and of the caption of its picture.
DUTCH = "Wat is dry needling?"
OpenWindow = Callable[..., Visitor]


@pytest.fixture(scope="module", autouse=True)
def office(clinic: str) -> Iterator[None]:
    """
    The level at which a clinic runs: patients read everything, programs need a licence. And an
    officer, made before the browser is there.
    """
    user = User.objects.create_user(OFFICER, "olga@clinic.example", PASSWORD)
    user.groups.add(Group.objects.get(name="Licensing"))
    with override_settings(PATIENTINFO={**settings.PATIENTINFO, "PUBLIC_ACCESS": "read"}):
        yield


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person takes longer than a test: no form is filled in too quickly here."""
    monkeypatch.setattr(forms, "QUICKEST", -1)


@dataclass
class Program:
    """A partner's system: no cookies, only the key that it was given."""

    visitor: Visitor
    key: str

    def ask(self, path: str) -> APIResponse:
        return self.visitor.page.request.get(
            f"{self.visitor.site}{path}", headers={"Authorization": f"Bearer {self.key}"}
        )

    def read(self, path: str) -> Any:
        answer = self.ask(path)
        assert answer.status == 200, answer.text()
        return answer.json()

    def refusal(self, path: str) -> Any:
        """The problem that is the answer; not a word of the leaflet is in it."""
        answer = self.ask(path)
        assert answer.status == 403, answer.text()
        assert answer.headers["content-type"] == "application/problem+json"
        assert DUTCH not in answer.text()
        return answer.json()


def ask_for_permission(visitor: Visitor, email: str) -> str:
    """From the landing page to the page on which the request is followed; its path."""
    page = visitor.page
    visitor.go("/partners/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Permission to use our leaflets")
    page.get_by_role("main").get_by_role("link", name="Ask for permission").last.click()
    partner.fill_in(visitor, email)
    partner.send(visitor)
    partner.confirm(visitor, email)
    expect(page.get_by_role("heading", name="The clinic is looking at it")).to_be_visible()
    return page.url.removeprefix(visitor.site)


def offer_a_year(visitor: Visitor) -> None:
    """The officer finds the request in the queue, reads it, and offers what was asked for."""
    page = visitor.page
    visitor.sign_in(OFFICER, PASSWORD)
    page.get_by_role("link", name=re.compile("requests? to decide on")).click()
    page.get_by_role("link", name=partner.ORGANISATION).last.click()
    asked = page.get_by_role("region", name="What is asked for")
    for words in ("Dry needling", "Dutch", "English", "Website", "Text"):
        expect(asked).to_contain_text(words)
    page.get_by_role("link", name="Offer terms").click()
    expect(page.get_by_label("Text", exact=True)).to_be_checked()
    expect(page.get_by_label("Photos", exact=False).first).not_to_be_checked()
    today = timezone.localdate()
    page.get_by_label("First day").fill(today.isoformat())
    page.get_by_label("Last day").fill((today + timedelta(days=364)).isoformat())
    page.get_by_label("Message to the partner").fill("We are glad that you ask.")
    page.get_by_role("button", name="Offer these terms").click()
    expect(page.get_by_text("Nothing is granted until the partner accepts.")).to_be_visible()


def accept_the_offer(visitor: Visitor, email: str) -> str:
    """On another day: the mail, a code, the terms. The number of the licence."""
    page = visitor.page
    page.context.clear_cookies()
    page.goto(partner.link_in(partner.newest_mail(email, "We offer you these terms")))
    partner.sign_in_by_code(visitor, email)
    offer = page.get_by_role("region", name="These are the terms that we offer")
    expect(offer).to_contain_text("Dutch and English")
    expect(offer).not_to_contain_text("Photos")
    return partner.accept(visitor)


def download_letter(visitor: Visitor) -> Letter:
    """The letter behind the button, as this browser gets it."""
    href = visitor.page.get_by_role("link", name="Letter (PDF)").get_attribute("href")
    answer = visitor.page.request.get(f"{visitor.site}{href}")
    assert answer.headers["content-type"] == "application/pdf"
    return Letter(answer.body())


def expect_proof(visitor: Visitor, address: str, headline: str) -> None:
    """What anybody sees who scans the code."""
    visitor.page.goto(address)
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(headline)
    expect(visitor.page.get_by_role("main")).to_contain_text(partner.ORGANISATION)


def revoke(visitor: Visitor, number: str) -> None:
    page = visitor.page
    visitor.go("/admin/")
    page.get_by_role("link", name=re.compile("licences? active")).click()
    page.get_by_role("link", name=number).click()
    page.locator("summary").filter(has_text="Revoke").click()
    page.get_by_label("Why?").locator("visible=true").fill(REASON)
    page.get_by_role("button", name="Revoke").click()
    expect(page.get_by_role("main")).to_contain_text(REASON)


def leaflet_path(program: Program) -> str:
    listed = program.read("/api/v1/pages/?locale=nl")["items"]
    key = next(entry["key"] for entry in listed if entry["slug"] == "dry-needling")
    return f"/api/v1/pages/{key}"


def test_words_are_read_by_permission_and_by_nothing_else(open_window: OpenWindow) -> None:
    asker, officer, passer_by = open_window(), open_window(), open_window()
    ask_for_permission(asker, EMAIL)
    offer_a_year(officer)
    number = accept_the_offer(asker, EMAIL)

    letter = download_letter(asker)
    assert letter.is_ua
    assert squeezed(number) in letter.text()
    address = letter.address()
    expect_proof(passer_by, address, "This permission is valid")

    program = Program(open_window(), partner.make_key(asker, "Our website"))
    leaflet = leaflet_path(program)
    dutch = program.read(f"{leaflet}/nl/")
    assert DUTCH in [section["heading"] for section in dutch["document"]["sections"]]
    assert (dutch["document"]["images"], dutch["media"]) == ([], {})
    assert dutch["rights"]["licence"] == number
    assert [(part["part"], part["reason"]) for part in dutch["withheld"]] == [
        ("photos", "part_not_licensed")
    ]
    assert program.refusal(f"{leaflet}/de/")["reason"] == "not_licensed"
    assert program.read(f"{leaflet}/nl/?use=website")["document"] == dutch["document"]
    assert program.refusal(f"{leaflet}/nl/?use=print")["reason"] == "use_not_licensed"

    revoke(officer, number)
    ended = program.refusal(f"{leaflet}/nl/")
    assert ended["reason"] == "revoked"
    assert REASON in ended["detail"]
    expect_proof(passer_by, address, "This permission was revoked")
    assert REASON in partner.newest_mail(EMAIL, number)

    # At the end, because without pdftoppm the rest is not left untested.
    assert letter.shows_code_of(address)
