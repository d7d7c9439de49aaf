"""The partners' form without a mouse, and without JavaScript."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from patientinfo.partners import forms
from tests.journeys import partner
from tests.journeys.browser import Visitor

pytestmark = pytest.mark.browser

#: More steps than the whole form has.
MOST_STEPS = 120


@pytest.fixture(autouse=True)
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person takes longer than a test: no form is filled in too quickly here."""
    monkeypatch.setattr(forms, "QUICKEST", -1)


def step_to(visitor: Visitor, wanted: Locator) -> None:
    """Tab, and nothing else, until the focus is there; it can be seen where it is."""
    for _step in range(MOST_STEPS):
        visitor.page.keyboard.press("Tab")
        if wanted.evaluate("element => element === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    expect(wanted).to_be_in_viewport()


def test_a_partner_asks_by_keyboard_alone(visitor: Visitor) -> None:
    page, email = visitor.page, "keys@harbour-clinic.example"
    visitor.go("/en/partners/")
    start = page.get_by_role("main").get_by_role("link", name="Ask for permission").last
    step_to(visitor, start)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Ask for permission")

    typed = {"Organisation": partner.ORGANISATION, "Country": "Nether", "Your name": "M. Aker"}
    for label, words in {**typed, "E-mail address": email}.items():
        step_to(visitor, page.get_by_label(label, exact=True))
        page.keyboard.type(words)
    for question, answer in (
        ("Leaflets", "Dry needling"),
        ("Languages", "Dutch"),
        ("Uses", "Website"),
    ):
        step_to(visitor, partner.option(visitor, question, answer))
        page.keyboard.press("Space")
    step_to(visitor, partner.option(visitor, "Where will you use it?", "In the country of our"))
    page.keyboard.press("ArrowUp")  # round to the last of them
    expect(partner.option(visitor, "Where will you use it?", "Worldwide")).to_be_checked()
    step_to(visitor, page.get_by_role("button", name="Send the request"))
    page.keyboard.press("Enter")
    expect(page.get_by_text(email)).to_be_visible()

    page.goto(partner.link_in(partner.newest_mail(email, "Confirm your e-mail address")))
    step_to(visitor, page.get_by_role("button", name="Confirm and send the request"))
    page.keyboard.press("Enter")
    asked = page.get_by_role("region", name="What you asked for")
    for words in ("Dry needling", "Dutch", "Website", "Worldwide"):
        expect(asked).to_contain_text(words)


def test_the_form_needs_no_script(open_window: Callable[..., Visitor]) -> None:
    visitor, email = open_window(java_script_enabled=False), "plain@harbour-clinic.example"
    page = visitor.page
    visitor.go("/en/partners/ask/?locale=nl")
    page.get_by_role("button", name="Send the request").click()
    wrong = page.get_by_role("alert")
    expect(wrong).to_be_in_viewport()
    wrong.get_by_role("link", name="Organisation: Please fill this in.").click()
    expect(page.get_by_label("Organisation", exact=True)).to_be_in_viewport()
    assert len(visitor.complaints) == 1  # the console says that the answer was 422
    visitor.complaints.clear()

    compared = "Dry needling and acupuncture compared"
    partner.tick(visitor, "Leaflets", compared)
    search = page.get_by_label("Search leaflets")
    search.fill("words of no leaflet")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Dry needling", exact=True)).to_have_count(0)
    expect(partner.option(visitor, "Leaflets", compared)).to_be_checked()
    search.fill("")
    page.get_by_role("button", name="Search").click()
    partner.fill_in(visitor, email)
    partner.send(visitor)
    partner.confirm(visitor, email)
    asked = page.get_by_role("region", name="What you asked for")
    expect(asked).to_contain_text(compared)
