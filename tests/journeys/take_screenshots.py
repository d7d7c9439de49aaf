"""
Makes the pictures in docs/screenshots, of a running server with the sample clinic.

    make run                                              # in one terminal
    .venv/bin/python -m tests.journeys.take_screenshots   # in another

Officers are shown with what waits in their queue: hand in a request or two at /partners/ before.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.journeys.browser import Visitor, open_browser
from tests.journeys.editor import open_leaflet, section
from tests.journeys.take_paper import licence_number

FOLDER = Path(__file__).resolve().parent.parent.parent / "docs" / "screenshots"
PASSWORD = "uplands-sample"  # the sample's, as `make run` prints it; no Django is needed here
DESKTOP, PHONE, SCREEN = (1440, 1000), (390, 844), (1280, 720)
COLOURS = 256  # a palette keeps the files small, and drawings and text look the same


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: its file, its window, and how to get there."""

    name: str
    window: tuple[int, int]
    go: Callable[[Visitor], None]
    density: int = 1
    needs_sign_in: bool = False


def reader(path: str) -> Callable[[Visitor], None]:
    return lambda visitor: visitor.go(path)


def edit(visitor: Visitor) -> None:
    """The edit view with one section open."""
    open_leaflet(visitor, "English", "Dry needling")
    section(visitor, "What is dry needling?")


def edit_tab(name: str) -> Callable[[Visitor], None]:
    """One of the other tabs of the edit view."""

    def go(visitor: Visitor) -> None:
        open_leaflet(visitor, "English", "Dry needling")
        visitor.page.get_by_role("tab", name=name).click()

    return go


def preview(visitor: Visitor) -> None:
    """The edit view with the draft beside it as a reader would see it."""
    open_leaflet(visitor, "English", "Dry needling")
    visitor.page.get_by_role("button", name="Toggle preview").click()
    draft = visitor.page.frame_locator("iframe").last
    expect(draft.get_by_role("heading", level=1)).to_have_text("Dry needling")


def desk(visitor: Visitor) -> None:
    """A translator's desk: every sentence beside its original."""
    visitor.go("/admin/translations/")
    leaflet = visitor.page.get_by_role("rowheader", name="Dry needling", exact=True)
    row = visitor.page.get_by_role("row").filter(has=leaflet)
    row.get_by_role("link", name="%").last.click()
    expect(visitor.page.locator("[data-line]").first).to_be_visible()


def request(visitor: Visitor) -> None:
    """The request that waits longest, beside what the leaflets allow."""
    visitor.go("/admin/permissions/")
    visitor.page.locator(".pp-name").first.click()


def proof(visitor: Visitor) -> None:
    """The public proof of the sample's licence, whose number the API names."""
    visitor.go(f"/permissions/{licence_number(visitor.site)}/?lang=ar")


SHOTS = (
    Shot("reader-en", DESKTOP, reader("/en/dry-needling/")),
    Shot("reader-ar", DESKTOP, reader("/ar/dry-needling/")),
    Shot("reader-en-phone", PHONE, reader("/en/dry-needling/"), density=2),
    Shot("reader-ar-phone", PHONE, reader("/ar/dry-needling/#what-is-a-trigger-point"), density=2),
    Shot("screen-en", SCREEN, reader("/en/dry-needling/screen/")),
    Shot("screen-ar", SCREEN, reader("/ar/dry-needling/screen/")),
    Shot("edit", (1440, 1300), edit, needs_sign_in=True),
    Shot("edit-review", DESKTOP, edit_tab("People and review"), needs_sign_in=True),
    Shot("edit-preview", DESKTOP, preview, needs_sign_in=True),
    Shot("admin", DESKTOP, reader("/admin/"), needs_sign_in=True),
    Shot("matrix", DESKTOP, reader("/admin/translations/"), needs_sign_in=True),
    Shot("desk", DESKTOP, desk, needs_sign_in=True),
    Shot("partners-en", DESKTOP, reader("/en/partners/")),
    Shot("partners-ar", DESKTOP, reader("/ar/partners/ask/")),
    Shot("officers", DESKTOP, reader("/admin/permissions/"), needs_sign_in=True),
    Shot("officers-request", DESKTOP, request, needs_sign_in=True),
    Shot("proof-ar", DESKTOP, proof),
)


def take(browser: Browser, site: str, shot: Shot) -> Path:
    """Makes one picture and returns its file."""
    width, height = shot.window
    context = browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=shot.density,
        reduced_motion="reduce",
    )
    visitor = Visitor(context.new_page(), site)
    if shot.needs_sign_in:
        visitor.sign_in("admin", PASSWORD)
    shot.go(visitor)
    settle(visitor.page)
    file = FOLDER / f"{shot.name}.png"
    with Image.open(io.BytesIO(visitor.page.screenshot())) as picture:
        picture.convert("RGB").quantize(COLOURS).save(file, optimize=True)
    context.close()
    if visitor.complaints:
        raise SystemExit(f"{shot.name}: {visitor.complaints}")
    return file


def settle(page: Page) -> None:
    """Waits until pictures and fonts are there and nothing moves."""
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(500)


def main(site: str = "http://127.0.0.1:8000") -> None:
    """Makes every picture; `site` is where the server is."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with open_browser() as browser:
        for shot in SHOTS:
            file = take(browser, site, shot)
            sys.stdout.write(f"{file.name} {file.stat().st_size // 1024} KB\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
