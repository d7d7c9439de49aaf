"""What a partner clinic does on its pages, and the mail that it gets, in words of the screen."""

from __future__ import annotations

import re
from typing import Any

from django.core import mail
from playwright.sync_api import Locator, expect

from tests.journeys.browser import Visitor

ORGANISATION = "Harbour Clinic (fictional)"
CODE = re.compile(r"^ {4}(\S+)$", re.MULTILINE)
ADDRESS = re.compile(r"https?://\S+")


def newest_mail(to: str, about: str) -> str:
    """The text of the newest mail to an address; its subject has to say what it is about."""
    letter: Any = next(sent for sent in reversed(mail.outbox) if sent.to == [to])
    assert about in letter.subject
    return str(letter.body)


def link_in(text: str) -> str:
    """The address that a mail leads to."""
    found = ADDRESS.search(text)
    assert found is not None
    return found.group()


def option(visitor: Visitor, question: str, answer: str) -> Locator:
    """A checkbox or a radio button, by its question and by what stands beside it."""
    asked = visitor.page.get_by_role("group", name=question, exact=True)
    return asked.get_by_label(answer).first


def tick(visitor: Visitor, question: str, answer: str) -> None:
    """Ticks an option. Its label covers all of it, so that a thumb finds it."""
    asked = visitor.page.get_by_role("group", name=question, exact=True)
    words = visitor.page.get_by_text(answer, exact=True)
    if not option(visitor, question, answer).is_checked():
        asked.locator("label").filter(has=words).click()
    expect(option(visitor, question, answer)).to_be_checked()


def fill_in(visitor: Visitor, email: str) -> None:
    """The form: the text of one leaflet in Dutch and English, for a website."""
    page = visitor.page
    page.get_by_label("Organisation", exact=True).fill(ORGANISATION)
    page.get_by_label("Country", exact=True).select_option(label="Netherlands")
    page.get_by_label("Your name").fill("M. Aker (fictional)")
    page.get_by_label("E-mail address").fill(email)
    tick(visitor, "Leaflets", "Dry needling")
    for language in ("Dutch", "English"):
        tick(visitor, "Languages", language)
    expect(option(visitor, "Text or photos", "Text")).to_be_checked()
    expect(option(visitor, "Text or photos", "Photos and drawings")).not_to_be_checked()
    tick(visitor, "Uses", "Website")
    page.get_by_label("Message").fill("For the pages that our patients read before a visit.")


def send(visitor: Visitor) -> None:
    """Sends the form that is filled in; a link is on its way."""
    visitor.page.get_by_role("button", name="Send the request").click()
    expect(visitor.page).to_have_url(re.compile(r"/partners/ask/[0-9a-f-]+/sent/(#\w+)?$"))


def confirm(visitor: Visitor, email: str) -> None:
    """Opens the link in the mail and presses the one button there."""
    visitor.page.goto(link_in(newest_mail(email, "Confirm your e-mail address")))
    visitor.page.get_by_role("button", name="Confirm and send the request").click()
    told = visitor.page.get_by_text("Your address is confirmed and your request is with us.")
    expect(told).to_be_visible()


def sign_in_by_code(visitor: Visitor, email: str) -> None:
    """From a page that asks for it; ends on the page that was wanted."""
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter the code")
    code = CODE.search(newest_mail(email, "your code to sign in"))
    assert code is not None
    page.get_by_label("Code").fill(code.group(1))
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("You are signed in.")).to_be_visible()


def accept(visitor: Visitor) -> str:
    """Accepts the terms on the page; the number of the licence that is granted by it."""
    page = visitor.page
    page.locator("label").filter(has_text="I accept these terms").click()
    page.get_by_role("button", name="Accept the terms").click()
    expect(page.get_by_text("The licence is granted.")).to_be_visible()
    return page.get_by_role("heading", level=1).locator(".number").inner_text()


def make_key(visitor: Visitor, name: str) -> str:
    """A new key's text, which is on the page this once."""
    page = visitor.page
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_role("button", name="Make the key").click()
    shown = page.get_by_label("Key", exact=True)
    text = shown.input_value()
    page.goto(re.sub(r"keys/$", "", page.url))
    expect(page.get_by_text(name, exact=True)).to_be_visible()
    assert text not in page.content()
    return text
