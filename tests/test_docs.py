"""What the docs point at is there."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import get_commands
from PIL import Image

LINK = re.compile(r"!?\[[^\]]*\]\((?P<to>[^)\s]+)\)")
COMMAND = re.compile(r"manage\.py (?P<name>[a-z_]+)")
MAKE = re.compile(r"`(?:PORT=\d+ )?make (?P<target>[a-z]+)`")
LARGEST = 400 * 1024


def pages(root: Path) -> list[Path]:
    return [*root.glob("*.md"), *(root / "docs").rglob("*.md")]


def anchors(page: Path) -> set[str]:
    """The addresses of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {
        re.sub(r"[^\w -]", "", heading).strip().lower().replace(" ", "-") for heading in headings
    }


def test_links_between_pages_lead_somewhere(root: Path) -> None:
    broken = []
    for page in pages(root):
        for link in LINK.finditer(page.read_text(encoding="utf-8")):
            place, _, anchor = unquote(link["to"]).partition("#")
            if "://" in place or place.startswith(("mailto:", "/")):
                continue  # elsewhere, or an address of a running site
            target = page.parent / place if place else page
            if not target.exists() or (anchor and anchor not in anchors(target)):
                broken.append(f"{page.relative_to(root)}: {link['to']}")
    assert broken == []


def test_commands_that_are_named_are_there(root: Path) -> None:
    known = set(get_commands())
    named = {
        (page.name, command["name"])
        for page in pages(root)
        for command in COMMAND.finditer(page.read_text(encoding="utf-8"))
    }
    assert {(page, name) for page, name in named if name not in known} == set()


def test_make_targets_that_are_named_are_there(root: Path) -> None:
    said = subprocess.run(["make", "help"], cwd=root, capture_output=True, text=True, check=True)
    known = set(re.findall(r"^  make (\w+)", said.stdout, re.MULTILINE))
    text = "".join(page.read_text(encoding="utf-8") for page in pages(root))
    named = {make["target"] for make in MAKE.finditer(text)}
    assert "run" in named
    assert named <= known


@pytest.mark.parametrize(
    "name",
    ["reader-en", "reader-ar", "reader-en-phone", "reader-ar-phone", "edit", "pdf-en", "pdf-ar"],
)
def test_screenshots_are_there_and_small(root: Path, name: str) -> None:
    file = root / "docs" / "screenshots" / f"{name}.png"
    assert file.stat().st_size < LARGEST
    with Image.open(file) as picture:
        assert min(picture.size) >= 700


def test_every_decision_is_listed(root: Path) -> None:
    folder = root / "docs" / "decisions"
    listed = set(re.findall(r"\((\d{4}-[\w-]+\.md)\)", (folder / "README.md").read_text()))
    assert listed == {file.name for file in folder.glob("[0-9]*.md")}
