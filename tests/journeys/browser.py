"""
A real browser for journeys and screenshots, and a visitor in it who notices what goes wrong.

Chromium comes from the system (Debian's package), because a browser that a package downloads by
itself would not be pinned.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Request,
    expect,
    sync_playwright,
)
from playwright.sync_api import TimeoutError as PlaywrightTimeoutError

#: Quiet and closed: nothing is asked of any host but ours, and no sandbox is needed in a container.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 15_000  # milliseconds, for a machine with other work


def chromium_path() -> str | None:
    """Where Chromium is, or None."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=FLAGS)
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Visitor:
    """Somebody in front of one browser window; `site` is scheme, host and port of ours."""

    page: Page
    site: str
    complaints: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE)
        self.page.on("console", self._on_console)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script: {error}"))
        self.page.on("request", self._on_request)

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} {message.location.get('url', '')}")

    def _on_request(self, request: Request) -> None:
        asked = urlsplit(request.url)
        if asked.scheme in {"http", "https"} and asked.netloc != urlsplit(self.site).netloc:
            self.complaints.append(f"another host: {request.url}")

    def go(self, path: str) -> None:
        """Opens an address of ours."""
        self.page.goto(f"{self.site}{path}")

    def read(self, path: str) -> Any:
        """JSON of an address, with the cookies of this window."""
        answer = self.page.request.get(f"{self.site}{path}")
        assert answer.ok, f"{path}: {answer.status}"
        return answer.json()

    def sign_in(self, name: str, password: str) -> None:
        """Signs in to the admin as a person would."""
        self.go("/admin/")
        self.page.get_by_label("Username").fill(name)
        self.page.get_by_label("Password").fill(password)
        self.page.get_by_role("button", name="Sign in").click()
        expect(self.page).to_have_url(f"{self.site}/admin/")
        self.page.wait_for_load_state()

    def choose_in_menu(self, name: str, path: str) -> None:
        """
        Follows a link of the admin's menu to `path`. The menu is drawn by a script while the page
        loads, and a click that comes too early is lost: then people click again.
        """
        link = self.page.get_by_role("link", name=name, exact=True).first
        for _attempt in range(3):
            link.click()
            try:
                self.page.wait_for_url(f"{self.site}{path}", timeout=PATIENCE / 3)
            except PlaywrightTimeoutError:
                continue
            return
        expect(self.page).to_have_url(f"{self.site}{path}")
