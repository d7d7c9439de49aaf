"""What the style sheets promise: contrast, both directions, text that grows, no other host."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

FOLDER = Path("patientinfo/static/patientinfo")
SHEETS = (
    "reader.css",
    "frame.css",
    "shelf.css",
    "blocks.css",
    "record.css",
    "contrast.css",
    "embed.css",
    "proof.css",
    "print.css",
)
#: (ink, ground) of running text, by their names in `:root`.
PAIRS = (
    ("ink", "paper"),
    ("ink", "surface"),
    ("ink", "brand-tint"),
    ("ink", "do-tint"),
    ("ink", "dont-tint"),
    ("ink", "note-tint"),
    ("ink", "warning-tint"),
    ("ink-soft", "paper"),
    ("ink-soft", "surface"),
    ("ink-soft", "brand-tint"),
    ("ink-soft", "dont-tint"),
    ("brand-deep", "dont-tint"),
    ("brand", "paper"),
    ("brand", "surface"),
    ("brand", "brand-tint"),
    ("brand", "warning-tint"),
    ("brand-deep", "surface"),
    ("brand-deep", "brand-tint"),
    ("accent", "paper"),
    ("accent", "surface"),
    ("surface", "brand"),
    ("surface", "do"),
    ("surface", "dont"),
    ("note", "note-tint"),
    ("warning", "warning-tint"),
    ("urgent-ink", "urgent"),
)


def sheet(root: Path, name: str) -> str:
    css = (root / FOLDER / name).read_text()
    return re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)


def colours(css: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): #([0-9a-f]{6});", css))


def schemes(root: Path) -> dict[str, dict[str, str]]:
    light, dark = sheet(root, "reader.css").split("@media (prefers-color-scheme: dark)")
    dark = dark.split("@media (prefers-contrast")[0]
    base = colours(light)
    more, darker = sheet(root, "contrast.css").split("@media (forced-colors")[0].split(") and (")
    return {
        "more": base | colours(more),
        "more, dark": base | colours(dark) | colours(darker),
        "light": base,
        "dark": base | colours(dark),
        "paper": base | colours(sheet(root, "print.css")),
    }


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""

    def channel(value: int) -> float:
        share = value / 255
        return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4

    red, green, blue = (channel(int(colour[at : at + 2], 16)) for at in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark", "paper", "more", "more, dark"])
def test_text_has_the_contrast_of_level_aa_and_aaa_where_asked_for(root, scheme):
    tokens = schemes(root)[scheme]
    least = 7 if scheme.startswith("more") else 4.5
    weak = {
        (ink, ground): round(contrast(tokens[ink], tokens[ground]), 2)
        for ink, ground in PAIRS
        if contrast(tokens[ink], tokens[ground]) < least
    }
    assert weak == {}


def test_contrast_is_reckoned_as_wcag_does():
    assert contrast("000000", "ffffff") == pytest.approx(21)
    assert contrast("777777", "ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", SHEETS)
def test_one_sheet_serves_both_directions(root, name):
    css = sheet(root, name)
    assert re.findall(r"(?:margin|padding|border)-(?:left|right)", css) == []
    assert re.findall(r"[\s;{](?:left|right|float):|text-align: (?:left|right)", css) == []


@pytest.mark.parametrize("name", SHEETS)
def test_nothing_is_fetched_from_elsewhere(root, name):
    css = sheet(root, name)
    assert "@import" not in css
    for address in re.findall(r'url\("?([^")]+)', css):
        assert (root / FOLDER / address).is_file()


@pytest.mark.parametrize("name", [name for name in SHEETS if name != "print.css"])
def test_text_grows_with_the_readers_setting(root, name):
    assert re.findall(r"font-size: [^;]*px", sheet(root, name)) == []


def test_people_who_avoid_motion_are_spared_it(root):
    moving = [
        name for name in SHEETS if re.search(r"\b(transition|animation)\b", sheet(root, name))
    ]
    assert moving == []
    before = sheet(root, "reader.css").split("scroll-behavior: smooth")[0]
    assert before.rstrip().rsplit("@media", 1)[1].startswith(" (prefers-reduced-motion: no-pref")
