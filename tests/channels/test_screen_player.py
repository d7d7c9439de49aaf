"""The player in a real browser: it goes on without a network, and stops when it has to."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Route

from patientinfo.channels.screen import ScreenChannel
from patientinfo.channels.web.frame import frame_of
from tests.channels.rendering import rendered
from tests.channels.test_screen import LONG_BLOCKS
from tests.channels.web_documents import META, document, translated, translated_meta
from tests.journeys.browser import chromium_path, open_browser

pytestmark = pytest.mark.browser
STATIC = Path(__file__).resolve().parents[2] / "patientinfo" / "static"
SITE = "http://screen.example"
NOW = "2026-11-25T12:00:00Z"
TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


class Clinic:
    """A site of one player; `status` is what it says of the slides, 0 that it is not there."""

    def __init__(self, page: Page, locale: str = "en") -> None:
        self.page = page
        self.status = 200
        self.locale = locale
        doc, meta = (document(), META) if locale == "en" else _translation(locale)
        self.deck = rendered(ScreenChannel(), doc, meta).decode()
        page.route(f"{SITE}/**", self.answer)
        page.clock.install(time=NOW)

    def answer(self, route: Route) -> None:
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            file = STATIC / path.removeprefix("/static/")
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        elif path.endswith("/slides/"):
            if not self.status:
                route.abort("internetdisconnected")
                return
            body = self.deck if self.status == 200 else ""
            route.fulfill(status=self.status, body=body, content_type="application/json")
        else:
            context = {
                "frame": frame_of(self.locale),
                "title": "Dry needling",
                "href": "/en/dry-needling/",
                "slides": "/en/dry-needling/screen/slides/",
            }
            html = render_to_string("patientinfo/channels/web/screen.html", context)
            route.fulfill(body=html, content_type="text/html")

    def open(self) -> None:
        self.page.goto(f"{SITE}/en/dry-needling/screen/")

    def shown(self) -> str:
        return self.page.locator(".slide").inner_text()

    def wait_for(self, words: str) -> None:
        self.page.locator(".slide", has_text=words).wait_for(timeout=5000)

    def pass_time(self, seconds: int) -> None:
        self.page.clock.fast_forward(seconds * 1000)


def _translation(locale: str):
    return translated(locale), translated_meta(locale)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if chromium_path() is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    with open_browser() as chromium:
        yield chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 720})
    page = context.new_page()
    yield page
    context.close()


@pytest.fixture
def clinic(page: Page) -> Clinic:
    clinic = Clinic(page)
    clinic.open()
    clinic.wait_for("Dry needling")
    return clinic


def test_slides_follow_one_another(clinic):
    second = json.loads(clinic.deck)["slides"][1]
    clinic.pass_time(json.loads(clinic.deck)["slides"][0]["seconds"] + 1)
    clinic.wait_for(second["lines"][0])
    clinic.page.keyboard.press("ArrowLeft")
    clinic.wait_for("Uplands Physio Clinic")
    assert "Information for Patients by" in clinic.page.locator(".screen-foot").inner_text()


#: Slides whose words go on below or beside the screen.
CUT_OFF = """(count) => {
  const screen = document.querySelector(".screen");
  return Array.from({ length: count }, () => {
    document.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight" }));
    const { scrollHeight, clientHeight, scrollWidth, clientWidth } = screen;
    const cut = scrollHeight > clientHeight || scrollWidth > clientWidth;
    return cut ? screen.innerText : "";
  }).filter(Boolean);
}"""


@pytest.mark.parametrize("heading", ["Long", "A heading " * 40, "h" * 5000])
def test_whatever_is_long_is_seen_whole(page, heading):
    section = {"id": "s", "heading": heading, "blocks": list(LONG_BLOCKS.values())}
    picture = {**document()["images"][0], "caption": "A long caption. " * 40}
    shown = {"id": "p", "heading": heading, "blocks": [{"type": "image", "image": "picture"}]}
    made = document(title=heading, sections=[section, shown], images=[picture])
    clinic = Clinic(page)
    clinic.deck = rendered(ScreenChannel(), made).decode()
    clinic.open()
    clinic.page.locator(".slide--title").wait_for()
    count = len(json.loads(clinic.deck)["slides"])
    assert clinic.page.evaluate(CUT_OFF, count) == []


def test_it_goes_on_when_the_network_is_gone(clinic):
    clinic.status = 0
    clinic.open()
    clinic.wait_for("Dry needling")
    clinic.pass_time(23 * 60 * 60)
    assert "Ask us" not in clinic.shown()


def test_it_goes_on_when_the_clinics_server_fails(clinic):
    clinic.status = 500
    clinic.pass_time(600)
    assert "Ask us" not in clinic.shown()


def test_what_has_expired_is_shown_no_longer(clinic):
    clinic.status = 0
    clinic.pass_time(25 * 60 * 60)
    clinic.wait_for("Ask us")
    clinic.open()
    clinic.wait_for("Ask us")
    assert clinic.page.locator(".screen-foot__credit").inner_text() == ""


def test_it_stops_even_while_it_is_paused(clinic):
    clinic.page.get_by_role("button", name="Pause").click()
    clinic.status = 0
    clinic.pass_time(25 * 60 * 60)
    clinic.wait_for("Ask us")


@pytest.mark.parametrize("status", [403, 404, 410])
def test_what_was_taken_back_is_off_at_the_next_look(clinic, status):
    clinic.status = status
    clinic.pass_time(301)
    clinic.wait_for("Ask us")
    clinic.status = 0
    clinic.open()
    clinic.wait_for("Ask us")


def test_it_comes_back_with_the_network(clinic):
    clinic.status = 0
    clinic.pass_time(25 * 60 * 60)
    clinic.wait_for("Ask us")
    clinic.status = 200
    clinic.pass_time(301)
    clinic.pass_time(11)
    clinic.page.wait_for_function("!document.querySelector('.slide--ask')")


def test_it_runs_from_right_to_left(page):
    clinic = Clinic(page, "ar")
    clinic.open()
    clinic.wait_for("Title in ar")
    assert page.evaluate("getComputedStyle(document.querySelector('.slide')).direction") == "rtl"


def test_it_stands_still_for_whoever_asks_for_that(browser):
    context = browser.new_context(reduced_motion="reduce")
    clinic = Clinic(context.new_page())
    clinic.open()
    clinic.wait_for("Dry needling")
    style = "getComputedStyle(document.querySelector('.slide')).animationName"
    assert clinic.page.evaluate(style) == "none"
    context.close()


def test_words_are_words_and_never_markup(page):
    clinic = Clinic(page)
    clinic.deck = rendered(ScreenChannel(), document(title="<img src=x onerror=alert(1)>")).decode()
    clinic.open()
    clinic.wait_for("<img src=x")
    assert page.locator(".slide img").count() == 0
